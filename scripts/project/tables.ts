import picomatch from 'picomatch';
import { didYouMean } from '../base/suggestions.ts';
import { Failure } from '../base/problem.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { formOf } from '../read/fileForm.ts';
import type { RecordSource } from '../read/recordFolder.ts';
import { type TableSchema, tableName } from '../schema/recordTypes.ts';
import { compareText, quoted } from '../base/text.ts';
import type { TableConfig } from './config.ts';
import type { ProjectOptions } from './options.ts';
import { globMatcher } from './glob.ts';

/** A table: its schema, and where its records are. */
export interface TableDefinition extends TableSchema, RecordSource {
  /** Where a new record of the table belongs, below the folder of records. */
  readonly base: string;
}

/**
 * The tables of a project, by name: those in the options; otherwise one table for each folder of records that has a
 * schema of its name; otherwise, if there is only one schema, one table of all records. `files` are the schema files.
 */
export function tablesOf(
  fs: FileSystem,
  files: readonly string[],
  options: Pick<ProjectOptions, 'raw' | 'tables' | 'keys'>,
): readonly TableDefinition[] {
  const defined = options.tables.map((table) => defineTable(table, files));
  const tables = defined.length > 0 ? defined : tablesByName(fs, files, options.raw.path);
  const names = tables.map((table) => table.name);
  for (const name of options.keys.keys()) {
    if (names.includes(name)) continue;
    const hint = didYouMean(name, names);
    throw new Failure(
      `a key is given for ${quoted(name)}, which is not a table${hint === undefined ? '' : ` (${hint})`}`,
    );
  }
  const sorted = tables.toSorted((a, b) => compareText(a.name, b.name));
  return sorted.map((table) => ({
    ...table,
    key: options.keys.has(table.name) ? options.keys.get(table.name) : table.key,
  }));
}

function tablesByName(fs: FileSystem, files: readonly string[], raw: string): readonly TableDefinition[] {
  const entries = fs.list(raw).filter((entry) => entry.kind === 'folder');
  const folders = new Set(entries.map((entry) => entry.name));
  const named = files.flatMap((file) => {
    const name = tableName(file);
    return folders.has(name) ? [{ ...wholeFiles(name, file), folder: name, base: name, matches: () => true }] : [];
  });
  // examples and other JSON can be next to a schema; their names do not mark them as schemas
  const marked = files.filter((file) => /\.(?:schema|jsonschema)\.json$/.test(file));
  const [only, ...others] = marked.length > 0 ? marked : files;
  if (named.length > 0 || others.length > 0 || only === undefined) return named;
  const name = tableName(only);
  const matches = (at: string): boolean => formOf(at) !== undefined;
  return [{ ...wholeFiles(name, only), folder: '', base: '', matches }];
}

function defineTable({ name, schema, files, pointer, key }: TableConfig, schemas: readonly string[]): TableDefinition {
  const [file = '', fragment = ''] = schema.split(/#(.*)/s);
  if (!schemas.includes(file)) {
    const hint = didYouMean(file, schemas);
    throw new Failure(
      `table ${quoted(name)}: the schema folder has no ${quoted(file)}${hint === undefined ? '' : ` (${hint})`}`,
    );
  }
  const { base } = picomatch.scan(files);
  return {
    ...wholeFiles(name, file),
    pointer: fragment,
    key,
    folder: '',
    base,
    matches: globMatcher(name, files),
    select: pointer,
  };
}

/** A table of whole files, each described by a whole schema. */
function wholeFiles(
  name: string,
  file: string,
): Pick<TableDefinition, 'name' | 'table' | 'file' | 'pointer' | 'key' | 'select'> {
  return { name, table: name, file, pointer: '', key: undefined, select: undefined };
}
