import path from 'node:path';
import { Failure, type Hint, type Problem } from '../base/problem.ts';
import { mostConfigBytes } from '../base/limits.ts';
import { sentence } from '../base/sentence.ts';
import { foldedId, list, quoted } from '../base/text.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { withFiles } from '../disk/overlay.ts';
import { createFile, replaceFile } from '../disk/replace.ts';
import { takeTurnAt } from '../project/folders.ts';
import { printCanonical } from '../json/canonical.ts';
import { type Json, type JsonObject, below, isArray, isObject } from '../json/json.ts';
import { scopeOfFiles } from '../project/changeScope.ts';
import { lookAlikes } from '../project/lookAlikes.ts';
import { type Project, openProject } from '../project/openProject.ts';
import { type OpenRecord, elementsAt, recordNamed, withValueAt, writeRecord } from '../project/recordFiles.ts';
import type { RecordFile } from '../read/records.ts';
import { type RecordType, spansOf, tablesNamedWith } from '../schema/recordTypes.ts';
import { shapeBelow } from '../schema/shape.ts';
import { structureOf } from '../schema/walk.ts';
import { type Batch, type BatchEntry, parseBatch } from './batch.ts';
import { batchDocument } from './batchDocument.ts';
import { checkId, proposeId } from './identifier.ts';
import { documentSettings, identity, tableNamed } from './newRecord.ts';
import { locate, supportsIn, textOfSource, withSpan } from './quotes.ts';
import type { Setting } from './setting.ts';
import { type AddedDocument, addDocument } from './addDocument.ts';
import { validateScope } from './validate.ts';

/** The batch that `addRecords` writes. */
export interface AddOptions {
  /** Absolute path of a YAML file, and the path as the user would write it. */
  readonly file: string;
  readonly shown: string;
  /**
   * Absolute path of a folder whose files entries can name as documents, in addition to those in the folder of the
   * batch and in that of the source documents.
   */
  readonly documents?: string | undefined;
  /** Writes nothing: `files` lists what would be written. */
  readonly check?: boolean;
}

/** The result of a batch. If there is an error, nothing is written. */
export interface Added {
  /** New records and records with added evidence, named as the user would write their files. */
  readonly files: readonly string[];
  /** Problems at their lines in the batch. */
  readonly problems: readonly Problem[];
  readonly written: boolean;
}

/** A record of the batch, with the future text of its file. */
interface Draft {
  readonly entry: BatchEntry;
  readonly type: RecordType;
  /** The record's name in commands, and its file. */
  readonly name: string;
  readonly path: string;
  readonly shown: string;
  readonly value: JsonObject;
  readonly document: AddedDocument | undefined;
  /** The existing record; undefined for a new one. */
  readonly open: OpenRecord | undefined;
}

/**
 * Writes the new records and quotes of a batch, if all of them are valid.
 * @throws Failure if the batch cannot be read, or names something that does not exist
 */
export async function addRecords(project: Project, options: AddOptions): Promise<Added> {
  const { fs } = project;
  const batch = parseBatch(fs.read(options.file, mostConfigBytes), options.shown);
  const turn = takeTurnAt(fs, project.options);
  try {
    const plain = draftsOf(project, batch, options);
    const withoutQuotes = withFiles(fs, filesOf(plain, project));
    const { drafts, problems: refused } = quoteAll(openProject(withoutQuotes, project.options), plain, batch, options);
    const others = await problemsOf(fs, drafts, project, batch, options);
    // if a quote is refused, what it supports is not a further problem, nor are words that may be in it
    const isOwn = ({ rule }: Problem): boolean =>
      refused.length === 0 || (rule !== 'evidence-missing' && rule !== 'verbatim');
    const found = [...refused, ...others.filter(isOwn)];
    const failed = found.some(({ severity }) => severity === 'error');
    const written = !failed && options.check !== true;
    if (written) writeAll(fs, drafts, project);
    return { files: drafts.map(({ shown }) => shown), problems: found, written };
  } finally {
    turn.end();
  }
}

function draftsOf(project: Project, { entries, placeOf }: Batch, options: AddOptions): readonly Draft[] {
  const taken = new Map<string, Set<string>>();
  for (const { table, stem } of project.files) taken.set(table, (taken.get(table) ?? new Set()).add(foldedId(stem)));
  return entries.map((entry, i) => {
    try {
      if (entry.table === undefined) return existing(project, entry);
      const type = tableNamed(project, entry.table);
      const ids = taken.get(type.name) ?? new Set();
      const others = tablesNamedWith(project.types, type.name).map((each) => taken.get(each) ?? new Set<string>());
      const draft = fresh(project, type, { entry, batch: entries }, { own: ids, others }, options);
      taken.set(type.name, ids.add(foldedId(path.basename(draft.path, '.json'))));
      return draft;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { line, column } = placeOf(`/${i}`);
      throw new Failure(sentence`${options.shown}:${line}:${column}: ${error.words}`);
    }
  });
}

function existing(project: Project, entry: BatchEntry): Draft {
  const open = recordNamed(project.fs, project, project.rawPath, entry.record ?? '');
  const { file, type, name, value } = open;
  if (file.holds !== 'record') throw new Failure(`${name} is in a file with other records: use cite`);
  return { entry, type, name, path: file.path, shown: file.shown, value, document: undefined, open };
}

function fresh(
  project: Project,
  type: RecordType,
  { entry, batch }: { readonly entry: BatchEntry; readonly batch: readonly BatchEntry[] },
  taken: { readonly own: ReadonlySet<string>; readonly others: readonly ReadonlySet<string>[] },
  { file: batchFile, documents }: AddOptions,
): Draft {
  const { values, document: text } = entry;
  const id =
    entry.id === undefined
      ? proposeId(type, leavesOf(type, values), taken.own, () => languagesOf(project, entry, batch), taken.others)
      : checkId(entry.id, taken.own, 'id');
  const sources = project.options.sources.path;
  const trusted = documents === undefined ? [sources] : [sources, documents];
  const from = text === undefined ? undefined : batchDocument(project.fs, text, path.dirname(batchFile), trusted);
  const document = from === undefined ? undefined : addDocument(project.fs, from, sources, id);
  const file = path.join(project.folderOf(type.name), `${id}.json`);
  const about = [
    ...identity(project, type, id, file),
    ...(document === undefined ? [] : documentSettings(type, document)),
  ];
  const value = about.reduce<JsonObject>((at, { pointer, value: to }) => withValueAt(at, pointer, to), values);
  const shown = path.join(project.rawShown, path.relative(project.rawPath, file));
  return { entry, type, name: `${type.name}/${id}`, path: file, shown, value, document, open: undefined };
}

/** Texts in the language of an entry, the nearest first: its quotes, their sources, the quotes of the batch. */
function* languagesOf(project: Project, { quotes }: BatchEntry, batch: readonly BatchEntry[]): Generator<string> {
  yield quotes.map(({ quote }) => quote).join('\n');
  for (const { source } of quotes) if (source !== undefined) yield textOfSource(project, source);
  yield batch.flatMap((entry) => entry.quotes.map(({ quote }) => quote)).join('\n');
}

/** The texts and numbers of a record, from which its identifier is proposed. */
function leavesOf(type: RecordType, value: Json, pointer = ''): readonly Setting[] {
  const inner: readonly (readonly [string | number, Json])[] = isArray(value)
    ? [...value.entries()]
    : isObject(value)
      ? Object.entries(value)
      : [];
  const shape = shapeBelow(type.shape, pointer);
  if (inner.length === 0) return shape === undefined ? [] : [{ pointer, value, shape }];
  return inner.flatMap(([step, each]) => leavesOf(type, each, below(pointer, step)));
}

/** The drafts as files, with their documents. */
function filesOf(drafts: readonly Draft[], { options }: Project): ReadonlyMap<string, Uint8Array> {
  const records = drafts.map((draft) => [draft.path, Buffer.from(textOf(draft))] as const);
  const documents = drafts.flatMap(({ document }) =>
    document === undefined ? [] : [[path.join(options.sources.path, document.file), document.bytes] as const],
  );
  return new Map([...records, ...documents]);
}

function textOf({ value, type }: Draft): string {
  return printCanonical(value, structureOf(type.shape), 'file');
}

/** The drafts with the spans of their quotes, or the quotes that were not found. */
function quoteAll(
  project: Project,
  drafts: readonly Draft[],
  { placeOf }: Batch,
  { shown }: AddOptions,
): { readonly drafts: readonly Draft[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const quotedDrafts = drafts.map((draft, i) =>
    draft.entry.quotes.reduce((at, quote, j) => {
      const pointer = `/${i}/quotes/${j}`;
      try {
        const spans = spansOf(at.type);
        if (spans === undefined) throw new Failure(`the records of ${at.type.name} have no list of spans`);
        const supports = supportsIn(at.value, 'the record', spans, quote.supports);
        const found = locate(project, quote);
        if ('refusal' in found) throw new Failure(onOneLine(found.refusal));
        const added = withSpan(elementsAt(at.value, spans), found, supports).spans;
        return { ...at, value: withValueAt(at.value, spans, added) };
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        const rest = { rule: 'evidence-missing', severity: 'error', hint: undefined } as const;
        problems.push({ file: shown, ...placeOf(pointer), pointer, message: `${at.name}: ${error.message}`, ...rest });
        return at;
      }
    }, draft),
  );
  return { drafts: quotedDrafts, problems };
}

function onOneLine(text: string): string {
  return text.replaceAll(/:\n\s*/g, ': ').replaceAll(/\n\s*/g, '; ');
}

/** The problems of the drafts, at their lines in the batch. */
async function problemsOf(
  fs: FileSystem,
  drafts: readonly Draft[],
  before: Project,
  { placeOf }: Batch,
  options: AddOptions,
): Promise<readonly Problem[]> {
  const project = openProject(withFiles(fs, filesOf(drafts, before)), before.options);
  const found: Problem[] = [];
  const indexOf = new Map(drafts.map(({ shown }, i) => [shown, i]));
  const own: readonly RecordFile[] = project.files.filter((file) => indexOf.has(file.shown));
  const scope = scopeOfFiles(project.fs, project, own);
  await validateScope(project, scope, 'add', { onProblem: (problem) => void found.push(problem) });
  // the check of the scope compares the drafts with each other, and reads no other record to find duplicates
  const others = { ...project, files: project.files.filter(({ shown }) => !indexOf.has(shown)) };
  for (const { type, path: at, value, shown, open } of drafts) {
    if (open !== undefined) continue;
    const faults = lookAlikes(others, type, { id: path.basename(at, '.json'), value });
    for (const { rule, pointer, message, hint } of faults)
      found.push({ file: shown, line: 1, column: 1, pointer, rule, severity: 'warning', message, hint });
  }
  return found.flatMap((problem): readonly Problem[] => {
    const i = indexOf.get(problem.file);
    const draft = i === undefined ? undefined : drafts[i];
    if (draft === undefined) return [];
    const at = placeOf(`/${i}/values${problem.pointer}`);
    const hint = inBatch(problem, drafts);
    return [{ ...problem, file: options.shown, ...at, message: `${draft.name}: ${problem.message}`, hint }];
  });
}

/** What to do about a problem in the batch: other commands cannot change its records, which have no files yet. */
function inBatch({ rule, hint }: Problem, drafts: readonly Draft[]): Hint | undefined {
  if (rule === 'evidence-missing') return 'add words that say so to "quotes", with these fields under "supports"';
  if (typeof hint !== 'object' || !('verb' in hint) || hint.verb !== 'new') return hint;
  const [table = ''] = hint.arguments;
  const drafted = drafts.filter(({ type, open }) => type.name === table && open === undefined);
  if (drafted.length === 0) return `add an entry for it, with "table": ${table}`;
  return (
    `the entries of ${table} here have the ids ` +
    list(drafted.map(({ path: at }) => quoted(path.basename(at, '.json'))))
  );
}

/** Writes documents, then new records, then existing ones; if something fails, everything is undone. */
function writeAll(fs: FileSystem, drafts: readonly Draft[], project: Project): void {
  const undo: (() => void)[] = [];
  try {
    for (const { document } of drafts) if (document !== undefined) undo.push(document.copy());
    for (const draft of drafts.filter(({ open }) => open === undefined)) {
      createFile(fs, draft.path, textOf(draft), project.rawPath);
      undo.push(() => fs.remove(draft.path));
    }
    for (const { open, value } of drafts) {
      if (open === undefined) continue;
      writeRecord(fs, { ...open, value }, project.rawPath);
      undo.push(() => replaceFile(fs, open.file.path, open.text, { inside: project.rawPath }));
    }
  } catch (error) {
    for (const takeAway of undo.toReversed()) takeAway();
    throw error;
  }
}
