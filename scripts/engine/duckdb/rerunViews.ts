import path from 'node:path';
import { longestRerun } from '../../base/limits.ts';
import type { Table } from '../../compile/model.ts';
import { type Json, type JsonObject, isArray, isObject, member, parseJson } from '../../json/json.ts';
import { runWorker, textAt } from './planViews.ts';
import { csvRowsOf, fileType, identifier } from './sql.ts';
import { typedCell } from './viewCells.ts';

/** A view of a release, and the file with its rows. */
export interface ViewRows {
  readonly table: Table;
  readonly sql: string;
  /** Absolute path of its CSV file. */
  readonly csv: string;
  /** Bytes of the longest record in it. */
  readonly longest: number;
}

/** The input of the process: for each view the expressions of its cells, and SQL for the cells of its file. */
export interface RerunTask {
  readonly folder: string;
  readonly database: string;
  /** Folder for what does not fit into memory. */
  readonly temporary: string;
  readonly views: readonly RerunView[];
}

export interface RerunView {
  readonly name: string;
  readonly sql: string;
  readonly cells: readonly string[];
  readonly file: string;
}

/** What is wrong with the rows of a view in a file. `view` is '' if none can be named. */
export interface RerunFault {
  readonly view: string;
  readonly message: string;
}

/**
 * Runs views of a release again, in a process with limited time and memory that can read only the release, and compares
 * their rows, in order, with the CSV files. Only for views in which `planViews` found no fault, over tables that are
 * known to be plain.
 */
export async function rerunViews(
  folder: string,
  database: string,
  views: readonly ViewRows[],
  temporary: string,
): Promise<readonly RerunFault[]> {
  if (views.length === 0) return [];
  const task: RerunTask = { folder, database: path.join(folder, database), temporary, views: views.map(rerunOf) };
  const { out, err, ended } = await runWorker(JSON.stringify({ rerun: task }), longestRerun);
  const parsed = parseJson(out);
  const faults = 'value' in parsed && isObject(parsed.value) ? member(parsed.value, 'reruns') : undefined;
  if (!isArray(faults)) return [{ view: '', message: `the process that runs the views ${ended} ${err}`.trim() }];
  return faults.filter(isObject).map((fault) => ({ view: textAt(fault, 'view'), message: textAt(fault, 'message') }));
}

function rerunOf({ table, sql, csv, longest }: ViewRows): RerunView {
  const columns = table.columns.map((each, i): [string, string] => [`c${i}`, fileType(each)]);
  const texts = columns.map(([cell]) => `${cell}::VARCHAR AS ${cell}`);
  return {
    name: table.name,
    sql,
    cells: table.columns.map((each, i) => `${typedCell(each)} AS ${identifier(`c${i}`)}`),
    file: `SELECT ${texts.join(', ')} FROM ${csvRowsOf(csv, columns, longest)}`,
  };
}

/** Reads the input of the process; undefined if it is another task. */
export function readRerun(text: string): RerunTask | undefined {
  const parsed = parseJson(text);
  const task = 'value' in parsed && isObject(parsed.value) ? member(parsed.value, 'rerun') : undefined;
  if (!isObject(task)) return undefined;
  const views = member(task, 'views');
  return {
    folder: textAt(task, 'folder'),
    database: textAt(task, 'database'),
    temporary: textAt(task, 'temporary'),
    views: isArray(views) ? views.filter(isObject).map(viewAt) : [],
  };
}

function viewAt(view: JsonObject): RerunView {
  const cells = member(view, 'cells');
  return {
    name: textAt(view, 'name'),
    sql: textAt(view, 'sql'),
    cells: isArray(cells) ? cells.filter((each: Json) => typeof each === 'string') : [],
    file: textAt(view, 'file'),
  };
}
