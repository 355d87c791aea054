import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crossing, here, records, withdrawable } from '../support/fixture.ts';
import { commit, git, repository, versioned } from '../support/repository.ts';
import { run, writeFiles } from '../support/run.ts';

const gone = { date: '2026-01-02', reason: 'No such ship.' };
type Files = Readonly<Record<string, object | string | undefined>>;

/** The fixture's schemas, with a reference that can lead to a ship or a port. */
const crossings = withdrawable['schema/crossings.schema.json'] as { readonly properties: object };
const twoTargets = {
  'schema/crossings.schema.json': {
    ...crossings,
    properties: { about: { type: 'string', 'x-references': ['ships', 'ports'] }, ...crossings.properties },
  },
};

const base = {
  ...twoTargets,
  'raw/ships/bea.json': { id: 'bea', name: 'Bea' },
  'raw/ships/cleo.json': { id: 'cleo', name: 'Cleo', withdrawn: { ...gone, replaced_by: 'bea' } },
  'raw/crossings/second.json': { about: 'ystad', id: 'second', kind: 'arrival', ship: 'bea', on: '2022-03' },
  'raw/crossings/old.json': { id: 'old', kind: 'arrival', ship: 'cleo', on: '2022-03', withdrawn: gone },
  'raw/crossings/third.json': { ...crossing, id: 'third', ship: 'bea', length: 1 },
};

function write(folder: string, files: Files): void {
  for (const [file, content] of Object.entries(files)) {
    if (content === undefined) fs.rmSync(path.join(folder, file), { force: true });
    else writeFiles(folder, { [file]: content });
  }
}

const ship = (id: string, more: object = {}): object => ({ id, name: 'A ship', ...more });

/** Edits of one file each. Many of them break something elsewhere. */
const edits: readonly Files[] = [
  { 'raw/ships/anna.json': undefined },
  { 'raw/ships/bea.json': undefined },
  { 'raw/ships/anna.json': ship('anna', { withdrawn: { ...gone, replaced_by: 'bea' } }) },
  { 'raw/ships/bea.json': ship('bea', { withdrawn: gone }) },
  { 'raw/ships/bea.json': ship('bea', { withdrawn: { ...gone, replaced_by: 'cleo' } }) },
  { 'raw/ships/cleo.json': ship('cleo') },
  { 'raw/ships/cleo.json': ship('cleo', { withdrawn: { ...gone, replaced_by: 'anna' } }) },
  { 'raw/ships/anna.json': ship('anna', { withdrawn: { ...gone, replaced_by: 'cleo' } }) },
  { 'raw/ships/Anna.json': ship('Anna') },
  { 'raw/ships/more/anna.json': ship('anna') },
  { 'raw/ships/ystad.json': ship('ystad') },
  { 'raw/ships/dora.json': ship('dora') },
  { 'raw/ships/dora.json': '{"id": "dora",' },
  { 'raw/ships/dora.json': ship('dorra', { more: 1 }) },
  { 'raw/ports/ystad.json': undefined },
  { 'raw/ports/trelleborg.json': { id: 'trelleborg', name: 'Trelleborg', withdrawn: gone } },
  { 'raw/papers/gazette.json': { id: 'gazette', document: { file: 'gazette.txt', sha256: 'x' } } },
  {
    'raw/papers/gazette.json': {
      ...(records['raw/papers/gazette.json'] as { document: object }),
      document: { ...(records['raw/papers/gazette.json'] as { document: object }).document, start: 0, end: 20 },
    },
  },
  { 'raw/papers/gazette.json': { ...records['raw/papers/gazette.json'], withdrawn: gone } },
  { 'raw/papers/gazette.json': undefined },
  { 'raw/crossings/second.json': { about: 'bea', id: 'second', kind: 'arrival', ship: 'anna', on: '2022-03' } },
  { 'raw/crossings/second.json': { about: 'cleo', id: 'second', kind: 'arrival', ship: 'nobody', on: '2022-03' } },
  { 'raw/crossings/old.json': { id: 'old', kind: 'arrival', ship: 'cleo', on: '2022-03' } },
  { 'raw/crossings/third.json': { ...crossing, id: 'third', cars: 41, port: 'anna' } },
  { 'raw/crossings/stray.txt': 'x' },
  { 'raw/boats/x.json': ship('x') },
  { 'schema/ships.schema.json': { ...withdrawable['schema/ships.schema.json'], required: ['id', 'name', 'tons'] } },
];

describe('validate --changed', () => {
  test('finds the problems of a full run after any edit', async () => {
    const folder = repository(base);
    git(folder, 'tag', 'base');
    expect((await run(folder, 'validate', here)).out).toBe('');
    await fc.assert(
      fc.asyncProperty(
        fc.subarray([...edits.keys()], { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (chosen, committed) => {
          for (const i of chosen) write(folder, edits[i] ?? {});
          if (committed) commit(folder, 'Edit', {});
          const full = await run(folder, 'validate', here);
          const part = await run(folder, 'validate', [...here, '--changed', 'base']);
          expect(part.out).toBe(full.out);
          expect(part.status).toBe(full.status);
          git(folder, 'reset', '-q', '--hard', 'base');
          git(folder, 'clean', '-fdq');
        },
      ),
      { numRuns: edits.length, examples: edits.map((_, i): [number[], boolean] => [[i], i % 2 === 0]) },
    );
  });

  test('checks only what the change can have broken', async () => {
    const folder = repository(base);
    write(folder, { 'raw/ships/dora.json': ship('dora') });
    const { err } = await run(folder, 'validate', [...here, '--changed', 'HEAD']);
    expect(err).toMatch(/^validate: 1 record in 4 tables; 0 errors and 0 warnings; 10 unchanged records skipped\n$/);
  });

  test('compares with the start of the branch, not with later commits of the other one', async () => {
    const folder = repository(base);
    git(folder, 'checkout', '-q', '-b', 'topic');
    commit(folder, 'Mine', { 'raw/ships/dora.json': ship('dora') });
    git(folder, 'checkout', '-q', 'main');
    commit(folder, 'Theirs', { 'raw/ships/emma.json': ship('emma'), 'raw/ships/fay.json': ship('fay') });
    git(folder, 'checkout', '-q', 'topic');
    const { err } = await run(folder, 'validate', [...here, '--changed', 'main']);
    expect(err).toMatch(/^validate: 1 record in/);
  });

  test.each([
    ['a commit that is not there', '--upload-pack=x', /git knows no commit called "--upload-pack=x"/],
    ['nothing', '', /--changed needs a value/],
  ])('%s is reported', async (_, name, says) => {
    const { err, status } = await run(repository(), 'validate', [...here, `--changed=${name}`]);
    expect(err).toMatch(says);
    expect(status).toBe(2);
  });
});

describe('a published record that was removed', () => {
  test.each([
    ['deleted', { 'raw/ports/trelleborg.json': undefined }],
    [
      'renamed',
      { 'raw/ports/trelleborg.json': undefined, 'raw/ports/trelle.json': { id: 'trelle', name: 'Trelleborg' } },
    ],
  ])('%s, is reported by validate with what to do instead', async (_, files) => {
    const folder = repository({ 'raw/crossings/monday-ystad.json': { ...crossing, stops: undefined } });
    expect((await run(folder, 'release', [...here, '--dist', 'dist'])).status).toBe(0);
    write(folder, files);
    for (const flags of [[], ['--changed', 'HEAD']]) {
      const { out, status } = await run(folder, 'validate', [...here, ...flags]);
      expect(out).toBe(
        'raw/ports/trelleborg.json:1:1 error withdrawal: the published record "trelleborg" of ports is gone (published identifiers must stay: restore it with `git checkout v1.2.3 -- raw/ports/trelleborg.json`, and if it is wrong, withdraw it there: "withdrawn" with "date" and "reason")\n',
      );
      expect(status).toBe(1);
    }
  });

  test('is not a problem before it was released', async () => {
    const folder = repository({ 'raw/ports/malmo.json': { id: 'malmo', name: 'Malmö' } });
    commit(folder, 'Version', versioned('0.1.0'));
    write(folder, { 'raw/ports/malmo.json': undefined });
    expect((await run(folder, 'validate', here)).out).toBe('');
  });
});
