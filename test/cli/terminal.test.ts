import { expect, test } from 'vitest';
import { here } from '../support/fixture.ts';
import { commit, repository } from '../support/repository.ts';
import { run, writeFiles } from '../support/run.ts';

/** Text that controls a terminal, or that the log of a GitHub workflow would run as a command. */
const hostile = '::add-mask::a\u001b[31m\r\u009b2J\u202e ##[add-mask]b\n::stop-commands::c';

const notes = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Notes',
  type: 'object',
  properties: { id: { type: 'string' }, text: { type: 'string' } },
  required: ['id', 'text'],
  additionalProperties: false,
};

/** A repository in which names of files, identifiers, keys and values are all hostile, and some records invalid. */
function hostileRepository(): string {
  const folder = repository({
    'schema/notes.schema.json': notes,
    [`raw/notes/${hostile}.json`]: { id: hostile, text: 'before' },
  });
  commit(folder, 'Add notes', {});
  return folder;
}

const changed = { [`raw/notes/${hostile}.json`]: { id: hostile, text: hostile } };
const added = { [`raw/notes/more ${hostile}.json`]: { id: `more ${hostile}`, text: hostile } };
const invalid = {
  [`raw/notes/x${hostile}.json`]: { id: 'y', [hostile]: hostile },
  [`raw/ships/y${hostile}.json`]: `{"id": "${hostile}`,
  [`raw/${hostile}/z.json`]: { id: 'z' },
  'raw/crossings/wrong.json': { id: 'wrong', kind: hostile, ship: hostile, on: hostile },
};

type Files = Parameters<typeof writeFiles>[1];

/** What must not reach a terminal or a log. */
function active(text: string): readonly string[] {
  const own = /^::(?:error|warning|notice) (?:file|title)=/;
  return text
    .split('\n')
    .filter((line) => /[\p{Cc}\u202e]|##\[/u.test(line) || (/^\s*::/.test(line) && !own.test(line)));
}

type Call = readonly [name: string, ...args: readonly string[]];

test.each<[string, Files, readonly Call[]]>([
  [
    'what is wrong with records',
    { ...invalid, [`raw/notes/z${hostile}.json`]: JSON.stringify({ id: `z${hostile}`, text: '' }) },
    [['validate'], ['validate', '--format', 'json'], ['validate', '--format', 'github'], ['fix', '--check']],
  ],
  [
    'what has changed',
    { ...changed, ...added },
    [
      ['diff', '--base', 'HEAD'],
      ['diff', '--base', 'HEAD', '--format', 'json'],
      ['diff', '--base', 'HEAD', '--format', 'markdown'],
      ['report', '--base', 'HEAD'],
      ['report', '--base', 'HEAD', '--format', 'json'],
    ],
  ],
  [
    'what a record is and what it is called',
    changed,
    [
      ['trace', `notes/${hostile}`],
      ['trace', `notes/${hostile}`, '--format', 'markdown'],
      ['trace', hostile.slice(1)],
      ['new', 'notes', '--id', `new ${hostile}`, '--set', `text=${hostile}`],
      ['new', 'notes', '--id', `newer ${hostile}`, '--set', `text=${hostile}`, '--format', 'json'],
    ],
  ],
  [
    'what was typed in',
    {},
    [
      ['new', hostile],
      ['cite', 'monday-ystad', '--quote', hostile, '--supports', hostile],
      ['cite', 'monday-ystad', '--quote', hostile, '--supports', '/cars', '--source', hostile],
      ['reanchor', hostile],
      ['diff', '--base', hostile],
      ['verify', '--release', hostile],
    ],
  ],
])('%s neither controls a terminal nor runs in the log of a workflow', async (_, files, calls) => {
  const folder = hostileRepository();
  writeFiles(folder, files);
  for (const [name, ...args] of calls) {
    const { out, err } = await run(folder, name, [...args, ...(name === 'verify' ? [] : here)]);
    const shown = `${out}${err}`;
    expect(shown, `${name} says what it was asked about`).toContain('add-mask');
    expect([...active(out), ...active(err)], name).toEqual([]);
  }
});
