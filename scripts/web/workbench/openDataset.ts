import { Failure } from '../../base/problem.ts';
import { lazy } from '../../base/lazy.ts';
import { quoted } from '../../base/text.ts';
import { type FileSystem, kindAt } from '../../disk/fileSystem.ts';
import { type Project, type UnlistedProject, openUnlisted } from '../../project/openProject.ts';
import type { ProjectOptions } from '../../project/options.ts';
import { type OpenRecord, openRecord, recordLine } from '../../project/recordFiles.ts';
import type { RecordFile } from '../../read/records.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import { type RecordChecker, recordChecker } from '../../verbs/checkRecord.ts';
import { type AllRecords, allRecords } from './allRecords.ts';
import { citingFilesIn } from './citingFiles.ts';
import { citingSearch } from './citingSearch.ts';
import { type Drafts, draftsIn } from './drafts.ts';
import { type FaultSearch, faultSearch } from './faultyRecords.ts';
import { pendingSources } from './pendingSources.ts';
import { type RecordNames, recordNames } from './recordNames.ts';
import { type WatchedFolders, watchFolders } from './watchedFolders.ts';

/** The dataset that the page works on, shared by all requests. */
export interface OpenDataset extends Pick<
  AllRecords,
  'indexed' | 'indexedSoFar' | 'citing' | 'noteSaved' | 'noteRemoved'
> {
  readonly fs: FileSystem;
  readonly drafts: Drafts;
  /** The project as last opened. */
  readonly project: Project;
  readonly check: RecordChecker;
  readonly names: RecordNames;
  /**
   * Takes over what other programs have changed in the folders of records. In a turn to write, the claim of this
   * program has changed the folder that contains them: that alone is no reason. @throws Failure if it does not open
   */
  readonly refresh: (when?: 'in turn') => void;
  /** The records with errors, as they are now: all of them, or what has been found so far. */
  readonly faulty: FaultSearch['faulty'];
  readonly faultySoFar: FaultSearch['faultySoFar'];
  /** Called before the file of a record is written, and its result afterwards. */
  readonly own: WatchedFolders['own'];
  /** Notes the file of a record that was saved for the first time. */
  readonly noteFile: (file: RecordFile) => void;
  /** How to read the project in another state of its files. */
  readonly optionsIn: (tree: FileSystem) => ProjectOptions;
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

/** The folders of the dataset. */
export interface DatasetSettings {
  readonly fs: FileSystem;
  /** `tree` is another state of the files; by default they are read as they are now. */
  readonly options: (tree?: FileSystem) => ProjectOptions;
  /** Root of the dataset, where drafts are kept. */
  readonly home: string;
  /** The folder of the second coding that is made here, and where the first one is. */
  readonly second?: { readonly folder: string; readonly first: () => ProjectOptions } | undefined;
  /** Identifier of the source or record to open first. */
  readonly source: string | undefined;
}

/** The part that changes when the project is opened again. */
interface Opened extends UnlistedProject {
  readonly names: RecordNames;
  readonly check: () => RecordChecker;
}

/** Opens a dataset to work on. @throws Failure if it cannot be opened */
export function openDataset({ fs: disk, options, home, second, source }: DatasetSettings): OpenDataset {
  const drafts = draftsIn(disk, home, second?.folder);
  const first = options();
  const watched = watchFolders(disk, first.raw.path);
  const { fs, own } = watched;
  const kept = citingFilesIn(fs, home, first.raw.path);
  // other threads search while the schemas load
  const search = citingSearch(() => opened, kept, { fs, folder: first.raw.path });
  if (source !== undefined) search.begin(source);
  let opened = openOnce(fs, first, drafts);
  const refresh = (when?: 'in turn'): void => {
    const changed = watched.changed();
    if (changed.size === 0 || (when === 'in turn' && changed.size === 1 && changed.has(first.raw.path))) return;
    const renewed = watched.renew(changed);
    try {
      opened = openOnce(fs, options(), drafts);
      records.noteChanged(renewed.isChanged);
    } catch (error) {
      renewed.takeBack();
      throw error;
    }
  };
  const records = allRecords({ opened: () => opened, refresh, kept, search });
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
    ...withFaults(
      records,
      faultSearch(() => opened),
    ),
    ...recordsAt(() => opened),
    refresh,
    own,
    optionsIn: options,
    noteFile: (file) => opened.names.add(file),
    reopen() {
      opened = openOnce(fs, options(), drafts);
    },
    typeOf: (table) => typeIn(opened.project, table),
    takenIn: (table) => opened.names.taken(table),
  };
}

/** What is known about the records, and which have errors: after a change, they are checked again. */
function withFaults(
  records: AllRecords,
  { faulty, faultySoFar, forget }: FaultSearch,
): AllRecords & Pick<FaultSearch, 'faulty' | 'faultySoFar'> {
  return {
    ...records,
    faulty,
    faultySoFar,
    noteSaved(table, record) {
      forget();
      records.noteSaved(table, record);
    },
    noteRemoved(file, id) {
      forget();
      records.noteRemoved(file, id);
    },
  };
}

function openOnce(fs: FileSystem, options: ProjectOptions, drafts: Drafts): Opened {
  const unlisted = openUnlisted(fs, options, (types) => (id) => pendingSources({ types }, drafts).get(id)?.document);
  const names = recordNames(unlisted);
  return { ...unlisted, names, check: lazy(() => recordChecker(unlisted.project, names)) };
}

/** Finds records on the disk. */
function recordsAt(opened: () => Opened): Pick<OpenDataset, 'fileOf' | 'openAt' | 'openedBefore'> {
  let last: { readonly key: string; readonly of: Project; readonly line: OpenRecord } | undefined;
  // a file that was found when the project was opened may be gone
  const fileOf = (table: string, id: string): RecordFile | undefined => {
    const { names, project } = opened();
    const file = names.fileOf(table, id);
    return file === undefined || kindAt(project.fs, file.path) === undefined ? undefined : file;
  };
  const openAt = (table: string, id: string): OpenRecord | undefined => {
    const { names, project } = opened();
    const file = fileOf(table, id);
    if (file !== undefined) return openRecord(project.fs, project, file);
    const line = names.has(table, id) ? recordLine(project.fs, project, table, id) : undefined;
    if (line !== undefined) last = { key: `${table}/${id}`, of: project, line };
    return line;
  };
  return {
    fileOf,
    openAt,
    openedBefore: (table, id) =>
      last?.key === `${table}/${id}` && last.of === opened().project ? last.line : openAt(table, id),
  };
}

function typeIn({ types }: Project, table: string): RecordType {
  const type = types.find(({ name }) => name === table);
  if (type === undefined) throw new Failure(`no table is called ${quoted(table)}`);
  return type;
}
