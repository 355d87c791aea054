import { dataset } from './fixture.ts';

const slug = { type: 'string', pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', title: 'Identifier' };
const text = (title: string): object => ({ type: 'string', minLength: 1, title });
const table = (title: string, properties: object, required: readonly string[]): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title,
  description: `${title} of a museum.`,
  type: 'object',
  properties: { id: slug, ...properties },
  required: ['id', ...required],
  additionalProperties: false,
});

export const towersSchema = table(
  'Towers',
  {
    name: text('Name'),
    use: { title: 'Use', type: 'string', enum: ['church', 'town_hall'] },
    height: { title: 'Height', type: 'number', exclusiveMinimum: 0 },
    keepers: { title: 'Keepers', type: 'array', items: text('Keeper') },
  },
  ['name', 'use'],
);

const bells = table(
  'Bells',
  {
    name: text('Name'),
    founder: { title: 'Founder', type: 'string', 'x-references': 'founders' },
    tower: { title: 'Tower', type: 'string', 'x-references': 'towers' },
    cast: { title: 'Cast', type: 'string', format: 'edtf' },
    weight: { title: 'Weight', type: 'number' },
    owner: text('Owner'),
  },
  ['name', 'tower'],
);

const inspections = table(
  'Inspections',
  {
    bell: { title: 'Bell', type: 'string', 'x-references': 'bells' },
    date: { title: 'Date', type: 'string', format: 'edtf' },
  },
  ['bell', 'date'],
);

const founders = table(
  'Founders',
  {
    who: {
      title: 'Who',
      type: 'object',
      properties: { given: text('Given name'), family: text('Family name') },
      required: ['family'],
      additionalProperties: false,
    },
  },
  ['who'],
);

export const carfax = { id: 'carfax', name: 'Carfax Tower', use: 'church', height: 23 };

/** The bells of a museum: a dataset without sources and evidence. Returns its folder. */
export function museum(more: Readonly<Record<string, string | object>> = {}): string {
  return dataset({
    'schema/towers.schema.json': towersSchema,
    'schema/bells.schema.json': bells,
    'schema/inspections.schema.json': inspections,
    'schema/founders.schema.json': founders,
    'raw/towers/carfax.json': carfax,
    'raw/founders/whitechapel.json': { id: 'whitechapel', who: { family: 'Mears' } },
    'raw/bells/great-tom.json': { id: 'great-tom', name: 'Great Tom', tower: 'carfax', cast: '1680' },
    'raw/inspections/first.json': { id: 'first', bell: 'great-tom', date: '2023' },
    ...more,
  });
}
