import path from 'node:path';
import { type FileSystem, errorCode } from '../../disk/fileSystem.ts';

/** When something was last changed; undefined if it is not there. */
interface Stamp {
  readonly at: number | undefined;
  /** When it was first read after that; undefined if it was not, or only this program has changed it. */
  readonly read?: number;
}

/** What is known of the folders of records, so that changes by other programs are noticed. */
export interface WatchedFolders {
  /** Stamps each folder before it is listed for the first time, and each file of lines before it is read. */
  readonly fs: FileSystem;
  /** Folders and files of lines that have changed since they were stamped: all that may have changed in the records. */
  readonly changed: () => ReadonlySet<string>;
  /** Stamps them again. Returns how to tell which files have changed, and how to take the new stamps back. */
  readonly renew: (changed: ReadonlySet<string>) => Renewed;
  /** Called before this program writes a file. If it has done so, call the result: that change is then known. */
  readonly own: (file: string) => () => void;
}

interface Renewed {
  /** Whether a file may have changed since the stamps before. */
  readonly isChanged: (file: string) => boolean;
  readonly takeBack: () => void;
}

/** The longest tick of the clocks of most file systems, in milliseconds. */
const tick = 10;

/** Watches a folder and those below. */
export function watchFolders(disk: FileSystem, top: string): WatchedFolders {
  let stamps = new Map<string, Stamp>();
  const ownChanges = new Map<string, number | undefined>();
  const changedAt = (at: string): number | undefined => disk.changedAt?.(at);
  const isWatched = (at: string): boolean => at === top || at.startsWith(top + path.sep);
  const noting: Noting = (at, read) => {
    const before = stamps.get(at);
    if (isWatched(at) && before?.read === undefined)
      stamps.set(at, { at: before === undefined ? changedAt(at) : before.at, read: Date.now() });
    return read();
  };
  // a change by another program in the same tick as the reading could have the same time
  const isAmbiguous = (at: string, { at: changed, read }: Stamp): boolean =>
    changed !== undefined && read !== undefined && changed > read - tick && changed !== ownChanges.get(at);
  const isAsBefore = (at: string): boolean => {
    const before = stamps.get(at);
    return before !== undefined && !isAmbiguous(at, before) && before.at === changedAt(at);
  };
  const fs = readingThrough(disk, noting);
  // those of the tables, for a search that lists them in other threads
  for (const { name, kind } of listedAt(fs, top)) {
    const at = path.join(top, name);
    if (kind === 'folder') stamps.set(at, { at: changedAt(at) });
  }
  return {
    fs,
    changed: () => new Set([...stamps.keys()].filter((at) => !isAsBefore(at))),
    renew(changed) {
      const before = stamps;
      stamps = new Map(before);
      for (const at of changed) stamps.set(at, { at: changedAt(at), read: Date.now() });
      return {
        isChanged(file) {
          if (changed.has(file)) return true;
          const folder = path.dirname(file);
          // a file of a folder without a stamp is new
          return changed.has(folder) ? (changedAt(file) ?? 0) >= (before.get(folder)?.at ?? 0) : !before.has(folder);
        },
        takeBack: () => void (stamps = before),
      };
    },
    own(file) {
      const written = [top, path.dirname(file), file];
      const unchanged = written.filter(isAsBefore);
      return () => {
        for (const at of written) ownChanges.set(at, changedAt(at));
        for (const at of unchanged) stamps.set(at, { at: ownChanges.get(at) });
      };
    },
  };
}

/** Does something before a path is read. */
type Noting = <T>(at: string, read: () => T) => T;

function readingThrough(disk: FileSystem, noting: Noting): FileSystem {
  const { listAhead, linesAhead } = disk;
  return {
    ...disk,
    list: (at) => noting(at, () => disk.list(at)),
    chunks: (at, from) => noting(at, () => disk.chunks(at, from)),
    ...(listAhead === undefined ? {} : { listAhead: async (at) => noting(at, async () => listAhead(at)) }),
    ...(linesAhead === undefined ? {} : { linesAhead: (at) => noting(at, () => linesAhead(at)) }),
  };
}

function listedAt(fs: FileSystem, folder: string): ReturnType<FileSystem['list']> {
  try {
    return fs.list(folder);
  } catch (error) {
    // whoever opens the project gets the error
    if (errorCode(error) === undefined) throw error;
    return [];
  }
}
