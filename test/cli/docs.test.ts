import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { keywords } from '../../scripts/schema/extensions.ts';
import { codeBlocks } from '../support/markdown.ts';
import { freshFolder, root, run, writeFiles } from '../support/run.ts';

const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
const contributing = fs.readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8');
const schemaPage = fs.readFileSync(path.join(root, 'schema/README.md'), 'utf8');
const codePage = fs.readFileSync(path.join(root, 'scripts/README.md'), 'utf8');
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** The anchors of the headings of a Markdown text, as GitHub makes them. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The files of code and tests that import a file. */
function importersOf(file: string): readonly string[] {
  return ['scripts', 'test'].flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
      .map((name) => path.posix.join(folder, name.replaceAll('\\', '/')))
      .filter((from) =>
        [...fs.readFileSync(path.join(root, from), 'utf8').matchAll(/(?:from |import\()'(\.[^']+)'/g)].some(
          ([, to = '']) => path.posix.join(path.posix.dirname(from), to) === file,
        ),
      ),
  );
}

describe('README, CONTRIBUTING and the reference of the commands', () => {
  test('names every Make target and every command', () => {
    const targets = execFileSync('make', ['-s'], { cwd: root, encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((line) => line.split(/\s/)[0]);
    expect(targets).toEqual(expect.arrayContaining(['setup', 'validate', 'fix', 'build', 'test', 'check']));
    const commands = fs.readFileSync(path.join(root, 'scripts/cli/README.md'), 'utf8');
    for (const target of targets.filter((t) => t !== 'help'))
      expect(`${readme}${contributing}${codePage}${commands}`).toMatch(
        new RegExp(`make ${target}\\b|^## ${target}$`, 'm'),
      );
    expect(targets).toEqual(
      expect.arrayContaining(Object.keys(manifest.scripts).filter((name) => !/:|^pre/.test(name))),
    );
  });
});

describe('schema/README', () => {
  test('explains every keyword', () => {
    const explained = [...schemaPage.matchAll(/^\| `(x-[a-z-]+)`/gm)].map(([, name]) => name);
    expect(explained.toSorted()).toEqual(keywords.toSorted());
  });

  test('shows the tables of its example schema', async () => {
    const [schema = ''] = codeBlocks(schemaPage, 'json');
    const [record = ''] = codeBlocks(schemaPage, 'jsonc');
    const tables = codeBlocks(schemaPage, 'csv');
    const folder = freshFolder();
    writeFiles(folder, {
      'schema/trips.schema.json': schema,
      'raw/trips/evening-trip.json': record.replace(',\n}', '\n}'),
    });
    expect(await run(folder, 'fix', [])).toMatchObject({ status: 0 });
    expect((await run(folder, 'build', [])).out).toBe('');
    const written = ['trips', 'trips_stops'].map((name) =>
      fs.readFileSync(path.join(folder, `dist/next/csv/${name}.csv`), 'utf8'),
    );
    expect(written).toEqual(tables);
  });
});

describe('the pages', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'DESIGN.md', 'SECURITY.md', 'TUTORIAL.md', 'WORKBENCH.md'].concat(
    ['schema/README.md', 'schema/CODING.md', 'scripts/README.md', 'scripts/cli/README.md', 'scripts/LIBRARY.md'],
    ['scripts/project/README.md', 'scripts/validate/rules/README.md', 'CHANGELOG.md', 'CODE_OF_CONDUCT.md'],
    ['schema/VERSIONS.md', 'test/cases/README.md', '.github/PULL_REQUEST_TEMPLATE.md'],
  );

  test.each(pages)('%s links to files and headings that exist', (page) => {
    const text = fs.readFileSync(path.join(root, page), 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '');
    const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
    const broken = links.filter(([, file = '', anchor]) => {
      const target = path.join(root, file === '' ? page : path.join(path.dirname(page), file));
      if (!fs.existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(fs.readFileSync(target, 'utf8')).includes(anchor);
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  test('scripts/README and DESIGN name files that exist', () => {
    const design = fs.readFileSync(path.join(root, 'DESIGN.md'), 'utf8');
    const named = [...`${codePage}\n${design}`.matchAll(/`((?:scripts|test|schema)\/[\w./-]+)`/g)].map(
      ([, name = '']) => name,
    );
    expect(named.length).toBeGreaterThan(80);
    expect(named.filter((name) => !fs.existsSync(path.join(root, name)))).toEqual([]);
  });

  test.each([
    ['Add a rule', 'scripts/validate/rules/at-most.ts'],
    ['Add a command', 'scripts/verbs/diff.ts'],
    ['Add a command', 'scripts/cli/commands/diff.ts'],
    ['Add a metadata format', 'scripts/write/metadata/datacite.ts'],
    ['Add a data format', 'scripts/engine/duckdb/formats/parquet.ts'],
    ['Add a form of input', 'scripts/read/json5.ts'],
  ])('scripts/README, "%s", names %s and every file that imports it', (heading, example) => {
    const [, after = ''] = codePage.split(`## ${heading}\n`);
    const [recipe = ''] = after.split('\n## ', 1);
    const importing = importersOf(example);
    expect(importing.length).toBeGreaterThan(0);
    expect([example, ...importing].filter((file) => !recipe.includes(`\`${file}\``))).toEqual([]);
  });

  test('README fits on a page', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(121);
  });
});

describe('the schemas', () => {
  const files = fs.readdirSync(path.join(root, 'schema')).filter((file) => /^(?!common).*\.schema\.json$/.test(file));

  test.each(files)('%s refuses {}', async (file) => {
    const { compileOne } = await import('../support/compileOne.ts');
    expect(compileOne(file)({}).length).toBeGreaterThan(0);
  });

  test('document every property and every code', async () => {
    const { undocumented } = await import('../support/compileOne.ts');
    expect(undocumented()).toEqual([]);
  });
});

describe('SECURITY', () => {
  const text = fs.readFileSync(path.join(root, 'SECURITY.md'), 'utf8');
  const columns = text.split('\n').flatMap((line) => (line.startsWith('|') ? [line.split('|').at(-2) ?? ''] : []));
  const sentences = [...text.matchAll(/Tests:\s+([^.]+)\./g)].map(([, tests = '']) => tests);
  const named = [...columns, ...sentences].flatMap((part) => [...part.matchAll(/`([^`]+)`/g)].map(([, name]) => name));

  test('names tests that exist', () => {
    const tests = [...new Set(named.filter((name) => name !== 'make fuzz'))];
    expect(tests.length).toBeGreaterThan(15);
    const files = fs.readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' });
    const known = new Set(files.map((file) => path.basename(file, '.test.ts')));
    expect(tests.filter((name) => name === undefined || !known.has(name))).toEqual([]);
  });
});
