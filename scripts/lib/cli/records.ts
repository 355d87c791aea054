import path from 'node:path';
import {
  type Json,
  type JsonObject,
  below,
  isArray,
  isObject,
  parseJson,
  pointerSteps,
  resolvePointer,
} from '../json/json.ts';
import { printCanonical } from '../json/canonical.ts';
import { didYouMean } from '../nearest.ts';
import { Failure } from '../problem.ts';
import type { FileSystem } from '../read/fileSystem.ts';
import { type RecordFile, readRecords } from '../read/records.ts';
import { type RecordType, shapesBelow } from '../schema/tables.ts';
import { list, quoted } from '../text.ts';
import { hiddenFaults } from '../validate/explain.ts';
import { mostBytes } from '../validate/limits.ts';
import { structureOf } from '../validate/structure.ts';
import type { Terminal } from './command.ts';
import type { Project } from './project.ts';

/** A record with a file of its own. */
export interface OpenRecord {
  readonly file: RecordFile;
  readonly type: RecordType;
  readonly value: JsonObject;
}

/** The record that a user names: by its identifier, by `table/identifier`, or by the path of its file. @throws Failure where that is none, or several */
export function recordNamed(fs: FileSystem, project: Project, terminal: Terminal, name: string): OpenRecord {
  const singles = project.files.filter((file) => file.holds === 'record' && file.select === undefined);
  const at = path.resolve(terminal.cwd, name);
  const found = singles.filter(
    (file) => file.path === at || file.stem === name || `${file.table}/${file.stem}` === name,
  );
  const [only, other] = found;
  if (only === undefined) {
    const hint = didYouMean(name, [
      ...singles.map((file) => file.stem),
      ...singles.map((file) => `${file.table}/${file.stem}`),
    ]);
    throw new Failure(`no record is called ${quoted(name)}${hint === undefined ? '' : ` (${hint})`}`);
  }
  if (other !== undefined) {
    const names = found.map((file) => quoted(`${file.table}/${file.stem}`));
    throw new Failure(`${quoted(name)} may be ${list(names, 'or')}: name one of them`);
  }
  const opened = openRecord(fs, project, only);
  if (opened === undefined)
    throw new Failure(`${only.shown} is no record that can be read: see \`npm run -s validate\``);
  return opened;
}

/** A record's file as it is written by hand: undefined where a rewrite could lose something, or it holds no object or several records. */
export function openRecord(fs: FileSystem, project: Project, file: RecordFile): OpenRecord | undefined {
  if (file.holds !== 'record' || file.select !== undefined) return undefined;
  const type = project.types.find((t) => t.name === file.table);
  for (const raw of readRecords(fs, file, mostBytes)) {
    const parsed = 'text' in raw ? parseJson(raw.text) : undefined;
    if (type === undefined || parsed === undefined || !('value' in parsed) || !isObject(parsed.value)) return undefined;
    return 'text' in raw && hiddenFaults(raw.text).length > 0 ? undefined : { file, type, value: parsed.value };
  }
  return undefined;
}

/** Writes a record in canonical form. A half-written record would be lost work: the new text takes the old one's place in one step. */
export function writeRecord(fs: FileSystem, { file, type, value }: OpenRecord): void {
  replaceFile(fs, file.path, printCanonical(value, structureOf(type.shape), 'file'));
}

/** Gives a file another text, in one step. */
export function replaceFile(fs: FileSystem, at: string, text: string): void {
  const target = fs.realPath(at);
  const beside = `${target}.fixed`;
  fs.write(beside, text);
  fs.rename(beside, target);
}

/** JSON Pointer of the record's list of spans; undefined where its schema has none. */
export function spansOf({ shape }: RecordType): string | undefined {
  return [...shapesBelow(shape)].find(([inner, pointer]) => inner.spans && !pointer.includes('*'))?.[1];
}

/** The elements of the list at a pointer; none where it is not there. */
export function elementsAt(record: JsonObject, pointer: string): readonly Json[] {
  const value = resolvePointer(record, pointer);
  return isArray(value) ? value : [];
}

/** The record with another value at a pointer into its objects. */
export function withValueAt(record: JsonObject, pointer: string, value: Json): JsonObject {
  const [step, ...rest] = pointerSteps(pointer) ?? [];
  if (step === undefined) return record;
  if (rest.length === 0) return { ...record, [step]: value };
  const inner = resolvePointer(record, below('', step));
  const next = rest.map((each) => below('', each)).join('');
  return { ...record, [step]: withValueAt(isObject(inner) ? inner : {}, next, value) };
}
