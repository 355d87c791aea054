import { describe, expect, test } from 'vitest';
import { print } from '../../scripts/json/canonical.ts';
import { exampleProject } from '../../scripts/validate/rules/exampleProject.ts';
import { rules } from '../../scripts/validate/rules/index.ts';
import type { Rule } from '../../scripts/base/problem.ts';
import type { ExampleFiles, RuleDefinition } from '../../scripts/validate/rules/rule.ts';
import { here } from '../support/fixture.ts';
import { commit, git } from '../support/repository.ts';
import { type Run, freshFolder, run, writeFiles } from '../support/run.ts';

/** The text of each file. */
function texts(files: ExampleFiles): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [
      name,
      typeof content === 'string' ? content : print(content, 'file'),
    ]),
  );
}

/** The project of the examples with their files, in a folder of its own. */
function projectWith(files: ExampleFiles): string {
  const folder = freshFolder();
  writeFiles(folder, texts({ ...exampleProject, ...files }));
  return folder;
}

function ruleOf(name: Rule): RuleDefinition {
  const rule = rules.find((each) => each.name === name);
  if (rule === undefined) throw new Error(`no rule ${name}`);
  return rule;
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
  test('finds its problem, and no other, at the place in the bad example', async () => {
    expect(await problemsOf(rule.bad.files)).toEqual([`${rule.bad.at} ${rule.severity} ${name}`]);
  });

  test('finds nothing in the good example', async () => {
    expect(await problemsOf(rule.good)).toEqual([]);
  });
});

test('the examples of every rule for releases are run here', () => {
  expect(rules.filter((rule) => !checked.includes(rule)).map(({ name }) => name)).toEqual(['version', 'release']);
});

describe('version', () => {
  const { bad, good } = ruleOf('version');
  /** A release of the project with some files, after one without them. */
  const releaseWith = (files: ExampleFiles): Promise<Run> => {
    const folder = projectWith({ '.gitignore': '/dist/\n' });
    git(folder, 'init', '-q');
    commit(folder, 'Begin', {});
    git(folder, 'tag', 'v1.0.0');
    commit(folder, 'Change', texts(files));
    return run(folder, 'release', [...here, '--dist', 'dist']);
  };

  test('finds its problem, and no other, at the place in the bad example', async () => {
    const { out, status } = await releaseWith(bad.files);
    expect(out).toMatch(new RegExp(`^${bad.at} error version: [^\\n]*\\n$`));
    expect(status).toBe(1);
  });

  test('finds nothing in the good example', async () => {
    expect(await releaseWith(good)).toMatchObject({ out: '', status: 0 });
  });
});

describe('release', () => {
  const { bad, good } = ruleOf('release');
  /** What `verify` says of a build in which some files were changed. */
  const verifyWith = async (files: ExampleFiles): Promise<Run> => {
    const folder = projectWith({});
    await run(folder, 'build', [...here, '--dist', 'dist']);
    writeFiles(folder, texts(files));
    return run(folder, 'verify', ['--release', 'dist/next']);
  };

  test('finds its problem at the place in the bad example', async () => {
    const { out, status } = await verifyWith(bad.files);
    expect(out.split('\n')[0]).toContain(`${bad.at} error release: `);
    expect(status).toBe(1);
  });

  test('finds nothing in the good example', async () => {
    expect(await verifyWith(good)).toMatchObject({ out: '', status: 0 });
  });
});
