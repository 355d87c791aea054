import { isOwnPrint, print } from '../json/canonical.ts';
import { depthOffset } from '../json/depth.ts';
import {
  type Json,
  type JsonObject,
  below,
  isArray,
  isObject,
  member,
  parseJson,
  resolvePointer,
  selectPointers,
} from '../json/json.ts';
import { integerFault } from '../json/number.ts';
import { placeJson, positionsIn } from '../json/positions.ts';
import { nameFault } from '../base/fileName.ts';
import { describeInvisible } from '../base/invisible.ts';
import { type Patterns, SlowMatch, unicodeWherePossible } from '../pattern/matcher.ts';
import type { Fault, Hint, Problem } from '../base/problem.ts';
import { toDocument, toWithdrawal } from '../schema/extensionValues.ts';
import type { Documents } from '../read/documents.ts';
import type { RawRecord, RecordFile, Unreadable } from '../read/records.ts';
import type { SchemaSet } from '../schema/schemaSet.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import { compareIds, list, printable, quoted, written } from '../base/text.ts';
import { type SourceDocument, type Withdrawal, schemaLink } from '../schema/extensions.ts';
import { completeSpan, computed, isComplete, isUnplaced } from '../evidence/complete.ts';
import { checkDocument, checkSpans, citeHint } from '../evidence/check.ts';
import type { Cache } from './ajv/compiled.ts';
import { explainForm, explainSyntax, hiddenFaults } from './explain.ts';
import { mostDepth } from '../base/limits.ts';
import { type References, createReferences, inForms, sameText } from './references.ts';
import { type SchemaCheck, schemaChecks } from './ajv/schemaCheck.ts';
import { type Findings, type Structure, noFindings, isWholeAt, structureOf, walk } from '../schema/walk.ts';

/** A record that passed every check that looks at it alone. */
export interface CheckedRecord {
  readonly type: RecordType;
  readonly file: RecordFile;
  /** Index of the record in its file, from 0. */
  readonly index: number;
  readonly value: JsonObject;
}

export interface ValidateOptions {
  readonly schemas: SchemaSet;
  /** Where the code of compiled schemas is kept; undefined to compile them anew. */
  readonly cache: Cache | undefined;
  /** What matches the patterns of the schemas. */
  readonly patterns: Patterns;
  readonly types: readonly RecordType[];
  readonly documents: Documents;
  /** Each source's document, by the source's id. */
  readonly documentOf: (source: string) => SourceDocument | undefined;
  /** Names of texts at hand that are no source's document. */
  readonly strayDocuments: () => readonly string[];
  /** Whether a document without its text is an error. */
  readonly requireSources: boolean;
  /** `any` drops the checks of layout, key order and file name. */
  readonly layout: 'canonical' | 'any';
  /** Records that are taken for granted and not looked at: their files, and which of them are withdrawn. */
  readonly presumed?: {
    readonly files: readonly RecordFile[];
    readonly withdrawal: (table: string, id: string) => Withdrawal | undefined;
  };
  /** The link to its schema that a record in this file has. */
  readonly linkOf: (file: RecordFile, type: RecordType) => string;
  /** Reads a record again, to tell the place of a fault that showed later. */
  readonly reread: (file: RecordFile, line: number) => string | undefined;
  readonly report: (problem: Problem) => void;
}

export interface ValidateSummary {
  readonly records: number;
  readonly spansChecked: number;
  readonly spansUnchecked: number;
  readonly documentsMissing: number;
}

/**
 * Checks records and hands on the good ones, as they come. Problems are reported as they are found, those with references when all records are known.
 * Gives a summary when it ends.
 */
export function* validate(
  records: Iterable<RawRecord | Unreadable>,
  options: ValidateOptions,
): Generator<CheckedRecord, ValidateSummary> {
  const compiled = schemaChecks(options.schemas, options.cache, options.patterns);
  const types = new Map(options.types.map((type) => [type.name, type]));
  const checks = new Map<string, TableCheck>();
  const checkOf = (name: string): TableCheck | undefined => {
    const type = types.get(name);
    if (type !== undefined && !checks.has(name))
      checks.set(name, { type, check: compiled(type), structure: structureOf(type.shape) });
    return checks.get(name);
  };
  // every schema must load, whether it has records or not; where a part is checked, none has changed
  if (options.presumed === undefined) for (const name of types.keys()) checkOf(name);
  const run: Run = {
    options,
    lastId: undefined,
    references: createReferences(
      options.types.map((type) => type.name),
      options.presumed?.withdrawal,
      options.layout === 'canonical'
        ? (table) => ({ verb: 'new', arguments: [table], after: ' begins one' })
        : undefined,
    ),
    findings: noFindings(),
    counts: { records: 0, spansChecked: 0, spansUnchecked: 0, documentsMissing: 0 },
  };
  for (const presumed of options.presumed?.files ?? []) run.references.presume(presumed.table, presumed.stem, presumed);
  let file: RecordFile | undefined;
  let index = 0;
  for (const raw of records) {
    if (!('text' in raw)) {
      options.report(raw.problem);
      excuse(raw.file, run);
      continue;
    }
    const table = checkOf(raw.file.table);
    if (table === undefined) continue;
    if (raw.file !== file) {
      index = 0;
      if (options.layout === 'canonical') reportFaults(raw, checkName(raw.file), options.report);
    }
    file = raw.file;
    for (const value of checkText(raw, table, run)) {
      if (value !== undefined) yield { type: table.type, file, index, value };
      index++;
    }
  }
  for (const { file: at, line, fault } of run.references.unresolved()) {
    reportFaults({ file: at, line, text: options.reread(at, line) ?? '', members: undefined }, [fault], options.report);
  }
  return run.counts;
}

interface TableCheck {
  readonly type: RecordType;
  readonly check: SchemaCheck;
  readonly structure: Structure;
}

/** What a run knows and counts. */
interface Run {
  readonly options: ValidateOptions;
  /** Identifier of the line before, in a file of lines. */
  lastId: { readonly file: RecordFile; readonly id: string | number } | undefined;
  readonly references: References;
  readonly findings: Findings;
  readonly counts: { -readonly [K in keyof ValidateSummary]: number };
}

/** Checks a text, and gives the records in it, undefined in place of a faulty one. */
function checkText(raw: RawRecord, table: TableCheck, run: Run): readonly (JsonObject | undefined)[] {
  const parsed = parseJson(raw.text);
  const { options } = run;
  if (!('value' in parsed)) {
    run.counts.records++;
    reportFaults(raw, [explainSyntax(raw.text, parsed)], options.report);
    excuse(raw.file, run);
    return [undefined];
  }
  const selected = selection(raw, parsed.value, table, options);
  if (selected === undefined) return [checkOne({ raw, value: parsed.value, at: '', whole: true }, table, run)];
  const offset = depthOffset(raw.text, mostDepth);
  // no walk has counted the members of the whole file: it is compared with its print
  const uncounted = { inOrder: true, members: Number.NaN };
  const faults =
    offset === undefined ? checkForm(raw, parsed.value, table.structure, uncounted, options.layout) : [tooDeep(offset)];
  reportFaults(raw, faults, options.report);
  return faults.length > 0 ? [] : selected.map(([at, value]) => checkOne({ raw, value, at, whole: false }, table, run));
}

/** What the name of a file promises, whatever is wrong with the record in it. */
function excuse({ table, stem, holds, select }: RecordFile, { references, options }: Run): void {
  if (options.layout === 'canonical' && holds === 'record' && select === undefined) references.excuse(table, stem);
}

/** A record in a text: its pointer there, and whether the text is this record and nothing else. */
interface Placed {
  readonly raw: RawRecord;
  readonly value: Json;
  readonly at: string;
  readonly whole: boolean;
}

/** Checks one record and reports its faults. Gives it unless it is faulty. */
function checkOne(placed: Placed, table: TableCheck, run: Run): JsonObject | undefined {
  const { raw, value, at } = placed;
  run.counts.records++;
  const faults = checkRecord(placed, table, run);
  if (faults.length > 0) {
    const inFile = faults.map((fault) => ({ ...fault, pointer: at + fault.pointer }));
    reportFaults(raw, inFile, run.options.report);
  }
  return isObject(value) && faults.every((fault) => fault.severity === 'warning') ? value : undefined;
}

function tooDeep(offset: number): Fault {
  return { rule: 'depth', message: `nested deeper than ${mostDepth} levels`, pointer: '', offset };
}

/** The records inside a file that holds several; undefined where the text is one record. */
function selection(
  { file }: RawRecord,
  value: Json,
  { type }: TableCheck,
  { layout }: ValidateOptions,
): readonly (readonly [string, Json])[] | undefined {
  if (file.select !== undefined) return selectPointers(value, file.select);
  const listed = layout === 'any' && isArray(value) && !type.shape.types.has('array');
  return listed ? selectPointers(value, '/*') : undefined;
}

function checkRecord({ raw, value, at, whole }: Placed, table: TableCheck, run: Run): readonly Fault[] {
  const { type, check, structure } = table;
  const { options, references, counts } = run;
  const known = { wellFormed: !raw.text.includes('\\u'), settled: references.settled };
  const found = walk(value, structure, run.findings, known);
  if (found.tooDeep !== undefined || !isObject(value)) excuse(raw.file, run);
  if (found.tooDeep !== undefined) return [tooDeep(depthOffset(raw.text, mostDepth) ?? 0)];
  const faults: Fault[] = whole ? [...checkForm(raw, value, structure, found, options.layout)] : [];
  for (const pointer of found.protoKeys) {
    faults.push({ rule: 'key', message: 'the key "__proto__" is refused', pointer, atKey: true, hint: 'rename it' });
  }
  for (const pointer of found.halves) {
    faults.push({ rule: 'encoding', message: 'half of a surrogate pair, which UTF-8 cannot hold', pointer });
  }
  if (options.layout === 'canonical') faults.push(...checkRange(value, structure, found.large));
  const astray = isObject(value) ? checkLink(raw, type, value, run) : undefined;
  if (astray?.alone === true) return [astray.fault];
  if (astray !== undefined) faults.push(astray.fault);
  const hintFor = (span: JsonObject): Hint => completionHint(span, nameOf(raw, type, value), options);
  for (const fault of joinIncomplete(check(value, raw.text.length), value, found.spans, hintFor)) {
    const lacksLink = fault.missing === schemaLink && fault.pointer === '';
    const hint = lacksLink ? `write "${schemaLink}": ${written(options.linkOf(raw.file, type))}` : fault.hint;
    faults.push(soften({ ...fault, hint }, options.layout));
  }
  if (!isObject(value)) {
    return faults.length > 0 ? faults : [{ rule: 'schema', message: 'a record is a JSON object', pointer: '' }];
  }
  faults.push(...checkId(raw, type, value, run));
  // the look at the bytes leaves what may be invisible to a closer one
  if (options.layout === 'canonical' && raw.members === undefined) faults.push(...checkInvisible(value, found, faults));
  if (options.layout === 'canonical') faults.push(...checkOrder(raw, type, value, run));
  if (!withdraw(raw, type, value, at, references)) {
    for (const reference of found.references)
      references.refer(raw.file, raw.line, at === '' ? reference : { ...reference, pointer: at + reference.pointer });
  }
  for (const pointer of found.documents)
    faults.push(...checkItsDocument(value, pointer, nameOf(raw, type, value), run));
  if (found.spans.length > 0 || found.needEvidence.length > 0) {
    const name = nameOf(raw, type, value);
    const sought = found.spansAstray ? { ...found, needEvidence: [] } : found;
    const spans = checkSpans(name, value, sought, options.documentOf, options.documents);
    faults.push(...spans.faults);
    counts.spansChecked += spans.checked;
    counts.spansUnchecked += spans.unchecked;
  }
  return faults;
}

/** A whole number that its column cannot hold is refused: other people's go to `_rest`. */
function checkRange(record: Json, structure: Structure, large: readonly string[]): readonly Fault[] {
  return large.flatMap((pointer): readonly Fault[] => {
    const value = resolvePointer(record, pointer);
    const fault = typeof value === 'number' && isWholeAt(record, structure, pointer) ? integerFault(value) : undefined;
    return fault === undefined ? [] : [{ rule: 'number', pointer, ...fault }];
  });
}

/** What a record says of its schema. One of another table is not held against the schema of this one: then the fault stands `alone`. */
function checkLink(
  raw: RawRecord,
  type: RecordType,
  value: JsonObject,
  run: Run,
): { readonly fault: Fault; readonly alone: boolean } | undefined {
  const { types, layout, linkOf } = run.options;
  const named = member(value, schemaLink);
  const link = typeof named === 'string' ? named.replace(/#.*$/s, '') : undefined;
  if (layout === 'any' || link === undefined || !type.shape.properties.has(schemaLink)) return undefined;
  const names = ({ file }: RecordType): boolean => `/${link}`.endsWith(`/${file}`);
  // an address on the web may stand for the schema, and what is no file for anything
  const other = types.find(names);
  const isFile = link.endsWith('.json') && !/^[a-z][a-z+.-]*:/i.test(link);
  if (names(type) || (other === undefined && !isFile)) return undefined;
  const fault = (message: string, hint: string): Fault => ({
    rule: 'schema',
    message,
    pointer: below('', schemaLink),
    hint,
  });
  if (other !== undefined) {
    excuse(raw.file, run);
    run.references.excuse(other.name, raw.file.stem);
  }
  const right = `write ${written(linkOf(raw.file, type))}`;
  if (other === undefined)
    return { fault: fault(`${quoted(link)} is not the schema of ${type.name}`, right), alone: false };
  const message = `the record is one of ${other.name} by its schema, and one of ${type.name} by its folder`;
  return { fault: fault(message, `put the file into the folder ${quoted(other.name)}, or ${right}`), alone: true };
}

/** Notes a record that is withdrawn; what it refers to may be withdrawn with it. Gives whether it is. */
function withdraw(raw: RawRecord, type: RecordType, value: JsonObject, at: string, references: References): boolean {
  if (type.withdrawal === undefined || type.key === undefined) return false;
  const key = member(value, type.key);
  const withdrawal = toWithdrawal(member(value, type.withdrawal));
  if (withdrawal === undefined || (typeof key !== 'string' && typeof key !== 'number')) return false;
  const pointer = at + below('', type.withdrawal);
  references.withdraw(type.name, String(key), { ...raw, pointer, withdrawal });
  return true;
}

function checkItsDocument(
  record: JsonObject,
  pointer: string,
  name: string,
  { options, counts }: Run,
): readonly Fault[] {
  const document = toDocument(resolvePointer(record, pointer));
  if (document === undefined) return [];
  const { faults, atHand } = checkDocument(document, pointer, options.documents, options.strayDocuments, name);
  if (atHand) return faults;
  counts.documentsMissing++;
  if (!options.requireSources) return faults;
  const message = `the text of ${quoted(document.file)} is not at hand`;
  return [...faults, { rule: 'document', message, pointer: `${pointer}/file`, hint: 'name its folder with --sources' }];
}

/** One fault for a span of which several members are missing, with the way to have them filled in. A span that nobody has begun is one fault, whatever else it lacks. */
function joinIncomplete(
  faults: readonly Fault[],
  record: Json,
  spans: readonly string[],
  hintFor: (span: JsonObject) => Hint,
): readonly Fault[] {
  if (faults.length === 0) return faults;
  const incomplete = new Map<string, JsonObject>();
  for (const at of spans) {
    const elements = resolvePointer(record, at);
    if (!isArray(elements)) continue;
    for (const [i, span] of elements.entries())
      if (isObject(span) && !isComplete(span)) incomplete.set(below(at, i), span);
  }
  if (incomplete.size === 0) return faults;
  const isPart = ({ pointer, missing }: Fault): boolean =>
    [...incomplete].some(([at, span]) =>
      isUnplaced(span) ? pointer === at || pointer.startsWith(`${at}/`) : missing !== undefined && pointer === at,
    );
  const joined = [...incomplete].map(([pointer, span]): Fault => {
    const missing = computed.filter((field) => member(span, field) === undefined);
    const lacks = `the span lacks ${list(missing.map((field) => quoted(field)))}`;
    return { rule: 'evidence', message: isUnplaced(span) ? 'the span is blank' : lacks, pointer, hint: hintFor(span) };
  });
  return [...faults.filter((fault) => !isPart(fault)), ...joined];
}

/** What a command calls a record: `table/id`. A file's name is what commands look for, whatever stands in it. */
function nameOf(raw: RawRecord, type: RecordType, value: Json): string {
  const key = type.key === undefined || !isObject(value) ? undefined : member(value, type.key);
  const own = raw.line === 0 && raw.file.select === undefined;
  return `${type.name}/${!own && typeof key === 'string' ? key : raw.file.stem}`;
}

/** How a span gets what it lacks: by `fix` where that will do, else by what stands in its way. */
function completionHint(span: JsonObject, name: string, { documentOf, documents }: ValidateOptions): Hint {
  const source = member(span, 'source');
  const supports = member(span, 'supports');
  const fields = isArray(supports) ? supports.filter((field) => typeof field === 'string') : [];
  if (isUnplaced(span))
    return citeHint(name, typeof source === 'string' ? [source] : [], fields.length === 0 ? ['/…'] : fields);
  const completed = completeSpan(span, documentOf, documents);
  return typeof completed === 'string' ? completed : { verb: 'fix', arguments: [], after: ' fills it in' };
}

/** In other people's records a format that fails is told, and no more: published data fails `uri` by the dozen. */
function soften(fault: Fault, layout: ValidateOptions['layout']): Fault {
  return fault.rule === 'format' && layout === 'any' ? { ...fault, severity: 'warning' } : fault;
}

/** Whether the text is its own print; only a text that is not is looked at more closely. */
function checkForm(
  raw: RawRecord,
  value: Json,
  structure: Structure,
  { inOrder, members }: Pick<Findings, 'inOrder' | 'members'>,
  layout: ValidateOptions['layout'],
): readonly Fault[] {
  const form = raw.line === 0 ? 'file' : 'line';
  if (raw.members === members && (inOrder || layout === 'any')) return [];
  if (layout === 'any')
    return print(value, form) === raw.text || isOwnPrint(raw.text, value) ? [] : hiddenFaults(raw.text, 'value');
  if (inOrder && print(value, form) === raw.text) return [];
  const hidden = hiddenFaults(raw.text);
  if (hidden.length > 0) return hidden;
  const fault = explainForm(raw.text, value, structure, form);
  // what holds several records is not rewritten
  return [raw.file.select === undefined ? fault : { ...fault, hint: undefined }];
}

function checkId(raw: RawRecord, type: RecordType, value: JsonObject, run: Run): readonly Fault[] {
  if (type.key === undefined) return [];
  const key = member(value, type.key);
  if (typeof key !== 'string' && typeof key !== 'number') {
    excuse(raw.file, run);
    return [];
  }
  const id = String(key);
  const twin = run.references.declare(type.name, id, raw.file);
  const misnamed = run.options.layout === 'canonical' && raw.line === 0 && id !== raw.file.stem;
  if (twin === undefined && !misnamed) return [];
  const pointer = below('', type.key);
  const faults: Fault[] = [];
  if (misnamed) {
    excuse(raw.file, run);
    const ways = [
      ...(twin === undefined && fits(id, type, run.options.patterns) ? [`the file ${written(`${id}.json`)}`] : []),
      ...(fits(raw.file.stem, type, run.options.patterns) ? [`the record ${written(raw.file.stem)}`] : []),
    ];
    faults.push({
      rule: 'file-name',
      message: sameText(id, raw.file.stem)
        ? `the id ${quoted(id)} is the name of the file in another Unicode form: ${inForms(id, raw.file.stem)}`
        : `the id ${quoted(id)} is not the name of the file`,
      pointer,
      hint: ways.length === 0 ? undefined : `name ${list(ways, 'or')}`,
    });
  }
  if (twin !== undefined) {
    const where = twin.file === raw.file ? 'earlier in this file' : `in ${twin.file.shown}`;
    faults.push({
      rule: 'unique-id',
      message:
        twin.id === id
          ? `the id ${quoted(id)} stands ${where} too`
          : sameText(twin.id, id)
            ? `the id ${quoted(id)} is the same text as one ${where} in another Unicode form: ${inForms(id, twin.id)}`
            : `the id ${quoted(id)} differs only in case from ${quoted(twin.id)} ${where}`,
      pointer,
      hint: 'an id is used once in a table; upper and lower case do not tell two apart',
    });
  }
  return faults;
}

/** Whether every system can check out the file: its own name, and those of the folders that it is in. */
function checkName({ name, stem, holds }: RecordFile): readonly Fault[] {
  const folders = name.split('/').slice(0, -1);
  const fault = [stem, ...folders].map(nameFault).find((one) => one !== undefined);
  if (fault === undefined) return [];
  const own = holds === 'record' && nameFault(stem) !== undefined;
  const hint = own ? 'rename the file and give its record the same id' : 'rename the file or its folder';
  return [{ rule: 'file-name', message: `Windows cannot have this file: ${fault}`, pointer: '', offset: 0, hint }];
}

/** Characters that nobody sees, in keys and texts that have no other fault. The edges of a span are the document's. */
function checkInvisible(record: JsonObject, { spans }: Findings, faults: readonly Fault[]): readonly Fault[] {
  const faulty = new Set(faults.map(({ pointer }) => pointer));
  const isEdge = (pointer: string): boolean =>
    /\/(?:begins|ends)$/.test(pointer) && spans.some((at) => pointer.startsWith(`${at}/`));
  return [...textsOf(record, '')].flatMap(({ pointer, text, atKey }) => {
    const what = faulty.has(pointer) || isEdge(pointer) ? undefined : describeInvisible(text);
    if (what === undefined) return [];
    return [{ rule: 'encoding', message: `invisible character ${printable(what)}`, pointer, atKey, hint: 'delete it' }];
  });
}

interface PlacedText {
  readonly pointer: string;
  readonly text: string;
  readonly atKey: boolean;
}

/** The keys and texts of a value that is nested no deeper than the limit. */
function* textsOf(value: Json, pointer: string): Generator<PlacedText> {
  if (typeof value === 'string') yield { pointer, text: value, atKey: false };
  else if (isArray(value)) for (const [i, element] of value.entries()) yield* textsOf(element, below(pointer, i));
  else if (isObject(value))
    for (const [key, inner] of Object.entries(value)) {
      yield { pointer: below(pointer, key), text: key, atKey: true };
      yield* textsOf(inner, below(pointer, key));
    }
}

/** Whether a text has the form that the schema wants of an identifier, and can be the name of a file. */
function fits(id: string, { key, shape }: RecordType, { matcherOf }: Patterns): boolean {
  const pattern = key === undefined ? undefined : shape.properties.get(key)?.shape.constraints['pattern'];
  if (nameFault(id) !== undefined) return false;
  if (typeof pattern !== 'string') return true;
  try {
    return matcherOf(pattern, unicodeWherePossible(pattern)).test(id);
  } catch (error) {
    if (error instanceof SlowMatch) return false;
    throw error;
  }
}

/** Lines go in order of their identifiers, so that the tables do. */
function checkOrder(raw: RawRecord, type: RecordType, value: JsonObject, run: Run): readonly Fault[] {
  const id = type.key === undefined ? undefined : member(value, type.key);
  if (raw.line === 0 || type.key === undefined || (typeof id !== 'string' && typeof id !== 'number')) return [];
  const before = run.lastId?.file === raw.file ? run.lastId.id : undefined;
  run.lastId = { file: raw.file, id };
  if (before === undefined || compareIds(before, id) <= 0) return [];
  const message = `${quoted(String(id))} stands behind ${quoted(String(before))}: lines go in order of their ids`;
  return [
    {
      rule: 'canonical-form',
      message,
      pointer: below('', type.key),
      hint: { before: 'run ', verb: 'fix', arguments: [] },
    },
  ];
}

/** Gives each fault its line and column; the text is parsed with positions once, and only where there is a fault. */
export function reportFaults(raw: RawRecord, faults: readonly Fault[], report: (problem: Problem) => void): void {
  if (faults.length === 0) return;
  const placed = faults.some((fault) => fault.offset === undefined) ? placeJson(raw.text) : undefined;
  const positionOf = positionsIn(raw.text);
  for (const fault of faults) {
    const offset =
      fault.offset ?? (placed !== undefined && 'offsetOf' in placed ? placed.offsetOf(fault.pointer, fault.atKey) : 0);
    const { line, column } = positionOf(offset);
    report({
      file: raw.file.shown,
      line: raw.line === 0 ? line : raw.line + line - 1,
      column,
      pointer: fault.pointer,
      rule: fault.rule,
      severity: fault.severity ?? 'error',
      message: fault.message,
      hint: fault.hint,
    });
  }
}
