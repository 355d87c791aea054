import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareEditions } from '../../scripts/compare/difference.ts';
import { changeRows, changesTable } from '../../scripts/compare/changes.ts';
import { compile } from '../../scripts/compile/compile.ts';
import { describedRow, describedTable } from '../../scripts/compile/describedTables.ts';
import type { Row } from '../../scripts/compile/model.ts';
import type { Json, JsonObject } from '../../scripts/json/json.ts';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { openRelease, readCsv } from '../../scripts/release/folder.ts';
import { linkSchemas } from '../../scripts/schema/schemaSet.ts';
import { recordTypes } from '../../scripts/schema/recordTypes.ts';
import { type ChangeOfRow, type RowObject, applyChanges, sorted } from '../support/applyChanges.ts';
import { crossing, here, schemas, sha256, withdrawable } from '../support/fixture.ts';
import { withDuckDb } from '../support/duckdb.ts';
import { commit, git, repository, versioned } from '../support/repository.ts';
import { run, writeFiles } from '../support/run.ts';

const release = (folder: string): ReturnType<typeof run> => run(folder, 'release', [...here, '--dist', 'dist']);
const ship = (id: string, name = 'A ship', more: object = {}): object => ({ id, name, ...more });
const gone = { date: '2026-01-02', reason: 'No such ship.' };

/** The tables of a release as objects, with their keys. */
function tablesOf(
  folder: string,
): ReadonlyMap<string, { readonly key: readonly string[]; readonly rows: readonly RowObject[] }> {
  const files = nodeFileSystem();
  const opened = openRelease(files, folder, folder);
  return new Map(
    opened.tables.map((resource) => {
      const table = describedTable(resource);
      const rows = readCsv(files, opened, `csv/${table.name}.csv`).map((row) =>
        toObject(table.columns, describedRow(table, row)),
      );
      return [table.name, { key: table.primaryKey, rows }];
    }),
  );
}

function toObject(columns: readonly { readonly name: string }[], row: Row): RowObject {
  return Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null]));
}

function parsed(rows: readonly RowObject[]): readonly ChangeOfRow[] {
  const json = (value: Json | undefined): Json | undefined =>
    typeof value === 'string' ? (JSON.parse(value) as Json) : undefined;
  return rows.map((row) => ({
    table_name: String(row['table_name']),
    row_key: json(row['row_key']) as readonly Json[],
    field: typeof row['field'] === 'string' ? row['field'] : null,
    old: json(row['old']),
    new: json(row['new']),
  }));
}

describe('release', () => {
  test('is made once: published, tagged, listed, latest; then the same again', async () => {
    const folder = repository();
    const first = await release(folder);
    expect(first.err).toContain('release: dist/1.2.3 is released, and tagged v1.2.3; the first release');
    expect(first.status).toBe(0);
    expect(git(folder, 'rev-parse', 'v1.2.3')).toBe(git(folder, 'rev-parse', 'HEAD'));
    expect(fs.readlinkSync(path.join(folder, 'dist/latest'))).toBe('1.2.3');
    const versions = JSON.parse(fs.readFileSync(path.join(folder, 'dist/versions.json'), 'utf8')) as readonly {
      readonly version: string;
      readonly commit: string;
    }[];
    expect(versions).toMatchObject([{ version: '1.2.3', commit: git(folder, 'rev-parse', 'HEAD').trim() }]);
    const again = await release(folder);
    expect(again.err).toContain('was released before, with the same content');
    expect(again.status).toBe(0);
  });

  test('lists what has changed and why: the last release with these changes is this one', async () => {
    const folder = repository({ 'raw/ships/bea.json': ship('bea') });
    await release(folder);
    commit(folder, 'Correct the crew\n\nIt was Bo.', {
      'raw/crossings/monday-ystad.json': { ...crossing, cars: 41, stops: [{ port: 'ystad', crew: ['Bo'] }] },
    });
    commit(folder, 'Withdraw Bea', {
      'raw/ships/bea.json': ship('bea', 'A ship', { withdrawn: { ...gone, replaced_by: 'anna' } }),
    });
    commit(folder, 'Add Cleo', { 'raw/ships/cleo.json': ship('cleo', 'Cleo "the" =1+1') });
    commit(folder, 'Version 1.3.0', versioned('1.3.0'));
    const { err, status } = await release(folder);
    expect(err).toContain('changes since 1.2.3');
    expect(status).toBe(0);

    const before = tablesOf(path.join(folder, 'dist/1.2.3'));
    const after = tablesOf(path.join(folder, 'dist/1.3.0'));
    const changes = after.get('changes')?.rows ?? [];
    for (const [name, { key, rows }] of after) {
      if (name === 'changes') continue;
      expect(applyChanges(name, key, before.get(name)?.rows ?? [], parsed(changes)), name).toEqual(sorted(key, rows));
    }
    const reasons = new Map(
      changes.map((row) => [`${String(row['record_table'])} ${String(row['record_id'])}`, row['reason']]),
    );
    expect(Object.fromEntries(reasons)).toEqual({
      'crossings monday-ystad': 'Correct the crew',
      'ships bea': gone.reason,
      'ships cleo': 'Add Cleo',
    });
    expect(new Set(changes.map((row) => row['since']))).toEqual(new Set(['1.2.3']));
    const changelog = fs.readFileSync(path.join(folder, 'dist/1.3.0/CHANGELOG.md'), 'utf8');
    expect(changelog).toContain('## 1.3.0 (');
    expect(changelog).toContain('After a dash: the reason for the withdrawal, else the subject of the commit');
    expect(changelog).toContain('- **`bea`** withdrawn – `No such ship.`');
    expect(changelog).toContain('- **`monday-ystad`** changed – `Correct the crew`\n  - `cars: 40 → 41`');
    expect(fs.readlinkSync(path.join(folder, 'dist/latest'))).toBe('1.3.0');
  });

  test('is not what a build calls itself: that is a pre-release of the next version, everywhere', async () => {
    const at = (version: string): Record<string, object> => ({
      'schema/dataset.json': { ...schemas['schema/dataset.json'], version, baseUrl: 'https://example.org/ferries/' },
    });
    const folder = repository(at('1.2.3'));
    const builtAs = async (): Promise<string> => {
      const { err, status } = await run(folder, 'build', [...here, '--dist', 'dist']);
      expect(status).toBe(0);
      const next = path.join(folder, 'dist/next');
      const read = (file: string): string => fs.readFileSync(path.join(next, file), 'utf8');
      const { version } = JSON.parse(read('datapackage.json')) as { readonly version: string };
      const name = fs.readlinkSync(next);
      expect(name.slice(0, name.lastIndexOf('.'))).toBe(version);
      expect(err).toContain(`dist/next is ${name}`);
      expect(read('README.md')).toContain(`Version ${version} of `);
      expect(read('README.md')).toContain('This is a build and not a release.');
      expect(read('CODEBOOK.md')).toContain(`Version ${version}. `);
      expect(read('croissant.json')).toContain(`"version": "${version}"`);
      // no released file is what the build has
      expect(read('croissant.json')).not.toContain('https://example.org/ferries/');
      await withDuckDb(async (connection) => {
        await connection.run(`ATTACH '${path.join(next, 'ferries.duckdb')}' AS ferries (READ_ONLY)`);
        const facts = await connection.runAndReadAll('SELECT version FROM ferries.dataset');
        expect(facts.getRows()).toEqual([[version]]);
      });
      return version;
    };
    expect(await builtAs()).toBe('1.2.3-next');
    const { status } = await release(folder);
    expect(status).toBe(0);
    const released = (file: string): string => fs.readFileSync(path.join(folder, 'dist/1.2.3', file), 'utf8');
    expect(released('README.md')).not.toContain('not a release');
    for (const file of ['croissant.json', 'schema.jsonld'])
      expect(released(file)).toContain('"contentUrl": "https://example.org/ferries/1.2.3/csv/ships.csv"');
    expect(await builtAs()).toBe('1.2.4-0.next');
    commit(folder, 'Version 1.3.0', at('1.3.0'));
    expect(await builtAs()).toBe('1.3.0-next');
    // a folder of releases lists no build
    expect(fs.readFileSync(path.join(folder, 'dist/versions.json'), 'utf8')).not.toContain('next');
  });

  const raised = 'make it';
  test.each([
    [
      'a record added, as a patch',
      { 'raw/ships/bea.json': ship('bea'), ...versioned('1.2.4') },
      `ships: 1 record added (${raised} 1.3.0 or more)`,
    ],
    [
      'a value corrected, under the same version',
      { 'raw/ships/anna.json': ship('anna', 'Anna II') },
      'version 1.2.3 was released from another commit',
    ],
    [
      'a value corrected, as a patch',
      { 'raw/ships/anna.json': ship('anna', 'Anna II'), ...versioned('1.2.4') },
      undefined,
    ],
    [
      'a column gone, as a minor version',
      {
        ...versioned('1.3.0'),
        'schema/crossings.schema.json': Object.fromEntries(
          Object.entries(withdrawable['schema/crossings.schema.json'] as JsonObject).map(([name, value]) => [
            name,
            name === 'properties'
              ? Object.fromEntries(Object.entries(value as JsonObject).filter(([property]) => property !== 'remark'))
              : value,
          ]),
        ),
      },
      `crossings.remark: column removed (${raised} 2.0.0 or more)`,
    ],
    ['the version of a build', versioned('2.0.0-next'), 'version 2.0.0-next is that of a build (only builds have'],
    [
      'an older version',
      versioned('1.1.0'),
      'version 1.1.0 is too small for what has changed since 1.2.3: a version can be released only once',
    ],
    [
      'a record deleted',
      {
        'raw/ports/trelleborg.json': undefined,
        'raw/crossings/monday-ystad.json': { ...crossing, stops: undefined },
        ...versioned('2.0.0'),
      },
      'raw/ports/trelleborg.json:1:1 error withdrawal: the published record "trelleborg" of ports is gone (published identifiers must stay: restore it with `git checkout v1.2.3 -- raw/ports/trelleborg.json`',
    ],
  ])('of %s', async (_, files: Readonly<Record<string, object | undefined>>, says) => {
    const folder = repository();
    await release(folder);
    commit(folder, 'Change', files);
    const { out, status } = await release(folder);
    expect(status).toBe(says === undefined ? 0 : 1);
    expect(out).toContain(says ?? '');
    expect(out).toMatch(says === undefined ? /^$/ : /error (?:version|withdrawal)/);
  });

  test('points at the version in dataset.json', async () => {
    const folder = repository();
    await release(folder);
    commit(folder, 'Add', { 'raw/ships/bea.json': ship('bea'), ...versioned('1.2.4') });
    expect((await release(folder)).out).toMatch(/^schema\/dataset.json:3:14 error version: version 1.2.4 is too small/);
  });

  test.each([
    [
      'a work tree that is not clean',
      (folder: string): void => writeFiles(folder, { 'raw/ships/bea.json': ship('bea') }),
      /the work tree is not clean: "raw\/ships\/bea.json"/,
      2,
    ],
    [
      'a source text that is not at hand',
      (folder: string): void => fs.rmSync(path.join(folder, 'sources/gazette.txt')),
      /error document: the text of "gazette.txt" is not available/,
      1,
    ],
    [
      'no repository',
      (folder: string): void => fs.rmSync(path.join(folder, '.git'), { recursive: true }),
      /there is no git repository here/,
      2,
    ],
  ])('refuses %s', async (_, spoil, says, expected) => {
    const folder = repository();
    spoil(folder);
    const { out, err, status } = await release(folder);
    expect(out + err).toMatch(says);
    expect(status).toBe(expected);
    expect(fs.existsSync(path.join(folder, 'dist/1.2.3'))).toBe(false);
  });

  test('refuses other content in the folder of the version', async () => {
    const folder = repository();
    await release(folder);
    fs.appendFileSync(path.join(folder, 'dist/1.2.3/CODEBOOK.md'), 'x');
    const damaged = await release(folder);
    expect(damaged.err).toMatch(/dist\/1.2.3 exists, but is damaged: "CODEBOOK.md"/);
    expect(damaged.status).toBe(1);
  });
});

describe('reproduce', () => {
  test('builds a version again from its tag: the same bytes, also when later ones exist', async () => {
    const folder = repository();
    await release(folder);
    commit(folder, 'Add', { 'raw/ships/bea.json': ship('bea'), ...versioned('1.3.0') });
    await release(folder);
    for (const version of ['1.2.3', '1.3.0']) {
      const { err, status } = await run(folder, 'reproduce', [...here, '--dist', 'dist', '--version', version]);
      expect(err).toBe(
        `reproduce: dist/${version} equals a build of its tag, byte for byte; the database by its content\n`,
      );
      expect(status).toBe(0);
    }
    const csv = path.join(folder, 'dist/1.2.3/csv/ships.csv');
    fs.writeFileSync(csv, fs.readFileSync(csv, 'utf8').replace('Anna', 'Anne'));
    const { out, status } = await run(folder, 'reproduce', [...here, '--dist', 'dist', '--version', '1.2.3']);
    expect(out).toBe('dist/1.2.3/csv/ships.csv: does not match SHA256SUMS\n');
    expect(status).toBe(1);
  });

  test.each([
    ['0.9.9', /there is no tag "v0.9.9"/],
    ['1.2.3', /there is no release at dist\/1.2.3/],
  ])('%s that is missing is reported', async (version, says) => {
    const folder = repository();
    git(folder, 'tag', 'v1.2.3');
    const { err, status } = await run(folder, 'reproduce', [...here, '--dist', 'dist', '--version', version]);
    expect(err).toMatch(says);
    expect(status).toBe(2);
  });
});

describe('the law of changes', () => {
  const set = linkSchemas(
    Object.entries(withdrawable).map(([name, schema]) => ({
      name: path.basename(name),
      shown: name,
      schema: schema as Json,
    })),
    true,
  );
  const types = recordTypes(
    set,
    ['crossings', 'papers', 'ports', 'ships'].map((name) => ({
      name,
      file: `${name}.schema.json`,
      pointer: '',
      key: undefined,
    })),
  );
  const compilation = compile(types, { own: true, enforced: true, digest: sha256, recordsOf: () => [] });

  const text = fc.constantFrom('', 'a', '"', 'b,c', 'ö\n', '1', 'null', '🛳');
  const stop = fc.record(
    { port: text, crew: fc.array(text, { minLength: 1, maxLength: 2 }) },
    { requiredKeys: ['port'] },
  );
  const span = fc
    .record({ source: text, start: fc.nat(3), supports: fc.subarray(['/port', '/cars'], { minLength: 1 }) })
    .map((s) => ({ ...s, end: s.start + 4, sha256: 'x', begins: 'a', ends: 'b' }));
  const record = fc.record(
    {
      kind: fc.constantFrom('departure', 'arrival'),
      ship: text,
      on: fc.constantFrom('2022-02', '2022-02-28/..'),
      cars: fc.nat(2),
      length: fc.constantFrom(0.1, 1e21, -0),
      remark: text,
      stops: fc.array(stop, { minLength: 1, maxLength: 2 }),
      evidence: fc.uniqueArray(span, { minLength: 1, maxLength: 2, selector: (s) => `${s.source} ${s.start}` }),
      withdrawn: fc.record({ date: fc.constant('2026-01-02'), reason: text }),
    },
    { requiredKeys: ['kind', 'ship', 'on'] },
  );
  const edition = fc.dictionary(fc.constantFrom('a', 'b', 'c'), record, { maxKeys: 3 });

  const rowsOf = (records: Readonly<Record<string, object>>): Map<string, Row[]> => {
    const type = types.find((t) => t.name === 'crossings');
    if (type === undefined) throw new Error('no table');
    const rows = new Map<string, Row[]>();
    const placed = Object.entries(records).map(([id, value]) => ({
      type,
      value: { id, ...(value as JsonObject) },
      file: id,
      index: 0,
    }));
    for (const batch of compilation.rows(placed, () => undefined))
      rows.set(batch.table, [...(rows.get(batch.table) ?? []), ...batch.rows]);
    return rows;
  };

  test('the old rows with the changes made are the new rows, in every table', () => {
    fc.assert(
      fc.property(edition, edition, (old, fresh) => {
        const shared = { version: '1.0.0', tables: compilation.tables, views: [], records: new Map() };
        const before = { ...shared, rows: rowsOf(old) };
        const after = { ...shared, rows: rowsOf(fresh) };
        const rows = changeRows(compareEditions(before, after), () => undefined);
        const changes = parsed(rows.map((row) => toObject(changesTable.columns, row)));
        for (const table of compilation.tables) {
          const objects = (from: ReadonlyMap<string, Row[]>): readonly RowObject[] =>
            (from.get(table.name) ?? []).map((row) => toObject(table.columns, row));
          expect(applyChanges(table.name, table.primaryKey, objects(before.rows), changes), table.name).toEqual(
            sorted(table.primaryKey, objects(after.rows)),
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});
