import path from 'node:path';
import { type FileSystem, nodeFileSystem } from '../disk/fileSystem.ts';
import { bundleCache } from './cache.ts';
import { type Config, configFolder, configName, readConfig } from './config.ts';
import { type Project, type ProjectSettings, openProject } from './openProject.ts';
import { insideOf, refuseOverlap, topOf } from './folders.ts';
import type { Place, ProjectOptions } from './options.ts';

/** Overrides the configuration. Paths are relative to the current folder of the user. */
export type Overrides = { readonly [Name in keyof Config]?: Config[Name] | undefined };

/** The current folder of the user, and the top of the dataset. Absolute paths. */
export interface Standpoint {
  readonly cwd: string;
  readonly home: string;
}

/**
 * How to read a project: from overrides, else the configuration, else the default folders. `tree` holds another state
 * of the same folders; its configuration then counts, if it has one.
 * @throws Failure for a configuration that does not match its schema
 */
export function configuredOptions(
  fs: FileSystem,
  at: Standpoint,
  overrides: Overrides,
  tree: FileSystem = fs,
): ProjectOptions {
  const file = placeAt(at, path.join(at.home, configName));
  const cache = bundleCache(fs);
  const read = (from: FileSystem): Config | undefined => readConfig(from, file.path, file.shown, cache);
  const config = (tree === fs ? undefined : read(tree)) ?? read(fs);
  const options = combine(config ?? {}, at, overrides);
  // folders named by an older state are never written to
  if (tree === fs) refuseOverlap(fs, options);
  return { ...options, ...trusted(fs, at, options, overrides), config: config === undefined ? undefined : file };
}

/** The folders that are written to, or whose content is published. Those that the user names are trusted. */
function trusted(
  fs: FileSystem,
  { home }: Standpoint,
  options: Pick<ProjectOptions, 'raw' | 'schema' | 'dist'>,
  overrides: Overrides,
): Pick<ProjectOptions, 'raw' | 'schema' | 'dist'> {
  const top = topOf(fs, home);
  const checked = (name: 'raw' | 'schema' | 'dist'): Place =>
    overrides[name] === undefined ? insideOf(fs, top, name, options[name]) : options[name];
  return { raw: checked('raw'), schema: checked('schema'), dist: checked('dist') };
}

function combine(config: Config, at: Standpoint, overrides: Overrides): Omit<ProjectOptions, 'config'> {
  const folder = (name: 'raw' | 'schema' | 'dist'): Place => folderAt(at, overrides[name], config[name] ?? name);
  const { sources } = overrides;
  return {
    raw: folder('raw'),
    schema: folder('schema'),
    dist: folder('dist'),
    sources: { ...folderAt(at, sources, config.sources ?? 'sources'), named: sources !== undefined },
    tables: overrides.tables ?? config.tables ?? [],
    keys: new Map([...Object.entries(config.keys ?? {}), ...Object.entries(overrides.keys ?? {})]),
    refs: new Map([...Object.entries(config.refs ?? {}), ...Object.entries(overrides.refs ?? {})]),
    layout: (overrides.layout ?? config.layout) === 'any' ? 'any' : 'canonical',
    strict: overrides.strict ?? config.strict ?? false,
    requireSources: overrides.requireSources ?? config.requireSources ?? false,
  };
}

/** A folder that the user names, relative to the current one, or a folder below the top of the dataset. */
export function folderAt(at: Standpoint, given: string | undefined, byDefault: string): Place {
  return placeAt(at, given === undefined ? path.resolve(at.home, byDefault) : path.resolve(at.cwd, given));
}

/** An absolute path, shown relative to the current folder, unless that goes far up. */
function placeAt({ cwd }: Pick<Standpoint, 'cwd'>, absolute: string): Place {
  const relative = path.relative(cwd, absolute);
  const isFar = relative.startsWith(`..${path.sep}..`);
  return { path: absolute, shown: isFar ? absolute : relative === '' ? '.' : relative };
}

/** Where to find a dataset, and what overrides its configuration. */
export interface OpenSettings extends Overrides {
  /**
   * The folder of the dataset, or one below it. The nearest `demarche.config.json` in it or above configures the
   * dataset. Other paths, and the files in problems, are relative to this folder.
   */
  readonly folder: string;
  /** The file system to read and write; that of this computer by default. */
  readonly fs?: FileSystem | undefined;
}

/** A project, and how to read it again. */
export type OpenedProject = Project & ProjectSettings;

/**
 * Opens the dataset in a folder: reads its configuration and schemas, and lists its records.
 * @throws Failure if a folder is missing, or a schema or the configuration is wrong
 */
export function openProjectIn({ folder, fs = nodeFileSystem(), ...overrides }: OpenSettings): OpenedProject {
  const cwd = path.resolve(folder);
  const at = { cwd, home: configFolder(fs, cwd) ?? cwd };
  const optionsIn = (tree: FileSystem): ProjectOptions => configuredOptions(fs, at, overrides, tree);
  return { ...openProject(fs, optionsIn(fs)), optionsIn };
}
