import { Failure } from '../../base/problem.ts';
import { lazy } from '../../base/lazy.ts';
import { foldedId, quoted } from '../../base/text.ts';
import { type FileSystem, kindAt } from '../../disk/fileSystem.ts';
import { type Project, openProject } from '../../project/openProject.ts';
import type { ProjectOptions } from '../../project/options.ts';
import { type OpenRecord, openRecord, recordLine } from '../../project/recordFiles.ts';
import { type IndexedRecord, type RecordIndex, indexRecords } from '../../project/recordIndex.ts';
import type { RecordFile } from '../../read/records.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import { type RecordChecker, recordChecker } from '../../verbs/checkRecord.ts';
import { type CitingFiles, citingFilesIn } from './citingFiles.ts';
import { type Drafts, draftsIn } from './drafts.ts';
import { pendingSources, withPending } from './pendingSources.ts';
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
  /** Starts to look for the records that cite a source, before the page asks for them. */
  readonly lookFor: (source: string) => void;
  /** The records that cite a source, as far as they can be found quickly, without reading all records. */
  readonly citing: (source: string) => Promise<Citing>;
  /** Updates the index after a record was saved. */
  readonly noteSaved: (table: string, record: IndexedRecord) => void;
  readonly noteRemoved: (table: string, id: string) => void;
  /** Opens the project again, after records were added or removed. */
  readonly reopen: () => void;
  /** The same, before anything else is asked of it, but after the answer to this request. */
  readonly reopenNext: () => void;
  /** @throws Failure if no table has this name */
  readonly typeOf: (table: string) => RecordType;
  /** The file that contains only this record; undefined if there is none now. */
  readonly fileOf: (table: string, id: string) => RecordFile | undefined;
  /** A record as it is on the disk now: its own file, or a line of NDJSON. */
  readonly openAt: (table: string, id: string) => OpenRecord | undefined;
  /** The same, but the last opened line as it was then: a check on each key press must not search for it. */
  readonly openedBefore: (table: string, id: string) => OpenRecord | undefined;
  /** The identifiers of a table's files, with case and accents folded. */
  readonly takenIn: (table: string) => ReadonlySet<string>;
}

/** Records, those that cite a source among them. */
export interface Citing {
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
}

/** What changes when the project is opened again. */
interface Opened {
  readonly project: Project;
  readonly names: RecordNames;
  readonly check: () => RecordChecker;
}

/** Opens a dataset to work on. @throws Failure if it cannot be opened */
export function openDataset({ fs, options, home, second }: DatasetSettings): OpenDataset {
  const drafts = draftsIn(fs, home, second);
  const { opened, last, reopen, reopenNext } = opener(() => openOnce(fs, options(), drafts));
  const knowledge = knowledgeOf(opened, citingFilesIn(fs, home, opened().project.rawPath));
  let lastLine: { readonly key: string; readonly opened: OpenRecord } | undefined;
  // a file that was found when the project was opened may be gone
  const fileOf = (table: string, id: string): RecordFile | undefined => {
    const file = opened().names.fileOf(table, id);
    return file === undefined || kindAt(fs, file.path) === undefined ? undefined : file;
  };
  const openAt = (table: string, id: string): OpenRecord | undefined => {
    const key = `${table}/${id}`;
    const file = fileOf(table, id);
    if (file !== undefined) return openRecord(fs, opened().project, file);
    const { names, project } = opened();
    const line = names.has(table, id) ? recordLine(fs, project, table, id) : undefined;
    if (line !== undefined) lastLine = { key, opened: line };
    return line;
  };
  return {
    fs,
    drafts,
    get project() {
      return opened().project;
    },
    get check() {
      return opened().check();
    },
    get names() {
      return opened().names;
    },
    ...knowledge,
    reopen,
    reopenNext,
    // drafts are kept even while the project cannot be opened again
    typeOf: (table) => typeIn(last().project, table),
    fileOf,
    openAt,
    openedBefore: (table, id) => (lastLine?.key === `${table}/${id}` ? lastLine.opened : openAt(table, id)),
    takenIn: (table) => opened().names.taken(table),
  };
}

interface Opener extends Pick<OpenDataset, 'reopen' | 'reopenNext'> {
  readonly opened: () => Opened;
  /** What was opened last, whether it is to be opened again or not. */
  readonly last: () => Opened;
}

/** Opens a project, and opens it again when that is asked for. */
function opener(open: () => Opened): Opener {
  let last = open();
  let isOld = false;
  const reopen = (): void => {
    last = open();
    isOld = false;
  };
  const opened = (): Opened => {
    if (isOld) reopen();
    return last;
  };
  return {
    opened,
    last: () => last,
    reopen,
    reopenNext() {
      isOld = true;
      setImmediate(() => {
        try {
          opened();
        } catch {
          // it is opened again for the next request, which then reports the error
        }
      });
    },
  };
}

/** The index of the records. All are read once; until then, the records that cite a source can be looked up. */
function knowledgeOf(
  opened: () => Opened,
  kept: CitingFiles,
): Pick<OpenDataset, 'indexed' | 'lookFor' | 'citing' | 'noteSaved' | 'noteRemoved'> {
  const searches = new Map<string, Promise<readonly RecordFile[]>>();
  let index: Promise<RecordIndex> | undefined;
  let complete: RecordIndex | undefined;
  const readAll = async (): Promise<RecordIndex> => {
    const { project, check } = opened();
    // load early what the first check needs
    check();
    try {
      complete = await indexRecords(project, politely());
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
  // a record may have been read before it was saved or deleted
  const whenRead = async (change: (all: RecordIndex) => void): Promise<void> => {
    const all = complete ?? (await index?.catch(() => undefined));
    if (all !== undefined) change(all);
  };
  return {
    indexed: () => (index ??= readAll().finally(settled)),
    lookFor(source) {
      if (complete === undefined) searches.set(source, candidates(opened().project, kept.of(source), source));
    },
    async citing(source) {
      const { project } = opened();
      const search = searches.get(source);
      // a search does not include records that are saved later
      searches.delete(source);
      const files = await (search ?? candidates(project, kept.of(source), source));
      if (complete !== undefined) return { index: complete, isComplete: true };
      const isWanted = (text: string): boolean => text.includes(source);
      return { index: await indexRecords(project, politely(), { files, isWanted }), isComplete: false };
    },
    noteSaved(table, record) {
      kept.add(record);
      void whenRead((all) => {
        all.get(table)?.set(foldedId(record.id), record);
        kept.add(record);
      });
    },
    // the list of citing files may still name the file: that does no harm
    noteRemoved: (table, id) => void whenRead((all) => void all.get(table)?.delete(foldedId(id))),
  };
}

/** The files that may cite a source: those that did before, or else those that contain its identifier. */
async function candidates(
  { fs, files }: Project,
  before: ReadonlySet<string> | undefined,
  source: string,
): Promise<readonly RecordFile[]> {
  if (before !== undefined) return files.filter(({ name, stem }) => stem === source || before.has(name));
  const isPlain = ({ holds, packed }: RecordFile): boolean => holds === 'record' && !packed;
  const paths = files.filter((file) => isPlain(file)).map(({ path }) => path);
  // without threads, or if one fails, search all files
  const holding = await fs.holding?.(paths, source).catch(() => undefined);
  if (holding === undefined) return files;
  return files.filter((file) => file.stem === source || !isPlain(file) || holding.has(file.path));
}

function openOnce(fs: FileSystem, options: ProjectOptions, drafts: Drafts): Opened {
  const plain = openProject(fs, options);
  const project = withPending(plain, () => pendingSources(plain, drafts));
  const names = recordNames(fs, project);
  return { project, names, check: lazy(() => recordChecker(project, names.lines)) };
}

function typeIn({ types }: Project, table: string): RecordType {
  const type = types.find(({ name }) => name === table);
  if (type === undefined) throw new Failure(`no table is called ${quoted(table)}`);
  return type;
}
