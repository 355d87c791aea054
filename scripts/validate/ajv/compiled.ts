import { type Ajv, type Code, type ValidateFunction, _ } from 'ajv';
import type { RegExpEngine, RegExpLike } from 'ajv/dist/types/index.js';
import equal from 'ajv/dist/runtime/equal.js';
import ucs2length from 'ajv/dist/runtime/ucs2length.js';
import standalone from 'ajv/dist/standalone/index.js';
import { evaluateModule } from '../../base/commonJs.ts';
import { type Patterns, unicodeWherePossible } from '../../pattern/matcher.ts';
import { formats } from './formats.ts';
import { linearFunctions } from './linearKeywords.ts';

/** Results that took long to compute, kept from run to run. Any of them can be lost. */
export interface Cache {
  readonly get: (key: string) => string | undefined;
  readonly set: (key: string, text: string) => void;
  /** Compiled code of a text, kept for the running version of Node. */
  readonly code?: CodeCache;
}

/** What V8 made of texts, kept from run to run. */
export interface CodeCache {
  readonly get: (text: string) => Uint8Array | undefined;
  /** Keeps what `make` returns when the process ends: by then, functions that were called are compiled. */
  readonly setAtEnd: (text: string, make: () => Uint8Array) => void;
}

/** The name under which the code of a compiled schema finds the maker of its expressions. */
const regExpName = 'regExp';

/** How ajv makes the expressions of patterns. */
export function regExpEngine({ matcherOf }: Patterns): RegExpEngine {
  const engine = (pattern: string): RegExpLike => {
    const flags = unicodeWherePossible(pattern);
    const { test } = matcherOf(pattern, flags);
    // ajv tells expressions apart by their print
    const expression = { test, toString: () => `/${pattern}/${flags}` };
    return expression;
  };
  return Object.assign(engine, { code: regExpName });
}

/**
 * The code of a schema, changed so that the errors of each `$ref` are appended: ajv copies all earlier errors each
 * time, which takes the square of their number.
 */
function addingErrors(code: string): string {
  return code.replace(
    /vErrors === null \? (\w+)\.errors : vErrors\.concat\(\1\.errors\)/g,
    'vErrors === null ? [...$1.errors] : ($1.errors.forEach((error) => vErrors.push(error)), vErrors)',
  );
}

const property = String.raw`(?:\.\w+|\["[^"\\]*"\])`;
const ownCall = String.raw`\w+\.call\(\1, "([^"\\]*)"\)`;
const absent = new RegExp(String.raw`\((\w+)(${property}) === undefined\) \|\| \(!\(${ownCall}\)\)`, 'g');
const present = new RegExp(String.raw`(\w+)(${property}) !== undefined && ${ownCall}`, 'g');

/**
 * The code of a schema without asking whether a property is an object's own, wherever its name is not one that every
 * object inherits: asking takes a fourth of the time of a check.
 */
function withoutOwnCalls(code: string): string {
  const shorter =
    (equality: string) =>
    (all: string, object: string, at: string, name: string): string =>
      name in Object.prototype ? all : `${object}${at} ${equality} undefined`;
  return code.replace(absent, shorter('===')).replace(present, shorter('!=='));
}

function processed(code: string): string {
  return withoutOwnCalls(addingErrors(code));
}

/** Settings of ajv for code that is kept. */
export const keptCode: {
  readonly source: true;
  readonly formats: Code;
  readonly process: (code: string) => string;
} = { source: true, formats: _`formats`, process: processed };

const modules: Readonly<Record<string, unknown>> = {
  'ajv/dist/runtime/equal': equal,
  'ajv/dist/runtime/ucs2length': ucs2length,
  linear: linearFunctions,
};

/** The result of `require`. Some loaders give such a module itself, others its default export. */
function load(name: string): unknown {
  const found = modules[name];
  if (found === undefined) throw new Error(`the code of a schema asks for ${name}`);
  return typeof found === 'function' ? { default: found } : found;
}

/**
 * The check of a schema: from the code kept under the key, or else compiled and then kept. Loading the code takes a
 * twentieth of the time.
 * The key must contain everything that the code depends on, except the toolkit and its packages, which the cache
 * covers.
 */
export function compileOnce(
  cache: Cache,
  key: string,
  regExp: RegExpEngine,
  compile: () => { readonly ajv: Ajv; readonly check: ValidateFunction },
): ValidateFunction {
  const kept = evaluate(cache.get(key) ?? '', regExp, cache.code);
  if (kept !== undefined) return kept;
  const { ajv, check } = compile();
  cache.set(key, processed(standalone.default(ajv, check)));
  return check;
}

/**
 * Runs code that ajv has written as a CommonJS module; undefined if there is none. ajv itself makes a function of the
 * same text each time. The cache only returns what was put into it, by digest.
 */
function evaluate(text: string, regExp: RegExpEngine, code: CodeCache | undefined): ValidateFunction | undefined {
  try {
    const names = { require: load, formats, [regExpName]: regExp };
    const { exports: check, fits, compiled } = evaluateModule(text, names, code?.get(text));
    if (!isCheck(check)) return undefined;
    if (!fits) code?.setAtEnd(text, compiled);
    return check;
  } catch {
    return undefined;
  }
}

function isCheck(value: unknown): value is ValidateFunction {
  return typeof value === 'function';
}
