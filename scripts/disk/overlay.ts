import path from 'node:path';
import type { FileSystem } from './fileSystem.ts';

/** Contents of files by absolute path; undefined for a file that is not there. */
type Contents = ReadonlyMap<string, Uint8Array | undefined>;

/**
 * A file system with additional files, with other contents for some, or without some, by absolute path. They exist
 * only in memory.
 */
export function withFiles(fs: FileSystem, files: Contents): FileSystem {
  const { readMany: _, listAhead: _listAhead, entryKind: _entryKind, linesAhead, holding, ...disk } = fs;
  const there = [...files].flatMap(([at, own]) => (own === undefined ? [] : [at]));
  const isFolder = (at: string): boolean => there.some((file) => file.startsWith(at + path.sep));
  const isHidden = (at: string): boolean => files.has(at) && files.get(at) === undefined;
  const onDisk = (at: string): string => {
    if (!isHidden(at)) return at;
    throw Object.assign(new Error(`no such file: ${at}`), { code: 'ENOENT', syscall: 'open', path: at });
  };
  return {
    ...disk,
    list(folder) {
      const all = isMissing(fs, folder) && isFolder(folder) ? [] : fs.list(folder);
      const listed = all.filter(({ name }) => !isHidden(path.join(folder, name)));
      const names = new Set(listed.map(({ name }) => name));
      const added = there.filter((file) => path.dirname(file) === folder).map((file) => path.basename(file));
      return [...listed, ...added.filter((name) => !names.has(name)).map((name) => ({ name, kind: 'file' as const }))];
    },
    kind: (at) =>
      files.get(at) !== undefined ? 'file' : isMissing(fs, at) && isFolder(at) ? 'folder' : fs.kind(onDisk(at)),
    realPath: (at) => (files.get(at) === undefined ? fs.realPath(onDisk(at)) : at),
    read(at, limit) {
      const own = files.get(at);
      if (own === undefined) return fs.read(onDisk(at), limit);
      return own.length > limit ? undefined : own;
    },
    chunks(at, from = 0) {
      const own = files.get(at);
      return own === undefined ? fs.chunks(onDisk(at), from) : [own.subarray(from)];
    },
    ...(linesAhead === undefined ? {} : { linesAhead: (at) => (files.has(at) ? [undefined] : linesAhead(at)) }),
    ...(holding === undefined ? {} : { holding: holdingOver(holding, files) }),
    size: (at) => files.get(at)?.length ?? fs.size(onDisk(at)),
    linkTarget: (at) => (files.has(at) ? undefined : fs.linkTarget(at)),
  };
}

/** Searches the contents in memory here, and the other files on the disk. */
function holdingOver(onDisk: Required<FileSystem>['holding'], files: Contents): Required<FileSystem>['holding'] {
  return (folder, words) => {
    const found = onDisk(folder, words);
    return found === undefined ? undefined : withOwn(found, folder, words, files);
  };
}

async function* withOwn(
  found: AsyncIterable<readonly string[]>,
  folder: string,
  words: string,
  files: Contents,
): AsyncGenerator<readonly string[]> {
  for await (const names of found) yield names.filter((name) => !files.has(path.join(folder, name)));
  const own = [...files].filter(
    ([at, bytes]) => at.startsWith(folder + path.sep) && bytes !== undefined && Buffer.from(bytes).includes(words),
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
