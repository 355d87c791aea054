import { option, sentence } from '../../base/sentence.ts';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { renderReport } from '../../comment/render.mjs';
import { Failure, type Problem } from '../../base/problem.ts';
import { didYouMean } from '../../base/suggestions.ts';
import { foldedId, quoted } from '../../base/text.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { findRepository } from '../../disk/git.ts';
import { printCanonical } from '../../json/canonical.ts';
import { type Json, type JsonObject, below, isArray, isObject, member, resolvePointer } from '../../json/json.ts';
import { type Project, openProject } from '../../project/openProject.ts';
import { type OpenRecord, openRecord, recordLine, withValueAt } from '../../project/recordFiles.ts';
import {
  type IndexedRecord,
  type RecordIndex,
  cites,
  indexRecord,
  indexRecords,
  sourceTables,
} from '../../project/recordIndex.ts';
import { type RecordLine, recordLines } from '../../project/recordLines.ts';
import type { Place, ProjectOptions } from '../../project/options.ts';
import { sha256Of } from '../../read/documents.ts';
import type { RecordFile } from '../../read/records.ts';
import { toDocument } from '../../schema/extensionValues.ts';
import { type Review, type SourceDocument, schemaLink } from '../../schema/extensions.ts';
import { type RecordType, spansOf } from '../../schema/recordTypes.ts';
import type { Shape } from '../../schema/shape.ts';
import { structureOf } from '../../schema/walk.ts';
import { agreement } from '../../verbs/agreement.ts';
import { type RecordChecker, recordChecker } from '../../verbs/checkRecord.ts';
import { commitChanges, pendingChanges } from '../../verbs/commit.ts';
import { type GivenDocument, documentText } from '../../verbs/documentText.ts';
import { checkId, proposeId } from '../../verbs/identifier.ts';
import { documentAt, documentSettings, urlSettings } from '../../verbs/newRecord.ts';
import { fileOfNew, saveRecord } from '../../verbs/saveRecord.ts';
import { type Decision, codedTables, decisionsIn, keepDecisions } from '../../verbs/secondCoding.ts';
import type { Setting } from '../../verbs/setting.ts';
import { takeInBytes } from '../../verbs/takeIn.ts';
import { alikeIn } from './alike.ts';
import { contentOf, recordOf } from './content.ts';
import { type Drafts, draftsIn } from './drafts.ts';
import { fieldModel, uncodedAt } from './fieldModel.ts';
import type {
  AlikeRecord,
  ChangesMessage,
  Checked,
  CommitMessage,
  DifferingRecords,
  DraftSummary,
  MarkedSpan,
  MarksMessage,
  QueuedSource,
  RecordContent,
  RecordMessage,
  RecordSummary,
  SaveMessage,
  SourceMessage,
  Start,
  Suggestion,
} from './messages.ts';
import { citing, removeAt, setAt } from './page/edit.ts';
import { problemMessage } from './problems.ts';
import { queueOf } from './queue.ts';
import { keptContent } from './request.ts';
import { suggestionsIn } from './suggestions.ts';

/** What the workbench works on. */
export interface DeskSettings {
  readonly fs: FileSystem;
  readonly options: () => ProjectOptions;
  /** Top of the dataset: drafts are kept below it. */
  readonly home: string;
  /** Identifier of the source to open first. */
  readonly source: string | undefined;
  /** The folder of the records of another coding, to settle the differences. */
  readonly against?: Place | undefined;
  /** A document to take in. */
  readonly incoming?: Start['incoming'];
}

/** A record that the page edits. */
export interface Edited extends RecordContent {
  readonly table: string;
  /** Empty for a record that has no file yet. */
  readonly id: string;
  readonly draftName: string;
}

/** An opened project, and everything that the page can ask of it. */
export interface Desk {
  readonly start: () => Start;
  readonly source: (id: string) => SourceMessage;
  /** The records that cite a source, and their spans. */
  readonly marks: (id: string) => Promise<MarksMessage>;
  readonly record: (table: string, id: string) => RecordMessage;
  /** A record that has no file yet: a new one, or the draft of this name. */
  readonly fresh: (table: string, draftName: string | undefined) => RecordMessage;
  readonly check: (edited: Edited) => Checked;
  readonly keep: (edited: Edited) => void;
  /** The drafts of records that have no file yet. */
  readonly drafts: () => readonly DraftSummary[];
  readonly discard: (table: string, draftName: string) => void;
  /** `digest` is that of the file as it was read; undefined for a record without one. */
  readonly save: (edited: Edited, digest: string | undefined) => SaveMessage;
  /** The words of a document that somebody has, as they would be taken in. */
  readonly toText: (given: GivenDocument) => Promise<string>;
  /** Keeps the text of a document, and begins the record of its source. */
  readonly takeIn: (document: NewDocument) => RecordMessage;
  /** The records of a source in which this coding and the other one differ. */
  readonly differing: (source: string) => Promise<readonly DifferingRecords[]>;
  /** A record of the other coding. */
  readonly other: (table: string, id: string) => RecordMessage;
  readonly decide: (decisions: readonly Decision[]) => void;
  /** All sources, and how far each is coded. */
  readonly queue: () => Promise<readonly QueuedSource[]>;
  /** Records that exist, and that this one may repeat. */
  readonly alike: (edited: Edited) => Promise<readonly AlikeRecord[]>;
  readonly suggest: (id: string) => Promise<readonly Suggestion[]>;
  /** Notes in a source's record why a passage needs no record. Offsets are code points of its file. */
  readonly passOver: (passage: Passage) => Promise<SaveMessage>;
  /** Notes in a source's record who has reviewed its coding; undefined takes the note back. */
  readonly review: (source: string, review: Review | undefined) => SaveMessage;
  /** What is changed and not committed, with the report that a reviewer will see, in Markdown. */
  readonly changes: () => ChangesMessage;
  readonly commit: (message: string, branch: string) => Promise<CommitMessage>;
  readonly find: (tables: readonly string[], words: string) => Promise<readonly RecordSummary[]>;
}

/** A document to be taken in as that of a new source. */
export interface NewDocument {
  /** The table of sources. */
  readonly table: string;
  /** The source's identifier; without it, one is made from the first line. */
  readonly id: string | undefined;
  readonly text: string;
  /** Where the document is published. */
  readonly url: string | undefined;
}

/** A passage of a source that needs no record. */
export interface Passage {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

/** Most records that a search gives. */
const mostFound = 50;

/** So long reading goes on before requests are answered, in milliseconds, and so many turns of the loop they have. */
const slice = 15;
const turns = 8;

/**
 * Lets requests through while many records are read: an answer takes several turns of the event loop. A timer in place
 * of them would make reading wait where nobody asks for anything.
 */
function politely(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < slice) return;
    for (let i = 0; i < turns; i++) await new Promise<void>((resolve) => void setImmediate(resolve));
    last = performance.now();
  };
}

/** Opens a project for the workbench. @throws Failure where it does not open */
export function openDesk({ fs, options, home, source: first, incoming, against }: DeskSettings): Desk {
  const drafts = draftsIn(fs, home);
  const open = (): Project => withPending(openProject(fs, options()), () => pendingSources(project, drafts));
  let project = open();
  let names = namesIn(fs, project);
  const sourceOf = (id: string): SourceMessage =>
    sourceMessage(project, id, drafts, names(), (table) => openAt(table, id));
  let check: RecordChecker = recordChecker(project, () => names().lines);
  let index: Promise<RecordIndex> | undefined;
  const indexed = (): Promise<RecordIndex> => (index ??= indexRecords(project, politely()));
  const reopen = (): void => {
    project = open();
    names = namesIn(fs, project);
    check = recordChecker(project, () => names().lines);
  };
  const otherProject = (): Project => {
    if (against === undefined) throw new Failure(sentence`there is no other coding: start with ${option('against')}`);
    return openProject(fs, { ...options(), raw: against });
  };
  const typeOf = (table: string): RecordType => {
    const type = project.types.find(({ name }) => name === table);
    if (type === undefined) throw new Failure(`no table is called ${quoted(table)}`);
    return type;
  };
  const fileOf = (table: string, id: string): RecordFile | undefined => names().files.get(`${table}/${id}`);

  /** A record as it is on the disk now: its own file, or a line of NDJSON. */
  const openAt = (table: string, id: string): OpenRecord | undefined => {
    const file = fileOf(table, id);
    if (file !== undefined) return openRecord(fs, project, file);
    return names().all.has(`${table}/${id}`) ? recordLine(fs, project, table, id) : undefined;
  };
  // a name that is wrong is better known before the browser opens
  if (first !== undefined) sourceOf(first);
  /** The line that was opened last: a check of it must not look through the whole file with each letter. */
  let lastLine: { readonly key: string; readonly opened: OpenRecord } | undefined;
  const openedBefore = (table: string, id: string): OpenRecord | undefined =>
    lastLine?.key === `${table}/${id}` ? lastLine.opened : openAt(table, id);

  /** A record as it is in its file now; undefined where there is none. */
  const recordAt = (table: string, id: string): RecordMessage | undefined => {
    const type = typeOf(table);
    const opened = openAt(table, id);
    const unread = opened === undefined ? fileOf(table, id) : undefined;
    if (unread !== undefined)
      throw new Failure(`${unread.shown} could not be read as a record: see \`npx demarche validate\``);
    if (opened === undefined) return undefined;
    if (opened.line > 0) lastLine = { key: `${table}/${id}`, opened };
    const { file, line, text, value } = opened;
    const draft = keptContent(drafts.read(table, id));
    const shown = line === 0 ? file.shown : `${file.shown}:${line}`;
    const known = { table, id, draftName: id, shown, digest: sha256Of(text), draft };
    return { ...known, ...contentOf(value, spansOf(type)) };
  };

  /** The identifiers of a table's files, folded. */
  const takenIn = (table: string): ReadonlySet<string> => names().taken.get(table) ?? new Set();

  /** The identifier of a record without a file: the one that it has, else one from its first values. */
  const identifierOf = (type: RecordType, value: JsonObject): string | undefined => {
    const own = type.key === undefined ? undefined : member(value, type.key);
    if (typeof own === 'string' || typeof own === 'number') return String(own);
    try {
      return proposeId(type, settingsIn(type.shape, value), takenIn(type.name));
    } catch (error) {
      if (error instanceof Failure) return undefined;
      throw error;
    }
  };

  /** The record with the identifier that it would be saved under. */
  const identified = (type: RecordType, value: JsonObject, id: string | undefined): JsonObject =>
    type.key === undefined || id === undefined || member(value, type.key) !== undefined
      ? value
      : {
          ...value,
          [type.key]: type.shape.properties.get(type.key)?.shape.types.has('string') === false ? Number(id) : id,
        };

  const checkEdited = (edited: Edited): Checked => {
    const type = typeOf(edited.table);
    const at = spansOf(type);
    const proposed = edited.id === '' ? identifierOf(type, edited.value) : undefined;
    const known = openedBefore(edited.table, edited.id);
    const file = known?.file ?? placeholderFile(project, type, proposed ?? 'new');
    const content = { ...edited, value: identified(type, edited.value, proposed) };
    let value: JsonObject;
    try {
      value = recordOf(project, content, known?.value, at);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { problems: [failureProblem(error, file, at)].map(problemMessage), missing: [], id: proposed };
    }
    const line = known?.line ?? 0;
    const text = printCanonical(value, structureOf(type.shape), line === 0 ? 'file' : 'line');
    const { problems, missing } = check(file, text, line);
    return { problems: problems.map(problemMessage), missing, id: proposed };
  };

  /** Writes a record that has no errors; nothing where its file is not what it was. */
  const saveEdited = (edited: Edited, digest: string | undefined): SaveMessage => {
    const type = typeOf(edited.table);
    const id = edited.id === '' ? (identifierOf(type, edited.value) ?? '') : edited.id;
    const known = id === '' ? undefined : openAt(edited.table, id);
    const isTaken = known !== undefined || fileOf(edited.table, id) !== undefined;
    const isOther = digest === undefined ? isTaken : sha256Of(known?.text ?? '') !== digest;
    if (isOther) return { conflict: recordAt(edited.table, id) };
    // the name of a file says the same of its record
    if (
      known !== undefined &&
      known.line > 0 &&
      type.key !== undefined &&
      member(edited.value, type.key) !== member(known.value, type.key)
    )
      throw new Failure(`${quoted(id)}: an identifier never changes`);
    const file = known?.file ?? fileOfNew(project, type, id, takenIn(type.name));
    const content = { ...edited, value: identified(type, edited.value, id) };
    const value = recordOf(project, content, known?.value, spansOf(type));
    const line = known?.line ?? 0;
    const saved = saveRecord(project, { file, line, value, before: known?.text }, check);
    if ('problems' in saved) return { refused: saved.problems.map(problemMessage) };
    if ('theirs' in saved) {
      reopen();
      return { conflict: recordAt(edited.table, id) };
    }
    drafts.remove(edited.table, edited.draftName);
    if (digest === undefined || sourceTables(project).includes(type.name)) reopen();
    void index?.then((all) => all.get(type.name)?.set(foldedId(id), indexRecord(type, file, value)));
    const record = recordAt(edited.table, id);
    if (record === undefined) throw new Failure(`${file.shown} is gone`);
    return { saved: record };
  };

  return {
    start() {
      const model = fieldModel(project.types, sourceTables(project));
      const { dataset } = project.folder;
      const repository = findRepository([project.schemaPath, project.rawPath]);
      return {
        title: dataset.title ?? dataset.name,
        ...model,
        source: first,
        git: 'root' in repository,
        drafts: draftsOf(drafts),
        incoming,
        hasOther: against !== undefined,
        user: 'root' in repository ? repository.user() : undefined,
      };
    },
    source: (id) => sourceOf(id),
    marks: async (id) => marksOf(await indexed(), sourceTables(project), id),
    record(table, id) {
      const record = recordAt(table, id);
      if (record === undefined) throw new Failure(`no record of ${table} is called ${quoted(id)}`);
      return record;
    },
    fresh(table, name) {
      const type = typeOf(table);
      const draftName = name ?? `${newDraft}${randomUUID()}`;
      const draft = keptContent(drafts.read(table, draftName));
      return {
        table,
        id: '',
        shown: '',
        digest: undefined,
        draftName,
        draft,
        value: beginning(project, type),
        spans: [],
      };
    },
    check: checkEdited,
    keep: ({ table, draftName, value, spans }) => {
      drafts.write(typeOf(table).name, draftName, { value, spans: spans.map(plainSpan) });
    },
    drafts: () => draftsOf(drafts),
    discard: (table, draftName) => drafts.remove(typeOf(table).name, draftName),
    save: saveEdited,
    toText: documentText,
    takeIn({ table, id: given, text, url }) {
      const type = typeOf(table);
      const taken = new Set([...takenIn(table), ...pendingSources(project, drafts).keys()]);
      const title = text.trim().split('\n')[0]?.trim() ?? '';
      const id =
        given === undefined
          ? proposeId(type, [{ pointer: '', value: title, shape: type.shape }], taken, () => [text])
          : checkId(given, taken);
      const document = takeInBytes(
        fs,
        { bytes: Buffer.from(text), from: 'the document', name: `${id}.txt` },
        project.options.sources.path,
      );
      document.copy();
      const known = [...documentSettings(type, document), ...urlSettings(type, url)];
      const value = known.reduce<JsonObject>(
        (record, { pointer, value: each }) => withValueAt(record, pointer, each),
        identified(type, beginning(project, type), id),
      );
      const draftName = `${newDraft}${randomUUID()}`;
      drafts.write(table, draftName, { value, spans: [] });
      reopen();
      return {
        table,
        id: '',
        shown: '',
        digest: undefined,
        draftName,
        draft: undefined,
        value,
        spans: [],
      };
    },
    async differing(source) {
      if (against === undefined) return [];
      const { tables } = await agreement(project, { against, tables: codedTables(project) });
      const all = await indexed();
      const others = await indexRecords(otherProject(), politely());
      const isAbout = (records: RecordIndex, table: string, id: string): boolean =>
        citesIn(records.get(table)?.get(foldedId(id)), source);
      const settled = new Set(
        decisionsIn(project, against.path).map(({ table, first: a, second: b }) => pairOf(table, a, b)),
      );
      const differing = tables.flatMap(({ table, onlyA, onlyB, disagreements }) => {
        const pairs = new Map(disagreements.map(({ a, b }) => [`${a} ${b}`, { table, first: a, second: b }]));
        return [
          ...[...pairs.values()].filter(({ first: a }) => isAbout(all, table, a)),
          ...onlyA.filter((id) => isAbout(all, table, id)).map((id) => ({ table, first: id, second: undefined })),
          ...onlyB.filter((id) => isAbout(others, table, id)).map((id) => ({ table, first: undefined, second: id })),
        ];
      });
      return differing
        .map((pair) => ({ ...pair, settled: settled.has(pairOf(pair.table, pair.first, pair.second)) }))
        .toSorted((a, b) => Number(a.settled) - Number(b.settled));
    },
    other(table, id) {
      const theirs = otherProject();
      const file = theirs.files.find((each) => each.table === table && each.stem === id && each.holds === 'record');
      const opened = file === undefined ? recordLine(fs, theirs, table, id) : openRecord(fs, theirs, file);
      if (opened === undefined) throw new Failure(`the other coding has no record ${quoted(id)} in ${table}`);
      const type = typeOf(table);
      const content = contentOf(opened.value, spansOf(type));
      // where this coding has the name for something else, a new one is proposed
      const isTaken = type.key !== undefined && names().all.has(`${table}/${id}`);
      const { value } = isTaken ? removeAt(content, below('', type.key)) : content;
      // their spans are new here
      const fresh = content.spans.map((span) => ({ ...span, origin: undefined }));
      return {
        table,
        id,
        shown: opened.file.shown,
        digest: undefined,
        draftName: '',
        draft: undefined,
        value,
        spans: fresh,
      };
    },
    decide(decisions) {
      if (against === undefined) throw new Failure(sentence`there is no other coding: start with ${option('against')}`);
      keepDecisions(project, against.path, decisions);
    },
    async queue() {
      return queueOf(project, await indexed(), politely());
    },
    async alike(edited) {
      const type = typeOf(edited.table);
      const file = placeholderFile(project, type, 'new');
      const entry = { ...indexRecord(type, file, edited.value), spans: edited.spans };
      const own = edited.id === '' ? undefined : edited.id;
      return alikeIn(entry, own, (await indexed()).get(type.name)?.values() ?? []);
    },
    async suggest(id) {
      const { text, first: from } = sourceOf(id);
      return text === undefined ? [] : suggestionsIn(text, from, await indexed());
    },
    async passOver({ source: id, start, end, reason }) {
      const { table } = sourceOf(id);
      const at = uncodedAt(typeOf(table));
      const record = recordAt(table, id);
      if (at === undefined) throw new Failure(`the schema of ${table} has no list under x-uncoded to keep this in`);
      if (record === undefined) throw new Failure(`save the record of ${quoted(id)} first`);
      const before = resolvePointer(record.value, at);
      const reasons = isArray(before) ? before : [];
      const known = reasons.indexOf(reason);
      const pointer = below(at, known < 0 ? reasons.length : known);
      const value = known < 0 ? withValueAt(record.value, at, [...reasons, reason]) : record.value;
      return saveEdited(
        { ...record, ...citing({ ...record, value }, { source: id, start, end }, [pointer]) },
        record.digest,
      );
    },
    review(id, given) {
      const { table } = sourceOf(id);
      const { review: name } = typeOf(table);
      const record = recordAt(table, id);
      if (name === undefined) throw new Failure(`the schema of ${table} has no object under x-review to keep this in`);
      if (record === undefined) throw new Failure(`save the record of ${quoted(id)} first`);
      const at = below('', name);
      const content = given === undefined ? removeAt(record, at) : setAt(record, at, { ...given });
      return saveEdited({ ...record, ...content }, record.digest);
    },
    changes() {
      reopen();
      const { files, branch, report } = pendingChanges(project);
      return { files, branch, report: report === undefined ? '' : renderReport(report) };
    },
    async commit(message, branch) {
      reopen();
      const made = await commitChanges(project, { message, branch });
      return 'problems' in made ? { refused: refusalMessage(made.problems) } : made;
    },
    async find(tables, words) {
      const all = await indexed();
      return found(tables.length === 0 ? [...all.keys()] : tables, all, words);
    },
  };
}

/** What records there are. */
interface Names {
  /** The files that hold one record, by `table/identifier`. */
  readonly files: ReadonlyMap<string, RecordFile>;
  readonly lines: readonly RecordLine[];
  /** All records, as `table/identifier`. */
  readonly all: ReadonlySet<string>;
  /** The identifiers of each table, folded. */
  readonly taken: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Looks through the names of all files once, when one is first asked for. */
function namesIn(fs: FileSystem, project: Project): () => Names {
  let known: Names | undefined;
  return () => {
    if (known !== undefined) return known;
    const files = new Map<string, RecordFile>();
    const taken = new Map<string, Set<string>>();
    const take = ({ table, stem }: RecordFile): void => {
      const ids = taken.get(table) ?? new Set();
      taken.set(table, ids.add(foldedId(stem)));
    };
    for (const file of project.files) {
      if (file.holds === 'record') files.set(`${file.table}/${file.stem}`, file);
      take(file);
    }
    const lines = recordLines(fs, project);
    for (const { named } of lines) take(named);
    const all = new Set([...files.keys(), ...lines.map(({ named }) => `${named.table}/${named.stem}`)]);
    known = { files, lines, all, taken };
    return known;
  };
}

function pairOf(table: string, a: string | undefined, b: string | undefined): string {
  return JSON.stringify([table, a ?? '', b ?? '']);
}

/** What the name of a draft begins with whose record has no file. */
const newDraft = '~';

function draftsOf(drafts: Drafts): readonly DraftSummary[] {
  return drafts.list().flatMap(([table, draftName]) => {
    if (!draftName.startsWith(newDraft)) return [];
    const content = keptContent(drafts.read(table, draftName));
    const texts = Object.entries(content?.value ?? {}).flatMap(([key, value]) =>
      typeof value === 'string' && key !== schemaLink ? [value] : [],
    );
    return content === undefined ? [] : [{ table, draftName, label: texts.join(', ').slice(0, 120) }];
  });
}

/** The values of a record, as the proposal of an identifier looks at them. */
function settingsIn(shape: Shape, value: Json, pointer = ''): readonly Setting[] {
  if (isObject(value)) {
    return [...shape.properties.values()].flatMap(({ name, shape: inner }) => {
      const own = member(value, name);
      return own === undefined || name === schemaLink ? [] : settingsIn(inner, own, below(pointer, name));
    });
  }
  return isArray(value) ? [] : [{ pointer, value, shape }];
}

/** Most problems that the page lists of those that keep a commit from being made. */
const mostListed = 100;

function refusalMessage(problems: readonly Problem[]): readonly string[] {
  return problems.slice(0, mostListed).map(({ file, line, message }) => `${file}:${line}: ${message}`);
}

/** The problem that a record cannot be put together. */
function failureProblem(error: Failure, file: RecordFile, at: string | undefined): Problem {
  return {
    file: file.shown,
    line: 1,
    column: 1,
    pointer: at ?? '',
    rule: 'span-incomplete',
    severity: 'error',
    message: error.message,
    hint: undefined,
  };
}

/** The file of a record that has none yet, so that it can be checked. */
function placeholderFile(project: Project, type: RecordType, id: string): RecordFile {
  const at = path.join(project.folderOf(type.name), `${id}.json`);
  const name = path.relative(project.rawPath, at).split(path.sep).join('/');
  const shown = path.join(project.rawShown, path.relative(project.rawPath, at));
  const form = { holds: 'record', notation: 'json', packed: false } as const;
  return { table: type.name, path: at, shown, name, stem: id, ...form, select: undefined };
}

/** What a new record says of itself before anybody has written in it. */
function beginning(project: Project, type: RecordType): JsonObject {
  if (!type.shape.properties.has(schemaLink)) return {};
  const schema = path.join(project.schemaPath, type.file);
  return { [schemaLink]: path.relative(project.folderOf(type.name), schema).split(path.sep).join('/') };
}

function plainSpan({ source, start, end, supports, origin }: RecordContent['spans'][number]): JsonObject {
  return { source, start, end, supports, ...(origin === undefined ? {} : { origin }) };
}

/** The sources whose records are drafts yet, by identifier: their texts can be cited already. */
function pendingSources(project: Project, drafts: Drafts): ReadonlyMap<string, PendingSource> {
  const tables = new Set(sourceTables(project));
  const pending = new Map<string, PendingSource>();
  for (const [table, draftName] of drafts.list()) {
    const type = tables.has(table) ? project.types.find(({ name }) => name === table) : undefined;
    const value = type === undefined ? undefined : keptContent(drafts.read(table, draftName))?.value;
    const at = type === undefined ? undefined : documentAt(type);
    const id = value === undefined || type?.key === undefined ? undefined : member(value, type.key);
    const document = value === undefined || at === undefined ? undefined : toDocument(resolvePointer(value, at));
    if (typeof id === 'string' && document !== undefined) pending.set(id, { table, draftName, document });
  }
  return pending;
}

interface PendingSource {
  readonly table: string;
  readonly draftName: string;
  readonly document: SourceDocument;
}

/** The project in which sources that are drafts yet have documents too. */
function withPending(project: Project, pending: () => ReadonlyMap<string, PendingSource>): Project {
  const documentOf = (id: string): SourceDocument | undefined => project.sources.get(id) ?? pending().get(id)?.document;
  return { ...project, validation: { ...project.validation, documentOf } };
}

function sourceMessage(
  project: Project,
  id: string,
  drafts: Drafts,
  names: Names,
  opened: (table: string) => OpenRecord | undefined,
): SourceMessage {
  const own = sourceTables(project).find((name) => names.all.has(`${name}/${id}`));
  const table = own ?? pendingSources(project, drafts).get(id)?.table;
  if (table === undefined) {
    const hint = didYouMean(id, project.sources.keys());
    throw new Failure(`no source is called ${quoted(id)}${hint === undefined ? '' : ` (${hint})`}`);
  }
  const record = own === undefined ? undefined : opened(own);
  const { label, review } = record === undefined ? {} : indexRecord(record.type, record.file, record.value);
  const document = project.validation.documentOf(id);
  const text = document === undefined ? undefined : project.validation.documents(document.file);
  const known = { table, id, label, review, first: document?.start ?? 0 };
  if (document === undefined) return { ...known, text: undefined, reason: 'It has no document.' };
  if (text?.slice === undefined)
    return { ...known, text: undefined, reason: `The text of ${quoted(document.file)} is not available here.` };
  if (text.sha256 !== document.sha256)
    return {
      ...known,
      text: undefined,
      reason: `The text of ${quoted(document.file)} has changed: run \`npx demarche reanchor ${id}\`.`,
    };
  return { ...known, text: text.slice(document.start ?? 0, document.end ?? text.length), reason: undefined };
}

function citesIn(entry: IndexedRecord | undefined, source: string): boolean {
  return entry !== undefined && cites(entry, source);
}

/** The records that cite a source, its own record among them, and their spans. */
function marksOf(index: RecordIndex, sources: readonly string[], id: string): MarksMessage {
  const records: RecordSummary[] = [];
  const marks: MarkedSpan[] = [];
  for (const [table, entries] of index) {
    for (const entry of entries.values()) {
      const own = entry.spans.filter((span) => span.source === id);
      if (own.length > 0 || (entry.id === id && sources.includes(table))) records.push(summaryOf(entry));
      for (const { start, end, supports } of own) marks.push({ table, id: entry.id, start, end, supports });
    }
  }
  return { records, marks };
}

function summaryOf({ file, id, label, withdrawn }: IndexedRecord): RecordSummary {
  return { table: file.table, id, label, withdrawn };
}

/** Records whose identifier, label or another name holds the words; those that begin with them first. */
function found(tables: readonly string[], index: RecordIndex, words: string): readonly RecordSummary[] {
  const wanted = words.toLowerCase().trim();
  const hits: { readonly entry: IndexedRecord; readonly rank: number }[] = [];
  for (const table of tables) {
    for (const entry of index.get(table)?.values() ?? []) {
      const rank = rankOf(entry, wanted);
      if (rank !== undefined) hits.push({ entry, rank });
    }
  }
  return hits
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, mostFound)
    .map(({ entry }) => summaryOf(entry));
}

function rankOf({ names }: IndexedRecord, wanted: string): number | undefined {
  if (names.includes(wanted)) return 0;
  if (names.some((name) => name.startsWith(wanted))) return 1;
  return names.some((name) => name.includes(wanted)) ? 2 : undefined;
}
