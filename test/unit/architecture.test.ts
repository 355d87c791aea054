import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { subschemas } from '../../scripts/schema/keywords.ts';
import { vocabulary } from '../../scripts/schema/extensions.ts';
import { root } from '../support/run.ts';

const schemaFolder = path.join(root, 'schema');

/** Every name of a table, a property, a definition or a code of the shipped dataset. */
function namesOfTheDataset(): Set<string> {
  const names = new Set<string>();
  for (const file of fs.readdirSync(schemaFolder).filter((f) => f.endsWith('.schema.json'))) {
    names.add(path.basename(file, '.schema.json'));
    const schema: unknown = JSON.parse(fs.readFileSync(path.join(schemaFolder, file), 'utf8'));
    for (const { schema: each } of subschemas(schema)) {
      for (const key of ['properties', '$defs']) for (const name of Object.keys(each[key] ?? {})) names.add(name);
    }
  }
  return names;
}

/** Words of programs, maps, texts and dates in general that are also names in the dataset. */
const general: ReadonlySet<string> = new Set([
  'addresses',
  'conditional',
  'latitude',
  'longitude',
  'quotation',
  'side',
  'subjects',
  'targets',
  'within',
]);

/** The words of a program: identifiers and words in strings, without comments. */
function wordsOfCode(text: string): Set<string> {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  return new Set(code.match(/[A-Za-z_$][\w$]*/g) ?? []);
}

const programs = fs
  .readdirSync(path.join(root, 'scripts'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:tsx?|mjs)$/.test(file));

test.each(programs)('%s names no record type and no field of the dataset', (file) => {
  const words = wordsOfCode(fs.readFileSync(path.join(root, 'scripts', file), 'utf8'));
  const names = [...namesOfTheDataset()].filter((name) => !vocabulary.has(name) && !general.has(name));
  expect(names.filter((name) => words.has(name))).toEqual([]);
});

test('each exception is needed: it is a name of the dataset', () => {
  const names = namesOfTheDataset();
  expect([...vocabulary, ...general].filter((word) => !names.has(word))).toEqual([]);
});

test('the check can find names of the dataset', () => {
  expect([...namesOfTheDataset()]).toEqual(
    expect.arrayContaining(['statements', 'speaker', 'participants', 'personnel']),
  );
  expect(wordsOfCode("const x = record['speaker'];")).toContain('speaker');
});

/** Prose and comments, which can be broken anywhere, unlike strings, patterns, rows of tables and nested brackets. */
function isProse(file: string, line: string): boolean {
  return file.endsWith('.md') ? !/^\s*\||\[{9}/.test(line) : /^\s*(?:\/\/|\/?\*|--|#)/.test(line);
}

test('lines of prose and comments have at most 120 characters', () => {
  const files = ['.', 'schema', 'scripts', 'test'].flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
      .map((name) => path.posix.join(folder, name)),
  );
  const sources = files.filter(
    (file) => /\.(?:md|tsx?|mjs|css|sql|py|R)$/.test(file) && !/node_modules|\/expected\//.test(file),
  );
  const long = sources.flatMap((file) =>
    fs
      .readFileSync(path.join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, i) => (line.length > 120 && isProse(file, line) ? [`${file}:${i + 1}`] : [])),
  );
  expect(sources.length).toBeGreaterThan(500);
  expect(long).toEqual([]);
});
