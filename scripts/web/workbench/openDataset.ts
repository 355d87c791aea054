import { Failure } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { type Project, openProject } from '../../project/openProject.ts';
import type { ProjectOptions } from '../../project/options.ts';
import { type OpenRecord, openRecord, recordLine } from '../../project/recordFiles.ts';
import { type RecordIndex, indexRecords } from '../../project/recordIndex.ts';
import type { RecordFile } from '../../read/records.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import { type RecordChecker, recordChecker } from '../../verbs/checkRecord.ts';
import { type Drafts, draftsIn } from './drafts.ts';
import { pendingSources, withPending } from './pendingSources.ts';
import { politely } from './politely.ts';
import { type RecordNames, recordNames } from './recordNames.ts';

/** The dataset that the page works on: what its requests share. */
export interface OpenDataset {
  readonly fs: FileSystem;
  readonly drafts: Drafts;
  /** The project as it was opened last. */
  readonly project: Project;
  readonly check: RecordChecker;
  readonly names: () => RecordNames;
  /** What is known of all records; they are read when this is first asked for. */
  readonly indexed: () => Promise<RecordIndex>;
  /** Changes the index once it is there; it is not made for this. */
  readonly updateIndex: (change: (index: RecordIndex) => void) => void;
  /** Opens the project again: records have come or gone. */
  readonly reopen: () => void;
  /** @throws Failure where no table is called so */
  readonly typeOf: (table: string) => RecordType;
  /** The file that holds a record alone. */
  readonly fileOf: (table: string, id: string) => RecordFile | undefined;
  /** A record as it is on the disk now: its own file, or a line of NDJSON. */
  readonly openAt: (table: string, id: string) => OpenRecord | undefined;
  /** The same, but the line that was opened last as it was: a check must not look for it with each letter. */
  readonly openedBefore: (table: string, id: string) => OpenRecord | undefined;
  /** The identifiers of a table's files, folded. */
  readonly takenIn: (table: string) => ReadonlySet<string>;
}

/** Where the dataset is. */
export interface DatasetSettings {
  readonly fs: FileSystem;
  readonly options: () => ProjectOptions;
  /** Top of the dataset: drafts are kept below it. */
  readonly home: string;
}

/** What changes when the project is opened again. */
interface Opened {
  readonly project: Project;
  readonly names: () => RecordNames;
  readonly check: RecordChecker;
}

/** Opens a dataset to work on. @throws Failure where it does not open */
export function openDataset({ fs, options, home }: DatasetSettings): OpenDataset {
  const drafts = draftsIn(fs, home);
  let opened = openOnce(fs, options(), drafts);
  let index: Promise<RecordIndex> | undefined;
  let lastLine: { readonly key: string; readonly opened: OpenRecord } | undefined;
  const fileOf = (table: string, id: string): RecordFile | undefined => opened.names().files.get(`${table}/${id}`);
  const openAt = (table: string, id: string): OpenRecord | undefined => {
    const key = `${table}/${id}`;
    const file = fileOf(table, id);
    if (file !== undefined) return openRecord(fs, opened.project, file);
    const line = opened.names().all.has(key) ? recordLine(fs, opened.project, table, id) : undefined;
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
      return opened.check;
    },
    names: () => opened.names(),
    indexed: () => (index ??= indexRecords(opened.project, politely())),
    updateIndex: (change) => void index?.then(change),
    reopen: () => void (opened = openOnce(fs, options(), drafts)),
    typeOf: (table) => typeIn(opened.project, table),
    fileOf,
    openAt,
    openedBefore: (table, id) => (lastLine?.key === `${table}/${id}` ? lastLine.opened : openAt(table, id)),
    takenIn: (table) => opened.names().taken.get(table) ?? new Set(),
  };
}

function openOnce(fs: FileSystem, options: ProjectOptions, drafts: Drafts): Opened {
  const plain = openProject(fs, options);
  const project = withPending(plain, () => pendingSources(plain, drafts));
  const names = recordNames(fs, project);
  return { project, names, check: recordChecker(project, () => names().lines) };
}

function typeIn({ types }: Project, table: string): RecordType {
  const type = types.find(({ name }) => name === table);
  if (type === undefined) throw new Failure(`no table is called ${quoted(table)}`);
  return type;
}
