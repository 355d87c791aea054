import { type Json, type JsonObject, below, isObject, member } from '../json/json.ts';
import type { RawRecord } from '../read/records.ts';
import { toWithdrawal } from '../schema/extensionValues.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import type { SeenRecord } from './context.ts';
import type { References } from './references.ts';

/** Stores the references of a record, or its withdrawal: these are checked when all records are known. */
export function noteReferences({ raw, type, at, found, run }: SeenRecord, value: Json): void {
  if (isObject(value) && withdraw(raw, type, value, at, run.references)) return;
  for (const reference of found.references)
    run.references.refer(raw.file, raw.line, at === '' ? reference : { ...reference, pointer: at + reference.pointer });
}

/** Stores a withdrawn record; what it refers to can be withdrawn with it. Returns whether it is withdrawn. */
function withdraw(raw: RawRecord, type: RecordType, value: JsonObject, at: string, references: References): boolean {
  if (type.withdrawal === undefined || type.key === undefined) return false;
  const key = member(value, type.key);
  const withdrawal = toWithdrawal(member(value, type.withdrawal));
  if (withdrawal === undefined || (typeof key !== 'string' && typeof key !== 'number')) return false;
  const pointer = at + below('', type.withdrawal);
  references.withdraw(type.name, String(key), { file: raw.file, line: raw.line, pointer, withdrawal });
  return true;
}
