import { Script } from 'node:vm';

/** What the text of a module exports, and what V8 made of the text. */
export interface Evaluated {
  readonly exports: unknown;
  /** Whether the compiled code that was given fits; without any, it does not. */
  readonly fits: boolean;
  /** The compiled code, with the functions that were called so far. */
  readonly compiled: () => Uint8Array;
}

/**
 * Runs the text of a CommonJS module. It runs with the rights of this program: pass only what the program itself has
 * written.
 * @param names what the text can use besides `module`, by its name there
 * @param compiled the compiled code of exactly this text
 */
export function evaluateModule(
  text: string,
  names: Readonly<Record<string, unknown>>,
  compiled?: Uint8Array,
): Evaluated {
  const module: { exports?: unknown } = {};
  const cachedData = compiled === undefined ? {} : { cachedData: Buffer.from(compiled) };
  const script = new Script(`(function (${['module', ...Object.keys(names)].join(', ')}) {${text}\n})`, cachedData);
  const run: unknown = script.runInThisContext();
  if (typeof run !== 'function') throw new SyntaxError('the text is not a module');
  run(module, ...Object.values(names));
  return {
    exports: module.exports,
    fits: compiled !== undefined && script.cachedDataRejected !== true,
    compiled: () => script.createCachedData(),
  };
}
