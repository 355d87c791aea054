import { createHash } from 'node:crypto';
import type { FileSystem } from './fileSystem.ts';

/** In pieces: a file can be larger than memory. */
export function sha256OfFile(fs: FileSystem, file: string): string {
  const hash = createHash('sha256');
  for (const piece of fs.chunks(file)) hash.update(piece);
  return hash.digest('hex');
}
