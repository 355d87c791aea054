import { longestPatternTest } from '../base/limits.ts';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column } from '../compile/model.ts';
import { isArray, type Json } from '../json/json.ts';
import { endsWithin } from '../pattern/timeLimit.ts';
import type { Rule } from '../base/problem.ts';
import { count, quoted } from '../base/text.ts';
import { csvRowsOf, guarded, literal, unguarded } from '../engine/duckdb/sql.ts';
import { ask, messageOf, run } from './ask.ts';
import type { DescribedTable } from './descriptor.ts';
import type { Add } from './findings.ts';
import { cellOf, mostTold, printed, tellRows, textsOf } from './rows.ts';

/** Reads a CSV as texts. @returns the number of rows, or undefined if it cannot be read */
export async function loadCsv(
  connection: DuckDBConnection,
  file: string,
  described: DescribedTable,
  longest: number,
  add: Add,
): Promise<number | undefined> {
  const cells = described.table.columns.map((_, i): [string, string] => [`c${i}`, 'VARCHAR']);
  const [name = ''] = described.csv.paths;
  try {
    await run(
      connection,
      `CREATE TABLE ${textsOf(described)} AS SELECT row_number() OVER () AS n, * FROM ` +
        csvRowsOf(file, cells, longest),
    );
  } catch (error) {
    const message = messageOf(error);
    // this says nothing about the release
    if (message.startsWith('Out of Memory')) throw error;
    const line = /\bLine: (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    add(name, 'release', `not a CSV file with ${count(cells.length, 'field')}: ${message}`, Number(line ?? 1));
    return undefined;
  }
  const [[rows] = []] = await ask(connection, `SELECT count(*) FROM ${textsOf(described)}`);
  return Number(rows);
}

/**
 * Checks types, constraints, keys and the number of rows of a table's CSV. @returns whether every value has its type
 */
export async function checkTable(
  connection: DuckDBConnection,
  described: DescribedTable,
  rows: number,
  patternTime: TimeForPatterns,
  add: Add,
): Promise<boolean> {
  const { csv } = described;
  const [file = ''] = csv.paths;
  if (csv.rowCount !== rows)
    add(file, 'release', `it has ${count(rows, 'row')}, but datapackage.json says ${JSON.stringify(csv.rowCount)}`);
  const sound = await checkColumns(connection, described, patternTime, add);
  await checkKeys(connection, described, add);
  return sound;
}

/** Checks types, constraints and patterns of the columns. @returns whether every value has its type */
async function checkColumns(
  connection: DuckDBConnection,
  described: DescribedTable,
  patternTime: TimeForPatterns,
  add: Add,
): Promise<boolean> {
  const checks = described.table.columns.map((column, i) => {
    const cell = `c${i}`;
    const untyped = `NOT coalesce(${isOfType(column, cell)}, true)`;
    return { column, cell, untyped, constraints: constraintsOf(column, cell) };
  });
  const breaches = checks.flatMap(({ untyped, constraints }) => [untyped, ...constraints.map(({ breach }) => breach)]);
  const broken = await brokenOf(connection, described, breaches);
  let sound = true;
  for (const { column, cell, untyped, constraints } of checks) {
    if (broken.has(untyped)) {
      sound = false;
      await tellRows(connection, described, add, {
        breach: untyped,
        value: cell,
        rule: 'type',
        message: (value) => `${quoted(column.name)} is ${value}, which is not of the type ${column.type}`,
      });
      continue;
    }
    for (const { breach, rule, message } of constraints.filter((each) => broken.has(each.breach))) {
      await tellRows(connection, described, add, {
        breach,
        value: cell,
        rule,
        message: (value) => `${quoted(column.name)} is ${value}, ${message}`,
      });
    }
    await checkPattern(connection, described, { column, cell }, patternTime, add);
  }
  return sound;
}

/** Checks that no two rows have the same primary key, or the same value in a unique column. */
async function checkKeys(connection: DuckDBConnection, described: DescribedTable, add: Add): Promise<void> {
  const { columns, primaryKey } = described.table;
  const unique = columns.filter((c) => c.constraints['unique'] === true).map((c) => [c.name]);
  const keys = primaryKey.length === 0 ? unique : [primaryKey, ...unique.filter((u) => u.join() !== primaryKey.join())];
  for (const key of keys) {
    const cells = key.map((name) => cellOf(described, name)).join(', ');
    await tellRows(connection, described, add, {
      breach:
        `n IN (SELECT n FROM (SELECT n, row_number() OVER (PARTITION BY ${cells} ORDER BY n) AS nth FROM ` +
        `${textsOf(described)}) WHERE nth > 1)`,
      value: printed(cells),
      rule: 'unique-id',
      message: (value) => `a second row with the key ${value}`,
    });
  }
}

/** How many conditions are tested in one pass through a table. */
const mostAtOnce = 500;

/** The conditions that some row of a table fulfils: usually one pass shows that there are none. */
async function brokenOf(
  connection: DuckDBConnection,
  described: DescribedTable,
  breaches: readonly string[],
): Promise<ReadonlySet<string>> {
  const broken = new Set<string>();
  for (let i = 0; i < breaches.length; i += mostAtOnce) {
    const some = breaches.slice(i, i + mostAtOnce);
    const any = some.map((breach) => `coalesce(bool_or(${breach}), false)`);
    const [found = []] = await ask(connection, `SELECT ${any.join(', ')} FROM ${textsOf(described)}`);
    for (const [j, breach] of some.entries()) if (found[j] === true) broken.add(breach);
  }
  return broken;
}

/** SQL for whether a text is a value of the column's type, in the form that we write; NULL for NULL. */
function isOfType(column: Column, cell: string): string {
  const forms: Readonly<Record<Column['type'], string>> = {
    string: 'true',
    integer: `regexp_full_match(${cell}, '-?[0-9]+') AND TRY_CAST(${cell} AS BIGINT) IS NOT NULL`,
    number:
      `regexp_full_match(${cell}, '-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?') AND TRY_CAST(${cell} AS DOUBLE) ` +
      'IS NOT NULL',
    boolean: `${cell} IN ('true', 'false')`,
    // a cast alone would accept text after the day
    date: `regexp_full_match(${cell}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AND TRY_CAST(${cell} AS DATE) IS NOT NULL`,
    timestamp:
      `regexp_full_match(${cell}, '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?Z') ` +
      `AND TRY_CAST(${cell} AS TIMESTAMPTZ) IS NOT NULL`,
    json: `json_valid(${cell})`,
  };
  return `CASE WHEN ${cell} IS NULL THEN NULL ELSE ${forms[column.type]} END`;
}

interface Constraint {
  /** SQL that is true if a cell breaks it. */
  readonly breach: string;
  readonly rule: Rule;
  readonly message: string;
}

function constraintsOf(column: Column, cell: string): readonly Constraint[] {
  const { constraints } = column;
  const found: Constraint[] = [];
  if (!column.nullable) found.push({ breach: `${cell} IS NULL`, rule: 'required', message: 'but a value is required' });
  const codes = constraints['enum'];
  if (isArray(codes)) {
    const breach = codes.length === 0 ? `${cell} IS NOT NULL` : `${cell} NOT IN (${inSql(codes.map(textOf))})`;
    found.push({ breach, rule: 'enum', message: 'none of the codes' });
  }
  const bound = (rule: Rule, key: string, left: string, operator: string, message: string): void => {
    const limit = constraints[key];
    if (typeof limit === 'number')
      found.push({ breach: `${left} ${operator} ${limit}::DOUBLE`, rule, message: `${message} ${limit}` });
  };
  if (column.type === 'integer' || column.type === 'number') {
    // anything but a number is reported as such
    bound('range', 'minimum', `TRY_CAST(${cell} AS DOUBLE)`, '<', 'less than');
    bound('range', 'maximum', `TRY_CAST(${cell} AS DOUBLE)`, '>', 'more than');
  }
  bound('length', 'minLength', `length(${cell})`, '<', 'shorter than');
  bound('length', 'maxLength', `length(${cell})`, '>', 'longer than');
  return found;
}

/** How many texts are written one by one; parsing more of them takes seconds. */
const fewTexts = 100;

/** Texts as a list for IN. */
function inSql(texts: readonly string[]): string {
  if (texts.length <= fewTexts) return texts.map(literal).join(', ');
  return `SELECT unnest(from_json(${literal(JSON.stringify(texts))}, '["VARCHAR"]'))`;
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A pattern is a JavaScript expression, which SQL cannot test: the texts are tested here, a chunk at a time. */
async function checkPattern(
  connection: DuckDBConnection,
  described: DescribedTable,
  { column, cell }: { readonly column: Column; readonly cell: string },
  patternTime: TimeForPatterns,
  add: Add,
): Promise<void> {
  const { pattern } = column.constraints;
  if (typeof pattern !== 'string') return;
  const of = `the pattern of ${quoted(column.name)} in ${described.table.name}`;
  const expression = compilePattern(pattern);
  if (expression === undefined) {
    add('datapackage.json', 'release', `${of} is not a regular expression`);
    return;
  }
  const rows: number[] = [];
  const result = await connection.stream(
    `SELECT n, ${guarded(cell)} FROM ${textsOf(described)} WHERE ${cell} IS NOT NULL`,
  );
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const some = chunk.getRows().map(([n, text]) => ({ n: Number(n), text: unguarded(String(text)) }));
    const failing = failingTexts(
      expression,
      some.map(({ text }) => text),
      patternTime,
    );
    if (failing === undefined) {
      add('datapackage.json', 'release', `${of} takes too long to match its texts`);
      return;
    }
    rows.push(...failing.map((i) => some[i]?.n ?? 0));
    if (rows.length >= mostTold) break;
  }
  if (rows.length === 0) return;
  await tellRows(connection, described, add, {
    breach: `n IN (${rows.join(', ')})`,
    value: cell,
    rule: 'pattern',
    message: (value) => `${quoted(column.name)} is ${value}, which its pattern does not allow`,
  });
}

/** Milliseconds left for all slow patterns of a release together. */
export interface TimeForPatterns {
  left: number;
}

export function timeForPatterns(limit = longestPatternTest): TimeForPatterns {
  return { left: limit };
}

/** Milliseconds that a harmless pattern can take for a text and for each of its UTF-16 units: these are not counted. */
const [harmlessText, harmlessUnit] = [1e-3, 1e-4];

/**
 * The positions of the texts that an expression does not match; undefined if no time is left. The time beyond that of a
 * harmless expression is subtracted from the time that is left.
 */
export function failingTexts(
  expression: RegExp,
  texts: readonly string[],
  time: TimeForPatterns,
): readonly number[] | undefined {
  if (time.left <= 0) return undefined;
  const units = texts.reduce((sum, text) => sum + text.length, 0);
  const harmless = texts.length * harmlessText + units * harmlessUnit;
  let failing: readonly number[] = [];
  const start = performance.now();
  const ended = endsWithin(Math.ceil(time.left + harmless), () => {
    failing = texts.flatMap((text, i) => (expression.test(text) ? [] : [i]));
  });
  const taken = Math.max(0, performance.now() - start - harmless);
  // a timer can fire a little before its time
  time.left = ended ? time.left - taken : 0;
  return ended ? failing : undefined;
}

/** As in JSON Schema, with the flag `u`; a pattern that only compiles without it is used without. */
function compilePattern(pattern: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      continue;
    }
  }
  return undefined;
}
