import path from 'node:path';
import process from 'node:process';
import { keptFolder } from '../base/package.ts';
import { replaceFile } from '../disk/replace.ts';
import { Failure } from '../base/problem.ts';
import { sha256Of } from '../read/documents.ts';
import { errorCode, type FileSystem } from '../disk/fileSystem.ts';
import type { Cache } from '../validate/ajv/compiled.ts';

const mostBytes = 1 << 24;
/** The same without the line of the digest. */
const mostKept = mostBytes - 65;
const mostFiles = 120;

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
 * One file for each key, named by its digest, with the digest of its content in the first line. Unreadable or damaged
 * files count as missing, and failed writes are ignored.
 */
export function cacheIn(fs: FileSystem, folder: string, atEnd: AtEnd = whenProcessEnds): Cache {
  const { get, set } = filesIn(fs, folder);
  const codeOf = (text: string): string => `${process.version} ${process.arch} ${sha256Of(text)}`;
  return {
    get: (key) => get(key)?.toString('utf8'),
    set: (key, text) => set(key, Buffer.from(text)),
    code: {
      get: (text) => get(codeOf(text)),
      setAtEnd: (text, make) => atEnd(path.join(folder, codeOf(text)), () => set(codeOf(text), make())),
    },
  };
}

interface KeptFiles {
  readonly get: (key: string) => Buffer | undefined;
  readonly set: (key: string, content: Uint8Array) => void;
}

function filesIn(fs: FileSystem, folder: string): KeptFiles {
  const fileOf = (key: string): string => path.join(folder, sha256Of(key));
  return {
    get(key) {
      try {
        const whole = Buffer.from(fs.read(fileOf(key), mostBytes) ?? []);
        const end = whole.indexOf('\n');
        const content = whole.subarray(end + 1);
        return end > 0 && sha256Of(content) === whole.toString('latin1', 0, end) ? content : undefined;
      } catch (error) {
        return letGo(error);
      }
    },
    set(key, content) {
      // it could not be read again
      if (content.length > mostKept) return;
      try {
        fs.makeFolder(folder);
        // schemas that change often leave many files: then all are removed, since making them again is cheap
        if (fs.list(folder).length >= mostFiles) {
          fs.remove(folder);
          fs.makeFolder(folder);
        }
        const head = Buffer.from(`${sha256Of(content)}\n`);
        replaceFile(fs, fileOf(key), Buffer.concat([head, content]), { inside: folder });
      } catch (error) {
        letGo(error);
      }
    },
  };
}

/** Does something when the process ends: of several tasks with one name, the last. */
type AtEnd = (name: string, task: () => void) => void;

const lastTasks = new Map<string, () => void>();

function whenProcessEnds(name: string, task: () => void): void {
  if (lastTasks.size === 0) {
    process.once('exit', () => {
      for (const each of lastTasks.values()) each();
    });
  }
  lastTasks.set(name, task);
}

function letGo(error: unknown): undefined {
  if (errorCode(error) === undefined && !(error instanceof Failure)) throw error;
}
