import { mostBytes } from '../base/limits.ts';
import { foldedId } from '../base/text.ts';
import { type Json, type JsonObject, isArray, isObject, member, parseJson, resolvePointer } from '../json/json.ts';
import { unicodeWherePossible } from '../pattern/matcher.ts';
import { type RecordFile, readRecords } from '../read/records.ts';
import { schemaLink, spanFields } from '../schema/extensions.ts';
import { type RecordType, spansOf } from '../schema/recordTypes.ts';
import type { Shape } from '../schema/shape.ts';
import type { Project } from './openProject.ts';

/** What can be said of a record without opening it. */
export interface IndexedRecord {
  readonly file: RecordFile;
  readonly id: string;
  /** What people call it: its first text. */
  readonly label: string | undefined;
  /** Other texts that it is called by: the lists of plain texts in it. */
  readonly aliases: readonly string[];
  /** The sources that its spans name. */
  readonly sources: readonly string[];
  readonly withdrawn: boolean;
}

/** The records of a project that have a file of their own, by table and identifier. */
export type RecordIndex = ReadonlyMap<string, Map<string, IndexedRecord>>;

/** Reads every record of a project once. Calls `breathe` between files. */
export async function indexRecords(project: Project, breathe: () => Promise<void>): Promise<RecordIndex> {
  const index = new Map(project.types.map(({ name }) => [name, new Map<string, IndexedRecord>()]));
  for (const file of project.files) {
    await breathe();
    const entry = indexFile(project, file);
    if (entry !== undefined) index.get(file.table)?.set(foldedId(entry.id), entry);
  }
  return index;
}

/** What the index says of a file; undefined where it holds no record, or several. */
export function indexFile(project: Project, file: RecordFile): IndexedRecord | undefined {
  const type = project.types.find(({ name }) => name === file.table);
  if (type === undefined || file.holds !== 'record' || file.select !== undefined) return undefined;
  for (const raw of readRecords(project.fs, file, mostBytes)) {
    const parsed = 'text' in raw ? parseJson(raw.text) : undefined;
    return parsed !== undefined && 'value' in parsed && isObject(parsed.value)
      ? indexRecord(type, file, parsed.value)
      : undefined;
  }
  return undefined;
}

/** What the index says of a record in a file. */
export function indexRecord(type: RecordType, file: RecordFile, record: JsonObject): IndexedRecord {
  const { labels, lists } = namesOf(type);
  const named = labels.map((name) => member(record, name)).find((value) => typeof value === 'string' && value !== '');
  return {
    file,
    id: file.stem,
    label: typeof named === 'string' ? named : undefined,
    aliases: lists.flatMap((name) => textsIn(member(record, name))),
    sources: sourcesIn(record, spansOf(type)),
    withdrawn: type.withdrawal !== undefined && member(record, type.withdrawal) !== undefined,
  };
}

const names = new WeakMap<RecordType, ReturnType<typeof findNames>>();

/** The properties by which the records of a table are called. */
function namesOf(type: RecordType): ReturnType<typeof findNames> {
  const found = names.get(type) ?? findNames(type);
  names.set(type, found);
  return found;
}

function findNames(type: RecordType): { readonly labels: readonly string[]; readonly lists: readonly string[] } {
  const properties = [...type.shape.properties.values()].filter(
    ({ name }) => name !== schemaLink && name !== type.key && name !== type.withdrawal,
  );
  return {
    labels: properties.flatMap(({ name, shape }) => (isPlainText(shape) ? [name] : [])),
    lists: properties.flatMap(({ name, shape }) =>
      shape.items !== undefined && isPlainText(shape.items) ? [name] : [],
    ),
  };
}

/** Whether a text is for people: a pattern that takes no space is that of a code. */
function isPlainText({ types, format, codes, references, constraints: { pattern } }: Shape): boolean {
  const takesWords =
    typeof pattern !== 'string' || new RegExp(pattern, unicodeWherePossible(pattern)).test('Two words');
  return takesWords && types.has('string') && format === undefined && codes === undefined && references.length === 0;
}

function textsIn(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function sourcesIn(record: JsonObject, at: string | undefined): readonly string[] {
  const spans = at === undefined ? undefined : resolvePointer(record, at);
  if (!isArray(spans)) return [];
  const found = spans.flatMap((span) => {
    const source = isObject(span) ? member(span, spanFields[0]) : undefined;
    return typeof source === 'string' ? [source] : [];
  });
  return [...new Set(found)];
}

/** The tables that spans of evidence name as sources. */
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
