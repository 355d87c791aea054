import fs from 'node:fs';
import path from 'node:path';
import { freshFolder, writeFiles } from './run.ts';
import { table } from './table.ts';

const slug = { type: 'string', pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', title: 'Identifier' };
const text = { type: 'string', minLength: 1 };
const date = { type: 'string', format: 'edtf' };

function object(title: string | undefined, properties: object, required: readonly string[]): object {
  const named = title === undefined ? {} : { title };
  return { ...named, type: 'object', properties, required, additionalProperties: false };
}

/** A person or an organisation, told apart by a constant. */
const who = {
  title: 'Person or organisation',
  description: 'Who cast the bells.',
  oneOf: [
    object(
      'Person',
      {
        type: { const: 'person', description: 'A person.' },
        given: { ...text, title: 'Given name' },
        family: { ...text, title: 'Family name' },
        born: { ...date, title: 'Born' },
      },
      ['type', 'family'],
    ),
    object(
      'Organisation',
      {
        type: { const: 'organisation', description: 'A foundry or other organisation.' },
        name: { ...text, title: 'Name' },
        founded: { ...date, title: 'Founded' },
        members: { type: 'array', title: 'Members', items: { type: 'string', 'x-references': 'founders' } },
      },
      ['type', 'name'],
    ),
  ],
};

/** A record or a name, told apart by their keys. */
const keeper = {
  title: 'Keeper',
  description: 'Who keeps it: a record or a name.',
  oneOf: [
    object('Known keeper', { founder: { type: 'string', 'x-references': 'founders', title: 'Founder' } }, ['founder']),
    object('Someone else', { name: { ...text, title: 'Name of the keeper' } }, ['name']),
  ],
};

const finding = object(
  undefined,
  {
    part: { ...text, title: 'Part' },
    note: { ...text, title: 'Note' },
    photos: { type: 'array', title: 'Photos', items: object(undefined, { url: { type: 'string' } }, ['url']) },
  },
  ['part'],
);

const guide = (kind: string, title: string, own: string): object => ({
  title,
  properties: { id: { type: 'string', pattern: '^[a-z0-9-]+$' }, kind: { const: kind }, [own]: { ...text } },
  required: ['id', 'kind', own],
  additionalProperties: false,
});

const schemas = {
  'schema/dataset.json': {
    name: 'bells',
    version: '0.1.0',
    title: 'Bells',
    licenses: [{ name: 'CC0-1.0', scope: 'data' }],
  },
  'schema/bells.schema.json': table(
    'Bells',
    {
      name: { ...text, title: 'Name' },
      other_names: { type: 'array', title: 'Other names', uniqueItems: true, items: text },
      founder: { type: 'string', 'x-references': 'founders', title: 'Founder' },
      cast: { ...date, title: 'Cast' },
      weight: { type: 'number', 'x-unit': 'kg', title: 'Weight' },
      diameter: { type: 'integer', 'x-unit': 'mm', title: 'Diameter' },
      inscription: { type: 'string', title: 'Inscription' },
      story: { type: 'string', maxLength: 5000, title: 'Story' },
      grade: { type: 'string', title: 'Grade', enum: ['a', 'b ', ' c', '', 'd\u00a0', 'e'] },
      photo: { type: 'string', format: 'uri', title: 'Photo' },
      keeper,
      range: { type: ['number', 'string', 'null'], title: 'Range' },
      labels: { type: 'object', title: 'Labels', additionalProperties: { type: 'string' } },
      grid: { type: 'array', title: 'Grid', items: { type: 'array', items: { type: 'number' } } },
      anything: { title: 'Anything' },
    },
    ['name'],
    slug,
  ),
  'schema/founders.schema.json': table('Founders', { who, town: { ...text, title: 'Town' } }, ['who'], slug),
  'schema/inspections.schema.json': table(
    'Inspections',
    {
      bell: { type: 'string', 'x-references': 'bells', title: 'Bell' },
      inspector: { ...text, title: 'Inspector' },
      findings: { type: 'array', title: 'Findings', items: finding },
    },
    ['bell', 'findings'],
    slug,
  ),
  'schema/guides.schema.json': {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Guides',
    type: 'object',
    oneOf: [guide('person', 'Person', 'name'), guide('leaflet', 'Leaflet', 'heading')],
  },
};

const records = {
  'raw/founders/taylor.json': {
    id: 'taylor',
    who: { type: 'person', given: 'Robert', family: 'Taylor' },
    town: 'Oxford',
  },
  'raw/founders/whitechapel.json': { id: 'whitechapel', who: { type: 'organisation', name: 'Whitechapel Foundry' } },
  'raw/bells/tom.json': { id: 'tom', name: 'Great Tom', founder: 'taylor' },
  'raw/guides/ann.json': { id: 'ann', kind: 'person', name: 'Ann Lee' },
};

/** A dataset without sources: bells, who cast them, and what inspections found. */
export function museum(more: Readonly<Record<string, string | object>> = {}): string {
  const folder = freshFolder();
  writeFiles(folder, { ...schemas, ...records, 'demarche.config.json': { layout: 'canonical' }, ...more });
  fs.mkdirSync(path.join(folder, 'sources'));
  return folder;
}
