import { type Json, isArray, parseJson, selectPointers } from '../json/json.ts';
import type { RawRecord } from '../read/records.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import type { ValidateOptions } from './context.ts';

/** The records in a text, with their pointers; empty if it is not JSON. */
export function recordsIn(
  raw: RawRecord,
  type: RecordType,
  layout: ValidateOptions['layout'],
): readonly (readonly [pointer: string, value: Json])[] {
  const parsed = parseJson(raw.text);
  if (!('value' in parsed)) return [];
  return selection(raw, parsed.value, type, layout) ?? [['', parsed.value]];
}

/** The records inside a file that holds several; undefined if the text is one record. */
export function selection(
  { file }: RawRecord,
  value: Json,
  type: RecordType,
  layout: ValidateOptions['layout'],
): readonly (readonly [string, Json])[] | undefined {
  if (file.select !== undefined) return selectPointers(value, file.select);
  const listed = layout === 'any' && isArray(value) && !type.shape.types.has('array');
  return listed ? selectPointers(value, '/*') : undefined;
}
