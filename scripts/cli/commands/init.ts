import path from 'node:path';
import { packageVersion } from '../version.ts';
import { type FileSystem, kindAt } from '../../disk/fileSystem.ts';
import { count, list, printable } from '../../base/text.ts';
import { initDataset } from '../../verbs/init.ts';
import type { Command } from '../command.ts';
import { type Flag, flags, switchFlag, textFlag } from '../flags.ts';

const folderFlag = {
  name: 'folder',
  value: 'DIR',
  description: 'the folder to make the dataset in (the current folder)',
} as const satisfies Flag;
const fromFlag = {
  name: 'from',
  value: 'DIR|FILE',
  description: 'a folder or file of JSON: schemas are inferred from its records, and what is a guess is marked',
} as const satisfies Flag;

/** `init`: makes the repository of a new dataset. */
export function initCommand(fs: FileSystem): Command {
  return {
    name: 'init',
    summary:
      'Makes a dataset: schemas, a first record, configuration, documentation, workflows. Replaces no file. With --from it infers the schemas from records that exist.',
    flags: [folderFlag, fromFlag, flags.quiet],
    run(given, terminal) {
      const folder = path.resolve(terminal.cwd, textFlag(given, folderFlag) ?? '.');
      const named = textFlag(given, fromFlag);
      const from = named === undefined ? undefined : path.resolve(terminal.cwd, named);
      const { written, kept, inferred } = initDataset(fs, { folder, from, version: packageVersion() });
      terminal.out(written.map((file) => `${printable(file)}\n`).join(''));
      if (switchFlag(given, flags.quiet)) return 0;
      for (const { table, records, key } of inferred) {
        const identified = key === null ? 'no field identifies them' : `identified by ${printable(key)}`;
        terminal.err(`init: ${printable(table)}: a schema inferred from ${count(records, 'record')}, ${identified}\n`);
      }
      if (kept.length > 0) terminal.err(`init: left as they were: ${list(kept.map(printable))}\n`);
      const steps = [
        ...(kindAt(fs, path.join(folder, '.git')) === undefined ? ['git init'] : []),
        'npm install',
        'npx demarche validate',
        'git add --all && git commit --message "Begin"',
      ];
      terminal.err(`init: ${count(written.length, 'file')} written; next: ${steps.join('; ')}\n`);
      return 0;
    },
  };
}
