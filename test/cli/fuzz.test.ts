import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { brokenLaws } from '../fuzz/laws.ts';
import { minimise } from '../fuzz/minimise.ts';
import { mutate } from '../fuzz/mutate.ts';
import { type Project, startingProject, writeProject } from '../fuzz/project.ts';
import { seedOfRun, seeded } from '../fuzz/random.ts';
import { type Run, freshFolder, run } from '../support/run.ts';

const table = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: { id: { type: 'string' }, crew: { type: 'integer' } },
  required: ['id'],
};

/** Ships in a folder of their own. */
function ships(records: Readonly<Record<string, object>>): Project {
  const files = { 'schema/ships.schema.json': table, ...records };
  return {
    origin: 'ships',
    files: Object.fromEntries(Object.entries(files).map(([name, v]) => [name, `${JSON.stringify(v, null, 2)}\n`])),
    args: ['--schema', 'schema', '--raw', 'raw'],
  };
}

async function lawsBrokenBy(project: Project, seed: number, runCommand?: typeof run): Promise<readonly string[]> {
  const folder = path.join(freshFolder(), 'project');
  writeProject(folder, project);
  const found = await brokenLaws(folder, project.args, seed, undefined, runCommand);
  return found.map(({ law }) => law);
}

test('the fuzz target finds nothing in a few mutated datasets, and tries more than their refusal', async () => {
  let built = 0;
  const counted: typeof run = async (folder, name, args) => {
    const ended = await run(folder, name, args);
    if (name === 'build' && ended.status === 0) built++;
    return ended;
  };
  for (let i = 0; i < 2; i++) {
    const seed = seedOfRun(11, i);
    const random = seeded(seed);
    const project = mutate(startingProject(random), random);
    expect(await lawsBrokenBy(project, seed, counted), `run ${i} with SEED=11`).toEqual([]);
  }
  expect(built).toBeGreaterThan(0);
});

test('a seed gives the same project each time, and another seed another', () => {
  const projectOf = (seed: number): Project => {
    const random = seeded(seedOfRun(seed, 0));
    return mutate(startingProject(random), random);
  };
  expect(projectOf(7)).toEqual(projectOf(7));
  expect(projectOf(7)).not.toEqual(projectOf(8));
});

describe('the fuzz target notices', () => {
  const invalid = ships({ 'raw/ships/anna.json': { id: 'anna', crew: 'many' } });
  const valid = ships({ 'raw/ships/anna.json': { crew: 40, id: 'anna' }, 'raw/ships/bea.json': { id: 'bea' } });
  const canonical = ships({ 'raw/ships/anna.json': { id: 'anna', crew: 40 } });
  const ended = (status: Run['status'], out: string, err = ''): Run => ({ status, out, err });
  const faults: readonly (readonly [
    what: string,
    law: string,
    project: Project,
    command: string,
    instead: (folder: string) => Run,
  ])[] = [
    [
      'a fault that is passed over',
      'validate refuses what another validator refuses',
      invalid,
      'validate',
      () => ended(0, ''),
    ],
    [
      'a stack',
      'validate prints no stack',
      valid,
      'validate',
      () => ended(2, '', 'Error: x\n    at f (file.ts:1:2)\n'),
    ],
    ['silence', 'a command that could not run says why', valid, 'fix', () => ended(2, '')],
    ['a build that fails', 'what validate passes, build builds', canonical, 'build', () => ended(1, 'x error: y\n')],
    [
      'a release that does not verify',
      'what is built, verify passes',
      canonical,
      'verify',
      () => ended(1, 'x error: y\n'),
    ],
    [
      'a release that is damaged',
      'verify refuses a release of which a byte was changed',
      canonical,
      'verify',
      () => ended(0, ''),
    ],
    [
      'a value that fix changes',
      'fix changes no value',
      valid,
      'fix',
      (folder) => {
        fs.writeFileSync(path.join(folder, 'raw/ships/anna.json'), '{\n  "id": "anna",\n  "crew": 41\n}\n');
        return ended(0, '');
      },
    ],
  ];
  test.each(faults)('%s', async (_, law, project, command, instead) => {
    const broken = await lawsBrokenBy(project, 1, async (folder, name, args) =>
      name === command ? instead(folder) : await run(folder, name, args),
    );
    expect(broken).toContain(law);
  });
});

test('a reproducer holds what is needed, and no more', async () => {
  const project = ships({
    'raw/ships/anna.json': { id: 'anna', crew: 40 },
    'raw/ships/bea.json': { id: 'bea', crew: [...Array(3000).keys(), 'x', 2], more: { odd: true } },
  });
  let tries = 0;
  const least = await minimise(project, (smaller) => {
    tries++;
    return Promise.resolve(String(smaller.files['raw/ships/bea.json']).includes('"x"'));
  });
  expect(tries).toBeLessThan(60);
  expect(least.files).toEqual({ 'raw/ships/bea.json': '{\n  "crew": [\n    "x"\n  ]\n}\n' });
});
