import { count } from '../base/text.ts';
import type { Command } from '../cli/command.ts';
import { flags, switchFlag } from '../cli/flags.ts';
import { packageFolder } from '../base/package.ts';

/** The checks of the code: each is a script in package.json, `check:<name>`. */
const steps = ['types', 'lint', 'format', 'unused', 'generated', 'screenshots'];

/** `check`: everything that can be checked without running the code. Its findings are those of the tools. */
export const checkCommand: Command = {
  name: 'check',
  summary: 'Checks the code: types, lint, format, unused exports and dependencies, generated files, screenshots.',
  flags: [flags.quiet],
  async run(given, terminal) {
    const { $ } = await import('zx');
    const npm = $({ cwd: packageFolder, quiet: true, nothrow: true });
    const results = await Promise.all(
      steps.map(async (name) => ({ name, output: await npm`npm run --silent check:${name}` })),
    );
    for (const { name, output } of results) {
      if (output.exitCode !== 0) terminal.out(`${name}:\n${output.stdout}${output.stderr}\n`);
    }
    const failed = results.filter(({ output }) => output.exitCode !== 0).map(({ name }) => name);
    if (!switchFlag(given, flags.quiet)) {
      terminal.err(
        `check: ${count(steps.length, 'check')}, ` +
          `${failed.length === 0 ? 'all clean' : `failed: ${failed.join(', ')}`}\n`,
      );
    }
    return failed.length === 0 ? 0 : 1;
  },
};
