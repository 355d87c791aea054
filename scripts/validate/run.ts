import { type Json, isObject, leadsSomewhere, member, parseJson } from '../json/json.ts';
import { mostCompared } from '../base/limits.ts';
import type { Fault } from '../base/problem.ts';
import { boundedNearest, nearest } from '../base/suggestions.ts';
import { type RawRecord, type RecordFile, type Unreadable, membersOf } from '../read/records.ts';
import { type RecordType, spansOf } from '../schema/recordTypes.ts';
import { noFindings, structureOf, walk } from '../schema/walk.ts';
import { schemaChecks } from './ajv/schemaCheck.ts';
import {
  type Placed,
  type Run,
  type SeenRecord,
  type TableCheck,
  type ValidateOptions,
  type ValidateSummary,
  excuse,
  nameOf,
} from './context.ts';
import { acceptRecord } from './bytes/acceptRecord.ts';
import { bytesOfTable } from './bytes/recordBytes.ts';
import { misspeltMembers, withoutConsequences } from './consequences.ts';
import { checkForm } from './form.ts';
import { type References, createReferences } from './references.ts';
import { rule as atMost } from './rules/at-most.ts';
import { rule as fewest } from './rules/fewest.ts';
import { rule as canonicalForm } from './rules/canonical-form.ts';
import { rule as depth } from './rules/depth.ts';
import { marksOf, referring } from './duplicates.ts';
import { rule as document } from './rules/document.ts';
import { rule as duplicate } from './rules/duplicate.ts';
import { invisible, rule as encoding } from './rules/encoding.ts';
import { rule as nothingSelected } from './rules/file.ts';
import { portable, rule as fileName } from './rules/file-name.ts';
import { rule as json } from './rules/json.ts';
import { rule as forbiddenKey } from './rules/key.ts';
import { rule as number } from './rules/number.ts';
import { wrongLink } from './rules/schema-link.ts';
import { notAnObject } from './rules/type.ts';
import { copiedFrom, isOlderTwin, isToldAlready, rule as uniqueId } from './rules/unique-id.ts';
import { type CheckedPart, type Input, type PartOf, addPart, isPart } from './part.ts';
import { noteReferences } from './noteReferences.ts';
import { reportFaults } from './reportFaults.ts';
import { schemaFaults } from './schemaFaults.ts';
import { severityOf } from './severity.ts';
import { checkSpans } from './spans.ts';
import { selection } from './selection.ts';

/** A record that passed every check of single records. */
export interface CheckedRecord {
  readonly type: RecordType;
  readonly file: RecordFile;
  /** Index of the record in its file, from 0. */
  readonly index: number;
  readonly value: Json;
  /** The value in canonical print on one line, if its line in the file is exactly that. */
  readonly print: string | undefined;
}

/**
 * Checks records and passes on the good ones, as they come, with undefined for each of the others, so that the caller
 * never waits long. Parts that were checked by another thread are passed on if they fit the other records, and else
 * checked again. Problems are reported as they are found, those with references when all records are known. Returns a
 * summary at the end.
 */
export function validate<T extends Input>(
  records: Iterable<T>,
  options: ValidateOptions,
): Generator<CheckedRecord | PartOf<T> | undefined, ValidateSummary>;
export function* validate(
  records: Iterable<Input>,
  options: ValidateOptions,
): Generator<CheckedRecord | CheckedPart | undefined, ValidateSummary> {
  const checkOf = tableChecks(options);
  // every schema must load, whether it has records or not; in a partial check, no schema has changed
  if (options.presumed === undefined) for (const { name } of options.types) checkOf(name);
  const run = beginRun(options);
  const reached: Reached = { file: options.after?.file, index: 0 };
  for (const input of records) {
    if (isPart(input)) {
      if (addPart(input, run)) {
        enter(reached, { file: input.file, line: 1, text: '', utf8: undefined }, options);
        reached.index += input.ids.length;
        yield input;
      } else for (const record of input.records()) yield* checkInput(record, checkOf, reached, run);
    } else yield* checkInput(input, checkOf, reached, run);
  }
  yield* reportLast(run);
  return run.counts;
}

/** The file of the last record, and how many records of it have been checked. */
interface Reached {
  file: RecordFile | undefined;
  index: number;
}

/** Begins a file, if a record is the first one of it. */
function enter(reached: Reached, raw: RawRecord, { layout, report }: ValidateOptions): void {
  if (raw.file === reached.file) return;
  reached.file = raw.file;
  reached.index = 0;
  if (layout === 'canonical') reportFaults(raw, portable(raw.file), report);
}

/** Checks what was read of a record. */
function* checkInput(
  raw: RawRecord | Unreadable,
  checkOf: (table: string) => TableCheck | undefined,
  reached: Reached,
  run: Run,
): Generator<CheckedRecord | undefined> {
  const { options } = run;
  if (!('text' in raw)) {
    options.report(raw.problem);
    excuse(raw.file, run);
    yield undefined;
    return;
  }
  const { file } = raw;
  const table = checkOf(file.table);
  if (table === undefined) return;
  enter(reached, raw, options);
  const isAccepted = acceptRecord(raw, table.bytesOf, run);
  const values = isAccepted ? [options.valuesUnused === true ? undefined : valueOf(raw)] : checkText(raw, table, run);
  for (const value of values) {
    const { index } = reached;
    yield value === undefined ? undefined : { type: table.type, file, index, value, print: printOf(raw, options) };
    reached.index++;
  }
}

/** The value of a text that is known to be JSON. */
function valueOf({ text }: RawRecord): Json | undefined {
  const parsed = parseJson(text);
  return 'value' in parsed ? parsed.value : undefined;
}

/** The checks of the records of each table, by its name. */
function tableChecks(options: ValidateOptions): (name: string) => TableCheck | undefined {
  const { patterns, layout } = options;
  const compiled =
    options.compiled ?? schemaChecks(options.schemas, options.cache, { patterns, softFormats: layout === 'any' });
  const types = new Map(options.types.map((type) => [type.name, type]));
  const checks = new Map<string, TableCheck>();
  return (name) => {
    const type = types.get(name);
    if (type !== undefined && !checks.has(name))
      checks.set(name, {
        type,
        check: compiled(type),
        structure: structureOf(type.shape),
        bytesOf: bytesOfTable(type, options),
      });
    return checks.get(name);
  };
}

function beginRun(options: ValidateOptions): Run {
  const references = options.references ?? referencesOf(options);
  for (const file of options.presumed?.files ?? []) references.presume(file.table, file.stem, file);
  return {
    options,
    lastId: options.after,
    idTaken: false,
    references,
    findings: noFindings(),
    selected: new Map(),
    marks: options.marks ?? new Map(),
    nearest: boundedNearest(mostCompared, nearest),
    counts: { records: 0, spansChecked: 0, spansUnchecked: 0, documentsMissing: 0 },
  };
}

/** Reports what is known after all records have been checked; yields undefined now and then, like `validate`. */
function* reportLast({ options, selected, references }: Run): Generator<undefined> {
  for (const { first, found } of selected.values())
    if (!found) reportFaults(first, nothingSelected.check(first), options.report);
  for (const { file, line, fault } of references.unresolved()) {
    const again = options.reread(file, line) ?? { file, line, text: '', utf8: undefined };
    reportFaults(again, [fault], options.report);
    yield undefined;
  }
}

/** A line of NDJSON in canonical layout is its own print, or has a fault. */
function printOf({ text, line, file, written }: RawRecord, { layout }: ValidateOptions): string | undefined {
  const isPrint = layout === 'canonical' && line > 0 && file.select === undefined && written === undefined;
  return isPrint ? text : undefined;
}

/** Keeps the identifiers and references of a run. */
export function referencesOf({ types, presumed, layout }: ValidateOptions): References {
  return createReferences(
    types.map((type) => type.name),
    presumed?.withdrawal,
    layout === 'canonical' ? (table) => ({ verb: 'new', arguments: [table], after: ' begins one' }) : undefined,
  );
}

/** Checks a text, and yields the records in it, with undefined for a faulty one. */
function checkText(raw: RawRecord, table: TableCheck, run: Run): readonly (Json | undefined)[] {
  const parsed = parseJson(raw.text);
  const { options } = run;
  if (!('value' in parsed)) {
    run.counts.records++;
    reportFaults(raw, json.check(raw.text, parsed), options.report);
    excuse(raw.file, run);
    return [undefined];
  }
  const { select } = raw.file;
  if (select !== undefined) {
    const before = run.selected.get(raw.file.table);
    const found = before?.found === true || leadsSomewhere(parsed.value, select);
    run.selected.set(raw.file.table, { first: before?.first ?? raw, found });
  }
  const members = membersOf(raw);
  const selected = selection(raw, parsed.value, table.type, options.layout);
  if (selected === undefined) return [checkOne({ raw, value: parsed.value, at: '', whole: true, members }, table, run)];
  const deep = depth.check(raw.text);
  // the members of the whole file have not been counted: it is compared with its print
  const uncounted = { raw, value: parsed.value, members: undefined };
  const faults =
    deep.length > 0
      ? deep
      : checkForm(uncounted, table.structure, { inOrder: true, members: Number.NaN }, options.layout);
  reportFaults(raw, faults, options.report);
  return faults.length > 0
    ? []
    : selected.map(([at, value]) => checkOne({ raw, value, at, whole: false, members }, table, run));
}

/** Checks one record and reports its faults. Returns the record unless it is faulty. */
function checkOne(placed: Placed, table: TableCheck, run: Run): Json | undefined {
  const { raw, value, at } = placed;
  run.counts.records++;
  run.idTaken = false;
  const faults = checkRecord(placed, table, run);
  if (faults.length > 0) {
    const inFile = at === '' ? faults : faults.map((fault) => inside(fault, at));
    reportFaults(raw, inFile, run.options.report);
  }
  const isGood = !run.idTaken && faults.every((fault) => severityOf(fault) === 'warning');
  return isGood ? value : undefined;
}

/** A fault of a record as a fault of the file that contains it at a pointer. */
function inside(fault: Fault, at: string): Fault {
  const shown = fault.shownAt === undefined ? {} : { shownAt: at + fault.shownAt };
  return { ...fault, pointer: at + fault.pointer, ...shown };
}

/** The rules for one record, in turn; each uses what the single walk through the record has found. */
function checkRecord(placed: Placed, table: TableCheck, run: Run): readonly Fault[] {
  const { raw, value, whole, members } = placed;
  const { type, check, structure, bytesOf } = table;
  const { options } = run;
  // a text whose members have been counted has no such escape
  const wellFormed = members !== undefined || !raw.text.includes('\\u');
  const known = { wellFormed, settled: run.references.settled };
  const found = walk(value, structure, run.findings, known);
  if (found.tooDeep !== undefined || !isObject(value)) excuse(raw.file, run);
  if (found.tooDeep !== undefined) return depth.check(raw.text, true);
  const seen: SeenRecord = { ...placed, type, check, structure, bytesOf, found, run };
  const faults: Fault[] = [];
  if (whole) add(faults, checkForm(placed, structure, found, options.layout));
  add(faults, forbiddenKey.check(seen));
  add(faults, encoding.check(seen));
  add(faults, number.check(seen));
  const astray = wrongLink(seen);
  if (astray?.alone === true) return [astray.fault];
  if (astray !== undefined) faults.push(astray.fault);
  add(faults, schemaFaults(seen));
  if (!isObject(value) && type.key !== undefined) return faults.length > 0 ? faults : [notAnObject];
  add(faults, atMost.check(value, found.bounded));
  if (found.fewest.length > 0) add(faults, fewest.check(value, found.fewest));
  add(faults, checkId(seen));
  // the quick check of the bytes does not decide about characters that may be invisible
  if (options.layout === 'canonical' && members === undefined) add(faults, invisible(value, found, faults));
  add(faults, canonicalForm.check(seen));
  noteReferences(seen, value);
  add(faults, document.check(seen));
  add(faults, checkEvidence(seen, value, faults));
  add(faults, checkDuplicates(seen, value));
  return withoutConsequences(faults, faults.length < 2 ? undefined : spansOf(type));
}

/** Spreading a list takes longer than comparing its length, and nearly all are empty. */
function add(faults: Fault[], more: readonly Fault[]): void {
  if (more.length > 0) faults.push(...more);
}

/** Whether the record looks like an earlier one. A withdrawn record may look like its replacement. */
function checkDuplicates(seen: SeenRecord, value: Json): readonly Fault[] {
  const { type, found, run } = seen;
  if (!isObject(value)) return [];
  const marked = found.distinct.length > 0 || found.documents.length > 0 || type.shape.alike.length > 0;
  if (!marked || run.idTaken || (type.withdrawal !== undefined && member(value, type.withdrawal) !== undefined))
    return [];
  const { raw } = seen;
  const id = type.key === undefined ? undefined : member(value, type.key);
  const text = (): string => run.options.reread(raw.file, raw.line)?.text ?? '';
  const own = { name: nameOf(seen), id: typeof id === 'string' ? id : raw.file.stem, refersTo: referring(type, text) };
  return duplicate.check(marksOf(type, value, found), own, run.marks);
}

const noneMisspelt: ReadonlyMap<string, string> = new Map();

/** The rules for spans, and for what needs them. Keys that are not allowed need no evidence. */
function checkEvidence(seen: SeenRecord, value: Json, before: readonly Fault[]): readonly Fault[] {
  const { found, run } = seen;
  if (found.spans.length === 0 && found.needEvidence.length === 0) return [];
  const unwanted = before.filter(({ atKey }) => atKey === true).map(({ pointer }) => pointer);
  const isWanted = (at: string): boolean => !unwanted.some((key) => at === key || at.startsWith(`${key}/`));
  const needed = unwanted.length === 0 ? found.needEvidence : found.needEvidence.filter(isWanted);
  const sought = { ...found, needEvidence: found.spansAstray ? [] : needed };
  const { documentOf, documents } = run.options;
  const misspelt = before.length === 0 ? noneMisspelt : misspeltMembers(before);
  const context = { documentOf, documents, misspelt, nearest: run.nearest };
  const { faults, checked, unchecked } = checkSpans(nameOf(seen), value, sought, context);
  run.counts.spansChecked += checked;
  run.counts.spansUnchecked += unchecked;
  return faults;
}

/** Stores the id of a record, for the rules about ids. */
function checkId(seen: SeenRecord): readonly Fault[] {
  const { raw, type, value, run } = seen;
  if (type.key === undefined || !isObject(value)) return [];
  const own = member(value, type.key);
  if (typeof own !== 'string' && typeof own !== 'number') {
    excuse(raw.file, run);
    return [];
  }
  const id = String(own);
  const twin = run.references.declare(type.name, id, raw.file);
  run.idTaken = twin !== undefined;
  const copied = copiedFrom(seen, id);
  if (copied !== undefined) return [copied];
  const named = fileName.check(seen, id, twin);
  if (twin === undefined || !isOlderTwin(seen, id, twin)) return [...named, ...uniqueId.check(seen, id, twin)];
  // the other one is the copy, and may already be reported as one
  const at = twin.file;
  const faults = isToldAlready(seen, twin)
    ? []
    : uniqueId.check({ ...seen, raw: { ...raw, file: at } }, twin.id, { id, file: raw.file });
  const again = run.options.reread(at, 0) ?? { file: at, line: 0, text: '', utf8: undefined };
  reportFaults(again, faults, run.options.report);
  return named;
}
