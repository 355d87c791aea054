import { type Json, resolvePointer } from '../json/json.ts';

/** Where the name of a record is that people use for it. */
export interface RecordName {
  /** JSON Pointers of texts. */
  readonly pointers: readonly string[];
  /** Whether the name is all of these texts; otherwise it is the first that a record has. */
  readonly isWhole: boolean;
}

/** The name in a record; undefined if it has none. */
export function nameIn({ pointers, isWhole }: RecordName, record: Json): string | undefined {
  const isText = (value: Json | undefined): value is string => typeof value === 'string' && value !== '';
  const texts = pointers.map((pointer) => resolvePointer(record, pointer)).filter(isText);
  return isWhole && texts.length > 0 ? texts.join(' ') : texts[0];
}
