import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { validateCFFFile } from 'cffjs';
import { parse as parseCsv } from 'csv-parse/sync';
import jsonld from 'jsonld';
import licenseIds from 'spdx-license-ids/index.json' with { type: 'json' };
import parseLicense from 'spdx-expression-parse';
import { describe, expect, inject, test } from 'vitest';
import { exportFormats } from '../../scripts/release/exportFormats.ts';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { readSchemaFolder } from '../../scripts/project/schemaFolder.ts';
import { dataset, here, sha256 } from '../support/fixture.ts';
import { openRelease } from '../support/reconstruct.ts';
import { root, run } from '../support/run.ts';

const cases = path.join(root, 'test/cases');
const described = path.join(cases, 'plain/expected');

const release = inject('shipped');

function json(folder: string, file: string): Record<string, unknown> {
  return JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Record<string, unknown>;
}

function csv(table: string): Record<string, string>[] {
  return parseCsv(fs.readFileSync(path.join(release, 'csv', `${table}.csv`), 'utf8'), { columns: true });
}

/** Options without a network: a context that is not in the file is an error, as is a term that would be dropped. */
function offline(base: string): jsonld.Options.Expand {
  const options = {
    base,
    safe: true,
    documentLoader: async (url: string) => Promise.reject(new Error(`${url} would have to be fetched`)),
  };
  return options;
}

async function expand(folder: string, file: string): Promise<Node[]> {
  const expanded = await jsonld.expand(json(folder, file), offline('file:///release/'));
  return expanded as unknown as Node[];
}

interface Node {
  readonly '@id'?: string;
  readonly '@type'?: readonly string[];
  readonly [property: string]: unknown;
}

/** Identifiers or texts that a node states for a property. */
function stated(node: Node | undefined, property: string): unknown[] {
  const values = (node?.[property] ?? []) as readonly Readonly<Record<string, unknown>>[];
  return values.map((value) => value['@id'] ?? value['@value'] ?? value);
}

const address = { type: 'string', pattern: '^https?://' };
const slug = { type: 'string', pattern: '^[a-z0-9._-]+$' };
const relative = { type: 'string', pattern: '^(?!/|\\.\\./|[a-z]+:)[^\\\\]+$' };
const digest = { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' };

/**
 * The rules of Data Package 2.0 as its text gives them, for what a release uses. The standard's own profile is in no
 * package of a registry, and it is wrong in one thing: it refuses fields of type `list`, which the text has.
 */
const dataPackageRules = {
  type: 'object',
  required: ['$schema', 'resources'],
  properties: {
    $schema: { const: 'https://datapackage.org/profiles/2.0/datapackage.json' },
    name: slug,
    version: { type: 'string' },
    created: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' },
    homepage: address,
    keywords: { type: 'array', minItems: 1, items: { type: 'string' } },
    licenses: {
      type: 'array',
      minItems: 1,
      items: { anyOf: [{ required: ['name'] }, { required: ['path'] }], properties: { path: { type: 'string' } } },
    },
    contributors: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        minProperties: 1,
        properties: {
          title: { type: 'string' },
          givenName: { type: 'string' },
          familyName: { type: 'string' },
          organization: { type: 'string' },
          path: address,
          email: { type: 'string' },
          roles: { type: 'array', minItems: 1, items: { type: 'string' } },
        },
        additionalProperties: false,
      },
    },
    sources: {
      type: 'array',
      items: { type: 'object', minProperties: 1, propertyNames: { enum: ['title', 'path', 'email', 'version'] } },
    },
    resources: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['name', 'path'],
        properties: {
          name: { type: 'string' },
          type: { const: 'table' },
          path: { anyOf: [relative, { type: 'array', minItems: 1, items: relative }] },
          mediatype: { type: 'string', pattern: '^[^/]+/[^/]+$' },
          bytes: { type: 'integer' },
          hash: digest,
          contentHash: digest,
          schema: {
            type: 'object',
            required: ['fields'],
            properties: {
              fields: {
                type: 'array',
                minItems: 1,
                items: {
                  type: 'object',
                  required: ['name'],
                  properties: {
                    type: { enum: ['string', 'integer', 'number', 'boolean', 'date', 'datetime', 'any', 'list'] },
                    constraints: {
                      type: 'object',
                      propertyNames: {
                        enum: 'required unique enum pattern minLength maxLength minimum maximum'.split(' '),
                      },
                    },
                  },
                },
              },
              primaryKey: { type: 'array', minItems: 1, items: { type: 'string' } },
              foreignKeys: {
                type: 'array',
                minItems: 1,
                items: {
                  type: 'object',
                  required: ['fields', 'reference'],
                  properties: { reference: { type: 'object', required: ['resource', 'fields'] } },
                },
              },
            },
          },
        },
      },
    },
  },
};

const isDataPackage = new Ajv2020({ allErrors: true, strictTypes: false }).compile(dataPackageRules);

const packages = fs
  .readdirSync(cases, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

interface Schema {
  readonly fields: readonly {
    readonly name: string;
    readonly missingValues?: readonly string[];
    readonly constraints?: { readonly required?: boolean };
  }[];
  readonly missingValues: readonly string[];
}

interface TableResource {
  readonly name: string;
  readonly format: string;
  readonly path: string;
  readonly schema: Schema;
}

function tablesOf(folder: string): readonly TableResource[] {
  const { resources } = json(folder, 'datapackage.json') as { readonly resources: readonly TableResource[] };
  return resources.filter(({ format }) => format === 'csv');
}

/** The missing values of each field of a table: its own, else those of all fields (Table Schema). */
function missingValuesOf(folder: string, table: string): Record<string, readonly string[]> {
  const { schema } = tablesOf(folder).find(({ name }) => name === table) ?? { schema: undefined };
  return Object.fromEntries(schema?.fields.map((f) => [f.name, f.missingValues ?? schema.missingValues]) ?? []);
}

/** Cells of required fields that look missing to a reader who does not distinguish quoted fields from others. */
function missingThoughRequired(folder: string): string[] {
  return tablesOf(folder).flatMap((table) => {
    const missing = missingValuesOf(folder, table.name);
    const required = table.schema.fields.filter(({ constraints }) => constraints?.required === true);
    const text = fs.readFileSync(path.join(folder, table.path), 'utf8');
    const rows: Record<string, string>[] = parseCsv(text, { columns: true, record_delimiter: '\n' });
    return rows.flatMap((row, i) =>
      required
        .filter(({ name }) => missing[name]?.includes(row[name] ?? '') === true)
        .map(({ name }) => `${folder}: row ${i} of ${table.name}: ${name}`),
    );
  });
}

describe('datapackage.json', () => {
  test('follows the rules of Data Package 2.0, for the shipped dataset and for other people’s', () => {
    const folders = [() => release, ...packages.map((each) => () => path.join(cases, each, 'expected'))];
    for (const folder of folders) {
      isDataPackage(json(folder(), 'datapackage.json'));
      expect(isDataPackage.errors, folder()).toBe(null);
    }
  });

  test('no missing value is in a required column: the empty text is one only if a cell can be NULL', async () => {
    const names = { type: 'string' };
    const keyed = { type: 'object', additionalProperties: { enum: ['', 'x'] } };
    const folder = dataset({
      'schema/ships.schema.json': {
        type: 'object',
        properties: { id: names, name: names, other: names, long: { type: 'string', minLength: 1 }, keyed },
        required: ['id', 'name', 'long'],
      },
      'raw/ships/anna.json': { id: 'anna', name: '', other: '', long: 'x', keyed: { '': '' } },
    });
    expect((await run(folder, 'build', [...here, '--dist', 'dist'])).status).toBe(0);
    expect((await run(folder, 'verify', ['--release', 'dist/next'])).status).toBe(0);
    const built = path.join(folder, 'dist/next');
    const folders = [built, release, ...packages.map((each) => path.join(cases, each, 'expected'))];
    expect(folders.flatMap(missingThoughRequired)).toEqual([]);
    expect(missingValuesOf(built, 'ships')).toMatchObject({ id: [], name: [], other: [''], long: [''] });
  });

  test('has what dataset.json says about the dataset', () => {
    const { homepage, contributors, sources, keywords, licenses } = json(
      path.join(cases, 'plain/schema'),
      'dataset.json',
    );
    expect(json(described, 'datapackage.json')).toMatchObject({ homepage, contributors, sources, keywords, licenses });
  });
});

describe('CITATION.cff', () => {
  test.each([['the shipped dataset', () => release] as const, ['the case plain', () => described] as const])(
    'is valid for %s',
    (_, folder) => {
      const { version, authors } = validateCFFFile(path.join(folder(), 'CITATION.cff'));
      expect(version).toBe(json(folder(), 'datapackage.json')['version']);
      expect(authors.length).toBeGreaterThan(0);
    },
  );

  test('names a licence only if the format knows it', async () => {
    const { schema } = (await import(path.join(root, 'node_modules/cffjs/dist/schema.js'))) as {
      readonly schema: { readonly definitions: { readonly 'license-enum': { readonly enum: readonly string[] } } };
    };
    const known = new Set(schema.definitions['license-enum'].enum);
    expect(licenseIds.filter((id) => !known.has(id))).toEqual([]);
    const folder = dataset({
      'schema/dataset.json': {
        name: 'ferries',
        version: '1.2.3',
        contributors: [{ title: 'Ida' }],
        licenses: [{ name: 'CDLA-Permissive-2.0', path: 'https://cdla.dev/permissive-2-0/' }],
      },
    });
    expect((await run(folder, 'build', [...here, '--dist', 'dist'])).status).toBe(0);
    const cff = validateCFFFile(path.join(folder, 'dist/next/CITATION.cff'));
    expect(cff.license).toBeUndefined();
    expect(cff['license-url']).toBe('https://cdla.dev/permissive-2-0/');
  });
});

test('the licences of the shipped dataset are SPDX expressions', () => {
  const { licenses } = readSchemaFolder(
    nodeFileSystem(),
    { path: path.join(root, 'schema'), shown: 'schema' },
    { own: true },
  ).dataset;
  for (const license of licenses) expect(parseLicense(license.name)).toEqual({ license: license.name });
  expect(() => parseLicense('CC-BY-4')).toThrow(/./);
});

const sc = 'https://schema.org/';
const cr = 'http://mlcommons.org/croissant/';

describe.each([['the shipped dataset', () => release] as const, ['the case plain', () => described] as const])(
  'for %s',
  (_, folder) => {
    test('schema.jsonld is a schema.org Dataset with every file of data', async () => {
      const [node] = await expand(folder(), 'schema.jsonld');
      expect(node?.['@type']).toEqual([`${sc}Dataset`]);
      expect(stated(node, `${sc}version`)).toEqual([json(folder(), 'datapackage.json')['version']]);
      const files = node?.[`${sc}distribution`] as readonly Node[];
      const { resources } = json(folder(), 'datapackage.json') as { readonly resources: readonly Resource[] };
      const addresses = files.flatMap((file) => stated(file, `${sc}contentUrl`)).map(String);
      // a release has an address, a build has none
      expect(addresses).toEqual(resources.map((r) => r.path));
      expect(files.flatMap((file) => stated(file, `${sc}sha256`)).map((each) => `sha256:${String(each)}`)).toEqual(
        resources.flatMap((r) => r.hash ?? []),
      );
    });

    test('croissant.json is a Croissant 1.1 dataset whose fields are columns of files in it', async () => {
      const [node] = await expand(folder(), 'croissant.json');
      expect(stated(node, 'http://purl.org/dc/terms/conformsTo')).toEqual(['http://mlcommons.org/croissant/1.1']);
      const files = node?.[`${sc}distribution`] as readonly Node[];
      expect(new Set(files.flatMap((file) => file['@type']))).toEqual(new Set([`${cr}FileObject`]));
      const ids = new Set(files.map((file) => file['@id']));
      const { resources } = json(folder(), 'datapackage.json') as { readonly resources: readonly Resource[] };
      const columns = resources
        .filter((r) => r.format === 'csv')
        .map((r) => [r.name, r.schema.fields.map((f) => f.name)]);
      const sets = node?.[`${cr}recordSet`] as readonly Node[];
      const found = sets.map((set) => {
        const fields = set[`${cr}field`] as readonly Node[];
        const sources = fields.map((field) => (field[`${cr}source`] as readonly Node[])[0]);
        for (const source of sources) expect(ids).toContain(stated(source, `${cr}fileObject`)[0]);
        const extracts = sources.map((source) => (source?.[`${cr}extract`] as readonly Node[] | undefined)?.[0]);
        return [stated(set, `${sc}name`)[0], extracts.flatMap((extract) => stated(extract, `${cr}column`))];
      });
      expect(found).toEqual(columns);
    });
  },
);

interface Resource {
  readonly name: string;
  readonly path: string;
  readonly format: string;
  readonly hash?: string;
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
}

const prov = 'http://www.w3.org/ns/prov#';
const base = 'file:///release/prov.jsonld';

describe('prov.jsonld', () => {
  test('leads from the release to the commit, and to every record and its source documents', async () => {
    const flat = await jsonld.flatten(json(release, 'prov.jsonld'), undefined, offline(base));
    const nodes = new Map((flat as unknown as Node[]).map((node) => [node['@id'], node]));
    const at = (id: string): Node | undefined => nodes.get(`${base}#${id}`);
    const { commit, created } = json(release, 'datapackage.json');
    expect(at('release')?.['@type']).toEqual([`${prov}Entity`]);
    expect(stated(at('release'), `${prov}generatedAtTime`)).toEqual([created]);
    expect(stated(at('release'), `${prov}wasGeneratedBy`)).toEqual([`${base}#build`]);
    expect(at('build')?.['@type']).toEqual([`${prov}Activity`]);
    expect(stated(at('build'), `${prov}used`)).toEqual([`${base}#commit`]);
    expect(stated(at('commit'), 'http://purl.org/dc/terms/identifier')).toEqual([commit]);
    expect(stated(at('contributor/1'), `${sc}name`)).toEqual(['Démarche maintainers']);
    const pairs = csv('provenance').map((row) => [`record/${row['table_name']}/${row['record_id']}`, row['source_id']]);
    const records = new Set(pairs.map(([record]) => record ?? ''));
    expect(new Set(stated(at('release'), `${prov}wasDerivedFrom`))).toEqual(
      new Set([`${base}#commit`, ...[...records].map((record) => `${base}#${record}`)]),
    );
    for (const record of records) {
      const sources = new Set(pairs.flatMap(([of, source]) => (of === record ? [`${base}#source/${source}`] : [])));
      expect(stated(at(record), `${prov}wasDerivedFrom`)).toEqual([...sources].toSorted());
    }
    for (const source of csv('sources')) {
      expect(stated(at(`source/${source['id']}`), `${sc}sha256`)).toEqual([source['document_sha256']]);
    }
  });
});

describe('a dataset about which little is known', () => {
  test('has no file that would invent facts', () => {
    for (const each of packages.filter((name) => name !== 'plain')) {
      expect(json(path.join(cases, each, 'expected'), 'datapackage.json')).not.toHaveProperty('contributors');
    }
  });

  test('outside git, without dataset.json or evidence: no citation, licence, examples or PROV', async () => {
    const folder = dataset();
    for (const gone of ['schema/dataset.json', 'schema/papers.schema.json', 'schema/crossings.schema.json'])
      fs.rmSync(path.join(folder, gone));
    for (const gone of ['raw/papers', 'raw/crossings']) fs.rmSync(path.join(folder, gone), { recursive: true });
    fs.mkdirSync(path.join(folder, 'schema/examples'));
    fs.writeFileSync(path.join(folder, 'schema/examples/ship.txt'), 'of the schema, not of the data');
    fs.writeFileSync(path.join(folder, 'schema/LICENSE'), 'of the schema, not of the data');
    fs.writeFileSync(path.join(folder, 'schema/RULES.md'), 'of the schema, not of the data');
    expect((await run(folder, 'build', [...here, '--dist', 'dist'])).status).toBe(0);
    const next = path.join(folder, 'dist/next');
    expect(fs.readdirSync(next).toSorted()).toEqual(
      [
        'CODEBOOK.md',
        'MAPPING.md',
        'README.md',
        'SHA256SUMS',
        'croissant.json',
        'csv',
        'csvw.json',
        'datapackage.json',
        'explorer',
        'ferries.duckdb',
        'index.html',
        'mapping.json',
        ...exportFormats.map(({ name }) => name),
        'records',
        'schema',
        'schema.jsonld',
      ].toSorted(),
    );
    await expand(next, 'croissant.json');
    await expand(next, 'schema.jsonld');
    expect(fs.readFileSync(path.join(next, 'README.md'), 'utf8')).toContain('The dataset does not state a licence.');
  });
});

describe('dataset.json', () => {
  const given = { name: 'ferries', version: '1.2.3' };
  test.each([
    ['a misspelt key', { contributers: [] }, /unknown key "contributers" \(did you mean "contributors"/],
    [
      'a misspelt key of a contributor',
      { contributors: [{ title: 'Ida', role: 'author' }] },
      /:7:7: unknown key "role" \(did you mean "roles"/,
    ],
    ['contributors that are no list', { contributors: { title: 'Ida' } }, /"contributors" is an object, not a list/],
    ['a contributor that is a text', { contributors: ['Ida'] }, /"\/contributors\/0" is a text, not an object/],
    [
      'a contributor without a name',
      { contributors: [{ path: 'https://ida.example' }] },
      /"title" is missing from "\/contributors\/0" \(The name of/,
    ],
    [
      'a contributor at no address',
      { contributors: [{ title: 'Ida', path: 'ida.example' }] },
      /"ida.example" does not have the required form \(A web address/,
    ],
    [
      'an e-mail address that is none',
      { contributors: [{ title: 'Ida', email: 'ida' }] },
      /:7:16: "ida" does not have the required form \(An e-mail address/,
    ],
    ['roles that are one text', { contributors: [{ title: 'Ida', roles: 'author' }] }, /"roles" is a text, not a list/],
    [
      'a role that is a number',
      { contributors: [{ title: 'Ida', roles: [1] }] },
      /"\/contributors\/0\/roles\/0" is a number, not a text/,
    ],
    [
      'a homepage that is a script',
      { homepage: 'javascript:alert(1)' },
      /:4:15: "javascript:alert\(1\)" does not have the required form \(A web address/,
    ],
    ['a source without a title', { sources: [{ path: 'x' }] }, /"title" is missing from "\/sources\/0"/],
    ['a licence without a name', { licenses: [{ title: 'Free' }] }, /"name" is missing from "\/licenses\/0"/],
    ['keywords that are no texts', { keywords: [1] }, /"\/keywords\/0" is a number, not a text/],
    ['a key that the schema does not have', { colour: 'red' }, /:4:3: unknown key "colour" \(the keys here are/],
    ['an empty title', { title: '' }, /:4:12: "title" is empty/],
  ])('with %s is refused', async (_, more, says) => {
    const folder = dataset({ 'schema/dataset.json': { ...given, ...more } });
    const { status, err } = await run(folder, 'validate', here);
    expect(err).toMatch(says);
    expect(err).toMatch(/^schema\/dataset\.json|schema\/dataset\.json:/);
    expect(status).toBe(2);
  });

  test('that is not JSON, or too deep, is rejected at its place', async () => {
    const says = async (text: string): Promise<string> =>
      (await run(dataset({ 'schema/dataset.json': text }), 'validate', here)).err;
    expect(await says('{\n  "name": ferries\n}')).toMatch(/^validate: schema\/dataset.json:2:11: not JSON/);
    expect(await says('[]')).toMatch(/^validate: schema\/dataset.json:1:1: the file is a list, not an object/);
    expect(await says(`{"name": ${'['.repeat(300)}`)).toMatch(/schema\/dataset.json:1:\d+: nested deeper than/);
  });

  test('can name its schema for an editor, and a contributor by either name', async () => {
    const more = { $schema: '../dataset.schema.json', contributors: [{ familyName: 'Berg' }, { givenName: 'Ida' }] };
    const { err, status } = await run(dataset({ 'schema/dataset.json': { ...given, ...more } }), 'validate', here);
    expect(err).toMatch(/0 errors/);
    expect(status).toBe(0);
  });

  test.each(['two words.py', '-rf.sh', 'sub/run.py', 'naïve.R'])('an example called %s is refused', async (example) => {
    const folder = dataset({ [`schema/examples/${example}`]: 'text' });
    const { status, err } = await run(folder, 'build', [...here, '--dist', 'dist']);
    expect(err).toMatch(/an example is a file in examples\/ whose name is made of/);
    expect(status).toBe(2);
  });
});

describe('the shipped release', () => {
  test('carries its licence’s text and its examples', () => {
    const same = (file: string): void =>
      expect(fs.readFileSync(path.join(release, file), 'utf8')).toBe(
        fs.readFileSync(path.join(root, 'schema', file), 'utf8'),
      );
    same('LICENSE');
    const examples = fs.readdirSync(path.join(root, 'schema/examples'));
    expect(fs.readdirSync(path.join(release, 'examples'))).toEqual(examples);
    for (const example of examples) same(`examples/${example}`);
  });

  test('has a README whose SQL runs and whose links lead to files', async () => {
    const readme = fs.readFileSync(path.join(release, 'README.md'), 'utf8');
    const blocks = [...readme.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql = '']) => sql);
    const [opening = '', evidence = ''] = blocks;
    expect(blocks).toHaveLength(2);
    const connection = await openRelease(release, 'demarche.duckdb');
    const [, ...queries] = opening.trim().split('\n');
    expect(queries).toHaveLength(2);
    queries.push(evidence.replace('FROM provenance', 'FROM release.provenance'));
    for (const query of queries) {
      const placed = query.replace("'parquet/", `'${release}/parquet/`);
      expect((await connection.runAndReadAll(placed)).currentRowCount).toBe(5);
    }
    expect(readme).toContain('(examples/denials_by_side.sql): Which side denied what, and whose claim?');
    const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link ?? '');
    const paths = [...readme.matchAll(/['"`]((?:csv|parquet)\/[^'"`*]*[^'"`*/])['"`]/g)].map(([, file]) => file ?? '');
    expect(links.length).toBeGreaterThan(5);
    expect(paths.length).toBeGreaterThan(3);
    for (const file of [...links, ...paths]) expect(fs.existsSync(path.join(release, file)), file).toBe(true);
  });

  test('is read by DuckDB 1.1: every table, view and ENUM', async () => {
    const script = path.join(root, 'test/support/olderDuckDb.mjs');
    const args = [script, path.join(release, 'demarche.duckdb')];
    const out = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    const older = JSON.parse(out) as Older;
    expect(older.version).toMatch(/^v1\.1\./);
    const connection = await openRelease(release, 'demarche.duckdb');
    await connection.run('USE release');
    const names = await connection.runAndReadAll(
      "SELECT table_name FROM information_schema.tables WHERE table_catalog = 'release' ORDER BY 1",
    );
    expect(Object.keys(older.rows).toSorted()).toEqual(names.getRows().flat());
    for (const [table, rows] of Object.entries(older.rows)) {
      const counted = await connection.runAndReadAll(`SELECT count(*) FROM "${table}"`);
      expect([table, BigInt(rows)]).toEqual([table, counted.getRows()[0]?.[0]]);
    }
    const lists = new Map<string, string[]>();
    for (const { table_name: table, column_name: column, code } of csv('codelists'))
      lists.set(`${table}.${column}`, [...(lists.get(`${table}.${column}`) ?? []), code ?? '']);
    // a long list is no type of a column
    const short = [...lists].filter(([, codes]) => codes.length <= 64);
    expect(older.enums).toEqual(Object.fromEntries(short));
    expect(short.length).toBeLessThan(lists.size);
  });

  test('says in the database what it is, how to cite it, and with which schemas it was made', async () => {
    const connection = await openRelease(release, 'demarche.duckdb');
    const [facts] = (await connection.runAndReadAll('SELECT * FROM release.main.dataset')).getRowObjectsJson();
    const { name, version, title, commit } = json(release, 'datapackage.json');
    const files = fs.readdirSync(path.join(root, 'schema')).filter((file) => file.endsWith('.schema.json'));
    const line = (file: string): string => `${sha256(fs.readFileSync(path.join(root, 'schema', file)))}  ${file}\n`;
    expect(facts).toMatchObject({
      name,
      version,
      title,
      commit,
      licence: 'CC-BY-4.0',
      citation: expect.stringMatching(/^Démarche maintainers \(\d{4}\)\. .*\(version .*\) \[Data set\]\.$/) as string,
      schemas_sha256: sha256(files.toSorted().map(line).join('')),
    });
    const comments = await connection.runAndReadAll(
      "SELECT comment FROM duckdb_columns() WHERE database_name = 'release' AND table_name = 'dataset'",
    );
    expect(comments.getRows().flat()).toHaveLength(Object.keys(facts ?? {}).length);
    expect(comments.getRows().flat()).not.toContain(null);
  });
});

interface Older {
  readonly version: string;
  readonly rows: Readonly<Record<string, number>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
}
