import path from 'node:path';
import { Failure } from '../base/problem.ts';
import { breather } from '../disk/breathe.ts';
import { type FileSystem, kindAt } from '../disk/fileSystem.ts';
import { replaceFile } from '../disk/replace.ts';
import { print } from '../json/canonical.ts';
import { type JsonObject, isObject, parseJson } from '../json/json.ts';
import { type IndexedRecord, type RecordIndex, indexRecords } from '../project/recordIndex.ts';
import type { Project } from '../project/openProject.ts';
import { tablesOf } from '../project/tables.ts';
import type { Shape } from '../schema/shape.ts';

/** The folder of files generated for editors, below the top of the dataset. */
export const editorFolder = '.cache/editor';

/** Which record files an editor checks and completes with which schema, as in VS Code's setting `json.schemas`. */
interface SchemaSetting {
  readonly fileMatch: readonly string[];
  readonly url: string;
  /**
   * Read by the editor instead of the file at `url`. It must be this address: if a record has a `$schema`, an editor
   * uses nothing else.
   */
  readonly schema?: { readonly $ref: string };
}

/** The most identifiers offered for a table: an editor reads all of them when it opens a record. */
const mostOffered = 20_000;

/** Bytes. */
const mostSettings = 1 << 20;

const dialect = 'http://json-schema.org/draft-07/schema#';

/** The schemas of each table's files; `top` is the folder that an editor opens. */
function schemaSettings(project: Project, top: string): readonly SchemaSetting[] {
  const { fs, types, folder, options } = project;
  const tables = tablesOf(fs, folder.names, options);
  const below = (at: string): string => path.relative(top, at).split(path.sep).join('/');
  return tables.flatMap((table): readonly SchemaSetting[] => {
    const type = types.find(({ name }) => name === table.name);
    // a schema that is part of a file would be applied to the whole file
    if (type === undefined || table.select !== undefined) return [];
    const glob = options.tables.find(({ name }) => name === table.name)?.files;
    const files = glob ?? (table.folder === '' ? '**/*.json' : `${table.folder}/**/*.json`);
    const fileMatch = [`/${below(project.rawPath)}/${files}`];
    const own = { fileMatch, url: `./${below(path.join(project.schemaPath, table.file))}` };
    if (table.pointer !== '' || !files.endsWith('.json')) return [];
    if (completionsIn(type.shape) === undefined) return [own];
    const from = path.dirname(path.join(project.schemaPath, table.file));
    const wrapper = path.relative(from, path.join(top, editorFolder, `${table.name}.schema.json`));
    return [{ ...own, schema: { $ref: wrapper.split(path.sep).join('/') } }];
  });
}

/**
 * Schemas that complete references with the identifiers and names of existing records. They reject nothing, so that an
 * identifier newer than they are is not an error. By name, below `editorFolder`.
 */
export async function editorFiles(
  project: Project,
): Promise<{ readonly files: ReadonlyMap<string, string>; readonly offered: number }> {
  const index = await indexRecords(project, breather());
  const schemas = project.types.flatMap(({ name, shape, file }): readonly (readonly [string, JsonObject])[] => {
    const found = completionsIn(shape);
    if (found === undefined) return [];
    return [[`${name}.schema.json`, { $schema: dialect, allOf: [{ $ref: `${linkName}/${file}` }, found] }]];
  });
  if (schemas.length === 0) return { files: new Map(), offered: 0 };
  const offers = project.types.map(({ name }) => [name, offeredOf(index, name)] as const);
  const definitions = Object.fromEntries(offers.map(([name, records]) => [name, identifiersOf(records)]));
  const all = [...schemas, ['identifiers.json', { $schema: dialect, definitions }] as const];
  return {
    files: new Map(all.map(([name, schema]) => [name, print(schema, 'file')])),
    offered: offers.reduce((sum, [, records]) => sum + records.length, 0),
  };
}

/** The settings as JSON. */
export function settingsJson(project: Project, top: string): readonly JsonObject[] {
  return schemaSettings(project, top).map(({ fileMatch, url, schema }) =>
    schema === undefined ? { fileMatch, url } : { fileMatch, url, schema: { ...schema } },
  );
}

/** The result of `editor`. */
export interface WrittenForEditor {
  /** The settings of the editor, and whether they were written. */
  readonly settings: string;
  readonly isNew: boolean;
  /** How many schemas were generated, and how many identifiers they offer. */
  readonly files: number;
  readonly offered: number;
}

/** Writes the settings and schemas for an editor that opens `top`. @throws Failure for settings with comments */
export async function writeEditorFiles(project: Project, top: string): Promise<WrittenForEditor> {
  const { fs } = project;
  const settings = path.join(top, '.vscode', 'settings.json');
  const before = textOf(fs, settings);
  const parsed = before === undefined ? { value: {} } : parseJson(before);
  if (!('value' in parsed) || !isObject(parsed.value))
    throw new Failure(`${settings} is not plain JSON: remove its comments and trailing commas, and run editor again`);
  const after = { ...parsed.value, 'json.schemas': settingsJson(project, top) };
  const isNew = canonicalText(after) !== canonicalText(parsed.value);
  if (isNew) {
    fs.makeFolder(path.dirname(settings));
    replaceFile(fs, settings, print(after, 'file'), { inside: top });
  }
  const { files, offered } = await editorFiles(project);
  const folder = path.join(top, editorFolder);
  if (files.size > 0) {
    fs.makeFolder(folder);
    // generated files are never changes, whatever the dataset ignores. Written first, since this rejects a planted link
    replaceFile(fs, path.join(folder, '.gitignore'), '*\n', { inside: top });
    linkSchemas(project, folder);
  }
  for (const [name, text] of files) replaceFile(fs, path.join(folder, name), text, { inside: top });
  return { settings, isNew, files: files.size, offered };
}

/** The name of a link to the folder of schemas, which gives them a second address. */
const linkName = 'schema';

/** If no link can be made, the schemas are copied. */
function linkSchemas({ fs, schemaPath, folder: { names } }: Project, folder: string): void {
  const at = path.join(folder, linkName);
  fs.remove(at);
  try {
    fs.link(path.relative(folder, schemaPath), at);
  } catch {
    for (const name of names) {
      const copy = path.join(at, name);
      fs.makeFolder(path.dirname(copy));
      replaceFile(fs, copy, textOf(fs, path.join(schemaPath, name)) ?? '', { inside: folder });
    }
  }
}

function canonicalText(value: JsonObject): string {
  return print(value, 'line');
}

function textOf(fs: FileSystem, file: string): string | undefined {
  return kindAt(fs, file) === 'file' ? Buffer.from(fs.read(file, mostSettings) ?? []).toString('utf8') : undefined;
}

/** What can be completed in a value of a shape; undefined if it refers to nothing. */
function completionsIn(shape: Shape, above: ReadonlySet<string> = new Set()): JsonObject | undefined {
  // a schema inside itself is completed down to its first repetition
  if (above.has(shape.identity)) return undefined;
  const inside = new Set([...above, shape.identity]);
  if (shape.references.length > 0) {
    const tables = shape.references.map((table) => ({ $ref: `identifiers.json#/definitions/${table}` }));
    return { anyOf: [...tables, {}] };
  }
  const properties = [...shape.properties.values()].flatMap((property) => {
    const inner = completionsIn(property.shape, inside);
    return inner === undefined ? [] : [[property.name, inner] as const];
  });
  const items = shape.items === undefined ? undefined : completionsIn(shape.items, inside);
  const members = shape.members === undefined ? undefined : completionsIn(shape.members, inside);
  if (properties.length === 0 && items === undefined && members === undefined) return undefined;
  return {
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
    ...(items === undefined ? {} : { items }),
    ...(members === undefined ? {} : { additionalProperties: members }),
  };
}

function offeredOf(index: RecordIndex, table: string): readonly IndexedRecord[] {
  return [...(index.get(table)?.values() ?? [])].filter(({ withdrawn }) => !withdrawn).slice(0, mostOffered);
}

function identifiersOf(records: readonly IndexedRecord[]): JsonObject {
  if (records.length === 0) return {};
  return { enum: records.map(({ id }) => id), enumDescriptions: records.map(({ id, label }) => label ?? id) };
}
