import { Failure } from '../../base/problem.ts';
import { lazy } from '../../base/lazy.ts';
import { foldedId, quoted } from '../../base/text.ts';
import { type FileSystem, kindAt } from '../../disk/fileSystem.ts';
import { type Project, type UnlistedProject, openUnlisted } from '../../project/openProject.ts';
import type { ProjectOptions } from '../../project/options.ts';
import { type OpenRecord, openRecord, recordLine } from '../../project/recordFiles.ts';
import { type IndexedRecord, type RecordIndex, emptyIndex, indexRecords } from '../../project/recordIndex.ts';
import type { RecordFile } from '../../read/records.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import { type RecordChecker, recordChecker } from '../../verbs/checkRecord.ts';
import { type CitingFiles, citingFilesIn } from './citingFiles.ts';
import { type CitingSearch, citingSearch } from './citingSearch.ts';
import { type Drafts, draftsIn } from './drafts.ts';
import { pendingSources } from './pendingSources.ts';
import { politely } from './politely.ts';
import { type RecordNames, recordNames } from './recordNames.ts';

/** The dataset that the page works on, shared by all requests. */
export interface OpenDataset {
  readonly fs: FileSystem;
  readonly drafts: Drafts;
  /** The project as last opened. */
  readonly project: Project;
  readonly check: RecordChecker;
  readonly names: RecordNames;
  /** An index of all records, which are read on the first call. */
  readonly indexed: () => Promise<RecordIndex>;
  /** The same, as far as the records have been read. */
  readonly indexedSoFar: () => Indexed;
  /** The records that cite a source, as far as they can be found quickly, without reading all records. */
  readonly citing: (source: string) => Promise<Indexed>;
  /** Updates the index after a record was saved. */
  readonly noteSaved: (table: string, record: IndexedRecord) => void;
  readonly noteRemoved: (table: string, id: string) => void;
  /** Notes the file of a record that was saved for the first time. */
  readonly noteFile: (file: RecordFile) => void;
  /** Opens the project again, after something else was changed. */
  readonly reopen: () => void;
  /** @throws Failure if no table has this name */
  readonly typeOf: (table: string) => RecordType;
  /** The file that contains only this record; undefined if there is none. */
  readonly fileOf: (table: string, id: string) => RecordFile | undefined;
  /** A record as it is on the disk now: its own file, or a line of NDJSON. */
  readonly openAt: (table: string, id: string) => OpenRecord | undefined;
  /** The same, but the line that was opened last as it was then: a check on each key press must not search for it. */
  readonly openedBefore: (table: string, id: string) => OpenRecord | undefined;
  /** The identifiers of a table's files, with case and accents folded. */
  readonly takenIn: (table: string) => ReadonlySet<string>;
}

/** Some of the records, or all. */
export interface Indexed {
  readonly index: RecordIndex;
  /** Whether these are all records. */
  readonly isComplete: boolean;
}

/** The folders of the dataset. */
export interface DatasetSettings {
  readonly fs: FileSystem;
  readonly options: () => ProjectOptions;
  /** Root of the dataset, where drafts are kept. */
  readonly home: string;
  /** The folder of a second coding, if there is one. */
  readonly second?: string | undefined;
  /** Identifier of the source to open first. */
  readonly source: string | undefined;
}

/** The part that changes when the project is opened again. */
interface Opened extends UnlistedProject {
  readonly names: RecordNames;
  readonly check: () => RecordChecker;
}

/** Opens a dataset to work on. @throws Failure if it cannot be opened */
export function openDataset({ fs, options, home, second, source }: DatasetSettings): OpenDataset {
  const drafts = draftsIn(fs, home, second);
  const first = options();
  const kept = citingFilesIn(fs, home, first.raw.path);
  // other threads search while the schemas load
  const search = citingSearch(() => opened, kept, { fs, folder: first.raw.path });
  if (source !== undefined) search.begin(source);
  let opened = openOnce(fs, first, drafts);
  const knowledge = knowledgeOf(() => opened, kept, search);
  let lastLine: { readonly key: string; readonly opened: OpenRecord } | undefined;
  // a file that was found when the project was opened may be gone
  const fileOf = (table: string, id: string): RecordFile | undefined => {
    const file = opened.names.fileOf(table, id);
    return file === undefined || kindAt(fs, file.path) === undefined ? undefined : file;
  };
  const openAt = (table: string, id: string): OpenRecord | undefined => {
    const key = `${table}/${id}`;
    const file = fileOf(table, id);
    if (file !== undefined) return openRecord(fs, opened.project, file);
    const { names, project } = opened;
    const line = names.has(table, id) ? recordLine(fs, project, table, id) : undefined;
    if (line !== undefined) lastLine = { key, opened: line };
    return line;
  };
  return {
    fs,
    drafts,
    get project() {
      return opened.project;
    },
    get check() {
      return opened.check();
    },
    get names() {
      return opened.names;
    },
    ...knowledge,
    noteFile: (file) => opened.names.add(file),
    reopen() {
      opened = openOnce(fs, options(), drafts);
    },
    typeOf: (table) => typeIn(opened.project, table),
    fileOf,
    openAt,
    openedBefore: (table, id) => (lastLine?.key === `${table}/${id}` ? lastLine.opened : openAt(table, id)),
    takenIn: (table) => opened.names.taken(table),
  };
}

/** What is known about the records. All are read once; until then, those that cite a source can be looked up. */
function knowledgeOf(
  opened: () => Opened,
  kept: CitingFiles,
  search: CitingSearch,
): Pick<OpenDataset, 'indexed' | 'indexedSoFar' | 'citing' | 'noteSaved' | 'noteRemoved'> {
  const { indexed, indexedSoFar, whenRead } = allRecords(opened, kept);
  return {
    indexed,
    indexedSoFar,
    async citing(source) {
      const now = indexedSoFar();
      return now.isComplete ? now : { index: await search.end(source), isComplete: false };
    },
    noteSaved(table, record) {
      search.forget();
      kept.add(record);
      void whenRead((all) => {
        all.get(table)?.set(foldedId(record.id), record);
        kept.add(record);
      });
    },
    noteRemoved(table, id) {
      search.forget();
      // the list of citing files may still name the file: that does no harm
      void whenRead((all) => void all.get(table)?.delete(foldedId(id)));
    },
  };
}

/** The index of all records. The first call reads them. */
interface AllRecords extends Pick<OpenDataset, 'indexed' | 'indexedSoFar'> {
  /** Changes the index when all records have been read, since one may have been read before it was changed. */
  readonly whenRead: (change: (all: RecordIndex) => void) => Promise<void>;
}

function allRecords(opened: () => Opened, kept: CitingFiles): AllRecords {
  let index: Promise<RecordIndex> | undefined;
  let complete: RecordIndex | undefined;
  let soFar: RecordIndex | undefined;
  const readAll = async (): Promise<RecordIndex> => {
    const { project, names, check } = opened();
    const breathe = politely();
    await names.learn(breathe);
    // load early what the first check needs
    check();
    try {
      soFar = emptyIndex(project);
      complete = await indexRecords(project, breathe, { into: soFar });
    } catch (error) {
      // the file of a record that was deleted in the meantime is missing
      if (opened().project !== project) return readAll();
      throw error;
    }
    kept.keepAll(complete);
    return complete;
  };
  // after a failure, all are read again for the next request
  const settled = (): void => void (index = complete === undefined ? undefined : index);
  return {
    indexed: () => (index ??= readAll().finally(settled)),
    indexedSoFar() {
      const now = complete ?? soFar ?? emptyIndex(opened().project);
      return { index: now, isComplete: complete !== undefined };
    },
    async whenRead(change) {
      const all = complete ?? (await index?.catch(() => undefined));
      if (all !== undefined) change(all);
    },
  };
}

function openOnce(fs: FileSystem, options: ProjectOptions, drafts: Drafts): Opened {
  const unlisted = openUnlisted(fs, options, (types) => (id) => pendingSources({ types }, drafts).get(id)?.document);
  const names = recordNames(unlisted);
  return { ...unlisted, names, check: lazy(() => recordChecker(unlisted.project, names)) };
}

function typeIn({ types }: Project, table: string): RecordType {
  const type = types.find(({ name }) => name === table);
  if (type === undefined) throw new Failure(`no table is called ${quoted(table)}`);
  return type;
}
