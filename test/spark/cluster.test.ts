import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunSpark, sparkIn } from '../../scripts/engine/spark/runSpark.ts';
import type { ProjectSettings } from '../../scripts/project/openProject.ts';
import { type Build, build } from '../../scripts/verbs/build.ts';
import { buildOnSpark } from '../../scripts/verbs/spark/buildOnSpark.ts';
import { writeCorpus } from '../bench/corpus.ts';
import { root, script } from '../support/run.ts';
import { type Cluster, configure, startCluster } from './cluster.ts';
import { settingsAt } from './settings.ts';

const records = 200_000;
/** Small parts, so that the release has many files. */
const bytesOfFile = 8 * 1024 * 1024;
const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'spark-')));
const home = process.env['SPARK_HOME'] ?? '';
let cluster: Cluster;
let corpus: ReturnType<typeof writeCorpus>;
let env: Readonly<Record<string, string | undefined>>;

beforeAll(async () => {
  corpus = writeCorpus(folder, records, 'lines');
  cluster = await startCluster(home, path.join(folder, 'cluster'), 2);
  const conf = configure(path.join(folder, 'conf'), {
    'spark.master': cluster.url,
    'spark.driver.host': '127.0.0.1',
    'spark.driver.bindAddress': '127.0.0.1',
    'spark.ui.enabled': 'false',
    'spark.executor.memory': '768m',
  });
  env = { ...process.env, SPARK_HOME: home, SPARK_CONF_DIR: conf, SPARK_LOCAL_IP: '127.0.0.1' };
});
afterAll(() => {
  cluster.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Builds the corpus. Returns the folder of the release. */
async function built(dist: string, run: (settings: ProjectSettings) => Promise<Build>): Promise<string> {
  const start = performance.now();
  const { published } = await run(settingsAt(folder, ['--dist', dist]));
  process.stderr.write(`${dist}: ${Math.round((performance.now() - start) / 1000)} s\n`);
  return published?.folder ?? '';
}

/** Waits until map tasks have begun and not all have ended. */
async function inTheMiddle(dist: string): Promise<void> {
  const isMapping = (): boolean => {
    const staging = fs.existsSync(dist) ? fs.readdirSync(dist).find((name) => name.startsWith('.staging')) : undefined;
    const mapped = path.join(dist, staging ?? '', '.spark/mapped');
    return fs.existsSync(mapped) && !fs.existsSync(path.join(mapped, '_SUCCESS')) && hasOutput(mapped);
  };
  while (!isMapping()) await setTimeout(50);
}

function hasOutput(mapped: string): boolean {
  try {
    return fs.readdirSync(mapped, { recursive: true, encoding: 'utf8' }).some((name) => name.includes('part-'));
  } catch {
    // the folder was just renamed
    return false;
  }
}

function digest(file: string): string {
  return createHash('sha256').update(fs.readFileSync(file)).digest('hex');
}

/** Digest of each file in a folder of a release. */
function digests(release: string, below: string): Readonly<Record<string, string>> {
  const names = fs.readdirSync(path.join(release, below));
  return Object.fromEntries(names.map((name) => [name, digest(path.join(release, below, name))]));
}

test('a build completes with the same bytes as on one machine, even if a worker is killed', async () => {
  let isKilled = false;
  const kill = async (): Promise<void> => {
    await inTheMiddle(path.join(folder, 'spark'));
    cluster.killWorker(1);
    isKilled = true;
  };
  const killing = kill();
  const run = sparkIn(env);
  const checked: RunSpark = async (file, at) => {
    await run(file, at);
    // the first script runs map tasks: a worker was lost before it ended
    if (!isKilled) throw new Error('the map tasks have ended before a worker was killed');
  };
  const spark = await built('spark', (settings) => buildOnSpark(settings, { run: checked, bytesOfFile }));
  await killing;
  const local = await built('local', (settings) => build(settings));
  for (const below of ['csv', 'records']) expect(digests(spark, below)).toEqual(digests(local, below));
});

test('the command builds on the machine that is left', () => {
  const at = path.join(folder, 'plain');
  fs.cpSync(path.join(root, 'test/cases/plain'), at, { recursive: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, [...script('build'), '--engine', 'spark'], {
    cwd: at,
    encoding: 'utf8',
    env,
  });
  expect(stdout + stderr).toMatch(/^build: 7 records in 3 tables; .*\nbuild: \d+ tables with \d+ rows/);
  expect(status).toBe(0);
});

test('Spark, DuckDB, polars and pyarrow read a release of many files as one table', () => {
  const { status, stdout, stderr } = spawnSync(
    process.env['SPARK_PYTHON'] ?? 'python3',
    ['-B', path.join(import.meta.dirname, 'readers.py'), path.join(folder, 'spark/next'), corpus.table],
    { encoding: 'utf8', env: { ...process.env, SPARK_HOME: home, SPARK_CONF_DIR: '', SPARK_LOCAL_IP: '127.0.0.1' } },
  );
  process.stderr.write(stdout);
  expect(stderr).not.toMatch(/Error/);
  expect(status).toBe(0);
});
