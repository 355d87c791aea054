import path from 'node:path';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { count, printable } from '../../base/text.ts';
import { type Verification, verify } from '../../verbs/verify.ts';
import type { Command } from '../command.ts';
import { flags, textFlag } from '../flags.ts';
import { folderAt, homeFolder, projectFlags, projectOptions } from '../options.ts';
import { listen, statusOf } from '../reporters/listen.ts';
import { tally } from '../reporters/problems.ts';

/** `verify`: checks a release, using only its folder. */
export function verifyCommand(fs: FileSystem): Command {
  return {
    name: 'verify',
    summary:
      'Checks a release, using only its folder: digests, types, keys and constraints, the formats against ' +
      'each other, evidence against the sources.',
    flags: [flags.release, flags.signers, ...projectFlags],
    async run(given, terminal) {
      const { dist, sources, requireSources, strict } = projectOptions(fs, given, terminal);
      const home = homeFolder(fs, terminal);
      const release = folderAt(terminal, home, textFlag(given, flags.release), path.join(dist.path, 'next'));
      const named = textFlag(given, flags.signers);
      const signers = named === undefined ? undefined : path.resolve(terminal.cwd, named);
      const { events, report, say, end } = listen('verify', given, terminal);
      const verification = await verify({ fs, release, sources, requireSources, signers, strict }, events);
      end();
      say(`${summarize(verification)}; ${tally(report)}`);
      return statusOf(verification);
    },
  };
}

function summarize({ files, signer, tables, rows, spans, unchecked }: Verification): string {
  const parts = [count(files, 'file'), ...(signer === undefined ? [] : [`signed by ${printable(signer)}`])];
  if (tables === undefined) parts.push('their content was not checked, because the files are not those of the release');
  else parts.push(`${count(tables, 'table')} with ${count(rows, 'row')}`);
  if (spans > 0) {
    parts.push(
      unchecked === 0
        ? `all ${count(spans, 'distinct span')} compared with the sources`
        : `${spans - unchecked} of ${count(spans, 'distinct span')} compared with the sources, ${unchecked} not ` +
            'checked: texts not available',
    );
  }
  return parts.join('; ');
}
