import { freshFolder, writeFiles } from './run.ts';
import { table } from './table.ts';

const text = { type: 'string', minLength: 1 };
const coded = (...codes: readonly string[]): object => ({
  type: 'string',
  oneOf: codes.map((code) => ({ const: code, description: `${code}.` })),
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
      metal: { ...coded('bronze', 'cast_iron'), title: 'Metal' },
      tower: { type: 'string', 'x-references': 'towers', title: 'Tower' },
      marks: { type: 'array', title: 'Marks', items: { ...text, title: 'Mark' } },
    },
    ['name', 'metal'],
  ),
  'schema/towers.schema.json': table(
    'Towers',
    { name: { ...text, title: 'Name' }, use: { ...coded('church', 'town_hall'), title: 'Use' } },
    ['name', 'use'],
  ),
};

const records = {
  'raw/bells/great-tom.json': { id: 'great-tom', name: 'Great Tom', metal: 'bronze', tower: 'carfax' },
  'raw/bells/little-tom.json': { id: 'little-tom', name: 'Little Tom', metal: 'cast_iron' },
  'raw/bells/ships-bell.json': { id: 'ships-bell', name: 'Bell of the Thunder', metal: 'bronze' },
  'raw/towers/carfax.json': { id: 'carfax', name: 'Carfax Tower', use: 'church' },
};

/** A dataset without sources and evidence, in a new folder. */
export function bells(more: Readonly<Record<string, object>> = {}): string {
  const folder = freshFolder();
  writeFiles(folder, { ...schemas, ...records, ...more });
  return folder;
}
