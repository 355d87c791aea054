import { dataset, schemas, sha256 } from './fixture.ts';

const crossings = schemas['schema/crossings.schema.json'] as { readonly properties: object };
const papers = schemas['schema/papers.schema.json'] as { readonly properties: object };
const coded = (title: string, ...codes: readonly string[]): object => ({
  title,
  type: 'string',
  oneOf: codes.map((code) => ({ const: code, description: code })),
  'x-evidence': true,
});
const figure = (title: string, more: object = {}): object => ({ title, type: 'integer', 'x-evidence': true, ...more });

/** A quantity with limits, in words and numbers. */
const load = {
  title: 'Load',
  type: 'object',
  properties: {
    low: figure('Low', { 'x-at-most': '1/high' }),
    best: figure('Best', { 'x-at-most': '1/high' }),
    high: figure('High'),
    of: coded('Of', 'cars', 'lorries', 'day_trippers', 'unknown'),
    limit: coded('Limit', 'exactly', 'about', 'at_least', 'more_than', 'at_most', 'less_than', 'between'),
    words: { title: 'Words', type: 'string', 'x-verbatim': true, 'x-evidence': true },
  },
  required: ['of', 'limit'],
  additionalProperties: false,
};

/** A dataset of ferries with loads, and a source in a language. */
export function withLoads(text: string, language: string): string {
  return dataset({
    'schema/crossings.schema.json': { ...crossings, properties: { ...crossings.properties, load } },
    'schema/papers.schema.json': {
      ...papers,
      properties: { ...papers.properties, language: { type: 'string', 'x-language': true } },
    },
    'raw/papers/herald.json': { id: 'herald', language, document: { file: 'herald.txt', sha256: sha256(text) } },
    'sources/herald.txt': text,
  });
}
