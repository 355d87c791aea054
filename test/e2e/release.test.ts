import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { list } from '../../scripts/base/text.ts';
import { isUnreleased } from '../../scripts/release/unreleased.ts';
import { exportFormats, formatTitles } from '../../scripts/release/exportFormats.ts';
import { isObject } from '../../scripts/json/json.ts';
import { recordTypes } from '../../scripts/schema/recordTypes.ts';
import { type FileSystem, nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { readSchemaFolder } from '../../scripts/project/schemaFolder.ts';
import { sha256 } from '../support/fixture.ts';
import { formats, openRelease, reconstruct, reconstructSpans } from '../support/reconstruct.ts';
import { freshFolder, root, run, script } from '../support/run.ts';

const { dataset, schemas, views } = readSchemaFolder(
  nodeFileSystem(),
  { path: path.join(root, 'schema'), shown: 'schema' },
  { own: true },
);
const types = recordTypes(
  schemas,
  fs
    .readdirSync(path.join(root, 'raw'))
    .map((name) => ({ name, file: `${name}.schema.json`, pointer: '', key: undefined })),
);

let release = '';

function tables(): string[] {
  return fs
    .readdirSync(path.join(release, 'csv'))
    .map((file) => path.basename(file, '.csv'))
    .filter((name) => !viewNames.includes(name));
}

const viewNames = fs.readdirSync(path.join(root, 'schema/views')).map((file) => path.basename(file, '.sql'));

/** The version that the build gives itself: that of a pre-release. */
function versionBuilt(): string {
  const file = path.join(release, 'datapackage.json');
  const { version } = JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly version: string };
  expect(isUnreleased(version)).toBe(true);
  return version;
}

function digests(folder: string): Record<string, string> {
  const lines = fs.readFileSync(path.join(folder, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
  return Object.fromEntries(lines.map((line) => line.split('  ').toReversed()));
}

beforeAll(async () => {
  release = path.join(root, 'node_modules/.cache/release-test');
  fs.rmSync(release, { recursive: true, force: true });
  const { status, err } = await run(root, 'build', ['--dist', release]);
  expect(err).toContain(`read back equal from ${list(formatTitles(exportFormats))}`);
  expect(status).toBe(0);
  release = fs.realpathSync(path.join(release, 'next'));
});

describe('a release of the shipped dataset', () => {
  test('has these files', () => {
    expect(fs.readdirSync(release).toSorted()).toEqual(
      [
        '.zenodo.json',
        'CITATION.cff',
        'CODEBOOK.md',
        'CODING.md',
        'LICENSE',
        'MAPPING.md',
        'README.md',
        'SHA256SUMS',
        'VERSIONS.md',
        'croissant.json',
        'csv',
        'csvw.json',
        'datacite.json',
        'datapackage.json',
        `${dataset.name}.duckdb`,
        'examples',
        'explorer',
        'index.html',
        'mapping.json',
        ...exportFormats.map(({ name }) => name),
        'prov.jsonld',
        'records',
        'schema',
        'schema.jsonld',
      ].toSorted(),
    );
    for (const { name } of exportFormats) {
      const files = [...tables(), ...viewNames].map((table) => `${table}.${name}`);
      expect(fs.readdirSync(path.join(release, name)).toSorted()).toEqual(files.toSorted());
    }
  });

  test('includes the Markdown next to the schemas and links it', () => {
    const coding = fs.readFileSync(path.join(release, 'CODING.md'), 'utf8');
    expect(coding).toBe(fs.readFileSync(path.join(root, 'schema/CODING.md'), 'utf8'));
    expect(fs.readFileSync(path.join(release, 'README.md'), 'utf8')).toContain('[CODING.md](CODING.md)');
  });

  test('has no trace of what only other people’s schemas need', () => {
    for (const table of tables())
      expect(fs.readFileSync(path.join(release, 'csv', `${table}.csv`), 'utf8').split('\n', 1)[0]).not.toMatch(
        /\b_rest\b/,
      );
  });

  test('passes sha256sum -c, and every other file is listed', () => {
    execFileSync('sha256sum', ['-c', '--strict', '--quiet', 'SHA256SUMS'], { cwd: release });
    const all = fs
      .readdirSync(release, { recursive: true, withFileTypes: true })
      .filter((e) => e.isFile())
      .map((e) => path.relative(release, path.join(e.parentPath, e.name)));
    expect(Object.keys(digests(release)).toSorted()).toEqual(all.filter((f) => f !== 'SHA256SUMS').toSorted());
  });

  test('passes verify', async () => {
    const { status, out, err } = await run(root, 'verify', ['--release', release]);
    expect(out).toBe('');
    expect(err).toMatch(/ tables with \d+ rows; .*spans? .*; 0 errors/);
    expect(status).toBe(0);
  });

  test('is linked relatively as next, and holds nothing else in dist', () => {
    const dist = path.dirname(release);
    expect(fs.readlinkSync(path.join(dist, 'next'))).toBe(path.basename(release));
    expect(fs.readdirSync(dist)).toHaveLength(2);
  });

  test.each(formats)('every record can be rebuilt from %s', async (format) => {
    const connection = await openRelease(release, `${dataset.name}.duckdb`);
    for (const type of types) {
      const found = await reconstruct(connection, release, format, type.name);
      const spans = await reconstructSpans(connection, release, format, type.name);
      const written = fs
        .readdirSync(path.join(root, 'raw', type.name))
        .toSorted((a, b) => (path.basename(a, '.json') < path.basename(b, '.json') ? -1 : 1))
        .map(
          (file) =>
            JSON.parse(fs.readFileSync(path.join(root, 'raw', type.name, file), 'utf8')) as Record<string, unknown>,
        );
      const expected = written
        .filter((record) => record['withdrawn'] === undefined)
        .map(({ $schema: _, ...record }) => record);
      const withSpans = found.filter(isObject).map((each) => ({ ...each, evidence: spans.get(String(each['id'])) }));
      expect(withSpans).toEqual(expected);
    }
  });

  test('is read to the same rows by hyparquet, with the facts of the release', async () => {
    const connection = await openRelease(release, `${dataset.name}.duckdb`);
    for (const table of tables()) {
      const file = await asyncBufferFromFile(path.join(release, 'parquet', `${table}.parquet`));
      const rows = await parquetReadObjects({ file, compressors });
      const expected = await connection.runAndReadAll(`SELECT * FROM release.main."${table}"`);
      expect(rows.map(comparable)).toEqual(expected.getRowObjectsJS().map(comparable));
      const metadata = await parquetMetadataAsync(file);
      const facts = Object.fromEntries((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value]));
      expect(facts).toMatchObject({ dataset: dataset.name, version: versionBuilt(), licence: 'CC-BY-4.0' });
      expect(facts['description']).toMatch(/\w/);
      expect(
        metadata.row_groups.flatMap((g) => g.columns.map((c) => c.meta_data?.codec)).every((codec) => codec === 'ZSTD'),
      ).toBe(true);
    }
  });

  test('has comments, keys, NOT NULL and enumerations in DuckDB, the views, and the table dataset', async () => {
    const connection = await openRelease(release, `${dataset.name}.duckdb`);
    const ask = async (sql: string): Promise<unknown[][]> => (await connection.runAndReadAll(sql)).getRowsJson();
    expect(
      await ask(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'release' AND NOT internal AND schema_name = 'main' AND comment IS NULL AND table_name IN (SELECT table_name FROM duckdb_tables())",
      ),
    ).toEqual([]);
    expect(
      await ask("SELECT table_name FROM duckdb_tables() WHERE database_name = 'release' AND comment IS NULL"),
    ).toEqual([]);
    expect(
      await ask(
        "SELECT view_name FROM duckdb_views() WHERE database_name = 'release' AND NOT internal AND comment IS NOT NULL ORDER BY 1",
      ),
    ).toEqual(views.map((v) => [v.name]));
    for (const view of views)
      expect(Number((await ask(`SELECT count(*) FROM release.main."${view.name}"`))[0]?.[0])).toBeGreaterThan(0);
    const constraints = await ask(
      "SELECT DISTINCT table_name FROM duckdb_constraints() WHERE database_name = 'release' AND constraint_type = 'PRIMARY KEY'",
    );
    expect(constraints.flat().toSorted()).toEqual(tables());
    expect(
      await ask(
        "SELECT count(*) > 5 FROM duckdb_constraints() WHERE database_name = 'release' AND constraint_type = 'FOREIGN KEY'",
      ),
    ).toEqual([[true]]);
    expect(
      await ask(
        "SELECT count(*) > 10 FROM duckdb_columns() WHERE database_name = 'release' AND data_type LIKE 'ENUM%'",
      ),
    ).toEqual([[true]]);
    const [facts] = await ask('SELECT name, version, licence FROM release.main.dataset');
    expect(facts).toEqual([dataset.name, versionBuilt(), 'CC-BY-4.0']);
  });

  test('describes each table and column in datapackage.json and CODEBOOK.md', async () => {
    const descriptor = JSON.parse(fs.readFileSync(path.join(release, 'datapackage.json'), 'utf8')) as Descriptor;
    const codebook = fs.readFileSync(path.join(release, 'CODEBOOK.md'), 'utf8');
    const sums = digests(release);
    const csv = descriptor.resources.filter((r) => r.format === 'csv');
    expect(csv.map((r) => r.name).toSorted()).toEqual([...tables(), ...viewNames].toSorted());
    expect(csv.filter((r) => r.derived === true).map((r) => r.name)).toEqual(viewNames);
    for (const resource of csv) {
      const text = fs.readFileSync(path.join(release, resource.path), 'utf8');
      expect(resource.hash).toBe(`sha256:${sums[resource.path]}`);
      expect(resource.bytes).toBe(Buffer.byteLength(text));
      expect(text.split('\n', 1)[0]).toBe(resource.schema.fields.map((f) => f.name).join(','));
      expect(resource.schema.fields.filter((f) => f.description === undefined).map((f) => f.name)).toEqual([]);
      expect(codebook).toContain(`## ${resource.name.replaceAll('_', '\\_')}\n`);
      for (const field of resource.schema.fields) expect(codebook).toContain(`| \`${field.name}\` |`);
    }
    expect(descriptor).not.toHaveProperty('resources.0.schema.fields.0.nullable');
  });

  test('is the same byte for byte in another folder, time zone, locale, umask, number of threads and order of files', async () => {
    const home = freshFolder();
    const [first, second, third] = ['first', 'second/deeper', 'third'].map((name) => path.join(home, name));
    const origin = commitOf(path.join(home, 'origin'));
    for (const clone of [first, second, third]) execFileSync('git', ['clone', '-q', origin, clone ?? '']);
    const built: readonly string[] = [
      await buildHere(first ?? '', nodeFileSystem(), 0o022, undefined),
      buildAsProcess(second ?? ''),
      await buildHere(third ?? '', shuffled(nodeFileSystem()), 0, 1),
    ];
    const [one, ...others] = built.map(bytesOf);
    expect(Object.keys(one ?? {}).length).toBeGreaterThan(2 * tables().length);
    for (const other of others) expect(other).toEqual(one);
  });
});

/** A repository of the dataset alone, with one commit. */
function commitOf(folder: string): string {
  for (const name of ['raw', 'schema']) fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  const identity = ['-c', 'user.name=Nobody', '-c', 'user.email=nobody@example.org'];
  execFileSync('git', ['init', '-q'], { cwd: folder });
  execFileSync('git', ['add', '.'], { cwd: folder });
  execFileSync('git', [...identity, 'commit', '-q', '-m', 'Everything'], { cwd: folder });
  return folder;
}

const ownFolders = ['--schema', 'schema', '--raw', 'raw', '--dist', 'dist'];

/** Builds in this process, with a given umask and number of DuckDB's threads. @returns the folder built */
async function buildHere(
  folder: string,
  files: FileSystem,
  umask: number,
  threads: number | undefined,
): Promise<string> {
  const create = DuckDBInstance.create.bind(DuckDBInstance);
  const spy = vi
    .spyOn(DuckDBInstance, 'create')
    .mockImplementation(async (at, options) =>
      create(at, threads === undefined ? options : { ...options, threads: String(threads) }),
    );
  const before = process.umask(umask);
  const { status, out } = await run(folder, 'build', ownFolders, { fs: files });
  process.umask(before);
  expect(spy).toHaveBeenCalled();
  spy.mockRestore();
  expect(out).toBe('');
  expect(status).toBe(0);
  return path.join(folder, 'dist/next');
}

/** Builds in a process of its own, as somebody far away would. */
function buildAsProcess(folder: string): string {
  const node = [process.execPath, ...script('build')];
  execFileSync('sh', ['-c', 'umask 077 && exec "$@"', 'sh', ...node, ...ownFolders], {
    cwd: folder,
    stdio: 'pipe',
    env: { ...process.env, TZ: 'Pacific/Auckland', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', SOURCES: '' },
  });
  return path.join(folder, 'dist/next');
}

/** A file system that lists folders in no order. */
function shuffled(files: FileSystem): FileSystem {
  return {
    ...files,
    list(folder) {
      const entries = files.list(folder);
      return fc.sample(fc.shuffledSubarray(entries, { minLength: entries.length }), 1).flat();
    },
  };
}

/** Mode and digest of each file; of the database, whose bytes are never the same, the digest of its content. */
function bytesOf(folder: string): Record<string, string> {
  const { resources } = JSON.parse(fs.readFileSync(path.join(folder, 'datapackage.json'), 'utf8')) as Descriptor;
  const digest = (file: string): string => {
    if (file === 'SHA256SUMS')
      return sha256(fs.readFileSync(path.join(folder, file), 'utf8').replace(/.*\.duckdb\n/, ''));
    const database = resources.find((r) => r.path === file && r.format === 'duckdb');
    return database?.contentHash ?? sha256(fs.readFileSync(path.join(folder, file)));
  };
  const entries = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  return Object.fromEntries(
    entries.map((entry) => {
      const stat = fs.statSync(path.join(folder, entry));
      return [entry, `${(stat.mode & 0o7777).toString(8)} ${stat.isFile() ? digest(entry) : ''}`];
    }),
  );
}

interface Descriptor {
  readonly resources: readonly {
    readonly name: string;
    readonly path: string;
    readonly format: string;
    readonly derived?: boolean;
    readonly hash: string;
    readonly contentHash?: string;
    readonly bytes: number;
    readonly schema: { readonly fields: readonly { readonly name: string; readonly description?: string }[] };
  }[];
}

/** Values of two readers in one form: null and undefined are one, dates are days. */
function comparable(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, value instanceof Date ? value.toISOString() : (value ?? null)]),
  );
}
