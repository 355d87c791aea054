import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../support/run.ts';

/**
 * The roots of CAMEO 1.1b3 (openeventdata/petrarch2 at 676801cd, petrarch2/utilities.py), each with the types of PLOVER
 * that replace it (openeventdata/PLOVER at 5e0c24fb, CAMEO2PLOVER-2021.txt, draft 0.8). The table has no line for 01
 * and 02: the manual says that the comments in them have been eliminated, and defines REQUEST as "all requests,
 * demands, and orders".
 */
const published: Readonly<Record<string, readonly [name: string, ...types: string[]]>> = {
  '01': ['Make public statement.'],
  '02': ['Appeal.', 'REQUEST'],
  '03': ['Express intent to cooperate.', 'AGREE'],
  '04': ['Consult.', 'CONSULT'],
  '05': ['Engage in diplomatic cooperation.', 'SUPPORT'],
  '06': ['Engage in material cooperation.', 'COOPERATE'],
  '07': ['Provide aid.', 'AID'],
  '08': ['Yield.', 'CONCEDE', 'RETREAT'],
  '09': ['Investigate.', 'ACCUSE'],
  '10': ['Demand.', 'REQUEST'],
  '11': ['Disapprove.', 'ACCUSE'],
  '12': ['Reject.', 'REJECT'],
  '13': ['Threaten.', 'THREATEN'],
  '14': ['Protest.', 'PROTEST'],
  '15': ['Exhibit force posture.', 'MOBILIZE'],
  '16': ['Reduce relations.', 'SANCTION'],
  '17': ['Coerce.', 'COERCE'],
  '18': ['Assault.', 'ASSAULT'],
  '19': ['Fight.', 'ASSAULT'],
  '20': ['Use unconventional mass violence.', 'ASSAULT'],
};

interface Code {
  readonly const: string;
  readonly description: string;
}

interface Match {
  readonly applies_to: string;
  readonly kind: string;
  readonly cameo_root?: string;
  readonly plover_type?: string;
}

const folder = path.join(root, 'raw', 'crosswalk');
const matches = fs
  .readdirSync(folder)
  .map((file): Match => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Match);

function codesOf(table: string, field: string): readonly Code[] {
  const text = fs.readFileSync(path.join(root, 'schema', `${table}.schema.json`), 'utf8');
  const schema = JSON.parse(text) as { readonly properties: Readonly<Record<string, { readonly oneOf: Code[] }>> };
  return schema.properties[field]?.oneOf ?? [];
}

describe('the crosswalk', () => {
  test('has the roots and types of the published codebooks, and no others', () => {
    const roots = codesOf('crosswalk', 'cameo_root').map((code) => [code.const, code.description]);
    expect(roots).toEqual(
      Object.entries(published)
        .map(([code, [name]]) => [code, name])
        .toSorted(),
    );
    const types = new Set(Object.values(published).flatMap(([, ...of]) => of));
    expect(
      codesOf('crosswalk', 'plover_type')
        .map((code) => code.const)
        .toSorted(),
    ).toEqual([...types].toSorted());
  });

  test('has each kind once', () => {
    const kinds = ['statements', 'meetings', 'deployments'].flatMap((table) =>
      codesOf(table, 'kind').map((code) => `${table} ${code.const}`),
    );
    expect(matches.map(({ applies_to, kind }) => `${applies_to} ${kind}`).toSorted()).toEqual(kinds.toSorted());
  });

  test('gives each kind a type that PLOVER has for its root, and none where it has none', () => {
    const typesOf = ({ cameo_root: of = '' }: Match): readonly string[] => published[of]?.slice(1) ?? [];
    const wrong = matches.filter((match) => {
      const types = typesOf(match);
      return match.plover_type === undefined ? types.length > 0 : !types.includes(match.plover_type);
    });
    expect(wrong).toEqual([]);
  });
});
