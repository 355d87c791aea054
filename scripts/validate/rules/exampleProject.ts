import type { JsonObject } from '../../json/json.ts';
import type { ExampleFiles } from './rule.ts';

const dialect = 'https://json-schema.org/draft/2020-12/schema';

function table(title: string, properties: JsonObject, required: readonly string[], more: JsonObject = {}): JsonObject {
  return { $schema: dialect, title, type: 'object', properties, required, additionalProperties: false, ...more };
}

/** The description of the dataset, in a version. */
export function datasetOf(version: string): JsonObject {
  return { name: 'library', version, title: 'Library', licenses: [{ name: 'CC0-1.0', scope: 'data' }] };
}

const id = { type: 'string', pattern: '^[a-z-]+$' };
const digest = { type: 'string', pattern: '^[0-9a-f]{64}$' };

const withdrawn = {
  type: 'object',
  'x-withdrawal': true,
  properties: { date: { type: 'string', format: 'date' }, reason: { type: 'string' }, replaced_by: { type: 'string' } },
  required: ['date', 'reason'],
};

const evidence = {
  type: 'array',
  'x-spans': true,
  items: {
    type: 'object',
    properties: {
      source: { type: 'string', 'x-references': 'reviews' },
      start: { type: 'integer', minimum: 0 },
      end: { type: 'integer', minimum: 0 },
      sha256: digest,
      begins: { type: 'string' },
      ends: { type: 'string' },
      supports: { type: 'array', items: { type: 'string', format: 'json-pointer' } },
    },
    required: ['source', 'start', 'end', 'sha256', 'begins', 'ends', 'supports'],
    additionalProperties: false,
  },
};

const size = {
  oneOf: [
    { type: 'string' },
    { type: 'object', properties: { width: { type: 'integer' } }, additionalProperties: false },
    { type: 'object', properties: { height: { type: 'integer' } }, additionalProperties: false },
  ],
};

const document = {
  type: 'object',
  'x-document': true,
  properties: { file: { type: 'string' }, sha256: digest },
  required: ['file', 'sha256'],
};

/** The small project, without faults, that each example changes. Objects are printed as canonical JSON. */
export const exampleProject: ExampleFiles = {
  'schema/dataset.json': datasetOf('1.0.0'),
  'schema/authors.schema.json': table('Authors', { id, name: { type: 'string', 'x-distinct': true }, withdrawn }, [
    'id',
    'name',
  ]),
  'schema/books.schema.json': table(
    'Books',
    {
      $schema: { type: 'string' },
      id,
      title: { type: 'string', minLength: 1 },
      author: { type: 'string', 'x-references': 'authors' },
      published: { type: 'string', format: 'edtf' },
      pages: { type: 'integer', minimum: 1, 'x-evidence': true },
      price: { type: 'number', 'x-at-most': '/full_price' },
      full_price: { type: 'number', minimum: 0 },
      cover: { type: 'string', enum: ['hardback', 'paperback'] },
      isbn: { type: 'string', pattern: '^[0-9]{13}$' },
      subjects: { type: 'array', items: { type: 'string' }, uniqueItems: true },
      tags: { type: 'array', items: { type: 'string' }, contains: { enum: ['novel', 'poetry'] } },
      size,
      lost: { type: 'boolean' },
      shelf: { type: 'string' },
      notes: { type: 'object' },
      motto: { type: 'string', 'x-verbatim': true },
      blurb: { type: 'string', 'x-own-words': true },
      form: {
        type: 'string',
        enum: ['novel', 'anthology', 'saying'],
        'x-quoted': ['saying'],
        'x-fewest': { anthology: { '/subjects': 2 } },
      },
      evidence,
    },
    ['id', 'title'],
    { if: { properties: { lost: { const: true } }, required: ['lost'] }, then: { not: { required: ['shelf'] } } },
  ),
  'schema/reviews.schema.json': table('Reviews', { id, document }, ['id', 'document']),
  'raw/authors/ida.json': { id: 'ida', name: 'Ida' },
  'raw/books/ferry.json': { id: 'ferry', title: 'The Ferry' },
  'raw/reviews/review.json': {
    id: 'review',
    document: { file: 'review.txt', sha256: '6dbb082e5df0615951c217cd9b7417bc25083ef145e50b96e94f55218dc212ce' },
  },
  'sources/review.txt': 'The Ferry has 40 pages.\n',
};
