import { type TableOf, keyCell } from '../compile/rows.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import { type Project, compileOptions } from './openProject.ts';

/**
 * Finds the table of a record by its identifier. The identifiers of a table are listed when first needed: if each
 * record has its own file, from the names of the files, otherwise from the records.
 * @param isSeen whether a record is already known, so that nothing has to be listed
 */
export function tableFinder(project: Project, isSeen: (table: string, id: string) => boolean = () => false): TableOf {
  const listed = new Map<string, ReadonlySet<string>>();
  const has = (table: string, id: string): boolean => {
    const ids = listed.get(table) ?? new Set(identifiersOf(project, table));
    listed.set(table, ids);
    return ids.has(id);
  };
  return (tables, id) => tables.find((table) => isSeen(table, id)) ?? tables.find((table) => has(table, id));
}

function* identifiersOf(project: Project, table: string): Generator<string> {
  const { files, types, options } = project;
  const type = types.find(({ name }) => name === table);
  if (type?.key === undefined) return;
  const own = files.filter((file) => file.table === table);
  const isNamed = options.layout === 'canonical' && own.every(({ holds, select }) => holds === 'record' && !select);
  if (isNamed) for (const { stem } of own) yield stem;
  else yield* keysOf(project, type, type.key);
}

function* keysOf(project: Project, type: RecordType, key: string): Generator<string> {
  for (const value of compileOptions(project).recordsOf(type)) yield String(keyCell(value, key));
}
