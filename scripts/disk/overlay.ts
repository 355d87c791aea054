import path from 'node:path';
import type { FileSystem } from './fileSystem.ts';

/** A file system with additional files, or other contents for some, by absolute path. They exist only in memory. */
export function withFiles(fs: FileSystem, files: ReadonlyMap<string, Uint8Array>): FileSystem {
  const { readMany: _, listAhead: _listAhead, entryKind: _entryKind, linesAhead, holding, ...disk } = fs;
  const isFolder = (at: string): boolean => [...files.keys()].some((file) => file.startsWith(at + path.sep));
  return {
    ...disk,
    list(folder) {
      const onDisk = isMissing(fs, folder) && isFolder(folder) ? [] : fs.list(folder);
      const names = new Set(onDisk.map(({ name }) => name));
      const added = [...files.keys()]
        .filter((file) => path.dirname(file) === folder)
        .map((file) => path.basename(file));
      return [...onDisk, ...added.filter((name) => !names.has(name)).map((name) => ({ name, kind: 'file' as const }))];
    },
    kind: (at) => (files.has(at) ? 'file' : isMissing(fs, at) && isFolder(at) ? 'folder' : fs.kind(at)),
    realPath: (at) => (files.has(at) ? at : fs.realPath(at)),
    read(at, limit) {
      const own = files.get(at);
      if (own === undefined) return fs.read(at, limit);
      return own.length > limit ? undefined : own;
    },
    chunks(at, from = 0) {
      const own = files.get(at);
      return own === undefined ? fs.chunks(at, from) : [own.subarray(from)];
    },
    ...(linesAhead === undefined ? {} : { linesAhead: (at) => (files.has(at) ? [undefined] : linesAhead(at)) }),
    ...(holding === undefined ? {} : { holding: holdingOver(holding, files) }),
    size: (at) => files.get(at)?.length ?? fs.size(at),
    linkTarget: (at) => (files.has(at) ? undefined : fs.linkTarget(at)),
  };
}

/** Searches the contents in memory here, and the other files on the disk. */
function holdingOver(
  onDisk: Required<FileSystem>['holding'],
  files: ReadonlyMap<string, Uint8Array>,
): Required<FileSystem>['holding'] {
  return (folder, words) => {
    const found = onDisk(folder, words);
    return found === undefined ? undefined : withOwn(found, folder, words, files);
  };
}

async function* withOwn(
  found: AsyncIterable<readonly string[]>,
  folder: string,
  words: string,
  files: ReadonlyMap<string, Uint8Array>,
): AsyncGenerator<readonly string[]> {
  for await (const names of found) yield names.filter((name) => !files.has(path.join(folder, name)));
  const own = [...files].filter(
    ([at, bytes]) => at.startsWith(folder + path.sep) && Buffer.from(bytes).includes(words),
  );
  yield own.map(([at]) => path.relative(folder, at).split(path.sep).join('/'));
}

function isMissing(fs: FileSystem, at: string): boolean {
  try {
    fs.kind(at);
    return false;
  } catch {
    return true;
  }
}
