import { crossing, document, records, schemas, withdrawable } from '../support/fixture.ts';
import { writeFiles } from '../support/run.ts';

const distinct = { type: 'string', 'x-distinct': true };

/** Lines with ships, most of them valid. */
const ships = [
  ...Array.from({ length: 12 }, (_, i) => ({ id: `ship-${String(i).padStart(2, '0')}`, name: `Ship ${i}` })),
  { id: 'ship-05', name: 'The same id far away' },
  { id: 'Ship-07', name: 'Another case' },
  { id: 'ship-08b', name: 'Not in order' },
  { id: 'ship-20', name: 'Ship  3' },
  { id: 'ship-21', name: 'SHIP 3' },
  { id: 'ship-22' },
  { id: 'ship-23', name: 'Withdrawn', withdrawn: { date: '2026-01-02', reason: 'Sunk.', replaced_by: 'ship-24' } },
  { id: 'ship-24', name: 'Withdrawn', withdrawn: { date: '2026-01-02', reason: 'Sunk.', replaced_by: 'ship-23' } },
  { id: 'ship-25', name: 'Withdrawn', withdrawn: { date: '2026-01-02', reason: 'Sunk.', replaced_by: 'ship-99' } },
  { id: 'ship-26', name: 'Withdrawn', withdrawn: { date: '2026-01-02', reason: 'Sunk.', replaced_by: 'ship-01' } },
];

const lines = [
  ...ships.slice(0, 16).map((each) => JSON.stringify(each)),
  '',
  '{"id": "ship-17", "name": "Spaces"}',
  '{"id":"ship-18","name":',
  '{"id":"ship-19","name":"Twice","name":"Twice"}',
  ...ships.slice(16).map((each) => JSON.stringify(each)),
  'no json',
];

function voyage(id: string, more: object): object {
  const { evidence: _, ...rest } = crossing;
  return { ...rest, port: undefined, cars: undefined, stops: undefined, ...more, id };
}

/** Writes a dataset with many faults. Most of them only show across records. */
export function broken(folder: string): string {
  const shipSchema = withdrawable['schema/ships.schema.json'] as { readonly properties: object };
  writeFiles(folder, {
    ...schemas,
    ...withdrawable,
    'schema/ships.schema.json': { ...shipSchema, properties: { ...shipSchema.properties, name: distinct } },
    ...records,
    'sources/gazette.txt': document,
    'raw/ships/fleet.ndjson': `${lines.join('\n')}\n`,
    'raw/ships/ship-03.json': { id: 'ship-03', name: 'A file of its own' },
    'raw/ships/ship-31.json': { id: 'ship-30', name: 'Wrong name' },
    'raw/ships/ship-32.json': { id: 'ship-03', name: 'Copied' },
    'raw/ships/ship-33.json': '{"id":"ship-33",',
    'raw/ports/Ystad.json': { id: 'Ystad', name: 'Ystad in capitals' },
    'raw/papers/copy.json': { ...records['raw/papers/gazette.json'], id: 'copy' },
    'raw/crossings/known.json': voyage('known', { ship: 'ship-11' }),
    'raw/crossings/lost.json': voyage('lost', { ship: 'ship-011' }),
    'raw/crossings/sunk.json': voyage('sunk', { ship: 'ship-26' }),
    'raw/crossings/harbour.json': voyage('harbour', { ship: 'ystad' }),
    'raw/crossings/capital.json': voyage('capital', { ship: 'SHIP-04' }),
    'raw/crossings/excused.json': voyage('excused', { ship: 'ship-31' }),
    'raw/crossings/excused-too.json': voyage('excused-too', { ship: 'ship-33' }),
    'raw/crossings/of-a-twin.json': voyage('of-a-twin', { ship: 'Ship-07' }),
    'raw/crossings/empty.json': voyage('empty', { ship: '' }),
    'raw/crossings/stops.json': voyage('stops', { ship: 'anna', stops: [{ port: 'ystat' }, { port: 'trelleborg' }] }),
    'raw/crossings/late.ndjson': Array.from(
      { length: 9 },
      (_, i) => `${JSON.stringify(voyage(`late-${i}`, { ship: `ship-${i * 7}` }))}\n`,
    ).join(''),
  });
  return folder;
}
