import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { crossing, dataset, here, records, withdrawable } from '../support/fixture.ts';
import { run } from '../support/run.ts';

const gone = { date: '2026-01-02', reason: 'No such ship.' };
const ship = (id: string, withdrawn?: object): object => ({ id, name: 'A ship', ...(withdrawn && { withdrawn }) });

interface Case {
  readonly what: string;
  readonly files: Readonly<Record<string, object>>;
  readonly says: string | undefined;
}

const cases: readonly Case[] = [
  { what: 'a record that nobody refers to', files: { 'raw/ships/bea.json': ship('bea', gone) }, says: undefined },
  {
    what: 'a replacement that stands',
    files: { 'raw/ships/bea.json': ship('bea', { ...gone, replaced_by: 'anna' }) },
    says: undefined,
  },
  {
    what: 'a replacement that was replaced in its turn',
    files: {
      'raw/ships/bea.json': ship('bea', { ...gone, replaced_by: 'cleo' }),
      'raw/ships/cleo.json': ship('cleo', { ...gone, replaced_by: 'anna' }),
    },
    says: undefined,
  },
  {
    what: 'a record and what it refers to',
    files: {
      'raw/ships/anna.json': ship('anna', gone),
      'raw/crossings/monday-ystad.json': { ...crossing, withdrawn: gone },
    },
    says: undefined,
  },
  {
    what: 'a record that another refers to',
    files: { 'raw/ships/anna.json': ship('anna', gone) },
    says: 'raw/crossings/monday-ystad.json:4:11 error withdrawal: "anna" was withdrawn on 2026-01-02: "No such ship." (remove the reference)',
  },
  {
    what: 'a record that another refers to, with a replacement',
    files: {
      'raw/ships/anna.json': ship('anna', { ...gone, replaced_by: 'bea' }),
      'raw/ships/bea.json': ship('bea'),
    },
    says: 'error withdrawal: "anna" was withdrawn on 2026-01-02: "No such ship." (refer to "bea")',
  },
  {
    what: 'a source that a span names',
    files: {
      'raw/papers/gazette.json': { ...records['raw/papers/gazette.json'], withdrawn: gone },
    },
    says: 'error withdrawal: "gazette" was withdrawn on 2026-01-02',
  },
  {
    what: 'a replacement that is not there',
    files: { 'raw/ships/bea.json': ship('bea', { ...gone, replaced_by: 'ana' }) },
    says: 'raw/ships/bea.json:7:20 error reference: no ship "ana" (did you mean "anna"?)',
  },
  {
    what: 'replacements in a circle',
    files: {
      'raw/ships/bea.json': ship('bea', { ...gone, replaced_by: 'cleo' }),
      'raw/ships/cleo.json': ship('cleo', { ...gone, replaced_by: 'bea' }),
    },
    says: 'error withdrawal: the replacements form a cycle: "cleo" and "bea"',
  },
  {
    what: 'a record that replaces itself',
    files: { 'raw/ships/bea.json': ship('bea', { ...gone, replaced_by: 'bea' }) },
    says: 'error withdrawal: "bea" cannot replace itself (name another record, or remove "replaced_by")',
  },
  {
    what: 'a replacement that is withdrawn without one',
    files: {
      'raw/ships/bea.json': ship('bea', { ...gone, replaced_by: 'cleo' }),
      'raw/ships/cleo.json': ship('cleo', gone),
    },
    says: 'error withdrawal: the replacement "cleo" is withdrawn itself, without a replacement',
  },
  {
    what: 'a withdrawal without a reason',
    files: { 'raw/ships/bea.json': ship('bea', { date: '2026-01-02' }) },
    says: 'error required: "reason" is missing',
  },
];

describe('withdrawing', () => {
  test.each(cases)('$what', async ({ files, says }) => {
    const { out, status } = await run(dataset({ ...withdrawable, ...files }), 'validate', here);
    expect(out).toMatch(says === undefined ? /^$/ : new RegExp(says.replaceAll(/[()?."]/g, '\\$&')));
    expect(status).toBe(says === undefined ? 0 : 1);
  });

  test('removes a record from every table but `withdrawn`', async () => {
    const folder = dataset({
      ...withdrawable,
      'raw/ships/bea.json': ship('bea', { ...gone, replaced_by: 'anna' }),
      'raw/crossings/monday-ystad.json': {
        ...crossing,
        withdrawn: { date: '2026-01-03', reason: 'It was "Tuesday".' },
      },
    });
    const { status } = await run(folder, 'build', [...here, '--dist', 'dist']);
    expect(status).toBe(0);
    const csv = (table: string): string => fs.readFileSync(path.join(folder, `dist/next/csv/${table}.csv`), 'utf8');
    expect(csv('withdrawn')).toBe(
      'table_name,record_id,date,reason,replaced_by\ncrossings,monday-ystad,2026-01-03,"It was ""Tuesday"".",\nships,bea,2026-01-02,No such ship.,anna\n',
    );
    expect(csv('ships')).toBe('id,name\nanna,Anna\n');
    for (const table of ['crossings', 'crossings_stops', 'crossings_stops_crew', 'provenance'])
      expect(csv(table).split('\n')).toHaveLength(2);
  });

  test('needs a schema that requires date and reason', async () => {
    const { err, status } = await run(
      dataset({
        'schema/ships.schema.json': {
          type: 'object',
          properties: { id: { type: 'string' }, withdrawn: { type: 'object', 'x-withdrawal': true } },
          required: ['id'],
        },
      }),
      'validate',
      here,
    );
    expect(err).toMatch(/ships.schema.json: "withdrawn" is a withdrawal: it must be optional, and require "date"/);
    expect(status).toBe(2);
  });
});
