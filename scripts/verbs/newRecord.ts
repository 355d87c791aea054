import { option, sentence } from '../base/sentence.ts';
import path from 'node:path';
import { type CommandHint, Failure, type Fault } from '../base/problem.ts';
import { didYouMean } from '../base/suggestions.ts';
import { foldedId, list, quoted } from '../base/text.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { createFile } from '../disk/replace.ts';
import { takeTurnAt } from '../project/folders.ts';
import { citeHint } from '../evidence/compare.ts';
import { blankSpan } from '../evidence/complete.ts';
import { printCanonical } from '../json/canonical.ts';
import { type Json, type JsonObject, below, isArray, isObject, member, pointerSteps } from '../json/json.ts';
import { integerFault, isNumberText, numberFault } from '../json/number.ts';
import { lookAlikes } from '../project/lookAlikes.ts';
import type { Project } from '../project/openProject.ts';
import { documentFields, schemaLink, spanFields } from '../schema/extensions.ts';
import { type RecordType, shapesBelow, tablesNamedWith } from '../schema/recordTypes.ts';
import type { Shape } from '../schema/shape.ts';
import { type Left, type Skeleton, skeletonOf } from '../schema/skeleton.ts';
import { type Reference, structureOf, walk } from '../schema/walk.ts';
import { type SchemaCheck, schemaChecks } from '../validate/ajv/schemaCheck.ts';
import { createReferences } from '../validate/references.ts';
import { checkId, proposeId } from './identifier.ts';
import { textOfSource } from './quotes.ts';
import { type Setting, joinSettings, parseSettings } from './setting.ts';
import { type AddedDocument, addDocument } from './addDocument.ts';

/** What is known about a record before it is made. */
export interface NewRecordSettings {
  /** Values as `path=value`; a path has dots or is a JSON Pointer. */
  readonly set?: readonly string[];
  /** Its identifier; by default one is proposed from its values. */
  readonly id?: string | undefined;
  /** The source that its first span of evidence is from. */
  readonly source?: string | undefined;
  /** Absolute path of a document to add. */
  readonly file?: string | undefined;
  /** Writes it even if it looks like an existing record. */
  readonly anyway?: boolean;
  /** Where the document is published. */
  readonly url?: string | undefined;
}

/**
 * Writes the skeleton of a record: what its schema requires and what is known. Unknown fields get a value that
 * `validate` rejects.
 * @throws Failure if there is no such table, or something given does not fit the record
 */
export function newRecord(project: Project, table: string, settings: NewRecordSettings = {}): NewRecord {
  const { fs } = project;
  const type = tableNamed(project, table);
  const { file } = settings;
  const documentAs = (id: string): AddedDocument | undefined =>
    file === undefined ? undefined : addDocument(fs, file, project.options.sources.path, id);
  const made = draft(project, type, settings, documentAs);
  write(fs, made, project);
  return made;
}

/** Writes the record after its document, so that it never names a missing one. */
function write(fs: FileSystem, { path: at, text, document }: NewRecord, { options, rawPath }: Project): void {
  const takeAway = document?.copy();
  try {
    const turn = takeTurnAt(fs, options);
    try {
      createFile(fs, at, text, rawPath);
    } finally {
      turn.end();
    }
  } catch (error) {
    takeAway?.();
    throw error;
  }
}

/** The table with a name. @throws Failure if there is none */
export function tableNamed(project: Project, name: string): RecordType {
  const type = project.types.find((t) => t.name === name);
  if (type !== undefined) return type;
  const names = project.types.map((t) => t.name);
  const file = project.folder.schemas.files.find((f) => path.basename(f.name) === `${name}.schema.json`);
  const hint =
    file === undefined
      ? (didYouMean(name, names) ?? `the tables are ${list(names)}`)
      : `it has a schema but no folder: create ${path.join(project.rawShown, name)}`;
  throw new Failure(`no table is called ${quoted(name)} (${hint})`);
}

/** A new record, and what is left to do about it. */
export interface NewRecord {
  /** Absolute path of its file, and the path as the user would write it. */
  readonly path: string;
  readonly shown: string;
  readonly document: AddedDocument | undefined;
  readonly text: string;
  readonly left: readonly Left[];
  /** What the schema finds wrong besides the fields that are left. */
  readonly further: readonly Fault[];
  /** References that were set and that lead to no record. */
  readonly unresolved: readonly Fault[];
  /** What to do next. */
  readonly next: readonly CommandHint[];
}

/** The given identifier, or one that is made from values. @throws Failure if it is taken, or cannot be an identifier */
function identifierFor(
  project: Project,
  type: RecordType,
  { id, source }: NewRecordSettings,
  values: readonly Setting[],
): string {
  const takenIn = (table: string): ReadonlySet<string> =>
    new Set(project.files.filter((file) => file.table === table).map(({ stem }) => foldedId(stem)));
  const taken = takenIn(type.name);
  if (id !== undefined) return checkId(id, taken);
  const language = (): readonly string[] => (source === undefined ? [] : [textOfSource(project, source)]);
  return proposeId(type, values, taken, language, tablesNamedWith(project.types, type.name).map(takenIn));
}

/** The record and its place, not yet written. @throws Failure if something given does not fit it */
function draft(
  project: Project,
  type: RecordType,
  given: NewRecordSettings,
  documentAs: (id: string) => AddedDocument | undefined,
): NewRecord {
  const set = parseSettings(type.shape, given.set ?? []);
  const link = urlSettings(type, given.url);
  const id = identifierFor(project, type, given, [...set, ...link]);
  const document = documentAs(id);
  const about = document === undefined ? [] : documentSettings(type, document);
  const file = path.join(project.folderOf(type.name), `${id}.json`);
  const settings = [...identity(project, type, id, file), ...set, ...about, ...link];
  const source = sourceOf(project, type, given.source, id, document);
  const known = joinSettings([...settings, ...spanSettings(type, source, settings)]);
  const check = schemaChecks(project.folder.schemas, project.validation.cache, {
    patterns: project.validation.patterns,
  })(type);
  const { value, left } = refusable(skeletonOf(type.shape, known), check);
  const faults = check(value);
  refuseWrong(faults, settings);
  if (given.anyway !== true) refuseLookAlike(project, type, id, value);
  const { references, needEvidence } = walk(value, structureOf(type.shape));
  const spans = spansOf(type)?.[1];
  const isLeft = ({ pointer, missing }: Fault): boolean =>
    left.some((l) => l.pointer === (missing === undefined ? pointer : below(pointer, missing)));
  const isOwn = (fault: Fault): boolean => !isLeft(fault) && !isIn(fault.pointer, spans);
  const shownAt = (fault: Fault): Fault => ({ ...fault, pointer: fault.shownAt ?? fault.pointer });
  const shown = path.join(project.rawShown, path.relative(project.rawPath, file));
  const cite =
    spans === undefined
      ? undefined
      : citeHint(`${type.name}/${id}`, source === undefined ? [] : [source], fieldsOf(needEvidence));
  return {
    path: file,
    shown,
    document,
    text: printCanonical(value, structureOf(type.shape), 'file'),
    left: left.filter(({ pointer }) => !isIn(pointer, spans)),
    further: faults.filter(isOwn).map(shownAt),
    unresolved: unresolved(project, references).filter(isOwn).map(shownAt),
    next: [
      ...(cite === undefined ? [] : [{ ...cite, before: 'evidence: ' }]),
      { verb: 'validate', arguments: [], before: 'then ' },
    ],
  };
}

/**
 * The skeleton without placeholders that the schema would allow: those fields are left out, so that they are reported
 * as missing. An empty reference is only reported when all records are known.
 */
function refusable(
  { value, left }: Skeleton,
  check: SchemaCheck,
): { readonly value: JsonObject; readonly left: readonly Left[] } {
  const record = isObject(value) ? value : {};
  const faults = check(record);
  const taken = left.filter(
    ({ pointer, shape }) => shape.references.length === 0 && !faults.some((fault) => isIn(fault.pointer, pointer)),
  );
  const least = taken.reduce<Json>((before, { pointer }) => without(before, pointerSteps(pointer) ?? []), record);
  return { value: isObject(least) ? least : record, left };
}

/** A value without the member at the end of these steps. An element of a list stays, since the others would move. */
function without(value: Json, [step, ...rest]: readonly string[]): Json {
  if (step === undefined) return value;
  if (isArray(value)) {
    const element = value[Number(step)];
    return element === undefined ? value : value.with(Number(step), without(element, rest));
  }
  if (!isObject(value)) return value;
  if (rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== step));
  return { ...value, [step]: without(member(value, step) ?? null, rest) };
}

/**
 * What validate would report for the references; an empty one is a field that is left. Records in files of several are
 * not searched.
 */
function unresolved({ types, files }: Project, found: readonly Reference[]): readonly Fault[] {
  const references = createReferences(types.map(({ name }) => name));
  const [first] = files;
  if (first === undefined || files.some(({ holds, select }) => holds === 'lines' || select !== undefined)) return [];
  for (const file of files) references.presume(file.table, file.stem, file);
  for (const reference of found) if (reference.id !== '') references.refer(first, 0, reference);
  return [...references.unresolved()].map(({ fault }) => fault);
}

/** The fields of the record that are above these pointers. */
function fieldsOf(pointers: readonly string[]): readonly string[] {
  return [...new Set(pointers.map((pointer) => pointer.split('/').slice(0, 2).join('/')))];
}

function isIn(pointer: string, above: string | undefined): boolean {
  return above !== undefined && (pointer === above || pointer.startsWith(`${above}/`));
}

/** The members that give a record in this place its identity: its identifier and its link to the schema. */
export function identity(project: Project, type: RecordType, id: string, file: string): readonly Setting[] {
  const key = type.key === undefined ? undefined : type.shape.properties.get(type.key);
  const link = type.shape.properties.get(schemaLink);
  const schema = path.relative(path.dirname(file), path.join(project.schemaPath, type.file));
  const found: Setting[] = [];
  if (link !== undefined)
    found.push({ pointer: below('', schemaLink), value: schema.split(path.sep).join('/'), shape: link.shape });
  if (key !== undefined) {
    const value = key.shape.types.has('string') ? id : wholeNumber(id);
    found.push({ pointer: below('', key.name), value, shape: key.shape });
  }
  return found;
}

/**
 * An identifier of a table whose identifiers are whole numbers. @throws Failure if it is not one, or spelt otherwise
 */
function wholeNumber(id: string): number {
  const value = Number(id);
  if (!isNumberText(id) || !Number.isInteger(value))
    throw new Failure(sentence`${option('id')}: ${quoted(id)} is not a whole number`);
  const fault = numberFault(id, 'spelling') ?? integerFault(value);
  if (fault !== undefined) throw new Failure(sentence`${option('id')}: ${fault.message} (${fault.hint})`);
  return value;
}

/** The only shape of a table with a mark, and its JSON Pointer. */
function markedIn(type: RecordType, isMarked: (shape: Shape) => boolean): readonly [Shape, string] | undefined {
  return [...shapesBelow(type.shape)].find(([shape, pointer]) => isMarked(shape) && !pointer.includes('*'));
}

function spansOf(type: RecordType): readonly [Shape, string] | undefined {
  return markedIn(type, (shape) => shape.spans);
}

/** JSON Pointer of the record's document; undefined if the table has none. */
export function documentAt(type: RecordType): string | undefined {
  return markedIn(type, (shape) => shape.document)?.[1];
}

/** The values in a record for a document that is added. @throws Failure if its table has no document */
export function documentSettings(type: RecordType, { file, sha256 }: AddedDocument): readonly Setting[] {
  const marked = markedIn(type, (shape) => shape.document);
  if (marked === undefined)
    throw new Failure(sentence`${option('file')}: the records of ${quoted(type.name)} have no document`);
  const [shape, pointer] = marked;
  return [file, sha256].map((value, i) => ({ pointer: below(pointer, documentFields[i] ?? ''), value, shape }));
}

/** The value and place of an address in a record. @throws Failure if no field of its table holds one */
export function urlSettings(type: RecordType, url: string | undefined): readonly Setting[] {
  if (url === undefined) return [];
  const marked = markedIn(type, ({ format }) => format === 'uri');
  if (marked === undefined)
    throw new Failure(
      sentence`${option('url')}: no field of ${quoted(type.name)} holds a URI; use ${option('set')} with the field that it belongs in`,
    );
  return [{ pointer: marked[1], value: url, shape: marked[0] }];
}

/**
 * The source of the first span: the given one, or the record itself if it comes with its document. @throws Failure if
 * there is no such source
 */
function sourceOf(
  project: Project,
  type: RecordType,
  named: string | undefined,
  id: string,
  document: AddedDocument | undefined,
): string | undefined {
  const spans = spansOf(type);
  if (spans === undefined) {
    if (named !== undefined)
      throw new Failure(sentence`${option('source')}: the records of ${quoted(type.name)} have no spans of evidence`);
    return undefined;
  }
  const tables = spans[0].items?.properties.get(spanFields[0])?.shape.references ?? [];
  if (named === undefined) return document !== undefined && tables.includes(type.name) ? id : undefined;
  const ids = project.files.filter((file) => tables.includes(file.table) && file.holds === 'record').map((f) => f.stem);
  if (ids.includes(named) || ids.length === 0 || (named === id && tables.includes(type.name))) return named;
  const hint = didYouMean(named, ids);
  throw new Failure(
    sentence`${option('source')}: there is no ${list(tables, 'or')} record ${quoted(named)}${hint === undefined ? '' : ` (${hint})`}`,
  );
}

/** The first span, to be filled in by hand: a source, and empty words where `fix` reads them. */
function spanSettings(
  type: RecordType,
  source: string | undefined,
  set: readonly Setting[],
): readonly Pick<Setting, 'pointer' | 'value'>[] {
  const spans = spansOf(type);
  if (spans === undefined) return [];
  const [, pointer] = spans;
  if (set.some((setting) => isIn(setting.pointer, pointer))) return [];
  const required = type.shape.properties.get(pointer.slice(1))?.required === true;
  return source !== undefined || required ? [{ pointer, value: [blankSpan(source ?? '')] }] : [];
}

/** @throws Failure if it looks like an existing record */
function refuseLookAlike(project: Project, type: RecordType, id: string, value: JsonObject): void {
  const [first] = lookAlikes(project, type, { id, value });
  if (first === undefined) return;
  throw new Failure(sentence`${first.pointer}: ${first.message}; if it is another one, give ${option('anyway')}`);
}

/** What is set must be valid. @throws Failure with all values that the schema rejects */
function refuseWrong(faults: readonly Fault[], settings: readonly Setting[]): void {
  const wrong = faults.filter(({ pointer }) => settings.some((setting) => setting.pointer === pointer));
  const told = wrong.map(
    ({ pointer, message, hint }) => `${pointer}: ${typeof hint === 'string' ? `${message} (${hint})` : message}`,
  );
  if (told.length > 0) throw new Failure(told.join('; '));
}
