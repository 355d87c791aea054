import { LineCounter, type Document, isNode, parseDocument } from 'yaml';
import { Failure, type Fault } from '../base/problem.ts';
import { mostConfigBytes } from '../base/limits.ts';
import { type Json, type JsonObject, isArray, isObject, member, pointerSteps } from '../json/json.ts';
import { decode } from '../read/decode.ts';
import { documentFaults } from '../validate/document.ts';
import type { Quote } from './quotes.ts';

/** An entry of a batch: a new record, or evidence for one that is there. */
export interface BatchEntry {
  /** The table of a new record. */
  readonly table: string | undefined;
  /** A record that is there. */
  readonly record: string | undefined;
  readonly id: string | undefined;
  readonly values: JsonObject;
  /** A text to take in as the document of the record. */
  readonly document: string | undefined;
  readonly quotes: readonly Quote[];
}

/** A batch, and where what a pointer into it leads to is in its text. Lines and columns count from 1. */
export interface Batch {
  readonly entries: readonly BatchEntry[];
  readonly placeOf: (pointer: string) => { readonly line: number; readonly column: number };
}

const texts = { type: 'array', items: { type: 'string', minLength: 1 } };

/** What a batch is, as JSON Schema. */
const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Batch',
  description: 'New records and quotes, of which all are written or none.',
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    properties: {
      table: { type: 'string', description: 'the table of a new record' },
      record: { type: 'string', description: 'a record that is there already' },
      id: {
        type: 'string',
        description: 'the identifier of a new record; proposed from its values where it is left out',
      },
      values: { type: 'object', description: 'the fields of the record, as in its file' },
      document: { type: 'string', description: 'a text to take in as the document of the record' },
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
  const lines = new LineCounter();
  const document = parseDocument(decoded.text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number): { readonly line: number; readonly column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, column } = at(error.pos[0]);
    throw new Failure(`${shown}:${line}:${column}: not YAML: ${error.message}`);
  }
  const placeOf = (pointer: string): { readonly line: number; readonly column: number } =>
    at(offsetOf(document, pointerSteps(pointer) ?? []));
  const value: Json = jsonOf(document, shown);
  const faults = documentFaults(value, batchDocument, undefined);
  // a misspelt key is the fault, not that the key is missing
  const fault = faults.find(({ atKey }) => atKey === true) ?? faults[0];
  if (fault !== undefined || !isArray(value)) {
    const { line, column } = placeOf(fault?.pointer ?? '');
    throw new Failure(`${shown}:${line}:${column}: ${sentence(fault)}`);
  }
  const entries = value.flatMap((entry) => (isObject(entry) ? [entryOf(entry)] : []));
  const wrong = entries.findIndex(({ table, record }) => (table === undefined) === (record === undefined));
  if (wrong < 0) return { entries, placeOf };
  const { line, column } = placeOf(`/${wrong}`);
  throw new Failure(`${shown}:${line}:${column}: name the "table" of a new record, or a "record" that is there`);
}

function sentence(fault: Fault | undefined): string {
  if (fault === undefined) return 'a batch is a list of records';
  return typeof fault.hint === 'string' ? `${fault.message} (${fault.hint})` : fault.message;
}

/** @throws Failure for what JSON cannot hold, such as an alias that leads back to itself */
function jsonOf(document: Document, shown: string): Json {
  try {
    return JSON.parse(JSON.stringify(document.toJS() ?? null));
  } catch (error) {
    throw new Failure(`${shown}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Where a value stands, or the nearest thing above it. */
function offsetOf(document: Document, steps: readonly string[]): number {
  for (let end = steps.length; end >= 0; end--) {
    const path = steps.slice(0, end).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
    if (isNode(node) && node.range !== undefined && node.range !== null) return node.range[0];
  }
  return 0;
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
