import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { mulberry32, seed, sentence } from './random.ts';
import { dialect, id, objectOf, text } from './schemas.ts';
import { type Corpus, writeFiles, writeSchemas } from './written.ts';

/** The source that is opened; most records cite the other one. */
export const chronicle = 'chronicle';
const annals = 'annals';
const table = 'entries';

/** So many records cite the source that is opened. */
const mostCited = 3000;

/** A corpus of which every record cites one of two texts. */
export interface Coded extends Corpus {
  readonly sources: string;
}

function sha256(words: string): string {
  return createHash('sha256').update(words).digest('hex');
}

/** The line of a text that a record is about. */
function lineOf(index: number): string {
  return `${String(index).padStart(6, '0')} ${sentence(mulberry32(seed + index), 8)}\n`;
}

/** The lines of a text behind each other, and where each begins. All signs are of the first plane. */
function textOf(lines: readonly string[]): { readonly whole: string; readonly starts: readonly number[] } {
  let at = 0;
  const starts = lines.map((line) => {
    at += line.length;
    return at - line.length;
  });
  return { whole: lines.join(''), starts };
}

const span = objectOf(
  {
    source: { type: 'string', 'x-references': 'sources' },
    start: { type: 'integer', minimum: 0 },
    end: { type: 'integer', minimum: 1 },
    sha256: text,
    begins: text,
    ends: text,
    supports: { type: 'array', minItems: 1, items: { type: 'string', format: 'json-pointer' } },
  },
  ['source', 'start', 'end', 'sha256', 'begins', 'ends', 'supports'],
);

const schemas: Readonly<Record<string, object>> = {
  'dataset.json': { name: 'entries', version: '1.0.0', title: 'Entries that a seed has made' },
  'sources.schema.json': {
    $schema: dialect,
    title: 'Sources',
    description: 'Texts that entries cite.',
    'x-key': 'id',
    ...objectOf(
      { id, document: { 'x-document': true, ...objectOf({ file: text, sha256: text }, ['file', 'sha256']) } },
      ['id', 'document'],
    ),
  },
  [`${table}.schema.json`]: {
    $schema: dialect,
    title: 'Entries',
    description: 'What a line of a text says.',
    'x-key': 'id',
    ...objectOf(
      {
        id,
        title: { ...text, 'x-evidence': true },
        evidence: { type: 'array', minItems: 1, 'x-spans': true, items: span },
      },
      ['id', 'title', 'evidence'],
    ),
  },
};

/** Writes a file for each record, and the two texts. The first records cite the source that is opened. */
export function writeCoded(folder: string, records: number): Coded {
  const { schema, raw } = writeSchemas(folder, schemas);
  const sources = path.join(folder, 'sources');
  fs.mkdirSync(sources);
  const cited = Math.min(mostCited, records);
  const lines = Array.from({ length: cited }, (_, index) => lineOf(index));
  const { whole, starts } = textOf(lines);
  const texts = [whole, `${whole}The end.\n`];
  for (const [i, name] of [chronicle, annals].entries())
    fs.writeFileSync(path.join(sources, `${name}.txt`), texts[i] ?? '');
  writeFiles(path.join(raw, 'sources'), 2, (index) => {
    const name = index === 0 ? chronicle : annals;
    return [name, { id: name, document: { file: `${name}.txt`, sha256: sha256(texts[index] ?? '') } }];
  });
  const bytes = writeFiles(path.join(raw, table), records, (index) => {
    const [words, start] = [(lines[index % cited] ?? '').trimEnd(), starts[index % cited] ?? 0];
    const [begins, ends] = [words.split(' ')[0], words.split(' ').at(-1)];
    const source = index < cited ? chronicle : annals;
    const place = { source, start, end: start + words.length, sha256: sha256(words), begins, ends };
    const name = `entry-${String(index).padStart(6, '0')}`;
    return [
      name,
      { id: name, title: sentence(mulberry32(seed - index), 12), evidence: [{ ...place, supports: ['/title'] }] },
    ];
  });
  return { table, schema, raw, records, bytes, sources };
}
