import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../scripts/base/problem.ts';
import { joined, option, sentence, worded } from '../../scripts/base/sentence.ts';
import { demarche } from '../../scripts/cli/commands.ts';
import { flagOf } from '../../scripts/cli/flags.ts';
import { loadCommands } from '../../scripts/cli/program.ts';
import { hintSentence } from '../../scripts/cli/reporters/hint.ts';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { root } from '../support/run.ts';

const wrongId = sentence`${option('id')}: "x" is taken`;

describe('a sentence that names options', () => {
  test.each([
    [wrongId, '`id`: "x" is taken', '--id: "x" is taken'],
    [
      sentence`give ${option('requireSources')} ${2} times`,
      'give `requireSources` 2 times',
      'give --require-sources 2 times',
    ],
    [sentence`no key: ${option('keys', 'ships')}`, 'no key: `keys` of "ships"', 'no key: --key ships='],
    [sentence`say ${option('ranges', 'a')}`, 'say `ranges` of "a"', 'say --range a=START-END'],
    [sentence`batch.yaml:1: ${wrongId}`, 'batch.yaml:1: `id`: "x" is taken', 'batch.yaml:1: --id: "x" is taken'],
    [joined([wrongId, 'full'], '; '), '`id`: "x" is taken; full', '--id: "x" is taken; full'],
  ])('%#: a program sees names, a terminal flags', (words, inProgram, inTerminal) => {
    expect(worded(words)).toBe(inProgram);
    expect(worded(words, flagOf)).toBe(inTerminal);
    expect(new Failure(words).message).toBe(inProgram);
    expect(hintSentence(JSON.parse(JSON.stringify(words)))).toBe(inTerminal);
  });
});

describe('below the command line', () => {
  const folder = path.join(root, 'scripts');
  const below = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/^(?:cli|dev)\//.test(file))
    .map((file) => fs.readFileSync(path.join(folder, file), 'utf8'));

  const flagNames = async (): Promise<ReadonlySet<string>> => {
    const commands = await loadCommands(demarche, nodeFileSystem());
    return new Set(commands.flatMap(({ flags }) => flags.map(({ name }) => `--${name}`)));
  };

  test('each option that a sentence names has a flag', async () => {
    const flags = await flagNames();
    const options = below.flatMap((text) => [...text.matchAll(/\boption\('(\w+)'/g)].map(([, name = '']) => name));
    expect(options).toEqual(expect.arrayContaining(['id', 'sources', 'keys']));
    const called = options.map((name) => flagOf({ option: name }).split(' ')[0] ?? '');
    expect(called.filter((flag) => !flags.has(flag))).toEqual([]);
  });

  test('no failure and no hint names a flag', async () => {
    const flags = await flagNames();
    const said = below.flatMap((text) => text.match(/new Failure\([^;]*?;|hint: [`'].*/g) ?? []);
    const named = said.filter((words) => (words.match(/--[a-z][a-z-]*/g) ?? []).some((word) => flags.has(word)));
    expect(said.length).toBeGreaterThan(100);
    expect(named).toEqual([]);
  });
});
