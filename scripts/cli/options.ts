import path from 'node:path';
import { bundleCache } from '../project/cache.ts';
import { type Config, type TableConfig, configFolder, configName, readConfig } from '../project/config.ts';
import type { Place, ProjectOptions } from '../project/options.ts';
import { Failure } from '../base/problem.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { quoted } from '../base/text.ts';
import type { Terminal } from './command.ts';
import { type Given, flags, listFlag, switchFlag, textFlag } from './flags.ts';

/** Flags that every command on a project takes, whether it needs them or not, so that scripts can pass them to all. */
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

/** The top of the user's dataset: the folder of the nearest configuration, else that in which the user stands. */
export function homeFolder(fs: FileSystem, terminal: Terminal): string {
  return configFolder(fs, terminal.cwd) ?? configFolder(fs, terminal.processFolder) ?? terminal.processFolder;
}

/**
 * How the user's project is to be read: what flags say, else the configuration, else the default folders.
 * `tree` holds another state of the same folders, whose configuration then counts, where it has one.
 * @throws Failure for a configuration that does not fit its schema
 */
export function projectOptions(fs: FileSystem, given: Given, terminal: Terminal, tree = fs): ProjectOptions {
  const home = homeFolder(fs, terminal);
  const file = placeAt(terminal, path.join(home, configName));
  const cache = bundleCache(fs);
  const read = (from: FileSystem): Config | undefined => readConfig(from, file.path, file.shown, cache);
  const config = (tree === fs ? undefined : read(tree)) ?? read(fs);
  return { ...combine(config ?? {}, home, given, terminal), config: config === undefined ? undefined : file };
}

function combine(config: Config, home: string, given: Given, terminal: Terminal): Omit<ProjectOptions, 'config'> {
  const folder = (name: 'raw' | 'schema' | 'dist'): Place =>
    folderAt(terminal, home, textFlag(given, flags[name]), config[name] ?? name);
  const keys = listFlag(given, flags.key).map(parseKey);
  const tables = listFlag(given, flags.table).map(parseTable);
  const fromEnvironment = terminal.env['SOURCES'];
  const sources = textFlag(given, flags.sources) ?? (fromEnvironment === '' ? undefined : fromEnvironment);
  const layout = textFlag(given, flags.layout) ?? config.layout;
  return {
    raw: folder('raw'),
    schema: folder('schema'),
    dist: folder('dist'),
    sources: {
      ...folderAt(terminal, home, sources, config.sources ?? 'sources'),
      named: sources !== undefined,
    },
    tables: tables.length > 0 ? tables : (config.tables ?? []),
    keys: new Map([...Object.entries(config.keys ?? {}), ...keys]),
    layout: layout === 'any' ? 'any' : 'canonical',
    strict: switchFlag(given, flags.strict) || config.strict === true,
    requireSources: switchFlag(given, flags.requireSources) || config.requireSources === true,
  };
}

/** A folder that the user names from where they stand, or one below the top of the dataset. */
export function folderAt(terminal: Terminal, home: string, given: string | undefined, byDefault: string): Place {
  return placeAt(terminal, given === undefined ? path.resolve(home, byDefault) : path.resolve(terminal.cwd, given));
}

/** An absolute path, shown from where the user stands, unless that leads far up. */
function placeAt(terminal: Terminal, absolute: string): Place {
  const relative = path.relative(terminal.cwd, absolute);
  const isFar = relative.startsWith(`..${path.sep}..`);
  return { path: absolute, shown: isFar ? absolute : relative === '' ? '.' : relative };
}

function parseKey(text: string): [string, string] {
  const [, table, field] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (table === undefined || field === undefined) throw new Failure(`--key is TABLE=FIELD, not ${quoted(text)}`);
  return [table, field];
}

function parseTable(text: string): TableConfig {
  const [, name, schema, files, pointer] = /^([^=]+)=([^:#]+(?:#[^:]*)?):([^#]+)(?:#(.*))?$/s.exec(text) ?? [];
  if (name === undefined || schema === undefined || files === undefined) {
    throw new Failure(`--table is ${flags.table.value}, not ${quoted(text)}`);
  }
  return { name, schema, files, ...(pointer === undefined ? {} : { pointer }) };
}
