import { newsroom } from './articles.ts';
import { crossing, schemas, sha256 } from './fixture.ts';
import { writeFiles } from './run.ts';

const file = 'schema/crossings.schema.json';
const id = { type: 'string', pattern: '^[a-z0-9-]+$' };
const text = { type: 'string', minLength: 1 };
const actor = { type: 'string', 'x-references': 'actors' };

/** Who speaks in a crossing, and on whose behalf; and what another crossing or a port has to do with it. */
const speaker = {
  title: 'Speaker',
  type: 'object',
  properties: {
    actor: { ...actor, title: 'Who' },
    role: { ...text, title: 'Role', 'x-evidence': true },
    for: { ...actor, title: 'On behalf of', 'x-evidence': true },
  },
  required: ['actor'],
};
const tie = {
  title: 'Tie',
  type: 'object',
  properties: {
    type: { title: 'Type', type: 'string', enum: ['after', 'near'] },
    to: { title: 'To', type: 'string', 'x-references': ['crossings', 'ports'] },
  },
  required: ['type', 'to'],
};

const actors = {
  title: 'Actors',
  type: 'object',
  properties: {
    id,
    kind: { type: 'string', enum: ['person', 'government', 'navy'] },
    name: text,
    country: { type: 'string', enum: ['NO', 'NL', 'DK'] },
  },
  required: ['id', 'kind', 'name'],
  'x-authority': true,
};

/**
 * A newsroom with a source `log`, in which persons speak on behalf of the governments of Norway and the Netherlands.
 * Of `count` crossings, half of the ties are to another crossing, after it, and half to a port near it.
 */
export function withSpeakers(words: string, count: number): string {
  const folder = newsroom();
  const crossings = schemas[file] as { readonly properties: object };
  const { evidence: _evidence, ...rest } = crossing;
  const made = Array.from({ length: count }, (_, i) => {
    const isOdd = i % 2 === 1;
    const said = { actor: isOdd ? 'berg' : 'holm', for: isOdd ? 'norway' : 'netherlands' };
    const tied = isOdd ? { type: 'after', to: 'monday-ystad' } : { type: 'near', to: 'ystad' };
    return [`raw/crossings/c${i}.json`, { ...rest, id: `c${i}`, speaker: said, tie: tied }] as const;
  });
  writeFiles(folder, {
    [file]: { ...crossings, properties: { speaker, tie, ...crossings.properties } },
    'schema/actors.schema.json': actors,
    'raw/actors/berg.json': { id: 'berg', kind: 'person', name: 'Anna Berg', country: 'NO' },
    'raw/actors/holm.json': { id: 'holm', kind: 'person', name: 'Carl Holm', country: 'NL' },
    'raw/actors/norway.json': { id: 'norway', kind: 'government', name: 'Government of Norway', country: 'NO' },
    'raw/actors/netherlands.json': {
      id: 'netherlands',
      kind: 'government',
      name: 'Government of the Netherlands',
      country: 'NL',
    },
    'raw/actors/navy.json': { id: 'navy', kind: 'navy', name: 'Navy of the Netherlands', country: 'NL' },
    'raw/papers/log.json': { id: 'log', document: { file: 'log.txt', sha256: sha256(words) } },
    'sources/log.txt': words,
    ...Object.fromEntries(made),
  });
  return folder;
}
