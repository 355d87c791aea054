import fs from 'node:fs';

/** Syncs files one after another. `sync` gets the errors, if there are any. */
export function syncAhead([path, ...others]: readonly string[]): void {
  if (path === undefined) return;
  fs.open(path, 'r', (error, fd) => {
    if (error === null) fs.fsync(fd, () => fs.close(fd, () => syncAhead(others)));
  });
}

/** Node has four threads for calls to the system. */
const syncsAtOnce = 4;

/** Syncs files, some at once. */
export async function syncMany(paths: readonly string[]): Promise<void> {
  const left = [...paths];
  const syncNext = async (): Promise<void> => {
    for (let path = left.pop(); path !== undefined; path = left.pop()) {
      const file = await fs.promises.open(path, 'r');
      try {
        await file.sync();
      } catch (error) {
        throw named(error, path);
      } finally {
        await file.close();
      }
    }
  };
  await Promise.all(Array.from({ length: syncsAtOnce }, syncNext));
}

/** The error of an open file, which does not name the file, with its name. */
export function named(error: unknown, path: string): unknown {
  return error instanceof Error && 'syscall' in error && !('path' in error) ? Object.assign(error, { path }) : error;
}
