import fs from 'node:fs';
import path from 'node:path';
import type { RunSpark } from '../../scripts/engine/spark/runSpark.ts';

/** A script that first drops the tables in the catalogue of Spark which it makes: another one has made them before. */
function withoutTables(script: string): string {
  const names = [...script.matchAll(/CREATE TABLE (\w+)/g)].map(([, name]) => name);
  return names.map((name) => `DROP TABLE IF EXISTS ${name};\n`).join('') + script;
}

/**
 * Runs the scripts of builds that go on at once as one: to start Spark takes longer than a small build. A build that
 * needs no further script says so by `done`.
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
