import { createHash } from 'node:crypto';
import path from 'node:path';
import { errorCode, type FileSystem } from '../read/fileSystem.ts';
import type { Cache } from '../validate/compiled.ts';

const mostBytes = 1 << 24;
const mostFiles = 200;

/** A file a key, named by its digest. What cannot be read was never there, what cannot be written is let go. */
export function cacheIn(fs: FileSystem, folder: string): Cache {
  const fileOf = (key: string): string => path.join(folder, createHash('sha256').update(key).digest('hex'));
  return {
    get(key) {
      try {
        const bytes = fs.read(fileOf(key), mostBytes);
        return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
      } catch (error) {
        return letGo(error);
      }
    },
    set(key, text) {
      try {
        fs.makeFolder(folder);
        if (fs.list(folder).length >= mostFiles) fs.remove(folder);
        fs.makeFolder(folder);
        const file = fileOf(key);
        fs.write(`${file}.${process.pid}`, text);
        fs.rename(`${file}.${process.pid}`, file);
      } catch (error) {
        letGo(error);
      }
    },
  };
}

function letGo(error: unknown): undefined {
  if (errorCode(error) === undefined) throw error;
}
