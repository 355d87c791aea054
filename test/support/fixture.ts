import { createHash } from 'node:crypto';
import path from 'node:path';
import { freshFolder, writeFiles } from './run.ts';

const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** A text of 46 code points, one of them beyond U+FFFF. */
export const document = 'The ferry 🛳 left Ystad on Monday with 40 cars.\n';

export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const slug = { type: 'string', pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', description: 'Lower-case slug.' };
const text = {
  type: 'string',
  minLength: 1,
  pattern: '^(?![=+\\-@\\t\\r])[^\\u0000-\\u001f\\u007f-\\u009f\\u202a-\\u202e]*$',
};

const evidence = {
  type: 'array',
  minItems: 1,
  'x-spans': true,
  items: {
    type: 'object',
    properties: {
      source: { type: 'string', 'x-references': 'papers' },
      start: { type: 'integer', minimum: 0 },
      end: { type: 'integer', minimum: 1 },
      sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
      begins: { type: 'string' },
      ends: { type: 'string' },
      supports: { type: 'array', minItems: 1, items: { type: 'string', format: 'json-pointer' } },
    },
    required: ['source', 'start', 'end', 'sha256', 'begins', 'ends', 'supports'],
    additionalProperties: false,
  },
};

function schema(title: string, properties: object, required: readonly string[], more: object = {}): object {
  return {
    $schema: dialect,
    title,
    type: 'object',
    properties: { id: slug, ...properties },
    required: ['id', ...required],
    additionalProperties: false,
    ...more,
  };
}

export const schemas: Readonly<Record<string, object>> = {
  'schema/dataset.json': {
    name: 'ferries',
    version: '1.2.3',
    title: 'Ferries',
    licenses: [{ name: 'CC0-1.0', scope: 'data' }],
  },
  'schema/papers.schema.json': schema(
    'Papers',
    {
      document: {
        type: 'object',
        'x-document': true,
        properties: { file: text, sha256: { type: 'string' }, start: { type: 'integer' }, end: { type: 'integer' } },
        required: ['file', 'sha256'],
        additionalProperties: false,
      },
    },
    ['document'],
  ),
  'schema/ships.schema.json': schema('Ships', { name: text }, ['name']),
  'schema/ports.schema.json': schema('Ports', { name: text }, ['name']),
  'schema/crossings.schema.json': schema(
    'Crossings',
    {
      kind: {
        type: 'string',
        oneOf: [
          { const: 'departure', description: 'A ship leaves.' },
          { const: 'arrival', description: 'A ship arrives.' },
        ],
      },
      ship: { type: 'string', 'x-references': 'ships' },
      port: { type: 'string', 'x-references': 'ports', 'x-evidence': true },
      on: { type: 'string', format: 'edtf' },
      cars: { type: 'integer', minimum: 0, 'x-evidence': true },
      length: { type: 'number', 'x-unit': 'm' },
      remark: text,
      stops: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          properties: {
            port: { type: 'string', 'x-references': 'ports' },
            crew: { type: 'array', minItems: 1, items: text },
          },
          required: ['port'],
          additionalProperties: false,
        },
      },
      evidence,
    },
    ['kind', 'ship', 'on'],
  ),
};

const span = 'left Ystad on Monday with 40 cars.';
const start = Array.from(document.slice(0, document.indexOf(span))).length;

export const crossing = {
  id: 'monday-ystad',
  kind: 'departure',
  ship: 'anna',
  port: 'ystad',
  on: '2022-02-28',
  cars: 40,
  length: 172.5,
  stops: [{ port: 'ystad', crew: ['Ida', 'Öland, "Bo"'] }, { port: 'trelleborg' }],
  evidence: [
    {
      source: 'gazette',
      start,
      end: start + span.length,
      sha256: sha256(span),
      begins: 'left',
      ends: 'cars.',
      supports: ['/port', '/cars'],
    },
  ],
};

export const records: Readonly<Record<string, object>> = {
  'raw/papers/gazette.json': { id: 'gazette', document: { file: 'gazette.txt', sha256: sha256(document) } },
  'raw/ships/anna.json': { id: 'anna', name: 'Anna' },
  'raw/ports/ystad.json': { id: 'ystad', name: 'Ystad' },
  'raw/ports/trelleborg.json': { id: 'trelleborg', name: 'Trelleborg' },
  'raw/crossings/monday-ystad.json': crossing,
};

/** The schemas, with a withdrawal in every table. */
export const withdrawable = Object.fromEntries(
  Object.entries(schemas)
    .filter(([file]) => file.endsWith('.schema.json'))
    .map(([file, table]) => {
      const { properties, ...rest } = table as { readonly properties: object };
      const withdrawn = {
        type: 'object',
        'x-withdrawal': true,
        properties: {
          date: { type: 'string', format: 'date' },
          reason: { type: 'string' },
          replaced_by: { type: 'string' },
        },
        required: ['date', 'reason'],
        additionalProperties: false,
      };
      return [file, { ...rest, properties: { ...properties, withdrawn } }];
    }),
);

/** A small dataset without faults in a folder of its own; `more` replaces or adds files. */
export function dataset(more: Readonly<Record<string, string | Uint8Array | object>> = {}): string {
  const folder = path.join(freshFolder(), 'ferries');
  writeFiles(folder, { ...schemas, ...records, 'sources/gazette.txt': document, ...more });
  return folder;
}

/** The flags that point a command at a folder made by `dataset`. */
export const here: readonly string[] = ['--schema', 'schema', '--raw', 'raw', '--sources', 'sources'];
