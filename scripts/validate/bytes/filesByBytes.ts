import type { ByBytes, RawRecord, RecordFile, Unreadable } from '../../read/records.ts';
import type { ValidateOptions } from '../context.ts';
import { ascends } from '../declaredIds.ts';
import { noting } from '../outward.ts';
import { type CheckedPart, type OutwardReferences, standsAlone } from '../part.ts';
import { type BytesSettings, type FoundInBytes, type RecordBytes, recordBytes } from './recordBytes.ts';

const noReferences: OutwardReferences = { targets: [], pointers: [], spots: new Uint32Array(0) };

/** A file with a record of its own as a part. A class, since there can be a hundred thousand. */
export class CheckedFile implements CheckedPart {
  readonly file: RecordFile;
  readonly ids: readonly string[];
  readonly ascending: boolean;
  readonly references: OutwardReferences;
  readonly linesBefore = 0;
  readonly after = undefined;
  readonly last = undefined;
  readonly #read: () => RawRecord | Unreadable;

  constructor(file: RecordFile, { id, references }: FoundInBytes, read: () => RawRecord | Unreadable) {
    this.file = file;
    this.ids = [id];
    this.ascending = ascends(id, undefined);
    this.references = references.length === 0 ? noReferences : outwardOf(references);
    this.#read = read;
  }

  records(): Iterable<RawRecord | Unreadable> {
    return [this.#read()];
  }
}

function outwardOf(references: FoundInBytes['references']): OutwardReferences {
  const noted = noting();
  for (const reference of references) noted.refer(0, reference);
  return noted.outward();
}

/**
 * Makes a part of each file with a record of its own whose bytes are certainly valid, and whose name is its identifier.
 * @param settled whether a reference leads to a known record, for certain
 * @param make a part, as `CheckedFile` does
 */
export function filesByBytes<T extends CheckedFile>(
  { types, layout, schemas, patterns }: Pick<ValidateOptions, 'types' | 'layout' | 'schemas' | 'patterns'>,
  settled: BytesSettings['settled'],
  make: (...of: ConstructorParameters<typeof CheckedFile>) => T,
): ByBytes<T> {
  const makeCheck = (table: string): RecordBytes | undefined => {
    const type = types.find(({ name }) => name === table);
    if (layout !== 'canonical' || type === undefined || !standsAlone(type)) return undefined;
    return recordBytes(type, { schemas, patterns, settled });
  };
  const checks = new Map<string, RecordBytes | undefined>();
  const checkOf = (table: string): RecordBytes | undefined => {
    // made only when asked for: few runs read many files
    if (!checks.has(table)) checks.set(table, makeCheck(table));
    return checks.get(table);
  };
  return {
    wants: ({ table, select }) => select === undefined && checkOf(table) !== undefined,
    take(file, { bytes, start, end }, read) {
      const record = checkOf(file.table);
      if (record?.check(bytes, start) !== end || record.found.id !== file.stem) return undefined;
      return make(file, record.found, read);
    },
  };
}
