import path from 'node:path';
import { Failure } from '../../base/problem.ts';
import { printable } from '../../base/text.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { openProject } from '../../project/openProject.ts';
import { reproduce } from '../../verbs/reproduce.ts';
import type { Command } from '../command.ts';
import { type Flag, type Given, flags, listFlag, switchFlag, textFlag } from '../flags.ts';
import { homeFolder, projectFlags, projectOptions } from '../options.ts';

const version = {
  name: 'version',
  value: 'VERSION',
  description: 'the released version to build again',
} as const satisfies Flag;

/** `reproduce`: builds a release again from its tag, with the toolkit of that time, and compares the bytes. */
export function reproduceCommand(fs: FileSystem): Command {
  return {
    name: 'reproduce',
    summary:
      'Builds a released version again from its tag, in a fresh clone and with the toolkit of that tag, ' +
      'and compares it with dist/<version> byte for byte.',
    flags: [version, ...projectFlags],
    async run(given, terminal) {
      const project = openProject(fs, projectOptions(fs, given, terminal));
      const wanted = textFlag(given, version);
      if (wanted === undefined) throw new Failure('--version is missing: name a released version');
      const { at, tag, found } = await reproduce(project, {
        version: wanted,
        home: homeFolder(fs, terminal),
        arguments: passedOn(given),
        env: terminal.env,
      });
      const same = found === 'same';
      if (!same) {
        const [files, why] =
          'damaged' in found
            ? [found.damaged, 'does not match SHA256SUMS']
            : [found.differs, `differs from a build of ${tag}`];
        terminal.out(files.map((file) => `${printable(path.join(at.shown, file))}: ${why}\n`).join(''));
      }
      const what = same
        ? 'equals a build of its tag, byte for byte; the database by its content'
        : 'differs from a build of its tag';
      if (!switchFlag(given, flags.quiet)) terminal.err(`reproduce: ${at.shown} ${what}\n`);
      return same ? 0 : 1;
    },
  };
}

/** Flags that say how to read the records: they apply to the clone too. */
function passedOn(given: Given): readonly string[] {
  return [flags.layout, flags.key, flags.table].flatMap((flag) =>
    [...listFlag(given, flag), textFlag(given, flag)].flatMap((value) =>
      value === undefined ? [] : [`--${flag.name}`, value],
    ),
  );
}
