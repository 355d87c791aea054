import { count } from '../../../base/text.ts';
import type { ChangedRecordMessage } from '../changeMessages.ts';
import { cutAt, longestSubject } from './cutAt.ts';
import { withoutStop } from './withoutStop.ts';

/** Names for people: of a table, and of a source. */
interface Names {
  readonly tableTitle: (table: string) => string;
  readonly sourceTitle: (source: string) => string;
}

const verbs: Readonly<Record<string, string>> = {
  added: 'add',
  changed: 'change',
  removed: 'remove',
  withdrawn: 'withdraw',
};

/** How many records a commit adds, changes and so on; in a subject and, by source and table, below it. */
export function proposedMessage(records: readonly ChangedRecordMessage[], names: Names): string {
  if (records.length === 0) return '';
  const sources = [...new Set(records.flatMap((record) => record.sources))].toSorted();
  const [only, ...more] = sources;
  const done = changesIn(records, (change, number, isFirst) =>
    [verbs[change] ?? change, isFirst ? count(number, 'record') : number].join(' '),
  );
  if (only === undefined || more.length > 0) {
    const rest = records.filter((record) => record.sources.length === 0);
    const parts = sources.map((id): Part => [
      names.sourceTitle(id),
      records.filter((each) => each.sources.includes(id)),
    ]);
    const all = rest.length === 0 || sources.length === 0 ? parts : [...parts, ['Without a source', rest] as const];
    const body = all.length === 0 ? tableLines(records, names) : all.map(([title, own]) => partLine(title, own));
    return message(done.charAt(0).toUpperCase() + done.slice(1), body);
  }
  const room = withoutStop(cutAt(names.sourceTitle(only), longestName(done)));
  return message(`Code ${room}: ${done}`, tableLines(records, names));
}

type Part = readonly [title: string, records: readonly ChangedRecordMessage[]];

/** Characters left for the name of a source beside what was done. */
function longestName(done: string): number {
  return Math.max(16, longestSubject - 'Code : '.length - done.length);
}

function message(subject: string, lines: readonly string[]): string {
  return lines.length === 0 ? subject : `${subject}\n\n${lines.join('\n')}`;
}

function tableLines(records: readonly ChangedRecordMessage[], { tableTitle }: Names): readonly string[] {
  const tables = [...new Set(records.map(({ table }) => table))];
  return tables.map((table) =>
    partLine(
      tableTitle(table),
      records.filter((record) => record.table === table),
    ),
  );
}

function partLine(title: string, records: readonly ChangedRecordMessage[]): string {
  return `- ${withoutStop(title)}: ${changesIn(records, (change, number) => `${number} ${change}`)}`;
}

/** The kinds of changes with their numbers, in words. */
function changesIn(
  records: readonly ChangedRecordMessage[],
  words: (change: string, number: number, isFirst: boolean) => string,
): string {
  const kinds = Object.keys(verbs);
  const found = [...new Set([...kinds, ...records.map(({ change }) => change)])].flatMap((change) => {
    const number = records.filter((record) => record.change === change).length;
    return number === 0 ? [] : [[change, number] as const];
  });
  return found.map(([change, number], i) => words(change, number, i === 0)).join(', ');
}
