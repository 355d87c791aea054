import { depthOffset } from '../json/depth.ts';
import { type Json, parseJson } from '../json/json.ts';
import { placeJson, positionAt } from '../json/positions.ts';
import { syntaxFault } from '../json/syntaxFault.ts';
import { mostConfigBytes, mostSchemaDepth } from '../base/limits.ts';
import { Failure, type Fault } from '../base/problem.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { decode } from '../read/decode.ts';

/**
 * Reads a file with one JSON document, and checks it with `faultsOf`.
 * @throws Failure at the line and column of the first fault
 */
export function readDocument<T extends Json>(
  fs: FileSystem,
  file: string,
  shown: string,
  faultsOf: (value: Json) => readonly Fault[],
  conforms: (value: Json, faults: readonly Fault[]) => value is T,
): T {
  const bytes = fs.read(file, mostConfigBytes);
  if (bytes === undefined) throw new Failure(`${shown}: larger than ${mostConfigBytes} bytes`);
  const decoded = decode(bytes);
  if (!('text' in decoded)) throw new Failure(`${shown}: ${decoded.message}`);
  const { text } = decoded;
  const failAt = (offset: number, message: string): Failure => {
    const { line, column } = positionAt(text, offset);
    return new Failure(`${shown}:${line}:${column}: ${message}`);
  };
  const tooDeep = depthOffset(text, mostSchemaDepth);
  if (tooDeep !== undefined) throw failAt(tooDeep, `nested deeper than ${mostSchemaDepth} levels`);
  const parsed = parseJson(text);
  if (!('value' in parsed)) {
    const { offset, message, hint } = syntaxFault(text, parsed, 'file');
    throw failAt(offset, hint === undefined ? message : `${message} (${hint})`);
  }
  const { value } = parsed;
  const faults = faultsOf(value);
  if (conforms(value, faults)) return value;
  const [{ pointer, atKey, message, hint } = missingFault] = faults;
  const placed = placeJson(text);
  const offset = 'offsetOf' in placed ? placed.offsetOf(pointer, atKey) : 0;
  throw failAt(offset, typeof hint !== 'string' ? message : `${message} (${hint})`);
}

const missingFault: Fault = { rule: 'type', pointer: '', message: 'not an object' };
