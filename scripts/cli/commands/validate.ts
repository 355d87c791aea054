import path from 'node:path';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { openProject } from '../../project/openProject.ts';
import { changesSince, validateSince } from '../../verbs/validate.ts';
import type { Command } from '../command.ts';
import { type Operand, flags, operandsOf, switchFlag, textFlag } from '../flags.ts';
import { projectFlags, projectOptions } from '../options.ts';
import { describeChecked } from '../reporters/checked.ts';
import { listen, statusOf } from '../reporters/listen.ts';

const fileOperand = {
  name: 'file',
  description: 'files or folders of records (all records)',
  optional: true,
  many: true,
} as const satisfies Operand;

/** `validate`: checks every record and prints what is wrong with it. */
export function validateCommand(fs: FileSystem): Command {
  return {
    name: 'validate',
    summary: 'Checks every record, or the records in the named files: schema, form, references and evidence.',
    operands: [fileOperand],
    flags: [flags.changed, flags.checks, flags.summary, ...projectFlags],
    async run(given, terminal) {
      const options = projectOptions(fs, given, terminal);
      const changed = textFlag(given, flags.changed);
      const files = operandsOf(given, fileOperand);
      if (changed === undefined && files.length === 0) fs.expectMany?.(options.raw.path);
      const changes = changed === undefined ? undefined : changesSince(options, changed);
      // if the project does not open, nobody waits for them
      changes?.catch(() => {});
      const project = openProject(fs, options);
      const { events, report, say, end } = listen('validate', given, terminal);
      const validation = await validateSince(
        project,
        {
          changed,
          checks: switchFlag(given, flags.checks),
          files,
          from: terminal.cwd,
        },
        events,
        async (name) => changes ?? changesSince(options, name),
      );
      end();
      const checked = describeChecked(validation, report);
      const file = textFlag(given, flags.summary);
      if (file !== undefined) fs.append(path.resolve(terminal.cwd, file), report.summary(`validate: ${checked}`));
      say(checked);
      return statusOf(validation);
    },
  };
}
