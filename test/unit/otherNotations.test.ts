import fc from 'fast-check';
import JSON5 from 'json5';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { positionAt } from '../../scripts/json/positions.ts';
import { fromJson5 } from '../../scripts/read/json5.ts';
import { type Converted, Unconvertible } from '../../scripts/read/written.ts';
import { fromYaml } from '../../scripts/read/yaml.ts';
import { mostJson5Signs, mostYamlTokens } from '../../scripts/base/limits.ts';

/** Each fault as `line:column rule`, whether it ends the conversion or not. */
function faultsOf(convert: () => readonly Converted[], text: string): readonly string[] {
  const told = ({ offset = -1, rule }: { readonly offset?: number; readonly rule: string }): string => {
    const { line, column } = positionAt(text, offset);
    return `${line}:${column} ${rule}`;
  };
  try {
    return convert().flatMap(({ written }) => written.faults.map(told));
  } catch (error) {
    if (!(error instanceof Unconvertible)) throw error;
    return [told(error.fault)];
  }
}

const valuesOf = (converted: readonly Converted[]): readonly unknown[] => converted.map(({ text }) => JSON.parse(text));

/** Lines that are ten times as long, for what is already large. */
const bomb = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(10)}]\n`).join('');

describe('YAML', () => {
  test.each([
    ['no is no truth value', 'a: NO\nb: off\nc: y', [{ a: 'NO', b: 'off', c: 'y' }]],
    ['a date is a text', 'a: 2020-01-02\nb: 2020-01-02T03:04:05Z', [{ a: '2020-01-02', b: '2020-01-02T03:04:05Z' }]],
    ['numbers are those of YAML 1.2', 'a: 0o14\nb: 1_000\nc: 12:30:45', [{ a: 12, b: '1_000', c: '12:30:45' }]],
    ['nothing is null', 'a:\nb: ~\nc: null', [{ a: null, b: null, c: null }]],
    ['a whole number can be a key', '200: ok\n-1: x', [{ 200: 'ok', '-1': 'x' }]],
    ['an alias is what it means', 'a: &x [1]\nb: *x\nc: &x 2\nd: *x', [{ a: [1], b: [1], c: 2, d: 2 }]],
    [
      'an alias inside of an anchor keeps its meaning',
      'a: &x 1\nb: &y [*x]\nc: &x 2\nd: *y',
      [{ a: 1, b: [1], c: 2, d: [1] }],
    ],
    ['documents are records, empty ones are none', '---\na: 1\n---\n---\na: 2\n---\n', [{ a: 1 }, { a: 2 }]],
    ['a quoted merge key is a key', '"<<": 1', [{ '<<': 1 }]],
    ['a key can be called as JavaScript likes', '__proto__: 1', [JSON.parse('{"__proto__": 1}')]],
    ['tags of the core schema', 'a: !!str 012\nb: !!int "7"', [{ a: '012', b: 7 }]],
  ])('%s', (_, text, expected) => {
    const converted = fromYaml(text);
    expect(valuesOf(converted)).toEqual(expected);
    expect(converted.flatMap(({ written }) => written.faults)).toEqual([]);
  });

  test.each([
    ['a key that occurs twice', 'a: 1\nb: 2\na: 3', '3:1 duplicate-key'],
    ['two keys that are equal as keys of JSON', '1: a\n"1": b', '2:1 duplicate-key'],
    ['a number that would lose its zero', 'a: 0123', '1:4 number'],
    ['digits that would be lost', 'a: [12345678901234567890]', '1:5 number'],
    ['a number that is none', 'a: .inf', '1:4 number'],
    ['a merge key', 'a: &x {b: 1}\nc:\n  <<: *x', '3:3 json'],
    ['a key that is a list', '? [a]\n: 1', '1:3 json'],
    ['a key that is a truth value', 'a: 1\ntrue: 2', '2:1 json'],
    ['a key that is a number in another spelling', '1.0: 2', '1:1 json'],
    ['an alias that refers back to itself', 'a: &x [*x]', '1:8 json'],
    ['an alias without an anchor', 'a: *x', '1:4 json'],
    ['aliases that grow without end', `a0: &a0 ${'x'.repeat(100_000)}\n${bomb}`, '3:10 size'],
    ['an unknown tag', 'a: !date 2020', '1:4 json'],
    ['bytes, which JSON has not', 'a: !!binary aGk=', '1:4 json'],
    ['YAML 1.1', '%YAML 1.1\n---\na: no', '1:1 json'],
    ['a tab', 'a: 1\n\tb: 2', '2:1 json'],
    ['a faulty document without contents', '&a &a', '1:4 json'],
    ['nothing', '# only a comment\n', '1:1 json'],
    ['brackets without end', `a: ${'['.repeat(100_000)}`, '1:204 depth'],
    ['levels without end', '- '.repeat(100_000), '1:1002 depth'],
    ['tokens without end', '- 1\n'.repeat(mostYamlTokens), '40000:4 size'],
    ['faults without end', ']'.repeat(1e6), '1:1 json'],
    ['an alias of many small values', `a: &a [${'1,'.repeat(1000)}]\nb: [${'*a,'.repeat(1000)}]`, '2:1574 size'],
    ['lines that are indented without end', `a:\n${' '.repeat(100_000)}b`, '2:1002 depth'],
  ])('%s is an error at its place', (_, text, expected) => {
    expect(faultsOf(() => fromYaml(text), text)).toEqual([expected]);
  });

  test('brackets in a text do not count as nesting', () => {
    expect(valuesOf(fromYaml(`a: "${'['.repeat(300)}"`))).toEqual([{ a: '['.repeat(300) }]);
  });

  test('a pointer leads to the line of its value, through an alias to the line of its anchor', () => {
    const text = 'a: &x\n  b: 1\nc: *x\nd:\n  - e: 2\n';
    const [converted] = fromYaml(text);
    const at = (pointer: string, atKey = false) => {
      const { line, column } = positionAt(text, converted?.written.offsetOf(pointer, atKey) ?? -1);
      return `${line}:${column}`;
    };
    expect([at('/a/b'), at('/c/b'), at('/d/0/e'), at('/d/0/e', true), at('/d/0/missing'), at('')]).toEqual([
      '2:6',
      '2:6',
      '5:8',
      '5:5',
      '5:5',
      '1:1',
    ]);
  });

  test('what the library writes is read back unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        fc.pre(value !== null);
        const json: unknown = JSON.parse(JSON.stringify(value));
        expect(valuesOf(fromYaml(stringify(json)))).toEqual([json]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('JSON5', () => {
  test('comments, free keys and quotes, commas at the end and numbers in any spelling', () => {
    const text = "// a\n{a: 'it\\'s', /* b */ b: [.5, +1, 0x10, 5.,], '': null,}";
    expect(valuesOf([fromJson5(text)])).toEqual([{ a: "it's", b: [0.5, 1, 16, 5], '': null }]);
    expect(fromJson5(text).written.faults).toEqual([]);
  });

  test.each([
    ['what is no JSON5', '{\n  a: }', '2:6 json'],
    ['a key that occurs twice', "{a: 1,\n 'a': 2}", '2:2 duplicate-key'],
    ['a number that is none', '{a: [\n-Infinity]}', '2:1 number'],
    ['digits that would be lost', '{a: 12345678901234567890}', '1:5 number'],
    ['nothing', ' \n', '1:1 json'],
    ['signs without end', `[${'1,'.repeat(mostJson5Signs)}]`, '1:1 size'],
    ['levels without end', '['.repeat(5000) + ']'.repeat(5000), '1:1 depth'],
  ])('%s is an error at its place', (_, text, expected) => {
    expect(faultsOf(() => [fromJson5(text)], text)).toEqual([expected]);
  });

  test('what the library writes is read back unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json: unknown = JSON.parse(JSON.stringify(value));
        expect(valuesOf([fromJson5(JSON5.stringify(json, null, 2))])).toEqual([json]);
      }),
      { numRuns: 200 },
    );
  });
});
