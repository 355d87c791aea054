import picomatch from 'picomatch';
import { didYouMean } from '../nearest.ts';
import { Failure } from '../problem.ts';
import type { FileSystem } from '../read/fileSystem.ts';
import type { RecordSource } from '../read/records.ts';
import type { SchemaFolder } from '../read/schemas.ts';
import { type TableSchema, tableName } from '../schema/tables.ts';
import { compareText, quoted } from '../text.ts';
import { type Given, flags, listFlag } from './flags.ts';

/** A table: its schema, and where its records stand. */
export type TableDefinition = TableSchema & RecordSource;

/**
 * The tables of a project, by name: those that `--table` defines, else a table for each folder of records that has a schema of its name,
 * else, where there is only one schema, one table of all records.
 */
export function tablesOf(fs: FileSystem, folder: SchemaFolder, raw: string, given: Given): readonly TableDefinition[] {
  const files = folder.schemas.files.map((file) => file.name);
  const keys = new Map(listFlag(given, flags.key).map(parseKey));
  const defined = listFlag(given, flags.table).map((text) => parseTable(text, files));
  const tables = defined.length > 0 ? defined : tablesByName(fs, files, raw);
  for (const name of keys.keys()) {
    if (tables.some((table) => table.name === name)) continue;
    const hint = didYouMean(
      name,
      tables.map((table) => table.name),
    );
    throw new Failure(`--key: no table is called ${quoted(name)}${hint === undefined ? '' : ` (${hint})`}`);
  }
  const sorted = tables.toSorted((a, b) => compareText(a.name, b.name));
  return sorted.map((table) => ({ ...table, key: keys.get(table.name) }));
}

function tablesByName(fs: FileSystem, files: readonly string[], raw: string): readonly TableDefinition[] {
  const entries = fs.list(raw).filter((entry) => entry.kind === 'folder');
  const folders = new Set(entries.map((entry) => entry.name));
  const named = files.flatMap((file) => {
    const name = tableName(file);
    return folders.has(name)
      ? [{ name, table: name, file, pointer: '', key: undefined, folder: name, matches: () => true, select: undefined }]
      : [];
  });
  const [only] = files;
  if (named.length > 0 || files.length !== 1 || only === undefined) return named;
  const name = tableName(only);
  const matches = (at: string): boolean => /\.(?:json|ndjson|jsonl)$/.test(at);
  return [{ name, table: name, file: only, pointer: '', key: undefined, folder: '', matches, select: undefined }];
}

function parseKey(text: string): [string, string] {
  const [, table, field] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (table === undefined || field === undefined) throw new Failure(`--key is TABLE=FIELD, not ${quoted(text)}`);
  return [table, field];
}

function parseTable(text: string, files: readonly string[]): TableDefinition {
  const [, name, file, pointer, glob, select] = /^([^=]+)=([^:#]+)(?:#([^:]*))?:([^#]+)(?:#(.*))?$/s.exec(text) ?? [];
  if (name === undefined || file === undefined || glob === undefined) {
    throw new Failure(`--table is ${flags.table.value}, not ${quoted(text)}`);
  }
  if (!files.includes(file)) {
    const hint = didYouMean(file, files);
    throw new Failure(`--table: the schema folder has no ${quoted(file)}${hint === undefined ? '' : ` (${hint})`}`);
  }
  return {
    name,
    table: name,
    file,
    pointer: pointer ?? '',
    key: undefined,
    folder: '',
    matches: picomatch(glob),
    select,
  };
}
