import type { Hint, Problem } from '../../base/problem.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { type Json, type JsonObject, isArray, isObject, member, parseJson } from '../../json/json.ts';
import type { Withdrawal } from '../../schema/extensions.ts';
import type { Reference } from '../../schema/walk.ts';
import { rules } from '../../validate/rules/index.ts';

/** A line that Spark has found, in the form of `engine/spark/mapped`. */
export interface Found {
  readonly kind: string;
  readonly table: string;
  /** The identifier that it concerns; empty if there is none. */
  readonly id: string;
  readonly part: number;
  readonly n: number;
  readonly value: Json;
}

/** The lines of JSON in the files that Spark has written into a folder, in the order of the files. */
export function* jsonLines(fs: FileSystem, folder: string): Generator<JsonObject> {
  for (const line of partLines(fs, folder)) {
    const parsed = parseJson(line);
    if ('value' in parsed && isObject(parsed.value)) yield parsed.value;
    else throw new Error(`${folder} holds a line that is not a JSON object`);
  }
}

function* partLines(fs: FileSystem, folder: string): Generator<string> {
  for (const file of partFiles(fs, folder)) {
    const decoder = new TextDecoder();
    let rest = '';
    for (const chunk of fs.chunks(file)) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (rest !== '') yield rest;
  }
}

/** The files with rows that Spark has written into a folder, in order: it names them `part-00000-…`. */
export function partFiles(fs: FileSystem, folder: string): readonly string[] {
  return fs
    .list(folder)
    .flatMap(({ name, kind }) => (kind === 'file' && name.startsWith('part-') ? [name] : []))
    .toSorted()
    .map((name) => `${folder}/${name}`);
}

/** Reads what the first script has found. */
export function* foundIn(fs: FileSystem, folder: string): Generator<Found> {
  for (const line of jsonLines(fs, folder)) {
    const parsed = parseJson(textIn(line, 'text'));
    yield {
      kind: textIn(line, 'kind'),
      table: member(line, 'tbl') === undefined ? '' : textIn(line, 'tbl'),
      id: idIn(line),
      part: numberIn(line, 'part'),
      n: numberIn(line, 'n'),
      value: 'value' in parsed ? parsed.value : null,
    };
  }
}

function idIn(line: JsonObject): string {
  const parsed = parseJson(member(line, 'id') === undefined ? '' : textIn(line, 'id'));
  return 'value' in parsed && typeof parsed.value === 'string' ? parsed.value : '';
}

export function textIn(object: JsonObject, key: string): string {
  const value = member(object, key);
  if (typeof value === 'string') return value;
  throw new Error(`no text ${key} in ${JSON.stringify(object).slice(0, 200)}`);
}

export function numberIn(object: JsonObject, key: string): number {
  const value = member(object, key);
  if (typeof value === 'number') return value;
  throw new Error(`no number ${key} in ${JSON.stringify(object).slice(0, 200)}`);
}

export function objectIn(value: Json | undefined): JsonObject {
  if (isObject(value)) return value;
  throw new Error('no object where one was printed');
}

/** A problem that a map task has printed. */
export function problemIn(value: Json): Problem {
  const object = objectIn(value);
  const rule = rules.find(({ name }) => name === member(object, 'rule'))?.name;
  if (rule === undefined) throw new Error(`no rule in ${JSON.stringify(object).slice(0, 200)}`);
  return {
    file: textIn(object, 'file'),
    line: numberIn(object, 'line'),
    column: numberIn(object, 'column'),
    pointer: textIn(object, 'pointer'),
    rule,
    severity: member(object, 'severity') === 'warning' ? 'warning' : 'error',
    message: textIn(object, 'message'),
    hint: hintIn(member(object, 'hint')),
  };
}

function hintIn(value: Json | undefined): Hint | undefined {
  if (!isObject(value)) return typeof value === 'string' ? value : undefined;
  const [before, after] = [member(value, 'before'), member(value, 'after')];
  return {
    ...(typeof before === 'string' ? { before } : {}),
    verb: textIn(value, 'verb'),
    arguments: textsIn(member(value, 'arguments')),
    ...(typeof after === 'string' ? { after } : {}),
  };
}

function textsIn(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** A reference, with the number of its record in the part, the name of the file and the line. */
export interface FoundReference {
  readonly n: number;
  readonly file: string;
  readonly line: number;
  readonly reference: Reference;
}

/** The references to an identifier that is not in their own part. */
export function referencesIn({ id, value }: Found): readonly FoundReference[] {
  const object = objectIn(value);
  const [tables, spots] = [textsIn(member(object, 'tables')), member(object, 'spots')];
  return (isArray(spots) ? spots : []).map((spot) => {
    const [n, file, line, pointer] = isArray(spot) ? spot : [];
    if (typeof n !== 'number' || typeof file !== 'string' || typeof line !== 'number' || typeof pointer !== 'string')
      throw new Error('a reference was printed without its position');
    return { n, file, line, reference: { tables, id, pointer } };
  });
}

export function withdrawalIn(value: Json | undefined): Withdrawal {
  const object = objectIn(value);
  const replacedBy = member(object, 'replacedBy');
  return {
    date: textIn(object, 'date'),
    reason: textIn(object, 'reason'),
    replacedBy: typeof replacedBy === 'string' ? replacedBy : undefined,
  };
}
