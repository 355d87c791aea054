import fs from 'node:fs';
import path from 'node:path';
import { newsroom } from './articles.ts';
import { sha256 } from './fixture.ts';
import { writeFiles } from './run.ts';

/** A newsroom with a source, and crossings that say when a ship left, in which words, and how we know. */
export function resolving(
  story = 'Le ferry est parti lundi. Il reviendra le 12 mars 2022, avant la fin du mois.',
  language = 'fr',
): string {
  const folder = newsroom();
  const text = `${story}\nYstad, mardi 15\n`;
  const dateline = { begins: 'mardi 15', ends: 'mardi 15', sha256: sha256('mardi 15'), supports: ['/published'] };
  const start = text.indexOf('mardi 15');
  const papers: { readonly properties: object } = JSON.parse(
    fs.readFileSync(path.join(folder, 'schema/papers.schema.json'), 'utf8'),
  );
  const crossings: { readonly properties: object } = JSON.parse(
    fs.readFileSync(path.join(folder, 'schema/crossings.schema.json'), 'utf8'),
  );
  const left = {
    title: 'Departure',
    type: 'object',
    properties: {
      date: {
        title: 'Day',
        description: 'Extended Date/Time Format: a day, a month, an interval, an open end, one unknown day. '.repeat(4),
        type: 'string',
        format: 'edtf',
        'x-evidence': true,
      },
      words: { title: 'Words', type: 'string', 'x-verbatim': true, 'x-evidence': true },
      rests: {
        title: 'Rests on',
        type: 'string',
        oneOf: ['words', 'reading', 'guess'].map((code) => ({ const: code, description: `A ${code}.` })),
        'x-grounds': { stated: 'words', resolved: 'reading', inferred: 'guess', reason: '1/because' },
      },
      because: { title: 'Because', type: 'string' },
    },
    required: ['date', 'rests'],
    if: { properties: { rests: { enum: ['reading', 'guess'] } }, required: ['rests'] },
    then: { required: ['because'] },
    additionalProperties: false,
  };
  writeFiles(folder, {
    'schema/papers.schema.json': {
      ...papers,
      properties: {
        ...papers.properties,
        published: { type: 'string', format: 'date', 'x-issued': true },
        language: { type: 'string', 'x-language': true },
      },
    },
    'schema/crossings.schema.json': {
      ...crossings,
      properties: { left, ...crossings.properties },
      required: ['id', 'left'],
    },
    'raw/papers/log.json': {
      id: 'log',
      published: '2022-02-15',
      language,
      document: { file: 'log.txt', sha256: sha256(text) },
      evidence: [{ source: 'log', start, end: start + 'mardi 15'.length, ...dateline }],
    },
    'sources/log.txt': text,
  });
  return folder;
}
