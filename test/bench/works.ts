import path from 'node:path';
import { day, mulberry32, pick, type Random, seed, sentence, whole } from './random.ts';
import { codes, date, dialect, id, objectOf, text } from './schemas.ts';
import { type Corpus, writeFiles, writeLines, writeSchemas } from './written.ts';

/** The table that is measured, and the one to which its records refer. */
const table = 'works';
const publishers = 'publishers';
const publisherCount = 500;

const kinds = {
  monograph: 'A work in one volume.',
  serial: 'A work that appears in parts.',
  map: 'A work that shows a region.',
  score: 'A work in musical notation.',
};

const roles = {
  author: 'Has written the work.',
  editor: 'Has prepared the work for print.',
  translator: 'Has translated the work.',
};

const topics = 'Ships Rivers Bridges Trade Fishing Weather Mills Roads Harbours Salt Timber Letters Maps Law'.split(
  ' ',
);
const names = 'Ådahl Brandt Çelik Dvořák Eriksen Fontaine Grünwald Horváth Ivanova Jønsson Kowalska Łuczak'.split(' ');

function publisherId(index: number): string {
  return `publisher-${String(index).padStart(3, '0')}`;
}

function publisher(index: number): object {
  const random = mulberry32(seed - 1 - index);
  return { id: publisherId(index), name: `${pick(random, names)} & ${pick(random, names)}`, founded: day(random) };
}

function person(random: Random): object {
  return {
    name: `${pick(random, names)}, ${pick(random, names).slice(0, 1)}.`,
    role: pick(random, Object.keys(roles)),
    share: whole(random, 1, 100) / 100,
  };
}

function edition(random: Random): object {
  return {
    year: whole(random, 1900, 2022),
    publisher: publisherId(whole(random, 0, publisherCount - 1)),
    copies: whole(random, 100, 50_000),
    ...(random() < 0.4 ? { remark: sentence(random, 4) } : {}),
  };
}

function several<T>(random: Random, least: number, most: number, one: (random: Random) => T): readonly T[] {
  return Array.from({ length: whole(random, least, most) }, () => one(random));
}

/** The record of a number: it does not depend on how many others there are. Keys are in schema order. */
function work(index: number): object {
  const random = mulberry32(seed + index);
  return {
    id: `work-${String(index).padStart(7, '0')}`,
    title: sentence(random, whole(random, 4, 10)),
    kind: pick(random, Object.keys(kinds)),
    published: day(random),
    pages: whole(random, 8, 2000),
    height: whole(random, 100, 400) / 10,
    illustrated: random() < 0.5,
    persons: several(random, 1, 3, person),
    subjects: several(random, 1, 4, (r) => pick(r, topics)),
    editions: several(random, 1, 2, edition),
    note: sentence(random, whole(random, 20, 60)),
  };
}

const publisherReference = { type: 'string', 'x-references': publishers };

function listOf(items: object): object {
  return { type: 'array', minItems: 1, items };
}

const schemas: Readonly<Record<string, object>> = {
  'dataset.json': { name: 'works', version: '1.0.0', title: 'Works that a seed has made' },
  [`${publishers}.schema.json`]: {
    $schema: dialect,
    title: 'Publishers',
    description: 'Who has published works.',
    'x-key': 'id',
    ...objectOf({ id, name: text, founded: date }, ['id', 'name', 'founded']),
  },
  [`${table}.schema.json`]: {
    $schema: dialect,
    title: 'Works',
    description: 'What has been published.',
    'x-key': 'id',
    ...objectOf(
      {
        id: { $ref: '#/$defs/id' },
        title: { $ref: '#/$defs/text' },
        kind: codes(kinds),
        published: date,
        pages: { type: 'integer', minimum: 1 },
        height: { type: 'number', minimum: 0, 'x-unit': 'cm' },
        illustrated: { type: 'boolean' },
        persons: listOf(
          objectOf({ name: { $ref: '#/$defs/text' }, role: codes(roles), share: { type: 'number', minimum: 0 } }, [
            'name',
            'role',
            'share',
          ]),
        ),
        subjects: listOf({ $ref: '#/$defs/text' }),
        editions: listOf(
          objectOf(
            {
              year: { type: 'integer' },
              publisher: publisherReference,
              copies: { type: 'integer', minimum: 1 },
              remark: { $ref: '#/$defs/text' },
            },
            ['year', 'publisher', 'copies'],
          ),
        ),
        note: { $ref: '#/$defs/text' },
      },
      'id title kind published pages height illustrated persons subjects editions note'.split(' '),
    ),
    $defs: { id, text },
  },
};

/** Writes a corpus of NDJSON whose records have three lists, so three child tables: about seven rows a record. */
export function writeWorks(folder: string, records: number): Corpus {
  const { schema, raw } = writeSchemas(folder, schemas);
  writeFiles(path.join(raw, publishers), publisherCount, (index) => [publisherId(index), publisher(index)]);
  const bytes = writeLines(path.join(raw, table), records, work);
  return { table, schema, raw, records, bytes };
}
