import fs from 'node:fs';
import path from 'node:path';
import type { RunSpark } from '../../scripts/engine/spark/runSpark.ts';

/** A script that first drops its tables from Spark's catalogue, because another script created them. */
function withoutTables(script: string): string {
  const names = [...script.matchAll(/CREATE TABLE (\w+)/g)].map(([, name]) => name);
  return names.map((name) => `DROP TABLE IF EXISTS ${name};\n`).join('') + script;
}

/**
 * Runs the scripts of concurrent builds as one script, since Spark takes longer to start than a small build. A build
 * without further scripts calls `done`.
 */
export function together(
  run: RunSpark,
  folder: string,
  builds: number,
): { readonly run: RunSpark; readonly done: () => void } {
  let running = builds;
  let waiting: { readonly script: string; readonly end: (error?: Error) => void }[] = [];
  const next = (): void => {
    if (waiting.length === 0 || waiting.length < running) return;
    const [now, file] = [waiting, path.join(folder, 'together.sql')];
    waiting = [];
    fs.writeFileSync(file, now.map(({ script }) => withoutTables(fs.readFileSync(script, 'utf8'))).join(''));
    run(file, folder).then(
      () => now.forEach(({ end }) => end()),
      (error: unknown) => now.forEach(({ end }) => end(error instanceof Error ? error : new Error(String(error)))),
    );
  };
  return {
    run: (script) =>
      new Promise((resolve, reject) => {
        waiting.push({ script, end: (error) => (error === undefined ? resolve() : reject(error)) });
        next();
      }),
    done() {
      running--;
      next();
    },
  };
}
