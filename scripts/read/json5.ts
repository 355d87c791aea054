import { createRequire } from 'node:module';
import { mostDepth, mostJson5Signs } from '../base/limits.ts';
import type { Fault } from '../base/problem.ts';
import { printable, quoted } from '../base/text.ts';
import { type Json, isArray, isObject } from '../json/json.ts';
import { otherNumberFault } from '../json/number.ts';
import { placeJson } from '../json/positions.ts';
import { type Converted, Unconvertible } from './written.ts';

// loaded with the first JSON5 file: most projects have none
const require = createRequire(import.meta.url);
const load = (): typeof import('json5') => require('json5');

/** The record in a JSON5 text. @throws Unconvertible if it is not JSON5, or is nested too deeply */
export function fromJson5(text: string): Converted {
  if (text.trim() === '') throw new Unconvertible('json', 0, 'the file is empty', 'write a record into it');
  if (signsIn(text) > mostJson5Signs)
    throw new Unconvertible('size', 0, tooMany, 'split the file, or write it as JSON');
  const value = parse(text);
  if (isDeeper(value, mostDepth)) throw new Unconvertible('depth', 0, `nested deeper than ${mostDepth} levels`);
  const placed = placeJson(text, 'json5');
  if ('message' in placed) throw new Unconvertible('json', placed.offset, `not JSON5: ${printable(placed.message)}`);
  const twice = placed.duplicates.map(({ pointer, key, offset }): Fault => {
    const message = `the key ${quoted(key)} is used twice in this object`;
    return { rule: 'duplicate-key', message, pointer, offset, hint: 'keep one of them' };
  });
  const numbers = placed.numbers.flatMap(({ pointer, offset, text: written }): readonly Fault[] => {
    const fault = otherNumberFault(written, load().parse(written));
    return fault === undefined ? [] : [{ rule: 'number', pointer, offset, ...fault }];
  });
  const { offsetOf } = placed;
  return { text: JSON.stringify(value), line: 0, written: { text, offsetOf, faults: [...twice, ...numbers] } };
}

const tooMany = `more than ${mostJson5Signs} brackets, braces, commas and colons`;

/**
 * The number of brackets, braces, commas and colons. Those in strings and comments count too: few texts come near the
 * limit.
 */
function signsIn(text: string): number {
  let signs = 0;
  for (let i = 0; i < text.length; i++) if ('[]{},:'.includes(text.charAt(i))) signs++;
  return signs;
}

function parse(text: string): Json {
  try {
    return load().parse(text);
  } catch (error) {
    const [line, column] = [numberIn(error, 'lineNumber') ?? 1, numberIn(error, 'columnNumber') ?? 1];
    const start = text.split('\n', line - 1).reduce((length, each) => length + each.length + 1, 0);
    const message = error instanceof Error ? error.message.replace(/^JSON5: /, '').replace(/ at \d+:\d+$/, '') : '';
    // the parser calls itself for each level and each comment
    const why = error instanceof RangeError ? 'too many levels or comments in a row' : printable(message);
    throw new Unconvertible('json', start + column - 1, `not JSON5: ${why}`);
  }
}

function numberIn(error: unknown, name: string): number | undefined {
  const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined;
  return typeof value === 'number' ? value : undefined;
}

/** Whether a value is nested deeper than some levels. Not recursive: a value can be deeper than the stack. */
function isDeeper(value: Json, levels: number): boolean {
  let inside: readonly Json[] = [value];
  for (let level = 0; level <= levels; level++) {
    inside = inside.flatMap((each) => (isArray(each) ? each : isObject(each) ? Object.values(each) : []));
    if (inside.length === 0) return false;
  }
  return true;
}
