import { longestViewWait } from '../../base/limits.ts';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { version } from '@duckdb/node-api';
import { bundleFolder, entryIn, packageFolder } from '../../base/package.ts';
import type { Table } from '../../compile/model.ts';
import { type Json, type JsonObject, isArray, isObject, member, parseJson } from '../../json/json.ts';
import type { Kept } from '../../read/keptSchemas.ts';
import { createTable } from './sql.ts';

/** A table or view by its name, and the SQL that creates it. */
export interface ViewSql {
  readonly name: string;
  readonly sql: string;
}

/** The purpose of a SELECT: a view is in the release, a check returns the rows that are wrong. */
export type QueryKind = 'view' | 'check';

/** What is wrong with a view or check; line and column, from 1, in its SQL. `view` is '' if none can be named. */
export interface ViewFault {
  readonly kind: QueryKind;
  readonly view: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** The input of the process: tables and views with the SQL that creates them, and checks. */
export interface ViewTask {
  readonly tables: readonly ViewSql[];
  readonly views: readonly ViewSql[];
  readonly checks: readonly ViewSql[];
}

/** The output of the process: faults, and for each view without one, the SELECT as a DuckDB database prints it. */
export interface ViewReport {
  readonly faults: readonly ViewFault[];
  readonly stored: readonly (readonly [view: string, select: string])[];
}

/**
 * Examines views and checks, which anybody may have written, over empty tables: what they call and read, and whether
 * DuckDB can plan them. Planning computes constants, so it can use everything that a machine has: it runs in a process
 * of its own, with limited time and memory, and without access to files. If there are no views or checks, no process is
 * started. Rejects with the system's error if the process cannot start.
 * @param kept has the reports about what was found to be sound
 */
export function planViews(
  tables: readonly Table[],
  views: readonly ViewSql[],
  checks: readonly ViewSql[] = [],
  kept?: Kept,
): Promise<ViewReport> {
  const planning = planInProcess(tables, views, checks, kept);
  // the callers do other work before they ask for the result
  planning.catch(() => {});
  return planning;
}

async function planInProcess(
  tables: readonly Table[],
  views: readonly ViewSql[],
  checks: readonly ViewSql[],
  kept: Kept | undefined,
): Promise<ViewReport> {
  if (views.length === 0 && checks.length === 0) return { faults: [], stored: [] };
  const task: ViewTask = {
    tables: tables.map((table) => ({ name: table.name, sql: createTable({ ...table, foreignKeys: [] }) })),
    views: views.map(({ name, sql }) => ({ name, sql })),
    checks: checks.map(({ name, sql }) => ({ name, sql })),
  };
  return plannedOnce(JSON.stringify(task), kept);
}

/**
 * The report of the process, or of one that had the same task in an earlier run. What was slow or large today can pass
 * tomorrow, so no report with a fault is kept.
 */
async function plannedOnce(task: string, kept: Kept | undefined): Promise<ViewReport> {
  // the toolkit is covered by the cache, but a package can get another DuckDB
  const key = JSON.stringify(['planned views', version(), task]);
  const before = reportOf(kept?.get(key) ?? '');
  if (before !== undefined) return before;
  const { out, err, ended } = await runWorker(task, longestViewWait);
  const report = reportOf(out) ?? { faults: [unanswered(ended, err)], stored: [] };
  if (report.faults.length === 0) kept?.set(key, out);
  return report;
}

function unanswered(ended: string, err: string): ViewFault {
  const words = err.trim() === '' ? '' : `: ${err.trim()}`;
  return {
    kind: 'view',
    view: '',
    message: `the views and checks cannot be planned: the process that plans them ${ended}${words}`,
    line: 1,
    column: 1,
  };
}

/** In a bundle, the worker is a file next to this module; from sources, it is an entry like any other. */
function workerArguments(): readonly string[] {
  if (bundleFolder !== undefined) return [path.join(bundleFolder, 'viewWorker.mjs')];
  return [entryIn(packageFolder), '--entry', path.join(import.meta.dirname, 'viewWorker.ts')];
}

/** Runs the process on a task, and kills it after some milliseconds. @throws the system's error if it cannot start */
export async function runWorker(
  input: string,
  longest: number,
): Promise<{ readonly out: string; readonly err: string; readonly ended: string }> {
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    const child = spawn(process.execPath, workerArguments(), { stdio: 'pipe' });
    child.on('error', reject);
    // without a process there are no pipes
    if (child.pid === undefined) return;
    // the timer of `spawn` goes on if no process starts
    const timer = setTimeout(() => child.kill('SIGKILL'), longest);
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ out, err, ended: `ended with ${signal ?? String(status)}` });
    });
    // a process that ends early does not read on
    child.stdin.on('error', () => {}).end(input);
  });
}

/** Reads the input of the process. @throws Error if it is not a task */
export function readTask(text: string): ViewTask {
  const parsed = parseJson(text);
  const task = 'value' in parsed && isObject(parsed.value) ? parsed.value : {};
  return { tables: sqlAt(task, 'tables'), views: sqlAt(task, 'views'), checks: sqlAt(task, 'checks') };
}

function sqlAt(task: JsonObject, key: string): readonly ViewSql[] {
  return objectsAt(task, key).map((each) => ({ name: textAt(each, 'name'), sql: textAt(each, 'sql') }));
}

function reportOf(text: string): ViewReport | undefined {
  const parsed = parseJson(text);
  if (!('value' in parsed) || !isObject(parsed.value)) return undefined;
  const pairs = member(parsed.value, 'stored');
  return {
    faults: objectsAt(parsed.value, 'faults').map((fault) => ({
      kind: textAt(fault, 'kind') === 'check' ? 'check' : 'view',
      view: textAt(fault, 'view'),
      message: textAt(fault, 'message'),
      line: Number(member(fault, 'line')),
      column: Number(member(fault, 'column')),
    })),
    stored: isArray(pairs) ? pairs.filter(isPair) : [],
  };
}

/** A text of an object, empty if there is none. */
export function textAt(object: JsonObject, key: string): string {
  const value = member(object, key);
  return typeof value === 'string' ? value : '';
}

function objectsAt(object: JsonObject, key: string): readonly JsonObject[] {
  const value = member(object, key);
  return isArray(value) ? value.filter(isObject) : [];
}

function isPair(value: Json): value is readonly [string, string] {
  return isArray(value) && value.length === 2 && value.every((each) => typeof each === 'string');
}
