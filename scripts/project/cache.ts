import path from 'node:path';
import { keptFolder } from '../base/package.ts';
import { replaceFile } from '../disk/replace.ts';
import { Failure } from '../base/problem.ts';
import { sha256Of } from '../read/documents.ts';
import { errorCode, type FileSystem } from '../disk/fileSystem.ts';
import type { Cache } from '../validate/ajv/compiled.ts';

const mostBytes = 1 << 24;
const mostFiles = 60;

/**
 * The cache of the running code: other code does not use it, and it is removed when the code has changed. Code that has
 * no folder of its own keeps things as long as the process.
 */
export function bundleCache(fs: FileSystem): Cache {
  return keptFolder === undefined ? memory : cacheIn(fs, keptFolder);
}

const memory = cacheInMemory();

function cacheInMemory(): Cache {
  const texts = new Map<string, string>();
  return {
    get: (key) => texts.get(sha256Of(key)),
    set(key, text) {
      if (texts.size >= mostFiles) texts.clear();
      texts.set(sha256Of(key), text);
    },
  };
}

/**
 * One file for each key, named by its digest, with the digest of its text in the first line. Unreadable or damaged
 * files count as missing, and failed writes are ignored.
 */
export function cacheIn(fs: FileSystem, folder: string): Cache {
  const fileOf = (key: string): string => path.join(folder, sha256Of(key));
  return {
    get(key) {
      try {
        const bytes = fs.read(fileOf(key), mostBytes);
        const whole = Buffer.from(bytes ?? []);
        const end = whole.indexOf('\n');
        const text = whole.subarray(end + 1);
        return end > 0 && sha256Of(text) === whole.toString('latin1', 0, end) ? text.toString('utf8') : undefined;
      } catch (error) {
        return letGo(error);
      }
    },
    set(key, text) {
      try {
        fs.makeFolder(folder);
        // schemas that change often leave many files: then all are removed, since making them again is cheap
        if (fs.list(folder).length >= mostFiles) {
          fs.remove(folder);
          fs.makeFolder(folder);
        }
        const file = fileOf(key);
        replaceFile(fs, file, `${sha256Of(text)}\n${text}`, { inside: folder });
      } catch (error) {
        letGo(error);
      }
    },
  };
}

function letGo(error: unknown): undefined {
  if (errorCode(error) === undefined && !(error instanceof Failure)) throw error;
}
