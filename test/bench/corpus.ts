import path from 'node:path';
import { day, mulberry32, pick, type Random, seed, sentence, whole } from './random.ts';
import { codes, date, dialect, id, objectOf, text } from './schemas.ts';
import { type Corpus, writeFiles, writeLines, writeSchemas } from './written.ts';

/** The table that is measured: one schema, `records` records of it. */
const table = 'observations';

/** The table to which its records refer. */
const stations = 'stations';
const stationCount = 200;

/** How the records of the measured table are stored: a file each, or a line each of one NDJSON file. */
export type Holding = 'files' | 'lines';

const kinds = {
  manual: 'A person has read the instrument.',
  automatic: 'The instrument has sent the reading by itself.',
  estimated: 'The value was estimated from those of other stations.',
  'back-calculated': 'The value was calculated from a later one.',
};

const quantities = {
  'water-level': 'Height of the water above the zero of the gauge.',
  temperature: 'Temperature of the air in the shade.',
  salinity: 'Salt in the water.',
  'wind-speed': 'Speed of the wind, ten minutes’ mean.',
};

function stationId(index: number): string {
  return `station-${String(index).padStart(3, '0')}`;
}

function station(index: number): object {
  const random = mulberry32(seed - 1 - index);
  return { id: stationId(index), name: `Station ${index}`, opened: day(random), height: whole(random, -20, 4000) / 10 };
}

function reading(random: Random): object {
  return {
    quantity: pick(random, Object.keys(quantities)),
    value: whole(random, -5000, 50_000) / 100,
    compared_with: stationId(whole(random, 0, stationCount - 1)),
    ...(random() < 0.3 ? { remark: sentence(random, 5) } : {}),
  };
}

function position(random: Random): object {
  return {
    latitude: whole(random, -900_000, 900_000) / 10_000,
    longitude: whole(random, -1_800_000, 1_800_000) / 10_000,
    ...(random() < 0.5 ? { accuracy: whole(random, 1, 200) } : {}),
  };
}

/** Width of the number in an id: names of files and lines sort by their numbers. */
const idDigits = 7;

function observationId(index: number): string {
  return `obs-${String(index).padStart(idDigits, '0')}`;
}

/** The record of a number: it does not depend on how many others there are. Keys are in schema order. */
function observation(index: number): object {
  const random = mulberry32(seed + index);
  return {
    id: observationId(index),
    station: stationId(whole(random, 0, stationCount - 1)),
    title: sentence(random, whole(random, 4, 10)),
    kind: pick(random, Object.keys(kinds)),
    observed: day(random),
    count: whole(random, 0, 100_000),
    depth: whole(random, 0, 100_000) / 1000,
    verified: random() < 0.8,
    ...(random() < 0.6 ? { position: position(random) } : {}),
    readings: Array.from({ length: whole(random, 1, 5) }, () => reading(random)),
    ...(random() < 0.6 ? { note: sentence(random, whole(random, 10, 40)) } : {}),
  };
}

const stationReference = { type: 'string', 'x-references': stations };

const schemas: Readonly<Record<string, object>> = {
  'dataset.json': { name: 'bench', version: '1.0.0', title: 'Observations that a seed has made' },
  [`${stations}.schema.json`]: {
    $schema: dialect,
    title: 'Stations',
    description: 'Where observations are made.',
    'x-key': 'id',
    ...objectOf({ id, name: text, opened: date, height: { type: 'number', 'x-unit': 'm' } }, ['id', 'name', 'opened']),
  },
  [`${table}.schema.json`]: {
    $schema: dialect,
    title: 'Observations',
    description: 'What was read at a station on a day.',
    'x-key': 'id',
    ...objectOf(
      {
        id: { $ref: '#/$defs/id' },
        station: stationReference,
        title: { $ref: '#/$defs/text' },
        kind: codes(kinds),
        observed: date,
        count: { type: 'integer', minimum: 0 },
        depth: { type: 'number', minimum: 0, 'x-unit': 'm' },
        verified: { type: 'boolean' },
        position: objectOf(
          {
            latitude: { type: 'number', minimum: -90, maximum: 90, 'x-unit': 'degree' },
            longitude: { type: 'number', minimum: -180, maximum: 180, 'x-unit': 'degree' },
            accuracy: { type: 'integer', minimum: 1, 'x-unit': 'm' },
          },
          ['latitude', 'longitude'],
        ),
        readings: {
          type: 'array',
          minItems: 1,
          items: objectOf(
            {
              quantity: codes(quantities),
              value: { type: 'number' },
              compared_with: stationReference,
              remark: { $ref: '#/$defs/text' },
            },
            ['quantity', 'value', 'compared_with'],
          ),
        },
        note: { $ref: '#/$defs/text' },
      },
      ['id', 'station', 'title', 'kind', 'observed', 'count', 'depth', 'verified', 'readings'],
    ),
    $defs: { id, text },
  },
};

/** Writes the corpus of a number of records below a folder: `schema/`, and `raw/<table>/` in canonical form. */
export function writeCorpus(folder: string, records: number, holding: Holding): Corpus {
  const { schema, raw } = writeSchemas(folder, schemas);
  writeFiles(path.join(raw, stations), stationCount, (index) => [stationId(index), station(index)]);
  const bytes =
    holding === 'lines'
      ? writeLines(path.join(raw, table), records, observation)
      : writeFiles(path.join(raw, table), records, (index) => [observationId(index), observation(index)]);
  return { table, schema, raw, records, bytes };
}
