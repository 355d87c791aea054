import { newline } from '../../base/newlines.ts';
import { compareIds } from '../../base/text.ts';
import type { RawRecord } from '../../read/records.ts';
import type { Run } from '../context.ts';
import type { BytesOfTable } from './recordBytes.ts';

/**
 * Adds a record to a run if its bytes show that no rule finds a fault in it.
 * @returns whether it could: if not, nothing has changed, and the rules must check the record
 */
export function acceptRecord(raw: RawRecord, bytesOf: BytesOfTable, run: Run): boolean {
  const { file, line, utf8 } = raw;
  if (utf8 === undefined || utf8.left === true || file.select !== undefined || raw.written !== undefined) return false;
  const record = bytesOf(line === 0 ? 'file' : 'line');
  if (record === undefined) return false;
  const { all, start, end } = utf8;
  const behind = record.check(all, start, run.references.settled);
  const { id, references } = record.found;
  if (line === 0) {
    if (behind !== end - 1 || all[behind] !== newline || id !== file.stem) return false;
  } else {
    const before = run.lastId?.file === file ? run.lastId.id : undefined;
    if (behind !== end || (before !== undefined && compareIds(before, id) > 0)) return false;
  }
  if (run.references.declare(file.table, id, file) !== undefined) return false;
  if (line > 0) run.lastId = { file, id };
  for (const reference of references) run.references.refer(file, line, reference);
  run.counts.records++;
  run.idTaken = false;
  return true;
}
