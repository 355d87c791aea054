import { compileFunction } from 'node:vm';

/**
 * What the text of a CommonJS module exports. The text runs with the rights of this program: pass only what the program
 * itself has written.
 * @param names what the text can use besides `module`, by its name there
 */
export function exportsOf(text: string, names: Readonly<Record<string, unknown>>): unknown {
  const module: { exports?: unknown } = {};
  compileFunction(text, ['module', ...Object.keys(names)])(module, ...Object.values(names));
  return module.exports;
}
