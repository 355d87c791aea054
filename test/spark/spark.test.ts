import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../scripts/base/problem.ts';
import { type RunSpark, sparkIn } from '../../scripts/engine/spark/runSpark.ts';
import { type Build, build } from '../../scripts/verbs/build.ts';
import { buildOnSpark } from '../../scripts/verbs/spark/buildOnSpark.ts';
import type { SparkSettings } from '../../scripts/verbs/spark/sparkBuild.ts';
import { verify } from '../../scripts/verbs/verify.ts';
import { document, records, schemas } from '../support/fixture.ts';
import { root, writeFiles } from '../support/run.ts';
import { broken } from './broken.ts';
import { configure } from './cluster.ts';
import { settingsAt } from './settings.ts';
import { together } from './together.ts';

const cases = path.join(root, 'test/cases');
/** A dataset with evidence. */
const traced = 'ferries';
const names = [
  ...fs.readdirSync(cases, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? [e.name] : [])),
  traced,
];
const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'spark-')));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** The result of a build, and its problems as they would be printed. */
interface Outcome {
  readonly built: Build;
  readonly problems: readonly string[];
}

/** Small parts and files, so that each case has several. */
const small = { partSize: { bytes: 700, files: 4 }, bytesOfFile: 4000 };

async function outcome(run: (onProblem: (problem: Problem) => void) => Promise<Build>): Promise<Outcome> {
  const problems: string[] = [];
  const built = await run((problem) => void problems.push(JSON.stringify(problem)));
  return { built, problems: problems.toSorted() };
}

/** A build whose settings say that its Parquet files are too large for a database. */
const bare = 'without a database';
const view = '-- The heaviest bells.\nSELECT id, weight FROM bells ORDER BY weight DESC LIMIT 2\n';
const warnings: string[] = [];

const sparkBuilds = new Map<string, Outcome>();
const localBuilds = new Map<string, Outcome>();

beforeAll(async () => {
  const home = process.env['SPARK_HOME'] ?? '';
  const conf = configure(path.join(folder, 'conf'), {
    'spark.master': 'local[2]',
    'spark.ui.enabled': 'false',
    // compiling takes longer than running a few rows
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
    [bare, copyOf('plain', bare)],
  ]);
  const shared = together(run, folder, builds.size);
  const spark: SparkSettings = { ...small, run: shared.run };
  await Promise.all(
    [...builds].map(async ([name, at]) => {
      const flags = name === 'broken' ? [] : argsOf(at);
      const settings = settingsAt(at, [...flags, '--dist', 'spark']);
      const own = name === bare ? { ...spark, mostViewed: 0 } : spark;
      const onWarning = name === bare ? (warning: string): void => void warnings.push(warning) : () => {};
      try {
        sparkBuilds.set(name, await outcome((onProblem) => buildOnSpark(settings, own, { onProblem, onWarning })));
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

function copyOf(name: string, as = name): string {
  const at = path.join(folder, as);
  if (as === traced) {
    const lists =
      '-- Crossings.\nSELECT kind, list(id ORDER BY id) AS ids FROM crossings GROUP BY kind ORDER BY kind\n';
    writeFiles(at, { ...schemas, ...records, 'sources/gazette.txt': document, 'schema/views/lists.sql': lists });
    return at;
  }
  fs.cpSync(path.join(cases, name), at, { recursive: true });
  if (as !== bare) return at;
  fs.mkdirSync(path.join(at, 'schema/views'));
  fs.writeFileSync(path.join(at, 'schema/views/heaviest.sql'), view);
  return at;
}

function argsOf(at: string): readonly string[] {
  const file = path.join(at, 'args.json');
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as string[]) : [];
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

/**
 * The files of a release except those with rows as Parquet, which Spark writes differently, and the scripts of rows.
 */
function filesIn(release: string): readonly string[] {
  return fs
    .readdirSync(release, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [path.relative(release, path.join(entry.parentPath, entry.name))] : []))
    .filter((name) => !name.startsWith('parquet/'))
    .toSorted();
}

function linesOf(file: string): readonly string[] {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').toSorted() : [];
}

describe.each(names)('case %s', (name) => {
  test('Spark writes the rows that a build on one machine writes', () => {
    const [spark, local] = [sparkBuilds.get(name), localBuilds.get(name)];
    expect(spark?.problems).toEqual(local?.problems);
    const [ofSpark, ofLocal] = [spark?.built.published, local?.built.published].map((each) => each?.folder ?? '');
    expect(rowsIn(ofSpark ?? '')).toEqual(rowsIn(ofLocal ?? ''));
    expect(spark?.built.published?.tables).toEqual(local?.built.published?.tables);
    expect(spark?.built.validation).toEqual(local?.built.validation);
    expect(filesIn(ofSpark ?? '')).toEqual(filesIn(ofLocal ?? ''));
    const prov = (release = ''): readonly string[] => linesOf(path.join(release, 'prov.jsonld'));
    expect(prov(ofSpark)).toEqual(prov(ofLocal));
  });
});

test('DESCRIBE of Spark shows what the columns of its own files hold', async () => {
  const release = sparkBuilds.get('plain')?.built.published?.folder ?? '';
  const file = await asyncBufferFromFile(path.join(release, 'parquet/towers.parquet'));
  const { key_value_metadata: pairs } = await parquetMetadataAsync(file);
  const schema = pairs?.find(({ key }) => key === 'org.apache.spark.sql.parquet.row.metadata')?.value;
  const { fields } = JSON.parse(schema ?? '{}') as { fields: object[] };
  expect(fields).toContainEqual(expect.objectContaining({ name: 'height', metadata: { comment: 'Height Unit: m.' } }));
});

test('if the tables are too large for a database, a release has neither a database nor views', () => {
  const [spark, local] = [sparkBuilds, localBuilds].map((builds) => builds.get(bare)?.built.published?.folder ?? '');
  expect(warnings).toContain('the database and the views are left out: the tables have more than 0 GiB of Parquet');
  expect(filesIn(local ?? '')).toContain('csv/heaviest.csv');
  expect(filesIn(spark ?? '')).toEqual(
    filesIn(local ?? '').filter((file) => !/\.duckdb$|\/heaviest\.(?:csv|js)$/.test(file)),
  );
  const readMe = fs.readFileSync(path.join(spark ?? '', 'README.md'), 'utf8');
  expect(readMe).not.toMatch(/ATTACH|heaviest` /);
});

test.each([...names, bare])('verify finds no fault in the release of case %s', async (name) => {
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
