import type { DuckDBConnection } from '@duckdb/node-api';
import type { Rule } from '../base/problem.ts';
import { count, quoted } from '../base/text.ts';
import { identifier } from '../engine/duckdb/sql.ts';
import { ask } from './ask.ts';
import type { DescribedTable } from './descriptor.ts';
import type { Add } from './findings.ts';

/** The most faulty rows reported for one check; more of them would say nothing new. */
export const mostTold = 20;

/** The SQL name of the table with the texts of a CSV: the number of the row, `n` from 1, and cells `c0`, `c1`, … */
export function textsOf(described: DescribedTable): string {
  return `memory.texts.${identifier(described.table.name)}`;
}

/** The cell of a column. */
export function cellOf(described: DescribedTable, name: string): string {
  return `c${described.table.columns.findIndex((c) => c.name === name)}`;
}

/** Rows that break a rule. */
interface Breach {
  /** The SQL condition that they fulfil. */
  readonly breach: string;
  /** SQL for what is shown of a row. */
  readonly value: string;
  readonly rule: Rule;
  readonly message: (value: string) => string;
}

/** Reports the rows that break a rule, each with its line. @returns how many there are */
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

/** Faulty rows of a table that are found one at a time. */
export interface RowFindings {
  readonly add: (row: number, rule: Rule, message: string) => void;
  /** Reports the first rows of each rule with their lines, and how many more there are. */
  readonly tell: (connection: DuckDBConnection, add: Add) => Promise<void>;
}

/** Finding a line reads the table, so it is done for only some rows. For the others, only the number is kept. */
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

/** The line on which a row begins: cells, and names in the header, can contain line ends. */
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

/** Some cells in one text, in SQL. */
export function printed(cells: string): string {
  return `concat_ws(', ', ${cells})`;
}
