import path from 'node:path';
import { packageRepository, packageVersion } from '../version.ts';
import { type FileSystem, kindAt } from '../../disk/fileSystem.ts';
import { count, list, printable } from '../../base/text.ts';
import { type Toolkit, initDataset } from '../../verbs/init.ts';
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
  description: 'a folder or file of JSON: infer schemas from its records, and mark each guess',
} as const satisfies Flag;

const toolkitFlag = {
  name: 'toolkit',
  value: 'OWNER/NAME[@REF]',
  description: 'the GitHub repository of the toolkit: write short workflows that call its workflows',
} as const satisfies Flag;

/** `init`: makes the repository of a new dataset. */
export function initCommand(fs: FileSystem): Command {
  return {
    name: 'init',
    summary:
      'Makes a dataset: schemas, a first record, configuration, documentation, workflows. It replaces no ' +
      'file. With --from, it infers the schemas from existing records.',
    flags: [folderFlag, fromFlag, toolkitFlag, flags.quiet],
    run(given, terminal) {
      const folder = path.resolve(terminal.cwd, textFlag(given, folderFlag) ?? '.');
      const named = textFlag(given, fromFlag);
      const from = named === undefined ? undefined : path.resolve(terminal.cwd, named);
      const toolkit = textFlag(given, toolkitFlag) ?? packageRepository();
      const made = initDataset(fs, { folder, from, version: packageVersion(), toolkit });
      const { written, kept, inferred } = made;
      terminal.out(written.map((file) => `${printable(file)}\n`).join(''));
      if (switchFlag(given, flags.quiet)) return 0;
      for (const { table, records, key } of inferred) {
        const identified = key === null ? 'no field identifies them' : `identified by ${printable(key)}`;
        terminal.err(`init: ${printable(table)}: a schema inferred from ${count(records, 'record')}, ${identified}\n`);
      }
      if (kept.length > 0) terminal.err(`init: left unchanged: ${list(kept.map(printable))}\n`);
      terminal.err(`init: ${aboutWorkflows(made.toolkit)}\n`);
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

function aboutWorkflows(toolkit: Toolkit | undefined): string {
  if (toolkit === undefined)
    return 'the workflows contain all steps; with --toolkit OWNER/NAME they call those of a repository of the toolkit';
  const { repository, ref } = toolkit;
  const pin = /^[0-9a-f]{40}$/.test(ref) ? '' : `; replace ${ref} with a commit to pin them`;
  return `the workflows call those of ${repository}${pin}`;
}
