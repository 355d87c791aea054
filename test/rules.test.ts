import { describe, expect, test } from 'vitest';
import { print } from '../scripts/json/canonical.ts';
import { exampleProject } from '../scripts/validate/rules/exampleProject.ts';
import { rules } from '../scripts/validate/rules/index.ts';
import type { ExampleFiles } from '../scripts/validate/rules/rule.ts';
import { here } from './fixture.ts';
import { freshFolder, run, writeFiles } from './run.ts';

/** The project of the examples with their files, in a folder of its own. */
function projectWith(files: ExampleFiles): string {
  const folder = freshFolder();
  const texts = Object.entries({ ...exampleProject, ...files }).map(([name, content]) => [
    name,
    typeof content === 'string' ? content : print(content, 'file'),
  ]);
  writeFiles(folder, Object.fromEntries(texts));
  return folder;
}

/** Each problem that `validate` finds: its place and its rule. */
async function problemsOf(files: ExampleFiles): Promise<string[]> {
  const { out } = await run(projectWith(files), 'validate', [...here, '--checks', '--format', 'json']);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { file: string; line: number; column: number; severity: string; rule: string })
    .map(({ file, line, column, severity, rule }) => `${file}:${line}:${column} ${severity} ${rule}`);
}

const checked = rules.filter(({ phase }) => phase !== 'release');

test('the project of the examples has no problem', async () => {
  expect(await problemsOf({})).toEqual([]);
});

test('no two rules have one name', () => {
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
});

describe.each(checked.map((rule) => [rule.name, rule] as const))('%s', (name, rule) => {
  test('finds its problem, and no other, where the bad example says', async () => {
    expect(await problemsOf(rule.bad.files)).toEqual([`${rule.bad.at} ${rule.severity} ${name}`]);
  });

  test('finds nothing in the good example', async () => {
    expect(await problemsOf(rule.good)).toEqual([]);
  });
});
