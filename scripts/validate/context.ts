import type { Reread } from '../read/reread.ts';
import { type Json, isObject, member } from '../json/json.ts';
import type { Problem } from '../base/problem.ts';
import type { Marks } from './duplicates.ts';
import type { Nearest } from '../base/suggestions.ts';
import type { Patterns } from '../pattern/matcher.ts';
import type { Documents } from '../read/documents.ts';
import type { RawRecord, RecordFile } from '../read/records.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import type { SchemaSet } from '../schema/schemaSet.ts';
import type { SourceDocument, Withdrawal } from '../schema/extensions.ts';
import type { Findings, Structure } from '../schema/walk.ts';
import type { Cache } from './ajv/compiled.ts';
import type { SchemaCheck } from './ajv/schemaCheck.ts';
import type { BytesOfTable } from './bytes/recordBytes.ts';
import type { References } from './references.ts';

export interface ValidateOptions {
  readonly schemas: SchemaSet;
  /** Where the code of compiled schemas is kept; undefined to always compile them. */
  readonly cache: Cache | undefined;
  /** Matches the patterns of the schemas. */
  readonly patterns: Patterns;
  /** The compiled schemas, if records are checked one after another. */
  readonly compiled?: (type: RecordType) => SchemaCheck;
  readonly types: readonly RecordType[];
  readonly documents: Documents;
  /** Each source's document, by the source's id. */
  readonly documentOf: (source: string) => SourceDocument | undefined;
  /** Names of available texts that are not the document of any source. */
  readonly strayDocuments: () => readonly string[];
  /** Whether a document without its text is an error. */
  readonly requireSources: boolean;
  /** Whether whoever asks could have only the changes checked. */
  readonly offersChanged?: boolean;
  /** `any` drops the checks of layout, key order and file name. */
  readonly layout: 'canonical' | 'any';
  /** Records that are assumed to be valid and not read: their files, and which of them are withdrawn. */
  readonly presumed?: {
    readonly files: readonly RecordFile[];
    readonly withdrawal: (table: string, id: string) => Withdrawal | undefined;
  };
  /** The link to its schema for a record in this file. */
  readonly linkOf: (file: RecordFile, type: RecordType) => string;
  /** The file of a table whose name is an id, ignoring case. */
  readonly fileNamed: (table: string, id: string) => RecordFile | undefined;
  /** Whether the first of two files is newer in git; undefined if git cannot tell. */
  readonly isNewer: (file: RecordFile, than: RecordFile) => boolean | undefined;
  /** Reads a record again, to find the place of a fault that was found late. */
  readonly reread: Reread;
  readonly report: (problem: Problem) => void;
  /** Keeps identifiers and references if a run sees only some of the records; by default a run has its own. */
  readonly references?: References;
  /** Whether nobody asks for the values of records: those accepted by their bytes are passed on as undefined. */
  readonly valuesUnused?: boolean;
  /** Keeps what makes records look alike, if a run sees only some of the records. */
  readonly marks?: Marks;
  /** The line before the first record, if a run begins in the middle of a file of lines. */
  readonly after?: LineBefore | undefined;
}

/** A line of a file, by the identifier of its record. */
export interface LineBefore {
  readonly file: RecordFile;
  readonly id: string | number;
}

export interface ValidateSummary {
  readonly records: number;
  readonly spansChecked: number;
  readonly spansUnchecked: number;
  readonly documentsMissing: number;
}

/** How the records of a table are checked. */
export interface TableCheck {
  readonly type: RecordType;
  readonly check: SchemaCheck;
  readonly structure: Structure;
  readonly bytesOf: BytesOfTable;
}

/** What a run knows and counts. */
export interface Run {
  readonly options: ValidateOptions;
  /** Identifier of the previous line, in a file of lines. */
  lastId: LineBefore | undefined;
  /** Whether the record being checked has the id of another one. */
  idTaken: boolean;
  readonly references: References;
  readonly findings: Findings;
  /** For each table whose records a pointer selects: its first text, and whether the pointer matches in any text. */
  readonly selected: Map<string, { readonly first: RawRecord; found: boolean }>;
  /** What makes records look alike. */
  readonly marks: Marks;
  /** Finds the nearest of some texts, until this many have been compared in the run. */
  readonly nearest: Nearest;
  readonly counts: { -readonly [K in keyof ValidateSummary]: number };
}

/** A record in a text: its pointer there, and whether it is the only record of the text. */
export interface Placed {
  readonly raw: RawRecord;
  readonly value: Json;
  readonly at: string;
  readonly whole: boolean;
  /** The result of `membersOf` for the text. */
  readonly members: number | undefined;
}

/** A record after the walk, as the rules for records see it. */
export interface SeenRecord extends Placed, TableCheck {
  readonly found: Findings;
  readonly run: Run;
}

/** References to the name of a file are not reported, whatever is wrong with the record in it. */
export function excuse({ table, stem, holds, select }: RecordFile, { references, options }: Run): void {
  if (options.layout === 'canonical' && holds === 'record' && select === undefined) references.excuse(table, stem);
}

/** The name of a record in commands: `table/id`. Commands look for the name of the file, whatever is in it. */
export function nameOf({ raw, type, value }: Pick<SeenRecord, 'raw' | 'type' | 'value'>): string {
  const key = type.key === undefined || !isObject(value) ? undefined : member(value, type.key);
  const own = raw.line === 0 && raw.file.select === undefined;
  return `${type.name}/${!own && typeof key === 'string' ? key : raw.file.stem}`;
}
