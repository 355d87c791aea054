import { codeSpan } from '../comment/codeSpan.mjs';
import { count, groupBy } from '../base/text.ts';
import type { ReasonOf } from './changes.ts';
import { changeLine, schemaLine, tally } from './describe.ts';
import { type Difference, type RecordChange, leastBump } from './difference.ts';

/** How many records of a table are listed; all of them are in `changes`. */
const mostListed = 500;

/**
 * CHANGELOG.md of a release: what changed since the last one, and why.
 * @param since the release to compare with, undefined for the first
 * @param date day of the release, undefined if unknown
 */
export function changelog(
  version: string,
  date: string | undefined,
  since: Difference | undefined,
  reasonOf: ReasonOf,
): string {
  const head = ['# Changelog', '', `## ${version}${date === undefined ? '' : ` (${date})`}`, ''];
  const body = since === undefined ? ['The first release.'] : changesSince(since, reasonOf);
  return `${[...head, ...body].join('\n').trimEnd()}\n`;
}

function changesSince(difference: Difference, reasonOf: ReasonOf): readonly string[] {
  const least = leastBump(difference);
  const tables = groupBy(difference.records, (record) => record.table);
  const reasons = difference.records.filter((record) => reasonOf(record) !== undefined);
  return [
    least === undefined
      ? `Nothing has changed in the data since ${difference.from}.`
      : `Changes since ${difference.from}, which make it a ${least.bump} version. Every change of every row ` +
        `is in the table \`changes\`; earlier changes are in the earlier releases.`,
    ...(reasons.length === 0
      ? []
      : ['', 'After a dash: the reason for the withdrawal, else the subject of the commit that made the change.']),
    '',
    ...(difference.schema.length === 0
      ? []
      : ['### Tables and columns', '', ...difference.schema.map((change) => `- ${codeSpan(schemaLine(change))}`), '']),
    ...[...tables].flatMap(([table, records]) => [
      `### ${codeSpan(table)}`,
      '',
      `${tally(records)}.`,
      '',
      ...records.slice(0, mostListed).flatMap((record) => recordLines(record, reasonOf(record))),
      ...(records.length > mostListed
        ? [`- … and ${count(records.length - mostListed, 'record')} more in \`changes\``]
        : []),
      '',
    ]),
  ];
}

function recordLines(record: RecordChange, reason: string | undefined): readonly string[] {
  const why = reason === undefined ? '' : ` – ${codeSpan(reason)}`;
  const head = `- **${codeSpan(record.id)}** ${record.change}${why}`;
  if (record.change !== 'changed') return [head];
  return [head, ...record.rows.flatMap((row) => changeLine(row, record)).map((line) => `  - ${codeSpan(line)}`)];
}
