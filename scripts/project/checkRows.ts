import { type Json, isObject, resolvePointer } from '../json/json.ts';
import { mostCheckRows } from '../base/limits.ts';
import type { Fault, Problem } from '../base/problem.ts';
import { didYouMean } from '../base/suggestions.ts';
import { groupBy, quoted } from '../base/text.ts';
import { keyCell } from '../compile/rows.ts';
import type { CheckRow } from '../engine/engine.ts';
import type { RawRecord } from '../read/records.ts';
import type { Check } from '../read/schemas.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import { reportFaults } from '../validate/reportFaults.ts';
import { recordsIn } from '../validate/selection.ts';
import type { Project } from './openProject.ts';

/**
 * Reports the rows of checks as problems of the records that they name, or of the check if there is no such record.
 * Only the tables that are named are read again.
 */
export function reportCheckRows(project: Project, rows: readonly CheckRow[], report: (problem: Problem) => void): void {
  const tables = project.types.map((type) => type.name);
  const byTable = groupBy(rows, (row) => row.table);
  for (const [table, found] of byTable) {
    const type = project.types.find(({ name }) => name === table);
    if (type === undefined) for (const row of found) report(problemOf(row.check, noTable(row, tables)));
    else reportTable(project, type, found, report);
  }
  for (const [check, found] of groupBy(rows, (row) => row.check))
    if (found.length === mostCheckRows)
      report(problemOf(check, `only its first ${mostCheckRows} rows are shown: there can be more`));
}

function reportTable(
  project: Project,
  type: RecordType,
  rows: readonly CheckRow[],
  report: (problem: Problem) => void,
): void {
  const byRecord = groupBy(rows, (row) => row.record);
  for (const { raw, at, value, id } of placedRecords(project, type)) {
    for (const row of byRecord.get(id) ?? []) reportRow(row, raw, at, value, report);
    byRecord.delete(id);
  }
  for (const row of [...byRecord.values()].flat()) report(problemOf(row.check, noRecord(row, type)));
}

interface PlacedRecord {
  readonly raw: RawRecord;
  /** The pointer of the record in its text. */
  readonly at: string;
  readonly value: Json;
  /** Its identifier in `provenance.record_id`. */
  readonly id: string;
}

function* placedRecords(project: Project, type: RecordType): Generator<PlacedRecord> {
  let [file, index] = ['', 0];
  for (const raw of project.records(() => {}, [type.name])) {
    if (!('text' in raw)) continue;
    if (raw.file.name !== file) [file, index] = [raw.file.name, 0];
    for (const [at, value] of recordsIn(raw, type, project.options.layout)) {
      const key = type.key === undefined || !isObject(value) ? undefined : keyCell(value, type.key);
      yield { raw, at, value, id: String(key ?? `${file} ${index}`) };
      index++;
    }
  }
}

function reportRow(row: CheckRow, raw: RawRecord, at: string, value: Json, report: (problem: Problem) => void): void {
  const pointer = row.pointer ?? '';
  if (resolvePointer(value, pointer) === undefined) {
    report(
      problemOf(row.check, `the record ${quoted(row.record ?? '')} of ${row.table} has nothing at ${quoted(pointer)}`),
    );
    return;
  }
  const { name, description } = row.check;
  const message = row.message ?? 'the check returns no message';
  const hint = `the check ${quoted(name)}${description === undefined ? '' : `: ${description}`}`;
  const fault: Fault = { rule: 'check', pointer: at + pointer, message, hint };
  reportFaults(raw, [fault], report);
}

function noTable({ table }: CheckRow, tables: readonly string[]): string {
  if (table === null) return 'it returns a row without a table';
  const hint = didYouMean(table, tables);
  return `it names ${quoted(table)}, which is not a table of records${hint === undefined ? '' : ` (${hint})`}`;
}

function noRecord({ record }: CheckRow, { name }: RecordType): string {
  return record === null
    ? `it returns a row of ${name} without a record`
    : `there is no record ${quoted(record)} in ${name}`;
}

/** A fault of the check itself, at its SELECT. */
function problemOf(check: Check, message: string): Problem {
  const where = { file: check.shown, line: check.line, column: 1, pointer: '' };
  const hint = 'correct what the SELECT returns as "table", "record" and "pointer"';
  return { ...where, rule: 'check', severity: 'error', message, hint };
}
