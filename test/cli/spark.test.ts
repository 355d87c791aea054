import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dataset, here } from '../support/fixture.ts';
import { freshFolder, run, writeFiles } from '../support/run.ts';

/** A SPARK_HOME whose `spark-sql` is a shell script. */
function sparkThat(does: string): Readonly<Record<string, string>> {
  const home = freshFolder();
  writeFiles(home, { 'bin/spark-sql': `#!/bin/sh\n${does}\n` });
  fs.chmodSync(path.join(home, 'bin/spark-sql'), 0o755);
  return { SPARK_HOME: home };
}

test('a build with Spark says why Spark does not run, and leaves nothing behind', async () => {
  const folder = dataset();
  const build = (env: Readonly<Record<string, string>>): ReturnType<typeof run> =>
    run(folder, 'build', [...here, '--engine', 'spark'], { env });
  const home = path.join(folder, 'no');
  expect(await build({ SPARK_HOME: home })).toEqual({
    status: 2,
    out: '',
    err: `build: ${home}/bin/spark-sql does not start: install Spark, or name its folder in SPARK_HOME\n`,
  });
  const failing = sparkThat('echo "[DIVIDE_BY_ZERO] Division by zero." >&2; echo "  at java" >&2; exit 1');
  expect((await build(failing)).err).toBe('build: Spark failed: [DIVIDE_BY_ZERO] Division by zero.\n');
  expect((await build(sparkThat('exit 1'))).err).toBe('build: Spark failed, and gives no reason\n');
  expect(fs.readdirSync(path.join(folder, 'dist'))).toEqual([]);
});
