import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { dataset, here } from './fixture.ts';
import { openRelease } from './reconstruct.ts';
import { root, run } from './run.ts';

const examples = fs.readdirSync(path.join(root, 'schema/examples'));
const inLanguage = (extension: string): string[] => examples.filter((file) => file.endsWith(extension));

let release = '';

beforeAll(async () => {
  // below node_modules, so that scripts in it find the packages
  const dist = path.join(root, 'node_modules/.cache/examples-test');
  fs.rmSync(dist, { recursive: true, force: true });
  const { status } = await run(root, 'build', ['--dist', dist]);
  expect(status).toBe(0);
  release = fs.realpathSync(path.join(dist, 'next'));
});

async function rowsOf(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const connection = await openRelease(release, 'demarche.duckdb');
  await connection.run('USE release');
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

function node(script: string): string {
  return execFileSync(process.execPath, [script], { cwd: release, encoding: 'utf8' });
}

function example(name: string): string {
  return path.join(release, 'examples', name);
}

describe('the examples of the shipped dataset', () => {
  test('come with each build as they are', () => {
    expect(fs.readdirSync(path.join(release, 'examples'))).toEqual(examples);
    for (const name of examples)
      expect(fs.readFileSync(example(name))).toEqual(fs.readFileSync(path.join(root, 'schema/examples', name)));
  });

  test.each(inLanguage('.sql'))('%s finds rows', async (name) => {
    expect((await rowsOf(fs.readFileSync(example(name), 'utf8'))).length).toBeGreaterThan(3);
  });

  test.each(inLanguage('.mjs'))('%s prints rows', (name) => {
    expect(node(example(name)).split('\n').length).toBeGreaterThan(6);
  });

  test('count the same calls in SQL and in JavaScript', async () => {
    const rows = await rowsOf(fs.readFileSync(example('calls_between_countries.sql'), 'utf8'));
    const printed = node(example('calls_between_countries.mjs'));
    const counted = [...printed.matchAll(/'(\w\w) – (\w\w)' +│ +(\d+)/g)].map(([, a, b, n]) => [a, b, Number(n)]);
    expect(counted).toEqual(rows.map((row) => [row['country'], row['other_country'], Number(row['calls'])]));
  });

  test('show every span on which a warning or an accusation rests', async () => {
    const rows = await rowsOf(fs.readFileSync(example('who_warned_whom.sql'), 'utf8'));
    const csv = fs.readFileSync(path.join(release, 'csv/statements.csv'), 'utf8');
    const charges = new Set([...csv.matchAll(/^([\w-]+),(?:warning|accusation),/gm)].map(([, id]) => id));
    const spans = fs
      .readFileSync(path.join(release, 'csv/provenance.csv'), 'utf8')
      .split('\n')
      .map((line) => line.split(','))
      .filter(([table, id, field]) => table === 'statements' && charges.has(id) && field === '/kind');
    expect(spans.length).toBeGreaterThan(charges.size);
    expect(rows.map((row) => [row['span_start'], row['span_end']].join('-')).toSorted()).toEqual(
      spans.map(([, , , , start, end]) => `${start}-${end}`).toSorted(),
    );
  });
});

describe('README.md of a release', () => {
  const blocks = (language: string): string[] =>
    [
      ...fs
        .readFileSync(path.join(release, 'README.md'), 'utf8')
        .matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm')),
    ].map(([, code = '']) => code);

  test('has SQL that finds rows', async () => {
    const queries = blocks('sql');
    expect(queries).toHaveLength(3);
    for (const query of queries) {
      const placed = query.replaceAll("'parquet/", `'${release}/parquet/`);
      expect((await rowsOf(placed)).length).toBeGreaterThan(0);
    }
  });

  test('has JavaScript that prints rows, and a check that passes', () => {
    const [script = ''] = blocks('js');
    const file = path.join(root, 'node_modules/.cache/examples-test/readme.mjs');
    fs.writeFileSync(file, script);
    expect(node(file)).toContain('id:');
    const [check = ''] = blocks('sh');
    expect(execFileSync('sh', ['-c', check], { cwd: release, encoding: 'utf8' })).toMatch(/README\.md: OK/);
  });

  test('names files and tables that are there, with their rows', () => {
    const readme = fs.readFileSync(path.join(release, 'README.md'), 'utf8');
    const files = [...readme.matchAll(/["'`]((?:csv|parquet|examples)\/[\w./-]+\.\w+)["'`]/g)].map(([, f = '']) => f);
    expect(files.length).toBeGreaterThan(examples.length + 3);
    expect(files.filter((file) => !fs.existsSync(path.join(release, file)))).toEqual([]);
    const descriptor = JSON.parse(fs.readFileSync(path.join(release, 'datapackage.json'), 'utf8')) as {
      readonly resources: readonly { readonly name: string; readonly format: string; readonly rowCount: number }[];
    };
    const listed = [...readme.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map(([, name, rows]) => [name, Number(rows)]);
    expect(listed).toEqual(
      descriptor.resources.filter((r) => r.format === 'csv').map(({ name, rowCount }) => [name, rowCount]),
    );
  });
});

describe('another dataset', () => {
  const built = async (more: Parameters<typeof dataset>[0]): Promise<string> => {
    const folder = dataset(more);
    const { status, err } = await run(folder, 'build', [...here, '--dist', 'dist']);
    expect(status, err).toBe(0);
    return path.join(folder, 'dist/next');
  };

  test('gets the LICENSE that it has, and its examples whatever they hold', async () => {
    const next = await built({ 'schema/LICENSE': 'Do as you like.\n', 'schema/examples/query.json': '{ not JSON' });
    expect(fs.readFileSync(path.join(next, 'LICENSE'), 'utf8')).toBe('Do as you like.\n');
    expect(fs.readFileSync(path.join(next, 'examples/query.json'), 'utf8')).toBe('{ not JSON');
  });

  test('gets a LICENSE made of what dataset.json says, or none', async () => {
    expect(fs.readFileSync(path.join(await built({}), 'LICENSE'), 'utf8')).toBe(
      'Ferries, version 1.2.3, is licensed under:\n\n- data: CC0-1.0\n',
    );
    const without = await built({ 'schema/dataset.json': { name: 'ferries', version: '1.2.3' } });
    expect(fs.readdirSync(without)).not.toContain('LICENSE');
    expect(fs.readFileSync(path.join(without, 'README.md'), 'utf8')).not.toContain('Licence');
  });

  test('is refused an example in a folder, or with a name that not every system can hold', async () => {
    for (const name of ['deep/query.sql', 'a b.sql', 'pipe|.sql']) {
      const { status, err } = await run(dataset({ [`schema/examples/${name}`]: 'SELECT 1' }), 'build', [
        ...here,
        '--dist',
        'dist',
      ]);
      expect(err).toBe(
        `build: schema/examples/${name}: an example is a file in examples/, named with letters, digits, ".", "_" and "-"\n`,
      );
      expect(status).toBe(2);
    }
  });
});
