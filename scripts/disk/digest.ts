import { createHash } from 'node:crypto';
import type { FileSystem } from './fileSystem.ts';

/** The same, but lets the event loop run now and then. */
export async function sha256WithBreath(fs: FileSystem, file: string, breathe: () => Promise<void>): Promise<string> {
  const hash = createHash('sha256');
  for (const piece of fs.chunks(file)) {
    hash.update(piece);
    await breathe();
  }
  return hash.digest('hex');
}

/** Reads in pieces: a file can be larger than memory. */
export function sha256OfFile(fs: FileSystem, file: string): string {
  const hash = createHash('sha256');
  for (const piece of fs.chunks(file)) hash.update(piece);
  return hash.digest('hex');
}
