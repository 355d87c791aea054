import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../scripts/base/problem.ts';
import { type RunSpark, sparkIn } from '../../scripts/engine/spark/runSpark.ts';
import { type Build, build } from '../../scripts/verbs/build.ts';
import { buildOnSpark } from '../../scripts/verbs/spark/buildOnSpark.ts';
import type { SparkSettings } from '../../scripts/verbs/spark/sparkBuild.ts';
import { verify } from '../../scripts/verbs/verify.ts';
import { root } from '../support/run.ts';
import { broken } from './broken.ts';
import { configure } from './cluster.ts';
import { settingsAt } from './settings.ts';
import { together } from './together.ts';

const cases = path.join(root, 'test/cases');
const names = fs.readdirSync(cases, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? [e.name] : []));
const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'spark-')));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** What a build gave, and its problems as they would be printed. */
interface Outcome {
  readonly built: Build;
  readonly problems: readonly string[];
}

/** Small parts and small files, so that each case has several. */
const small = { partSize: { bytes: 700, files: 4 }, bytesOfFile: 4000 };

async function outcome(run: (onProblem: (problem: Problem) => void) => Promise<Build>): Promise<Outcome> {
  const problems: string[] = [];
  const built = await run((problem) => void problems.push(JSON.stringify(problem)));
  return { built, problems: problems.toSorted() };
}

const sparkBuilds = new Map<string, Outcome>();
const localBuilds = new Map<string, Outcome>();

beforeAll(async () => {
  const home = process.env['SPARK_HOME'] ?? '';
  const conf = configure(path.join(folder, 'conf'), {
    'spark.master': 'local[2]',
    'spark.ui.enabled': 'false',
    // for a few rows, compiling takes longer than running
    'spark.sql.codegen.wholeStage': 'false',
    'spark.sql.codegen.factoryMode': 'NO_CODEGEN',
    'spark.driver.extraJavaOptions': '-XX:TieredStopAtLevel=1',
    'spark.sql.shuffle.partitions': '2',
  });
  const run: RunSpark = sparkIn({
    ...process.env,
    SPARK_HOME: home,
    SPARK_CONF_DIR: conf,
    SPARK_LOCAL_IP: '127.0.0.1',
  });
  const builds = new Map([
    ...names.map((name) => [name, copyOf(name)] as const),
    ['broken', broken(path.join(folder, 'broken'))],
  ]);
  const shared = together(run, folder, builds.size);
  const spark: SparkSettings = { ...small, run: shared.run };
  await Promise.all(
    [...builds].map(async ([name, at]) => {
      const flags = name === 'broken' ? [] : argsOf(at);
      const settings = settingsAt(at, [...flags, '--dist', 'spark']);
      try {
        sparkBuilds.set(name, await outcome((onProblem) => buildOnSpark(settings, spark, { onProblem })));
      } finally {
        shared.done();
      }
    }),
  );
  for (const [name, at] of builds) {
    const flags = name === 'broken' ? [] : argsOf(at);
    const settings = settingsAt(at, [...flags, '--dist', 'local']);
    localBuilds.set(name, await outcome((onProblem) => build(settings, { onProblem })));
  }
});

function copyOf(name: string): string {
  const at = path.join(folder, name);
  fs.cpSync(path.join(cases, name), at, { recursive: true });
  return at;
}

function argsOf(at: string): readonly string[] {
  return JSON.parse(fs.readFileSync(path.join(at, 'args.json'), 'utf8')) as string[];
}

/** Lines of the CSV of each table, sorted, by the file's name. */
function rowsIn(release: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    fs.readdirSync(path.join(release, 'csv')).map((name) => {
      const [header, ...rows] = fs.readFileSync(path.join(release, 'csv', name), 'utf8').split('\n');
      return [name, [header ?? '', ...rows.toSorted()]];
    }),
  );
}

describe.each(names)('case %s', (name) => {
  test('Spark writes the rows that a build on one machine writes', () => {
    const [spark, local] = [sparkBuilds.get(name), localBuilds.get(name)];
    expect(spark?.problems).toEqual(local?.problems);
    const [ofSpark, ofLocal] = [spark?.built.published, local?.built.published].map((each) => each?.folder ?? '');
    expect(rowsIn(ofSpark ?? '')).toEqual(rowsIn(ofLocal ?? ''));
    expect(spark?.built.published?.tables).toEqual(local?.built.published?.tables);
    expect(spark?.built.validation).toEqual(local?.built.validation);
  });
});

test.each(names)('verify finds no fault in the release of case %s', async (name) => {
  const problems: Problem[] = [];
  const release = sparkBuilds.get(name)?.built.published?.folder ?? '';
  await verify({ release }, { onProblem: (problem) => void problems.push(problem) });
  expect(problems).toEqual([]);
});

test('Spark finds the problems that a build on one machine finds, and publishes nothing', () => {
  const [spark, local] = [sparkBuilds.get('broken'), localBuilds.get('broken')];
  expect(local?.problems.length).toBeGreaterThan(20);
  expect(spark?.problems).toEqual(local?.problems);
  expect(spark?.built).toEqual({ ...local?.built, next: spark?.built.next });
  expect(spark?.built.published).toBeUndefined();
  expect(fs.readdirSync(path.join(folder, 'broken/spark'))).toEqual([]);
});
