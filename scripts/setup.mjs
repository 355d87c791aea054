// Installs what the project needs. It runs before anything is installed, so it is plain JavaScript that old versions of
// Node can read.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { nodeFault } from './nodeVersion.mjs';
const usage = `Installs the packages that the project needs, as package-lock.json names them.

Usage: npm run -s setup -- [flags]

  --help  print this and stop

Exit status: 0 done, 2 could not.
`;

function main(args) {
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return 0;
  }
  if (args.length > 0) {
    process.stderr.write(`setup: unknown flag ${JSON.stringify(args[0])}; --help lists them\n`);
    return 2;
  }
  const fault = nodeFault();
  if (fault !== undefined) {
    process.stderr.write(`setup: ${fault}\n`);
    return 2;
  }
  const root = join(dirname(fileURLToPath(import.meta.url)), '..');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    process.stderr.write('setup: npm ci failed; its messages are above\n');
    return 2;
  }
  // build the bundle now, so that the first command does not wait for it
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'run.mjs'), 'validate', '--help'], {
    stdio: ['ignore', 'ignore', 2],
  });
  // editor completion is a convenience: `validate` reports what is wrong with the data
  if (status === 0)
    spawnSync(process.execPath, [join(root, 'scripts', 'run.mjs'), 'editor', '--quiet'], { stdio: 'ignore' });
  if (status !== 0)
    process.stderr.write('setup: the packages are installed, but the first command fails: its message is above\n');
  return status === 0 ? 0 : 2;
}

process.exitCode = main(process.argv.slice(2));
