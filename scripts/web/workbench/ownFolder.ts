import path from 'node:path';
import { type FileSystem, kindAt } from '../../disk/fileSystem.ts';
import { createFile } from '../../disk/replace.ts';

/** The folder that the workbench keeps its own files in. */
export interface OwnFolder {
  readonly path: string;
  /** Makes a folder in it. */
  readonly make: (folder: string) => void;
}

/** `.demarche` below the dataset's folder. git ignores it. */
export function ownFolder(fs: FileSystem, home: string): OwnFolder {
  const own = path.join(home, '.demarche');
  return {
    path: own,
    make(folder) {
      fs.makeFolder(folder);
      const ignore = path.join(own, '.gitignore');
      if (kindAt(fs, ignore) === undefined) createFile(fs, ignore, '*\n', own);
    },
  };
}
