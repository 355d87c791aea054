import fs from 'node:fs';
import path from 'node:path';

/** The table that is measured: one schema, `records` records of it. */
export const table = 'observations';

/** The table to which its records refer. */
const stations = 'stations';
const stationCount = 200;

/** Every corpus comes from this seed; another seed gives another corpus. */
export const seed = 20_220_224;

/** How the records of the measured table stand: a file each, or a line each of one NDJSON file. */
export type Holding = 'files' | 'lines';

/** A corpus on the disk. */
export interface Corpus {
  readonly schema: string;
  readonly raw: string;
  readonly records: number;
  /** Bytes of the measured table. */
  readonly bytes: number;
}

/** Numbers from 0 to below 1. */
type Random = () => number;

/**
 * mulberry32 (Tommy Ettinger, public domain): 32 bits of state, which grow by a constant each step and are mixed by two multiplications.
 * Small and good enough for test data; the same start gives the same numbers on every machine.
 */
function mulberry32(start: number): Random {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from `low` to `high`, both included. */
function whole(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

function pick(random: Random, of: readonly string[]): string {
  return of[whole(random, 0, of.length - 1)] ?? '';
}

const words = (
  'the water stood above gauge after two days of rain and fell again by evening reading repeated from bridge because ' +
  'ice drifted past pier wind north-west visibility fair sensor cleaned battery at half Łódź Århus São Zürich naïve ' +
  '“calm” ±0.3 °C ferry delayed observer alone since morning next visit planned soon'
).split(' ');

function sentence(random: Random, length: number): string {
  return `It says: ${Array.from({ length }, () => pick(random, words)).join(' ')}.`;
}

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

function day(random: Random): string {
  return new Date(Date.UTC(1990, 0, 1 + whole(random, 0, 12_000))).toISOString().slice(0, 10);
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

/** Width of the number in an id: names of files and lines stand in the order of their numbers. */
const idDigits = 7;

function observationId(index: number): string {
  return `obs-${String(index).padStart(idDigits, '0')}`;
}

/** The record of a number: it does not depend on how many others there are. Keys stand in schema order. */
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

const dialect = 'https://json-schema.org/draft/2020-12/schema';
const text = { type: 'string', minLength: 1, maxLength: 2000, pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]*$' };
const id = { type: 'string', pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', maxLength: 100 };
const date = { type: 'string', format: 'date' };
const stationReference = { type: 'string', 'x-references': stations };

function codes(list: Readonly<Record<string, string>>): object {
  return { type: 'string', oneOf: Object.entries(list).map(([code, description]) => ({ const: code, description })) };
}

function objectOf(properties: Readonly<Record<string, object>>, required: readonly string[]): object {
  const described = Object.entries(properties).map(([name, schema]) => [name, { description: `${name}.`, ...schema }]);
  return { type: 'object', properties: Object.fromEntries(described), required, additionalProperties: false };
}

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
  const schema = path.join(folder, 'schema');
  const raw = path.join(folder, 'raw');
  fs.mkdirSync(schema, { recursive: true });
  for (const [name, value] of Object.entries(schemas)) fs.writeFileSync(path.join(schema, name), print(value));
  writeFiles(path.join(raw, stations), stationCount, (index) => [stationId(index), station(index)]);
  const bytes =
    holding === 'lines'
      ? writeLines(path.join(raw, table), records)
      : writeFiles(path.join(raw, table), records, (index) => [observationId(index), observation(index)]);
  return { schema, raw, records, bytes };
}

function print(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** @returns the number of bytes written */
function writeFiles(folder: string, records: number, record: (index: number) => readonly [string, object]): number {
  fs.mkdirSync(folder, { recursive: true });
  let bytes = 0;
  for (let index = 0; index < records; index++) {
    const [name, value] = record(index);
    const printed = Buffer.from(print(value));
    fs.writeFileSync(path.join(folder, `${name}.json`), printed);
    bytes += printed.length;
  }
  return bytes;
}

const linesAtOnce = 2000;

/** @returns the number of bytes written */
function writeLines(folder: string, records: number): number {
  fs.mkdirSync(folder, { recursive: true });
  const file = fs.openSync(path.join(folder, 'all.ndjson'), 'w');
  let bytes = 0;
  for (let start = 0; start < records; start += linesAtOnce) {
    const length = Math.min(linesAtOnce, records - start);
    const lines = Array.from({ length }, (_, i) => `${JSON.stringify(observation(start + i))}\n`);
    bytes += fs.writeSync(file, lines.join(''));
  }
  fs.closeSync(file);
  return bytes;
}
