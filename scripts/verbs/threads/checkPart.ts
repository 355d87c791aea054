import { mostBytes } from '../../base/limits.ts';
import { newlinesIn } from '../../base/newlines.ts';
import { type Compilation, type PlacedRecord, compile } from '../../compile/compile.ts';
import { keyCell } from '../../compile/rows.ts';
import { nodeFileSystem } from '../../disk/fileSystem.ts';
import { parseJson } from '../../json/json.ts';
import { bundleCache } from '../../project/cache.ts';
import { namingOf, openSchemas } from '../../project/openProject.ts';
import { restoreOptions } from '../../project/storedOptions.ts';
import { noDocuments } from '../../read/documents.ts';
import { type RawRecord, type Unreadable, linesOf } from '../../read/records.ts';
import { reserved } from '../../schema/extensions.ts';
import { schemaChecks } from '../../validate/ajv/schemaCheck.ts';
import type { LineBefore, ValidateOptions } from '../../validate/context.ts';
import type { Settled } from '../../validate/bytes/recordBytes.ts';
import { type KnownIds, isKnown, lineIn, outwardReferences } from '../../validate/outward.ts';
import { isPart } from '../../validate/part.ts';
import type { References } from '../../validate/references.ts';
import { type PrintedBatch, isPrinted, printBatch } from '../../write/printedRows.ts';
import { checking, placed } from '../validate.ts';
import type { PartOfFile } from './recordsInParts.ts';
import { type PartsByBytes, linesOfPrints, partsByBytes, withoutEmptyLines } from './partsByBytes.ts';
import type { PartFindings, PartTask, PartsSetup, SettledIds } from './pool.ts';

/** Thrown to end the work on a part. */
const left = Symbol('left to the main thread');

function leave(): never {
  throw left;
}

interface Prepared extends Pick<ValidateOptions, 'types' | 'layout'> {
  readonly optionsOf: (references: References, after: LineBefore | undefined) => ValidateOptions;
  readonly compilation: Compilation | undefined;
  /** How lines become parts by their bytes; undefined where they have to come as texts. */
  readonly partsOf: (table: string) => PartsByBytes | undefined;
}

export interface PartChecker {
  readonly know: (ids: SettledIds) => void;
  /**
   * Checks a part, and compiles it if that was asked for; returns undefined if there is a fault, or anything else that
   * only the main thread can decide.
   */
  readonly check: (task: PartTask) => PartFindings | undefined;
}

/** Prepares the check of parts. */
export function partChecker(setup: PartsSetup): PartChecker {
  const known = new Map<string, ReadonlySet<string>>();
  const prepared = unlessFaulty(() => prepare(setup, known));
  return {
    know: ({ table, ids }) => void known.set(table, new Set(ids)),
    check: (task) => (prepared === undefined ? undefined : unlessFaulty(() => findingsIn(task, prepared, known))),
  };
}

/** The result of a function; undefined if it throws: the main thread finds the same fault, and reports it. */
function unlessFaulty<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** What is made once for all parts. */
function prepare({ options: stored, schemas, compiled }: PartsSetup, known: KnownIds): Prepared | undefined {
  const parsed = parseJson(stored);
  const options = restoreOptions('value' in parsed ? parsed.value : null);
  const disk = nodeFileSystem();
  const cache = bundleCache(disk);
  const { folder, patterns, types } = openSchemas(disk, options, cache);
  if (folder.digest !== schemas) return undefined;
  const { layout } = options;
  const checks = schemaChecks(folder.schemas, cache, { patterns, softFormats: layout === 'any' });
  const made = new Map(types.map((type) => [type.name, checks(type)]));
  const optionsOf: Prepared['optionsOf'] = (references, after) => ({
    schemas: folder.schemas,
    cache,
    patterns,
    compiled: (type) => made.get(type.name) ?? checks(type),
    types,
    layout,
    report: leave,
    // only a fault, or a record that is not checked in parts, would need what follows
    documents: noDocuments,
    documentOf: leave,
    strayDocuments: leave,
    requireSources: false,
    linkOf: leave,
    fileNamed: leave,
    isNewer: leave,
    reread: leave,
    // a spread makes a hidden class for each part, and V8 then compiles all that reads the options again
    references,
    after,
  });
  const compilation = compiled ? compile(types, { ...namingOf(options), recordsOf: leave }) : undefined;
  const settled: Settled = (tables, id) => isKnown(known, tables, id);
  return {
    types,
    layout,
    optionsOf,
    partsOf: partsByBytes({ types, layout, schemas: folder.schemas, patterns }, settled, compilation),
    compilation,
  };
}

/** Checks and compiles the records of a part. */
function findingsIn(
  { file, bytes, before }: PartTask,
  { types, layout, optionsOf, compilation, partsOf }: Prepared,
  known: KnownIds,
): PartFindings {
  const { noted, references } = outwardReferences(known, leave);
  const after = layout === 'canonical' ? lineIn(before, file, types) : undefined;
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const inputs: Iterable<RawRecord | Unreadable | PartOfFile> =
    partsOf(file.table)?.({ file, bytes: lines, linesBefore: 0, after }) ?? linesOf(file, [lines], mostBytes);
  const run = checking(inputs, optionsOf(references, after));
  const key = types.find(({ name }) => name === file.table)?.key ?? '';
  // lines without a record leave the order as it is
  const passed: Passed = { key, last: after?.id, prints: compilation === undefined ? undefined : [] };
  const records = passing(
    placed(run.records, () => true),
    passed,
  );
  const batches = compilation === undefined ? drained(records) : rowsOf(compilation, records);
  const { prints } = passed;
  return {
    newlines: newlinesIn(lines),
    ids: noted.ids,
    ascending: noted.ascending(),
    references: noted.outward(),
    after: after?.id,
    last: layout === 'canonical' ? passed.last : undefined,
    batches,
    lines: prints === undefined ? undefined : linesFor(prints, lines, noted.ids.length),
  };
}

/** The records as NDJSON; undefined if the lines are just that. */
function linesFor(prints: readonly string[], lines: Buffer, records: number): Uint8Array<ArrayBuffer> | undefined {
  return prints.length > 0 ? linesOfPrints(prints) : withoutEmptyLines(lines, records);
}

/** What is noted of the records of a part. */
interface Passed {
  readonly key: string;
  /** The key of the last record. */
  last: string | number | undefined;
  /** The prints of records that are not their own; undefined if nobody asks for them. */
  readonly prints: string[] | undefined;
}

/** Records, noted as they pass. A generator inside another function would be a new function for each part. */
function* passing(
  records: Iterable<PlacedRecord | PartOfFile | undefined>,
  passed: Passed,
): Generator<PlacedRecord | PartOfFile> {
  for (const record of records) {
    if (record === undefined) leave();
    if (isPart(record)) {
      passed.last = record.last;
      yield record;
      continue;
    }
    const id = keyCell(record.value, passed.key);
    passed.last = typeof id === 'string' || typeof id === 'number' ? id : undefined;
    if (record.print === undefined) passed.prints?.push(JSON.stringify(record.value));
    yield record;
  }
}

function drained(records: Iterable<unknown>): readonly PrintedBatch[] {
  for (const _ of records);
  return [];
}

function rowsOf(compilation: Compilation, records: Iterable<PlacedRecord | PartOfFile>): readonly PrintedBatch[] {
  const batches: PrintedBatch[] = [];
  // code lists come from the schemas, and are written once
  for (const batch of compilation.rows(records, leave))
    if (batch.table !== reserved.codeLists) batches.push(isPrinted(batch) ? batch : printBatch(batch));
  return batches;
}
