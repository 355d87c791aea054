import { print } from '../json/canonical.ts';
import { type Json, type JsonObject, isObject, member, parseJson, resolvePointer } from '../json/json.ts';
import { placeJson, positionAt } from '../json/positions.ts';
import type { Fault, Problem } from '../problem.ts';
import { toDocument } from '../provenance.ts';
import type { Documents } from '../read/documents.ts';
import type { RawRecord, RecordFile } from '../read/records.ts';
import type { SchemaSet } from '../schema/schemaSet.ts';
import type { RecordType } from '../schema/tables.ts';
import { quoted } from '../text.ts';
import type { SourceDocument } from '../vocabulary.ts';
import { checkDocument, checkSpans } from './evidence.ts';
import { depthOffset, explainForm, explainSyntax, hiddenFaults } from './explain.ts';
import { mostDepth } from './limits.ts';
import { createReferences } from './references.ts';
import { schemaChecks } from './schemaCheck.ts';
import { structureOf, walk } from './structure.ts';

/** A record that passed every check that looks at it alone. */
export interface CheckedRecord {
  readonly type: RecordType;
  readonly file: RecordFile;
  readonly line: number;
  readonly value: JsonObject;
}

export interface ValidateOptions {
  readonly schemas: SchemaSet;
  readonly types: readonly RecordType[];
  readonly documents: Documents;
  /** Each source's document, by the source's id. */
  readonly documentOf: (source: string) => SourceDocument | undefined;
  /** Whether a document without its text is an error. */
  readonly requireSources: boolean;
  /** `any` drops the checks of layout, key order and file name. */
  readonly layout: 'canonical' | 'any';
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
  records: Iterable<RawRecord | Problem>,
  options: ValidateOptions,
): Generator<CheckedRecord, ValidateSummary> {
  const compiled = schemaChecks(options.schemas);
  const checks = new Map(
    options.types.map((type) => [type.name, { type, check: compiled(type.file), structure: structureOf(type.shape) }]),
  );
  const references = createReferences(options.types.map((type) => type.name));
  const summary = { records: 0, spansChecked: 0, spansUnchecked: 0, documentsMissing: 0 };
  for (const raw of records) {
    if (!('text' in raw)) {
      options.report(raw);
      continue;
    }
    const table = checks.get(raw.file.table);
    if (table === undefined) continue;
    summary.records++;
    const { value, faults } = checkRecord(raw, table, references, options, summary);
    reportFaults(raw, faults, options.report);
    if (value !== undefined && faults.every((fault) => fault.severity === 'warning')) {
      yield { type: table.type, file: raw.file, line: raw.line, value };
    }
  }
  for (const { file, line, fault } of references.unresolved()) {
    reportFaults({ file, line, text: options.reread(file, line) ?? '' }, [fault], options.report);
  }
  return summary;
}

interface TableCheck {
  readonly type: RecordType;
  readonly check: (value: Json) => readonly Fault[];
  readonly structure: ReturnType<typeof structureOf>;
}

type Counts = { -readonly [K in keyof ValidateSummary]: number };

function checkRecord(
  raw: RawRecord,
  { type, check, structure }: TableCheck,
  references: ReturnType<typeof createReferences>,
  options: ValidateOptions,
  counts: Counts,
): { readonly value?: JsonObject; readonly faults: readonly Fault[] } {
  const parsed = parseJson(raw.text);
  if (!('value' in parsed)) return { faults: [explainSyntax(raw.text, parsed)] };
  const { value } = parsed;
  const found = walk(value, structure);
  if (found.tooDeep !== undefined) {
    const offset = depthOffset(raw.text, mostDepth) ?? 0;
    return { faults: [{ rule: 'depth', message: `nested deeper than ${mostDepth} levels`, pointer: '', offset }] };
  }
  const faults: Fault[] = [...checkForm(raw, value, structure, found.inOrder, options.layout)];
  for (const pointer of found.protoKeys)
    faults.push({ rule: 'key', message: 'the key "__proto__" is refused', pointer, atKey: true, hint: 'rename it' });
  for (const pointer of found.halves)
    faults.push({ rule: 'encoding', message: 'half of a surrogate pair, which UTF-8 cannot hold', pointer });
  faults.push(...check(value).map((fault) => soften(fault, options.layout)));
  if (!isObject(value)) return { faults };
  faults.push(...checkId(raw, type, value, references, options.layout));
  for (const reference of found.references) references.refer(raw.file, raw.line, reference);
  for (const pointer of found.documents) {
    const document = toDocument(resolvePointer(value, pointer));
    if (document === undefined) continue;
    const { faults: more, atHand } = checkDocument(document, pointer, options.documents);
    faults.push(...more);
    if (atHand) continue;
    counts.documentsMissing++;
    if (options.requireSources)
      faults.push({
        rule: 'document',
        message: `the text of ${quoted(document.file)} is not at hand`,
        pointer: `${pointer}/file`,
        hint: 'name its folder with --sources',
      });
  }
  if (found.spans.length > 0 || found.needEvidence.length > 0) {
    const spans = checkSpans(value, found.spans, found.needEvidence, options.documentOf, options.documents);
    faults.push(...spans.faults);
    counts.spansChecked += spans.checked;
    counts.spansUnchecked += spans.unchecked;
  }
  return { value, faults };
}

/** In other people's records a format that fails is told, and no more: published data fails `uri` by the dozen. */
function soften(fault: Fault, layout: 'canonical' | 'any'): Fault {
  return fault.rule === 'format' && layout === 'any' ? { ...fault, severity: 'warning' } : fault;
}

/** Compares the text with its own print; only a text that differs is looked at more closely. */
function checkForm(
  raw: RawRecord,
  value: Json,
  structure: ReturnType<typeof structureOf>,
  inOrder: boolean,
  layout: 'canonical' | 'any',
): readonly Fault[] {
  const form = raw.line === 0 ? 'file' : 'line';
  if (layout === 'any') return print(value, form) === raw.text ? [] : hiddenFaults(raw.text);
  if (inOrder && print(value, form) === raw.text) return [];
  const hidden = hiddenFaults(raw.text);
  return hidden.length > 0 ? hidden : [explainForm(raw.text, value, structure, form)];
}

function checkId(
  raw: RawRecord,
  type: RecordType,
  value: JsonObject,
  references: ReturnType<typeof createReferences>,
  layout: 'canonical' | 'any',
): readonly Fault[] {
  if (type.key === undefined) return [];
  const id = member(value, type.key);
  const pointer = `/${type.key}`;
  if (typeof id !== 'string') return [];
  const faults: Fault[] = [];
  if (layout === 'canonical' && raw.line === 0 && id !== raw.file.stem) {
    faults.push({
      rule: 'file-name',
      message: `the id ${quoted(id)} is not the name of the file`,
      pointer,
      hint: `name the file ${quoted(`${id}.json`)}, or the record ${quoted(raw.file.stem)}`,
    });
  }
  const twin = references.declare(type.name, id, raw.file);
  if (twin !== undefined) {
    const where = twin.file === raw.file ? 'earlier in this file' : `in ${twin.file.shown}`;
    faults.push({
      rule: 'unique-id',
      message:
        twin.id === id
          ? `the id ${quoted(id)} stands ${where} too`
          : `the id ${quoted(id)} differs only in case from ${quoted(twin.id)} ${where}`,
      pointer,
      hint: 'an id is used once in a table; upper and lower case do not tell two apart',
    });
  }
  return faults;
}

/** Gives each fault its line and column; the text is parsed with positions once, and only where there is a fault. */
function reportFaults(raw: RawRecord, faults: readonly Fault[], report: (problem: Problem) => void): void {
  if (faults.length === 0) return;
  const placed = faults.some((fault) => fault.offset === undefined) ? placeJson(raw.text) : undefined;
  for (const fault of faults) {
    const offset =
      fault.offset ?? (placed !== undefined && 'offsetOf' in placed ? placed.offsetOf(fault.pointer, fault.atKey) : 0);
    const { line, column } = positionAt(raw.text, offset);
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
