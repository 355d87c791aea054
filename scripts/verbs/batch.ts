import { Failure, type Fault } from '../base/problem.ts';
import { mostConfigBytes } from '../base/limits.ts';
import { type Json, type JsonObject, isArray, isObject, member, parseJson, resolvePointer } from '../json/json.ts';
import { type Position, positionsIn } from '../json/positions.ts';
import { decode } from '../read/decode.ts';
import { type Converted, Unconvertible } from '../read/written.ts';
import { fromYaml } from '../read/yaml.ts';
import { documentFaults } from '../validate/document.ts';
import type { Quote } from './quotes.ts';

/** An entry of a batch: a new record, or evidence for an existing one. */
export interface BatchEntry {
  /** The table of a new record. */
  readonly table: string | undefined;
  /** An existing record. */
  readonly record: string | undefined;
  readonly id: string | undefined;
  readonly values: JsonObject;
  /** A text to add as the document of the record. */
  readonly document: string | undefined;
  readonly quotes: readonly Quote[];
}

/** A batch, and the place in its text for a pointer. Lines and columns count from 1. */
export interface Batch {
  readonly entries: readonly BatchEntry[];
  readonly placeOf: (pointer: string) => Position;
}

const texts = { type: 'array', items: { type: 'string', minLength: 1 } };

/** The JSON Schema of a batch. */
const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Batch',
  description: 'New records and quotes. Either all of them are written, or none.',
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    properties: {
      table: { type: 'string', description: 'the table of a new record' },
      record: { type: 'string', description: 'an existing record' },
      id: {
        type: 'string',
        description: 'the identifier of a new record; proposed from its values if it is left out',
      },
      values: { type: 'object', description: 'the fields of the record, as in its file' },
      document: { type: 'string', description: 'a text to add as the document of the record' },
      quotes: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            quote: { type: 'string', minLength: 1 },
            supports: { anyOf: [{ type: 'string', minLength: 1 }, texts] },
            source: { type: 'string', minLength: 1 },
            at: { type: 'integer', minimum: 0 },
          },
          required: ['quote', 'supports'],
          additionalProperties: false,
        },
      },
    },
    dependentRequired: { record: ['quotes'] },
    additionalProperties: false,
  },
} as const satisfies Json;

const batchDocument = { file: 'batch.schema.json', schema };

/** Reads a batch from the bytes of a YAML file. @throws Failure at the line of what is wrong */
export function parseBatch(bytes: Uint8Array | undefined, shown: string): Batch {
  if (bytes === undefined) throw new Failure(`${shown}: larger than ${mostConfigBytes} bytes`);
  const decoded = decode(bytes);
  if (!('text' in decoded)) throw new Failure(`${shown}: ${decoded.message} (${decoded.hint})`);
  const at = positionsIn(decoded.text);
  const refuse = (fault: Fault, offset: number): never => {
    const { line, column } = at(offset);
    throw new Failure(`${shown}:${line}:${column}: ${sentence(fault)}`);
  };
  const { text, written } = convert(decoded.text, refuse);
  for (const fault of written.faults) refuse(fault, fault.offset ?? 0);
  const placeOf = (pointer: string): Position => at(written.offsetOf(pointer));
  const parsed = parseJson(text);
  const value = 'value' in parsed ? parsed.value : null;
  const faults = documentFaults(value, batchDocument, undefined);
  // a misspelt key is the fault, not the missing key
  const fault = faults.find(({ atKey }) => atKey === true) ?? faults.find(({ pointer }) => !isTwofold(value, pointer));
  if (fault?.rule === 'unknown-key' && resolvePointer(value, fault.pointer) === null)
    return refuse(cutText, written.offsetOf(fault.pointer, true));
  if (fault !== undefined || !isArray(value)) return refuse(fault ?? noList, written.offsetOf(fault?.pointer ?? ''));
  const entries = value.flatMap((entry) => (isObject(entry) ? [entryOf(entry)] : []));
  const astray = entries.findIndex(({ table, record }) => (table === undefined) === (record === undefined));
  if (astray < 0) return { entries, placeOf };
  const { line, column } = placeOf(`/${astray}`);
  const has = entries[astray]?.table === undefined ? '' : 'an entry has "table" and "record": ';
  throw new Failure(`${shown}:${line}:${column}: ${has}name the "table" of a new record, or an existing "record"`);
}

/** Whether an entry is both a new and an existing record: that is its fault, whatever else it lacks. */
function isTwofold(batch: Json, pointer: string): boolean {
  const entry = resolvePointer(batch, /^\/\d+/.exec(pointer)?.[0] ?? pointer);
  return isObject(entry) && member(entry, 'table') !== undefined && member(entry, 'record') !== undefined;
}

/** Between braces, words after a comma become a key of their own, without a value. */
const cutText: Fault = {
  rule: 'unknown-key',
  message: 'a comma ends the text before these words',
  pointer: '',
  hint: 'put the whole text in quotes',
};
const noList: Fault = { rule: 'type', message: 'a batch is a list of records', pointer: '' };
const oneList: Fault = { rule: 'json', message: 'a batch is one document of YAML', pointer: '', hint: 'remove "---"' };

/** The single document of a batch. A number that a record would write differently is an error. */
function convert(text: string, refuse: (fault: Fault, offset: number) => never): Converted {
  try {
    const [first, second] = fromYaml(text, 'spelling');
    if (first === undefined || second !== undefined) return refuse(oneList, 0);
    return first;
  } catch (error) {
    if (!(error instanceof Unconvertible)) throw error;
    return refuse(error.fault, error.fault.offset);
  }
}

function sentence(fault: Fault): string {
  return typeof fault.hint === 'string' ? `${fault.message} (${fault.hint})` : fault.message;
}

function entryOf(entry: JsonObject): BatchEntry {
  const text = (key: string): string | undefined => {
    const value = member(entry, key);
    return typeof value === 'string' ? value : undefined;
  };
  const values = member(entry, 'values');
  const quotes = member(entry, 'quotes');
  return {
    table: text('table'),
    record: text('record'),
    id: text('id'),
    values: isObject(values) ? values : {},
    document: text('document'),
    quotes: isArray(quotes) ? quotes.flatMap((quote) => (isObject(quote) ? [quoteOf(quote)] : [])) : [],
  };
}

function quoteOf(value: JsonObject): Quote {
  const [quote, source, at, supports] = ['quote', 'source', 'at', 'supports'].map((key) => member(value, key));
  const fields = typeof supports === 'string' ? supports.split(',') : isArray(supports) ? supports : [];
  return {
    quote: typeof quote === 'string' ? quote : '',
    supports: fields.filter((field) => typeof field === 'string').map((field) => field.trim()),
    source: typeof source === 'string' ? source : undefined,
    at: typeof at === 'number' ? at : undefined,
  };
}
