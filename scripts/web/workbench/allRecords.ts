import { foldedId } from '../../base/text.ts';
import type { Project, UnlistedProject } from '../../project/openProject.ts';
import {
  type IndexedRecord,
  type RecordIndex,
  emptyIndex,
  indexAgain,
  indexRecords,
} from '../../project/recordIndex.ts';
import type { RecordFile } from '../../read/records.ts';
import type { CitingFiles } from './citingFiles.ts';
import type { CitingSearch } from './citingSearch.ts';
import { politely } from './politely.ts';
import type { RecordNames } from './recordNames.ts';

/** What is known about the records. All are read once; until then, those that cite a source can be looked up. */
export interface AllRecords {
  /** An index of all records, which are read on the first call. */
  readonly indexed: () => Promise<RecordIndex>;
  /** The same, as far as the records have been read. */
  readonly indexedSoFar: () => Indexed;
  /** The records that cite a source, as far as they can be found quickly, without reading all records. */
  readonly citing: (source: string) => Promise<Indexed>;
  /** Updates the index after a record was saved. */
  readonly noteSaved: (table: string, record: IndexedRecord) => void;
  readonly noteRemoved: (file: RecordFile, id: string) => void;
  /** Updates the index after other programs have changed files; `isChanged` tells which, by their paths. */
  readonly noteChanged: (isChanged: (file: string) => boolean) => void;
}

/** Some of the records, or all. */
export interface Indexed {
  readonly index: RecordIndex;
  /** Whether these are all records. */
  readonly isComplete: boolean;
}

/** What the records are read from. */
interface Parts {
  readonly opened: () => Opened;
  /** Opens the project again if other programs have changed something. */
  readonly refresh: () => void;
  readonly kept: CitingFiles;
  readonly search: CitingSearch;
}

interface Opened extends UnlistedProject {
  readonly names: RecordNames;
  readonly check: () => unknown;
}

/** How far the records have been read. */
interface Reading {
  /** Begun with the first call. */
  all: Promise<RecordIndex> | undefined;
  soFar: RecordIndex | undefined;
  complete: RecordIndex | undefined;
  /** Files that may have been read before they were changed, by their paths. */
  readonly changed: Map<string, RecordFile>;
}

export function allRecords(parts: Parts): AllRecords {
  const { opened, refresh, kept, search } = parts;
  const reading: Reading = { all: undefined, soFar: undefined, complete: undefined, changed: new Map() };
  const remember = (file: RecordFile): void => void reading.changed.set(file.path, file);
  // after a failure, all are read again for the next request
  const settled = (): void => void (reading.all = reading.complete === undefined ? undefined : reading.all);
  const indexedSoFar = (): Indexed => {
    const { complete, soFar } = reading;
    return { index: complete ?? soFar ?? emptyIndex(opened().project), isComplete: complete !== undefined };
  };
  return {
    indexed: () => (reading.all ??= readAll(parts, reading).finally(settled)),
    indexedSoFar,
    async citing(source) {
      if (reading.complete !== undefined) return indexedSoFar();
      const found = await search.end(source);
      // the search may have missed what was written while it went on
      refresh();
      if (reading.complete !== undefined) return indexedSoFar();
      indexAgain(opened().project, found, [...reading.changed.values()], (text) => text.includes(source));
      return { index: found, isComplete: false };
    },
    noteSaved(table, record) {
      kept.add(record);
      if (reading.complete === undefined) remember(record.file);
      else reading.complete.get(table)?.set(foldedId(record.id), record);
    },
    noteRemoved(file, id) {
      // the list of citing files may still name the file: that does no harm
      if (reading.complete === undefined) remember(file);
      else reading.complete.get(file.table)?.delete(foldedId(id));
    },
    noteChanged(isChanged) {
      const { project } = opened();
      const { complete } = reading;
      if (complete === undefined) return project.files.filter(({ path }) => isChanged(path)).forEach(remember);
      // other schemas can have other tables: all records are read again
      if (!hasTables(complete, project)) return void (reading.all = reading.soFar = reading.complete = undefined);
      update(project, complete, isChanged);
      kept.keepAll(complete);
    },
  };
}

/** Reads what has changed since a project was indexed: files that are new, gone or rewritten. */
function update(project: Project, index: RecordIndex, isChanged: (file: string) => boolean): void {
  const gone = new Map<string, RecordFile>();
  for (const records of index.values()) for (const { file } of records.values()) gone.set(file.path, file);
  const changed = project.files.filter(
    ({ path, select }) => select === undefined && (!gone.delete(path) || isChanged(path)),
  );
  indexAgain(project, index, [...changed, ...gone.values()]);
}

async function readAll(parts: Parts, reading: Reading): Promise<RecordIndex> {
  const { opened, refresh, kept } = parts;
  const { project, names, check } = opened();
  const breathe = politely();
  await names.learn(breathe);
  // load early what the first check needs
  check();
  const index = emptyIndex(project);
  reading.soFar = index;
  try {
    await indexRecords(project, breathe, { into: index });
  } catch (error) {
    // the file of a record that was deleted in the meantime is missing
    refresh();
    if (opened().project !== project) return readAll(parts, reading);
    throw error;
  }
  const now = opened().project;
  if (!hasTables(index, now)) return readAll(parts, reading);
  if (now !== project || reading.changed.size > 0) update(now, index, (file) => reading.changed.has(file));
  reading.changed.clear();
  reading.complete = index;
  kept.keepAll(index);
  return index;
}

/** Whether an index is one of the tables of a project. */
function hasTables(index: RecordIndex, { types }: Project): boolean {
  return types.length === index.size && types.every(({ name }) => index.has(name));
}
