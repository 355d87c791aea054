import path from 'node:path';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { count } from '../../base/text.ts';
import { type VerifySummary, verifyRelease } from '../../verify/verify.ts';
import type { Command } from '../command.ts';
import { flags, switchFlag, textFlag } from '../flags.ts';
import { openSources } from '../../project/openProject.ts';
import { folderAt, homeFolder, projectFlags, projectOptions } from '../options.ts';
import { createReport, tally } from '../reporters/problems.ts';
import { formatOf, statusOf } from './validate.ts';

/** `verify`: checks a release, from what stands in its folder alone. */
export function verifyCommand(fs: FileSystem): Command {
  return {
    name: 'verify',
    summary:
      'Checks a release, wherever it comes from, by what stands in its folder alone: digests, types, keys and constraints, the formats against each other, evidence against the sources.',
    flags: [flags.release, ...projectFlags],
    async run(given, terminal) {
      const options = projectOptions(fs, given, terminal);
      const release = folderAt(
        terminal,
        homeFolder(fs, terminal),
        textFlag(given, flags.release),
        path.join(options.dist.path, 'next'),
      );
      const report = createReport();
      const summary = await verifyRelease(fs, release.path, {
        shown: release.shown,
        documents: openSources(fs, options.sources),
        requireSources: options.requireSources,
        report: report.add,
      });
      terminal.out(report.print(formatOf(given), terminal.coloured));
      if (!switchFlag(given, flags.quiet)) terminal.err(`verify: ${summarize(summary)}; ${tally(report)}\n`);
      return statusOf(report, options.strict);
    },
  };
}

function summarize({ files, tables, rows, spans, unchecked }: VerifySummary): string {
  const parts = [count(files, 'file')];
  if (tables === undefined)
    parts.push('their content was not looked at, because the files are not those of the release');
  else parts.push(`${count(tables, 'table')} with ${count(rows, 'row')}`);
  if (spans > 0) {
    parts.push(
      unchecked === 0
        ? `all ${count(spans, 'span')} compared with the sources`
        : `${spans - unchecked} of ${count(spans, 'span')} compared with the sources, ${unchecked} not checked: texts not at hand`,
    );
  }
  return parts.join('; ');
}
