import { takeTurnAt } from '../project/folders.ts';
import { Failure, type Fault, type Problem } from '../base/problem.ts';
import { didYouMean } from '../base/suggestions.ts';
import { quoted } from '../base/text.ts';
import {
  type Json,
  type JsonObject,
  asPointer,
  isArray,
  isObject,
  member,
  pointerSteps,
  pointersIn,
  resolvePointer,
} from '../json/json.ts';
import { printCanonical } from '../json/canonical.ts';
import type { Project } from '../project/openProject.ts';
import { type OpenRecord, elementsAt, recordNamed, withValueAt, writeRecord } from '../project/recordFiles.ts';
import { type RecordType, spansOf } from '../schema/recordTypes.ts';
import { placed } from '../schema/placed.ts';
import { structureOf } from '../schema/walk.ts';
import { schemaChecks } from '../validate/ajv/schemaCheck.ts';
import { recordChecker } from './checkRecord.ts';
import { parseSettings } from './setting.ts';
import { coversField, withoutSupport } from './support.ts';

/** A record, and the changes that `setValues` makes. */
export interface SetOptions {
  /** Its identifier, `table/identifier`, or the path of its file. */
  readonly record: string;
  /**
   * Values as `path=value`; a path has dots or is a JSON Pointer. `-` after a list is its next element: the same one
   * until a path is repeated.
   */
  readonly set?: readonly string[];
  /** Fields to remove, with the same kind of path. */
  readonly remove?: readonly string[];
  /** The folder from which a file is named: that of the process by default. */
  readonly from?: string;
}

/** A field with a new value; undefined values mean that there is or was none. */
export interface SetField {
  readonly pointer: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** How many spans of evidence support it: somebody must check whether they still do. */
  readonly spans: number;
}

/** The result of a change. */
export interface SetRecord {
  readonly file: string;
  /** The record's name in commands. */
  readonly name: string;
  readonly fields: readonly SetField[];
  /** Problems that `validate` finds in the record now but did not before, such as words that its evidence lacks. */
  readonly problems: readonly Problem[];
}

/**
 * Sets or removes fields of a record and writes it in canonical form. Spans no longer support removed fields.
 * @throws Failure if the schema has no such field, or does not allow such a value; then nothing is written
 */
export function setValues(project: Project, options: SetOptions): SetRecord {
  const { fs } = project;
  const { record: named, set = [], remove = [], from = '.' } = options;
  const turn = takeTurnAt(fs, project.options);
  try {
    const record = recordNamed(fs, project, from, named);
    const { type, value, file, name } = record;
    const removed = remove.map((path) => removable(value, file.shown, path));
    const settings = parseSettings(type.shape, withNextElements(set, value), '');
    for (const { pointer } of settings) refuseFixed(type, pointer);
    for (const pointer of removed) refuseFixed(type, pointer);
    const given = settings.reduce((at, { pointer, value: to }) => placed(at, pointer, to, type.shape), value);
    const after = withoutFields(given, removed, spansOf(type));
    refuseWorse(project, type, value, after);
    writeRecord(fs, { ...record, value: after }, project.rawPath);
    const fields = [
      ...settings.map(({ pointer }) => fieldAt(pointer, value, after, spansOf(type))),
      ...removed.map((pointer) => ({ pointer, before: resolvePointer(value, pointer), after: undefined, spans: 0 })),
    ];
    return { file: file.shown, name, fields, problems: newProblems(project, record, after) };
  } finally {
    turn.end();
  }
}

function newProblems(project: Project, { file, line, type, text }: OpenRecord, after: JsonObject): readonly Problem[] {
  const check = recordChecker(project);
  const key = ({ pointer, message }: Problem): string => `${pointer} ${message}`;
  const known = new Set(check(file, text, line).problems.map(key));
  const printed = printCanonical(after, structureOf(type.shape), line === 0 ? 'file' : 'line');
  return check(file, printed, line).problems.filter((problem) => !known.has(key(problem)));
}

function fieldAt(pointer: string, before: JsonObject, after: JsonObject, spans: string | undefined): SetField {
  const supporting = (spans === undefined ? [] : elementsAt(after, spans)).filter((span) => coversField(span, pointer));
  return {
    pointer,
    before: resolvePointer(before, pointer),
    after: resolvePointer(after, pointer),
    spans: supporting.length,
  };
}

/** Settings such as `names.-=Anna`, with the index of an element instead of the hyphen. */
function withNextElements(settings: readonly string[], record: JsonObject): readonly string[] {
  const begun = new Map<string, { readonly index: number; readonly given: Set<string> }>();
  const indexFor = (list: string, field: string): number => {
    const held = resolvePointer(record, list);
    const last = begun.get(list);
    const isAgain = last?.given.has(field) === true && !isNextElement(field);
    const element =
      last === undefined || isAgain
        ? { index: last === undefined ? (isArray(held) ? held.length : 0) : last.index + 1, given: new Set<string>() }
        : last;
    element.given.add(field);
    begun.set(list, element);
    return element.index;
  };
  return settings.map((text) => {
    const equals = text.indexOf('=');
    let path = equals < 0 ? text : text.slice(0, equals);
    const rest = text.slice(path.length);
    while (isNextElement(path)) {
      const [, list = '', sign = '', field = ''] = nextElement.exec(path) ?? [];
      path = `${list}${sign}${indexFor(asPointer(list), asPointer(field.slice(1)))}${field}`;
    }
    return `${path}${rest}`;
  });
}

/** A list, and what follows the step `-` after it. */
const nextElement = /^(.+?)([./])-(?=[./]|$)(.*)$/s;

function isNextElement(path: string): boolean {
  return nextElement.test(path);
}

/** @throws Failure for a field that the record does not have */
function removable(record: JsonObject, shown: string, path: string): string {
  const pointer = resolvePointer(record, path) === undefined ? asPointer(path) : path;
  if (pointer !== '' && resolvePointer(record, pointer) !== undefined) return pointer;
  const hint = didYouMean(pointer, [...pointersIn(record)]);
  throw new Failure(`${shown} has nothing at ${quoted(pointer)}${hint === undefined ? '' : ` (${hint})`}`);
}

/** An identifier and spans have their own commands. */
function refuseFixed(type: RecordType, pointer: string): void {
  const [first] = pointerSteps(pointer) ?? [];
  if (first === type.key) throw new Failure(`${pointer} is the identifier: use rename`);
  const spans = spansOf(type);
  if (spans !== undefined && (pointer === spans || pointer.startsWith(`${spans}/`)))
    throw new Failure(`${pointer} is evidence: use cite and uncite`);
}

/** The record without some fields, and its spans without support for them. */
function withoutFields(record: JsonObject, pointers: readonly string[], spans: string | undefined): JsonObject {
  // from the last to the first, so that elements of a list keep their positions until they are removed
  const ordered = pointers.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return ordered.reduce((at, pointer) => {
    const without = withoutMember(at, pointerSteps(pointer) ?? []);
    const less = isObject(without) ? without : at;
    return spans === undefined ? less : withValueAt(less, spans, withoutSupport(elementsAt(less, spans), pointer));
  }, record);
}

function withoutMember(value: Json, [step, ...rest]: readonly string[]): Json {
  if (step === undefined) return value;
  if (isArray(value)) {
    const index = Number(step);
    return rest.length === 0 ? value.toSpliced(index, 1) : value.with(index, withoutMember(value[index] ?? null, rest));
  }
  if (!isObject(value)) return value;
  if (rest.length > 0) return { ...value, [step]: withoutMember(member(value, step) ?? null, rest) };
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== step));
}

/** @throws Failure for what the schema rejects now but did not before */
function refuseWorse({ folder, validation }: Project, type: RecordType, before: JsonObject, after: JsonObject): void {
  const check = schemaChecks(folder.schemas, validation.cache, { patterns: validation.patterns })(type);
  const key = ({ pointer, message }: Fault): string => `${pointer} ${message}`;
  const known = new Set(check(before).map(key));
  const worse = check(after).filter((fault) => !known.has(key(fault)));
  if (worse.length === 0) return;
  const told = worse.map(({ pointer, shownAt = pointer, message, hint }) => {
    const more = typeof hint === 'string' ? ` (${hint})` : '';
    return `${shownAt === '' ? '' : `${shownAt}: `}${message}${more}`;
  });
  throw new Failure(told.join('; '));
}
