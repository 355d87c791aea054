import type { DuckDBConnection } from '@duckdb/node-api';
import type { Rule } from '../base/problem.ts';
import { count, quoted } from '../base/text.ts';
import { identifier } from '../engine/duckdb/sql.ts';
import { ask } from './ask.ts';
import type { DescribedTable } from './descriptor.ts';
import type { Add } from './findings.ts';

/** So many faulty rows of one check are told; more of them say nothing new. */
export const mostTold = 20;

/** The name, in SQL, under which the texts of a table's CSV are held: the number of the row, `n` from 1, and cells `c0`, `c1`, … */
export function textsOf(described: DescribedTable): string {
  return `memory.texts.${identifier(described.table.name)}`;
}

/** The cell of a column. */
export function cellOf(described: DescribedTable, name: string): string {
  return `c${described.table.columns.findIndex((c) => c.name === name)}`;
}

/** Rows that break something. */
interface Breach {
  /** The condition, in SQL, that they fulfil. */
  readonly breach: string;
  /** What of a row is shown, in SQL. */
  readonly value: string;
  readonly rule: Rule;
  readonly message: (value: string) => string;
}

/** Tells the rows that break something, each with its line. @returns how many there are */
export async function tellRows(
  connection: DuckDBConnection,
  described: DescribedTable,
  add: Add,
  { breach, value, rule, message }: Breach,
): Promise<number> {
  const [file = ''] = described.csv.paths;
  const texts = textsOf(described);
  const [[total] = []] = await ask(connection, `SELECT count(*) FROM ${texts} WHERE ${breach}`);
  if (Number(total) === 0) return 0;
  const found = await ask(connection, `SELECT n, ${value} FROM ${texts} WHERE ${breach} ORDER BY n LIMIT ${mostTold}`);
  for (const [n, text] of found) {
    const line = await lineOf(connection, described, Number(n));
    add(file, rule, message(text === null ? 'empty' : quoted(String(text))), line);
  }
  tellMore(file, rule, Number(total) - found.length, add);
  return Number(total);
}

function tellMore(file: string, rule: Rule, more: number, add: Add): void {
  if (more > 0) add(file, rule, `and ${count(more, 'more row')} of the same kind`);
}

/** Faulty rows of a table that are found one by one. */
export interface RowFindings {
  readonly add: (row: number, rule: Rule, message: string) => void;
  /** Tells the first rows of each rule with their lines, and how many more there are. */
  readonly tell: (connection: DuckDBConnection, add: Add) => Promise<void>;
}

/** To find a line reads the table, so only of some rows it is looked for. Of the others nothing is kept but the number. */
export function rowFindings(described: DescribedTable): RowFindings {
  const [file = ''] = described.csv.paths;
  const byRule = new Map<Rule, { readonly first: { row: number; message: string }[]; total: number }>();
  return {
    add(row, rule, message) {
      const found = byRule.get(rule) ?? { first: [], total: 0 };
      byRule.set(rule, found);
      found.total++;
      if (found.first.length < mostTold) found.first.push({ row, message });
    },
    async tell(connection, add) {
      for (const [rule, { first, total }] of byRule) {
        for (const { row, message } of first) add(file, rule, message, await lineOf(connection, described, row));
        tellMore(file, rule, total - first.length, add);
      }
    },
  };
}

/** The line on which a row begins: a cell, and a name in the header, can have line ends in it. */
async function lineOf(connection: DuckDBConnection, described: DescribedTable, n: number): Promise<number> {
  const { columns } = described.table;
  const breaks = (cell: string): string => `length(${cell}) - length(replace(${cell}, chr(10), ''))`;
  // one call, however wide the table is
  const inCells = `list_sum([${columns.map((_, i) => breaks(`c${i}`)).join(', ')}])`;
  const [[before] = []] = await ask(
    connection,
    `SELECT coalesce(sum(${inCells}), 0)::BIGINT FROM ${textsOf(described)} WHERE n < ${n}`,
  );
  const inHeader = columns.reduce((sum, c) => sum + c.name.split('\n').length - 1, 0);
  return 1 + inHeader + n + Number(before);
}
