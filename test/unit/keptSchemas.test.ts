import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { guardedPatterns } from '../../scripts/pattern/pattern.ts';
import type { Kept } from '../../scripts/read/keptSchemas.ts';
import { type Reach, type SchemaFolder, readSchemas } from '../../scripts/read/schemas.ts';
import { freshFolder, root, writeFiles } from '../support/run.ts';

const files = nodeFileSystem();

/** Keeps texts, and counts those that it got. */
function keeping(): Kept & { readonly texts: Map<string, string>; sets: number } {
  const texts = new Map<string, string>();
  const kept = {
    texts,
    sets: 0,
    get: (key: string) => texts.get(key),
    set(key: string, text: string) {
      kept.sets++;
      texts.set(key, text);
    },
  };
  return kept;
}

function read(folder: string, kept: Kept | undefined, refs: Reach['refs'] = new Map(), shown = 'schema'): SchemaFolder {
  const reach = { from: () => [], refs };
  const at = { path: path.join(folder, 'schema'), shown };
  return readSchemas(files, at, undefined, { own: true, patterns: guardedPatterns(), reach, kept });
}

/** Everything that is known of schemas. */
function contentOf({ schemas, digest }: SchemaFolder): object {
  const dialects = schemas.files.map(({ name }) => schemas.dialect(name));
  const { files: all, extensions, formats } = schemas;
  return { all, text: JSON.stringify(all), dialects, extensions, formats, digest };
}

const wild = {
  'schema/t.schema.json': {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://example.org/t',
    type: 'object',
    properties: { 2021: { type: 'number', minimum: 0.5 }, a: { $ref: 'u.schema.json#/$defs/é' } },
    required: ['2021', 'a'],
  },
  'schema/u.schema.json': {
    $defs: { é: { type: 'string', format: 'date', pattern: '^(?:[a-z]|[0-9])+$', 'x-distinct': true } },
    anyOf: [{ $ref: 'https://json-schema.org/draft/2020-12/schema' }, { $ref: '#/$defs/é' }],
  },
};

function wildFolder(): string {
  const folder = freshFolder();
  writeFiles(folder, wild);
  return folder;
}

test.each([
  ['of this repository', () => root],
  ['of two drafts, with years as keys', wildFolder],
])('kept schemas are those that were linked: schemas %s', (_, make) => {
  const folder = make();
  const kept = keeping();
  const plain = contentOf(read(folder, undefined));
  expect(contentOf(read(folder, kept))).toEqual(plain);
  expect(contentOf(read(folder, kept))).toEqual(plain);
  expect(kept.sets).toBe(1);
});

test('schemas are linked again for other files, references on the web or names in messages', () => {
  const folder = wildFolder();
  const kept = keeping();
  read(folder, kept);
  const refs = new Map([['https://example.org/u', 'u.schema.json']]);
  read(folder, kept, refs);
  read(folder, kept, new Map(), 'elsewhere/schema');
  expect(kept.sets).toBe(3);
  writeFiles(folder, { 'schema/u.schema.json': { $defs: { é: { type: 'integer' } } } });
  expect(read(folder, kept).schemas.at('schema:/u.schema.json#/$defs/%C3%A9').schema).toEqual({ type: 'integer' });
  expect(kept.sets).toBe(4);
});

test('schemas with a fault are never kept', () => {
  const folder = wildFolder();
  const kept = keeping();
  const bad = { $defs: { é: { type: 'string', pattern: '^(a+)+$' } } };
  writeFiles(folder, { 'schema/u.schema.json': bad });
  for (let i = 0; i < 2; i++) expect(() => read(folder, kept)).toThrow('takes exponential time');
  expect(kept.sets).toBe(0);
});

test.each(['', 'null', '{}', '{"schemas":{"files":[null],"extensions":[],"formats":[]}}', '{"schemas":{"fil'])(
  'a damaged text counts as missing: %s',
  (damaged) => {
    const folder = wildFolder();
    const kept = keeping();
    const plain = contentOf(read(folder, kept));
    for (const key of kept.texts.keys()) kept.texts.set(key, damaged);
    expect(contentOf(read(folder, kept))).toEqual(plain);
    expect(kept.sets).toBe(2);
  },
);
