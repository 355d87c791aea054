import path from 'node:path';
import { lazy } from '../../base/lazy.ts';
import { type FileSystem, kindAt } from '../../disk/fileSystem.ts';
import { createFile } from '../../disk/replace.ts';
import { trackedFiles } from '../../disk/tracked.ts';

/** The folder for the workbench's own files. */
export interface OwnFolder {
  readonly path: string;
  /** Creates a folder in it. */
  readonly make: (folder: string) => void;
  /** Whether git tracks a file there, or a link leads to it: then it came with a commit, not from this user. */
  readonly isPlanted: (at: string) => boolean;
}

const name = '.demarche';

/** `.demarche` below the dataset's folder. git ignores it. */
export function ownFolder(fs: FileSystem, home: string): OwnFolder {
  const own = path.join(home, name);
  const planted = lazy(() => trackedFiles(home, [name]));
  return {
    path: own,
    make(folder) {
      fs.makeFolder(folder);
      const ignore = path.join(own, '.gitignore');
      if (kindAt(fs, ignore) === undefined) createFile(fs, ignore, '*\n', home);
    },
    isPlanted: (at) => planted().has(at) || passesLink(fs, home, at),
  };
}

/** Whether a path leads through a link below a folder. */
function passesLink(fs: FileSystem, home: string, at: string): boolean {
  for (let step = at; step !== home; step = path.dirname(step)) if (fs.linkTarget(step) !== undefined) return true;
  return false;
}
