import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { freshFolder, root } from '../support/run.ts';

const makefile = fs.readFileSync(path.join(root, 'Makefile'), 'utf8');

/** The targets that take variables, with these. */
const targets = [...makefile.matchAll(/^([a-z-]+): .*\n((?:\t.*\n)+)/gm)].flatMap(([, target = '', recipe = '']) => {
  const variables = [...new Set([...recipe.matchAll(/\$\$\{?([A-Z_]+)/g)].map(([, name]) => name ?? ''))];
  return variables.length === 0 ? [] : [{ target, variables }];
});

/** The arguments and input of npm when make runs a target; `given` is what the user writes after it. */
function calledWith(target: string, given: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const bin = freshFolder();
  fs.writeFileSync(path.join(bin, 'npm'), '#!/bin/sh\nprintf "%s\\n" "$@"\ncat\n', { mode: 0o755 });
  return execFileSync('make', ['-s', target, ...given], {
    cwd: root,
    encoding: 'utf8',
    input: '',
    env: { ...process.env, ...env, PATH: `${bin}:${process.env['PATH'] ?? ''}` },
  });
}

describe('make passes variables on, and neither make nor a shell expands them', () => {
  test.each(targets)('$target $variables', ({ target, variables }) => {
    const trap = path.join(freshFolder(), 'sprung');
    const value = (name: string): string => `${name}$(shell touch ${trap})\`touch ${trap}\`$$1 "';touch ${trap};#`;
    const asArguments = calledWith(
      target,
      variables.map((name) => `${name}=${value(name)}`),
    );
    const asEnvironment = calledWith(target, [], Object.fromEntries(variables.map((name) => [name, value(name)])));
    for (const name of variables) {
      expect(asArguments).toContain(value(name));
      expect(asEnvironment).toContain(value(name));
    }
    expect(fs.existsSync(trap)).toBe(false);
  });

  test('SET has one setting on each line', () => {
    const set = 'name=Ann  Bo*\n\n/at/0=$(date) "x"\n';
    expect(
      calledWith('new', ['TABLE=ships', `SET=${set}`, 'ID=a'])
        .split('\n')
        .slice(4, -1),
    ).toEqual(['ships', '--set=name=Ann  Bo*', '--set=/at/0=$(date) "x"', '--id=a']);
  });

  test('a target reports a missing variable', () => {
    expect(() => calledWith('report', [])).toThrow(/make report needs BASE: make report BASE=…/);
    expect(() => calledWith('cite', ['RECORD=x', 'QUOTE=y'])).toThrow(/make cite needs SUPPORTS/);
    expect(calledWith('report', ['BASE=$$x'])).toContain('--base=$$x');
  });

  test('all targets with variables are tested, and a missing variable is not passed on', () => {
    expect(targets.map(({ target }) => target)).toEqual(expect.arrayContaining(['new', 'cite', 'trace', 'validate']));
    expect(calledWith('validate', [])).toBe('run\n-s\nvalidate\n--\n');
  });
});
