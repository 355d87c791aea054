import { type TableConfig, configFolder } from '../project/config.ts';
import { type Overrides, configuredOptions, folderAt as placeFrom } from '../project/configured.ts';
import type { ProjectSettings } from '../project/openProject.ts';
import type { Place, ProjectOptions } from '../project/options.ts';
import { Failure } from '../base/problem.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { quoted } from '../base/text.ts';
import type { Terminal } from './command.ts';
import { type Flag, type Given, flags, listFlag, switchFlag, textFlag } from './flags.ts';

/** Flags that every command on a project accepts, even if it ignores them, so that scripts can pass them to all. */
export const projectFlags = [
  flags.raw,
  flags.schema,
  flags.dist,
  flags.sources,
  flags.layout,
  flags.key,
  flags.table,
  flags.strict,
  flags.requireSources,
  flags.format,
  flags.quiet,
];

/** The same for a command whose output has formats of its own. */
export function projectFlagsWith(format: Flag): readonly Flag[] {
  return [...projectFlags.filter(({ name }) => name !== format.name), format];
}

/** The top of the user's dataset: the folder of the nearest configuration, else the current folder. */
export function homeFolder(fs: FileSystem, terminal: Terminal): string {
  return configFolder(fs, terminal.cwd) ?? configFolder(fs, terminal.processFolder) ?? terminal.processFolder;
}

/** How to read the user's project, in any state of its folders. */
export function projectSettings(fs: FileSystem, given: Given, terminal: Terminal): ProjectSettings {
  return { fs, optionsIn: (tree) => projectOptions(fs, given, terminal, tree) };
}

/**
 * How to read the user's project: from flags, else the configuration, else the default folders. `tree` holds another
 * state of the same folders; its configuration then counts, if it has one.
 * @throws Failure for a configuration that does not match its schema
 */
export function projectOptions(fs: FileSystem, given: Given, terminal: Terminal, tree = fs): ProjectOptions {
  const at = { cwd: terminal.cwd, home: homeFolder(fs, terminal) };
  return configuredOptions(fs, at, overridesOf(given, terminal), tree);
}

function overridesOf(given: Given, terminal: Terminal): Overrides {
  const tables = listFlag(given, flags.table).map(parseTable);
  const layout = textFlag(given, flags.layout);
  const fromEnvironment = terminal.env['SOURCES'];
  return {
    raw: textFlag(given, flags.raw),
    schema: textFlag(given, flags.schema),
    dist: textFlag(given, flags.dist),
    sources: textFlag(given, flags.sources) ?? (fromEnvironment === '' ? undefined : fromEnvironment),
    tables: tables.length > 0 ? tables : undefined,
    keys: Object.fromEntries(listFlag(given, flags.key).map(parseKey)),
    layout: layout === 'any' || layout === 'canonical' ? layout : undefined,
    strict: switchFlag(given, flags.strict) || undefined,
    requireSources: switchFlag(given, flags.requireSources) || undefined,
  };
}

/** A folder that the user names, relative to the current one, or a folder below the top of the dataset. */
export function folderAt(terminal: Terminal, home: string, given: string | undefined, byDefault: string): Place {
  return placeFrom({ cwd: terminal.cwd, home }, given, byDefault);
}

/** Without a field, the table has no key. */
function parseKey(text: string): [string, string | null] {
  const [, table, field] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (table === undefined || field === undefined)
    throw new Failure(`--key is TABLE=FIELD, or TABLE= for a table without a key, not ${quoted(text)}`);
  return [table, field === '' ? null : field];
}

function parseTable(text: string): TableConfig {
  const [, name, schema, files, pointer] = /^([^=]+)=([^:#]+(?:#[^:]*)?):([^#]+)(?:#(.*))?$/s.exec(text) ?? [];
  if (name === undefined || schema === undefined || files === undefined) {
    throw new Failure(`--table is ${flags.table.value}, not ${quoted(text)}`);
  }
  return { name, schema, files, ...(pointer === undefined ? {} : { pointer }) };
}
