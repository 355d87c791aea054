import { mostRerunBytes, mostViewBytes, mostViewSeconds } from '../../base/limits.ts';
import { quoted } from '../../base/text.ts';
import fs from 'node:fs';
import process from 'node:process';
import consumers from 'node:stream/consumers';
import os from 'node:os';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { parseJson } from '../../json/json.ts';
import { confineTo, memoryByDefault, openDuckDb } from './instance.ts';
import { type QueryKind, type ViewFault, type ViewReport, type ViewTask, readTask } from './planViews.ts';
import { type RerunFault, type RerunTask, type RerunView, readRerun } from './rerunViews.ts';
import { columnFault } from './runChecks.ts';
import { identifier, literal } from './sql.ts';
import { orderedRows } from './viewCells.ts';
import { type SyntaxFault, syntaxFault } from './viewSyntax.ts';

const lookEvery = 20;

// A process of its own for SQL that has not been examined. It writes its result to standard output, and ends itself
// if it takes too much.

const stored = new Map<string, string>();
const faults: ViewFault[] = [];
let current: Pick<ViewFault, 'kind' | 'view'> = { kind: 'view', view: '' };

function answer(): void {
  const report: ViewReport = { faults, stored: [...stored] };
  fs.writeFileSync(1, JSON.stringify(report));
}

function watch(): void {
  const { user, system } = process.cpuUsage();
  const message =
    process.memoryUsage.rss() > mostViewBytes
      ? `planning it takes more than ${mostViewBytes / 1024 / 1024} MiB of memory`
      : user + system > mostViewSeconds * 1e6
        ? `planning it takes more than ${mostViewSeconds} seconds`
        : undefined;
  if (message === undefined) return;
  faults.push({ ...current, message, line: 1, column: 1 });
  answer();
  process.kill(process.pid, 'SIGKILL');
}

async function check({ tables, views, checks }: ViewTask): Promise<void> {
  const instance = await openDuckDb(path.join(os.tmpdir(), `duckdb-${process.pid}`), '256MB', 1);
  const connection = await instance.connect();
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  if (tables.length > 0) await connection.run(tables.map(({ sql }) => sql).join(';\n'));
  const readable = new Set(tables.map(({ name }) => name));
  for (const { name, sql } of views) {
    current = { kind: 'view', view: name };
    const fault =
      takenFault(name, readable) ??
      (await refused('view', connection, sql, readable)) ??
      (await planFault(connection, name, sql));
    readable.add(name);
    if (fault === undefined) stored.set(name, await storedForm(connection, sql));
    else faults.push({ ...current, message: fault.message, ...positionAt(sql, fault.offset) });
  }
  for (const { name, sql } of checks) {
    current = { kind: 'check', view: name };
    const fault = (await refused('check', connection, sql, readable)) ?? (await checkFault(connection, sql));
    if (fault !== undefined) faults.push({ ...current, message: fault.message, ...positionAt(sql, fault.offset) });
  }
}

/** A view has the name of its file, and DuckDB ignores case. */
function takenFault(name: string, readable: ReadonlySet<string>): SyntaxFault | undefined {
  const taken = [...readable].find((each) => each.toLowerCase() === name.toLowerCase());
  if (taken === undefined) return undefined;
  return { message: `a table or view is already called ${quoted(taken)}: rename this file`, offset: undefined };
}

async function refused(
  kind: QueryKind,
  connection: DuckDBConnection,
  sql: string,
  readable: ReadonlySet<string>,
): Promise<SyntaxFault | undefined> {
  const fault = syntaxFault(await parse(connection, sql), readable);
  return fault === undefined ? undefined : { ...fault, message: `a ${kind} ${fault.message}` };
}

async function parse(connection: DuckDBConnection, sql: string): Promise<ReturnType<typeof parsedOf>> {
  const result = await connection.runAndReadAll(`SELECT json_serialize_sql(${literal(sql)})`);
  return parsedOf(String(result.getRows()[0]?.[0]));
}

function parsedOf(text: string): Parameters<typeof syntaxFault>[0] {
  const parsed = parseJson(text);
  return 'value' in parsed ? parsed.value : null;
}

/** A database keeps a view as the parser read it, not as it was written; in JSON, both are the same. */
async function storedForm(connection: DuckDBConnection, sql: string): Promise<string> {
  const result = await connection.runAndReadAll(`SELECT json_deserialize_sql(json_serialize_sql(${literal(sql)}))`);
  return String(result.getRows()[0]?.[0]);
}

/** Creates a view and plans a query of all of it: names, types, and what DuckDB computes beforehand. */
async function planFault(connection: DuckDBConnection, name: string, sql: string): Promise<SyntaxFault | undefined> {
  try {
    await connection.run(`CREATE VIEW ${identifier(name)} AS ${sql}`);
    const prepared = await connection.prepare(`SELECT * FROM ${identifier(name)}`);
    prepared.destroySync();
    return repeatedColumn(await columnsOf(connection, sql));
  } catch (error) {
    return { message: plannerMessage(error), offset: undefined };
  }
}

/** Plans a check, and examines its columns. */
async function checkFault(connection: DuckDBConnection, sql: string): Promise<SyntaxFault | undefined> {
  try {
    const message = columnFault(await columnsOf(connection, sql));
    return message === undefined ? undefined : { message, offset: undefined };
  } catch (error) {
    return { message: plannerMessage(error), offset: undefined };
  }
}

/** The columns of a SELECT, as it names them. */
async function columnsOf(connection: DuckDBConnection, sql: string): Promise<readonly string[]> {
  const prepared = await connection.prepare(sql);
  const columns = Array.from({ length: prepared.columnCount }, (_, i) => prepared.columnName(i));
  prepared.destroySync();
  return columns;
}

/** DuckDB ignores case in names, and would rename the second of two columns that have one name. */
function repeatedColumn(columns: readonly string[]): SyntaxFault | undefined {
  const seen = new Map<string, string>();
  for (const column of columns) {
    const before = seen.get(column.toLowerCase());
    seen.set(column.toLowerCase(), column);
    if (before === undefined) continue;
    const fault =
      before === column
        ? `two columns are called ${quoted(column)}`
        : `${quoted(before)} and ${quoted(column)} differ only by case`;
    return { message: `${fault}: rename one with AS, or leave it out`, offset: undefined };
  }
  return undefined;
}

/** How many of the names that DuckDB proposes are shown: it lists the most similar first. */
const mostProposed = 3;

/** DuckDB's message about a query, with names that it proposes. */
function plannerMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [, candidates = ''] = /^Candidate bindings[: ]+(".+)$/m.exec(text) ?? [];
  const names = candidates.match(/"[^"]+"/g)?.slice(0, mostProposed) ?? [];
  const proposed = names.length === 0 ? '' : ` (the most similar names: ${names.join(', ')})`;
  return firstLine(error).replace(/^\w+ Error: /, '') + proposed;
}

function firstLine(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
  return first;
}

/** Line and column, from 1, of an offset in the UTF-8 bytes of a text. */
function positionAt(text: string, offset: number | undefined): { readonly line: number; readonly column: number } {
  const before = Buffer.from(text)
    .subarray(0, offset ?? 0)
    .toString('utf8')
    .split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** Runs views of a database and compares their rows with those of files. */
async function rerun({ folder, database, temporary, views }: RerunTask): Promise<readonly RerunFault[]> {
  // one thread as in the export, so that equal keys and sums of fractions are the same
  const instance = await openDuckDb(temporary, memoryByDefault, 1);
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run(`ATTACH ${literal(database)} AS release (READ_ONLY)`);
  await connection.run('USE release');
  await confineTo(connection, folder);
  await connection.run('SET lock_configuration = true');
  const found: RerunFault[] = [];
  const watchRerun = setInterval(() => {
    if (process.memoryUsage.rss() <= mostRerunBytes) return;
    const message = `running it takes more than ${mostRerunBytes / 1024 / 1024} MiB of memory`;
    answerReruns([...found, { view: current.view, message }]);
    process.kill(process.pid, 'SIGKILL');
  }, lookEvery);
  for (const view of views) {
    current = { kind: 'view', view: view.name };
    const message = await rowFault(connection, view).catch(
      (error: unknown) => `cannot be compared: ${firstLine(error)}`,
    );
    if (message !== undefined) found.push({ view: view.name, message });
  }
  clearInterval(watchRerun);
  return found;
}

async function rowFault(
  connection: DuckDBConnection,
  { name, sql, cells, file }: RerunView,
): Promise<string | undefined> {
  const [given, held] = ['memory.main.given', 'memory.main.held'];
  const select = orderedRows(cells, name, await parse(connection, sql));
  await connection.run(
    `CREATE OR REPLACE TABLE ${given} AS SELECT row_number() OVER () AS n, COLUMNS(*)::VARCHAR FROM (${select})`,
  );
  await connection.run(`CREATE OR REPLACE TABLE ${held} AS SELECT row_number() OVER () AS n, * FROM (${file})`);
  const differs = `SELECT min(coalesce(a.n, b.n)) FROM ${given} AS a FULL JOIN ${held} AS b ON a.n = b.n
    WHERE a IS DISTINCT FROM b`;
  const result = await connection.runAndReadAll(
    `SELECT (SELECT count(*) FROM ${given}), (SELECT count(*) FROM ${held}), (${differs})`,
  );
  const [rows, written, first] = result.getRows()[0] ?? [];
  if (rows !== written) return `has ${String(written)} rows, but the view returns ${String(rows)}`;
  return first === null ? undefined : `row ${String(first)} is not what the view returns`;
}

function answerReruns(reruns: readonly RerunFault[]): void {
  fs.writeFileSync(1, JSON.stringify({ reruns }));
}

// the pipe may be empty yet: to read it in one call would fail
const input = await consumers.text(process.stdin);
const again = readRerun(input);
if (again === undefined) {
  const watching = setInterval(watch, lookEvery);
  await check(readTask(input));
  clearInterval(watching);
  answer();
} else answerReruns(await rerun(again));
process.exit(0);
