import { foldedId, foldedName } from '../base/text.ts';
import { kindAt } from '../disk/fileSystem.ts';
import { type Json, type JsonObject, isArray, isObject, member, parseJson, resolvePointer } from '../json/json.ts';
import type { RawRecord, RecordFile, Unreadable } from '../read/records.ts';
import { toReview, toSpan } from '../schema/extensionValues.ts';
import { type Review, type Span, schemaLink, spanFields } from '../schema/extensions.ts';
import { type RecordType, spansOf } from '../schema/recordTypes.ts';
import { isPlainText, nameOf } from '../schema/recordName.ts';
import type { Shape } from '../schema/shape.ts';
import type { Project } from './openProject.ts';

/** What is known of a record without opening it. */
export interface IndexedRecord {
  readonly file: RecordFile;
  readonly id: string;
  /** Its name for people, as `recordName` finds it. */
  readonly label: string | undefined;
  /** Its other names: the lists of plain texts in it. */
  readonly aliases: readonly string[];
  /** Its name if it has one, its identifier, then its other names, all folded: what a search compares. */
  readonly names: readonly string[];
  /** The first code that its table requires, as JSON; undefined if there is none of a short list. */
  readonly kind: string | undefined;
  /** The codes in it, folded. */
  readonly codes: readonly string[];
  /** Its well-formed spans. */
  readonly spans: readonly IndexedSpan[];
  readonly withdrawn: boolean;
  /**
   * The values that records of the table share if they describe the same thing, printed; undefined if one is missing.
   */
  readonly likeness: string | undefined;
  /** Who has checked the coding, if it is a source that has been reviewed. */
  readonly review: Review | undefined;
}

/** Where a span is, and what it supports. */
export type IndexedSpan = Pick<Span, 'source' | 'start' | 'end' | 'supports'>;

/** The records of a project, by table and identifier: those with a file of their own, and lines of NDJSON. */
export type RecordIndex = ReadonlyMap<string, Map<string, IndexedRecord>>;

/** Which records an index should hold; by default, all. */
export interface IndexedPart {
  readonly files?: readonly RecordFile[];
  /** Whether a text can be that of a wanted record: others are not parsed. */
  readonly isWanted?: (text: string) => boolean;
  /** The index to fill, so that it can be looked into before it is complete. */
  readonly into?: RecordIndex;
}

/** An index of a project without any record. */
export function emptyIndex({ types }: Pick<Project, 'types'>): RecordIndex {
  return new Map(types.map(({ name }) => [name, new Map<string, IndexedRecord>()]));
}

/** Reads every record of a project once, or some of them. Calls `breathe` between files. */
export async function indexRecords(
  project: Project,
  breathe: () => Promise<void>,
  { files = project.files, isWanted, into: index = emptyIndex(project) }: IndexedPart = {},
): Promise<RecordIndex> {
  const add = adderTo(index, project, isWanted);
  for (const raw of rawRecords(project, files)) {
    await breathe();
    add(raw);
  }
  return index;
}

/** Reads some files of an index again: what is no longer in them goes, also if they are gone. */
export function indexAgain(
  project: Project,
  index: RecordIndex,
  files: readonly RecordFile[],
  isWanted?: IndexedPart['isWanted'],
): void {
  const names = new Set(files.map(({ name }) => name));
  for (const table of new Set(files.map((file) => file.table))) {
    const records = index.get(table);
    for (const [id, { file }] of records ?? []) if (names.has(file.name)) records?.delete(id);
  }
  const there = files.filter(({ path }) => kindAt(project.fs, path) === 'file');
  const add = adderTo(index, project, isWanted);
  for (const raw of rawRecords(project, there)) add(raw);
}

/** The texts of records; another thread reads many files ahead. */
function rawRecords({ records, types }: Project, files: readonly RecordFile[]): Iterable<RawRecord | Unreadable> {
  return records(
    () => {},
    types.map(({ name }) => name),
    files,
  );
}

/** Adds texts of records to an index. */
function adderTo(
  index: RecordIndex,
  project: Project,
  isWanted: IndexedPart['isWanted'] = () => true,
): (raw: RawRecord | Unreadable) => void {
  const types = new Map(project.types.map((type) => [type.name, type]));
  return (raw) => {
    const type = types.get(raw.file.table);
    const entry =
      type === undefined || !('text' in raw) || !isWanted(raw.text) ? undefined : entryOf(type, raw.file, raw.text);
    if (entry !== undefined) index.get(raw.file.table)?.set(foldedId(entry.id), entry);
  };
}

function entryOf(type: RecordType, file: RecordFile, text: string): IndexedRecord | undefined {
  if (file.select !== undefined) return undefined;
  const parsed = parseJson(text);
  return 'value' in parsed && isObject(parsed.value) ? indexRecord(type, file, parsed.value) : undefined;
}

/** The entry of a record of a file. */
export function indexRecord(type: RecordType, file: RecordFile, record: JsonObject): IndexedRecord {
  const key = file.holds === 'lines' && type.key !== undefined ? member(record, type.key) : undefined;
  const id = typeof key === 'string' || typeof key === 'number' ? String(key) : file.stem;
  const label = nameOf(type, record);
  const aliases = listsOf(type).flatMap((name) => textsIn(member(record, name)));
  return {
    file,
    id,
    label,
    aliases,
    names: [...(label === undefined ? [] : [label]), id, ...aliases].map(foldedName),
    kind: kindOf(type, record),
    codes: [...codesIn(type.shape, record)],
    spans: spansIn(record, spansOf(type)),
    withdrawn: type.withdrawal !== undefined && member(record, type.withdrawal) !== undefined,
    likeness: likenessOf(type, record),
    review: type.review === undefined ? undefined : toReview(member(record, type.review)),
  };
}

/** The most codes that a list of kinds has. */
const mostKinds = 30;

const kindNames = new WeakMap<RecordType, string>();

/** The first required property of a table with a short list of codes; empty if there is none. */
function kindNameOf(type: RecordType): string {
  const isKind = (codes: Shape['codes'] = []): boolean => codes.length > 1 && codes.length <= mostKinds;
  const found =
    kindNames.get(type) ??
    [...type.shape.properties.values()].find(({ required, shape }) => required && isKind(shape.codes))?.name ??
    '';
  kindNames.set(type, found);
  return found;
}

function kindOf(type: RecordType, record: JsonObject): string | undefined {
  const name = kindNameOf(type);
  const kind = name === '' ? undefined : member(record, name);
  return kind === undefined ? undefined : JSON.stringify(kind);
}

function likenessOf({ shape }: RecordType, record: JsonObject): string | undefined {
  const values = shape.alike.map((pointer) => resolvePointer(record, pointer));
  return values.length === 0 || values.includes(undefined) ? undefined : JSON.stringify(values);
}

const lists = new WeakMap<RecordType, readonly string[]>();

/** The properties with other names of a table's records. */
function listsOf(type: RecordType): readonly string[] {
  const found = lists.get(type) ?? findLists(type);
  lists.set(type, found);
  return found;
}

function findLists(type: RecordType): readonly string[] {
  return [...type.shape.properties.values()]
    .filter(({ name }) => name !== schemaLink && name !== type.key && name !== type.withdrawal)
    .flatMap(({ name, shape }) => (shape.items !== undefined && isPlainText(shape.items) ? [name] : []));
}

/** The codes that a value has, folded: one string for each code, since many records share it. */
function codesIn(shape: Shape | undefined, value: Json, found = new Set<string>()): ReadonlySet<string> {
  if (shape === undefined || shape.spans) return found;
  if (isArray(value)) for (const each of value) codesIn(shape.items, each, found);
  else if (isObject(value))
    for (const [name, each] of Object.entries(value))
      codesIn(shape.properties.get(name)?.shape ?? shape.members, each, found);
  const code = shape.codes === undefined ? undefined : foldedCodes(shape).get(value);
  return code === undefined ? found : found.add(code);
}

const codes = new WeakMap<Shape, ReadonlyMap<Json, string>>();

function foldedCodes(shape: Shape): ReadonlyMap<Json, string> {
  const known =
    codes.get(shape) ??
    new Map(
      (shape.codes ?? []).map(
        ({ code }) => [code, foldedName(typeof code === 'string' ? code : JSON.stringify(code))] as const,
      ),
    );
  codes.set(shape, known);
  return known;
}

function textsIn(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function spansIn(record: JsonObject, at: string | undefined): readonly IndexedSpan[] {
  const spans = at === undefined ? undefined : resolvePointer(record, at);
  if (!isArray(spans)) return [];
  return spans.flatMap((value) => {
    const span = toSpan(value);
    return span === undefined
      ? []
      : [{ source: span.source, start: span.start, end: span.end, supports: span.supports }];
  });
}

/** Whether a record cites a source. */
export function cites({ spans }: IndexedRecord, source: string): boolean {
  return spans.some((span) => span.source === source);
}

/** The tables that spans name as sources. */
export function sourceTables({ types }: Pick<Project, 'types'>): readonly string[] {
  const named = types.flatMap((type) => {
    const at = spansOf(type);
    return at === undefined ? [] : spanTargets(type.shape, at);
  });
  const sources = new Set(named);
  return types.map(({ name }) => name).filter((name) => sources.has(name));
}

function spanTargets(shape: Shape, at: string): readonly string[] {
  const list = at
    .split('/')
    .slice(1)
    .reduce<Shape | undefined>((inner, step) => inner?.properties.get(step)?.shape, shape);
  return list?.items?.properties.get(spanFields[0])?.shape.references ?? [];
}
