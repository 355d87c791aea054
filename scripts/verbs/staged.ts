import path from 'node:path';
import { replaceFile } from '../disk/replace.ts';
import { takeTurnAt } from '../project/folders.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { type Repository, openRepository } from '../disk/git.ts';
import { type RecordFile, isWritable } from '../read/records.ts';
import { bundleCache } from '../project/cache.ts';
import { scopeOfChange } from '../project/changeScope.ts';
import {
  type Project,
  type ProjectSettings,
  foldersOf,
  openProject,
  openSources,
  strayDocuments,
} from '../project/openProject.ts';
import type { ProjectOptions } from '../project/options.ts';
import type { Events } from './events.ts';
import { fixText } from './fixText.ts';
import { type Validation, validateScope } from './validate.ts';

/** Events of `staged`. */
export interface StagedEvents extends Events {
  /** A file whose canonical form has been staged. Path below the top of the work tree. */
  readonly onFixed?: (file: string) => void;
}

/** What was found in the staged change. */
export interface Staged extends Validation {
  /** Staged files whose text on the disk differs: a correction there is not staged yet. */
  readonly differing: readonly string[];
  /** Whether, after fixing, the index equals the last commit, so that nothing is left to commit. */
  readonly nothingLeft: boolean;
}

/**
 * Fixes the layout of what is staged in git, and checks what the staged change can have broken. What is not staged is
 * neither read nor written. Undefined if nothing of the project is staged.
 * @throws Failure outside git; the signal's reason if it is cancelled
 */
export async function staged(settings: ProjectSettings, events: StagedEvents = {}): Promise<Staged | undefined> {
  const { fs, optionsIn } = settings;
  const options = optionsIn(fs);
  const repository = openRepository([options.schema.path, options.raw.path], { inHook: true });
  const index = repository.staged;
  const changes = index.changes(foldersOf(options));
  if (changes.size === 0) return undefined;
  let tree = index.tree();
  let project = openStaged(fs, tree, optionsIn(tree));
  let files = stagedFiles(repository, project, changes);
  const fixed = index.isTemporary() ? [] : fixStaged(fs, tree, repository, project, files);
  for (const file of fixed) events.onFixed?.(file);
  if (fixed.length > 0) {
    tree = index.tree();
    project = openStaged(fs, tree, optionsIn(tree));
    files = stagedFiles(repository, project, changes);
  }
  // the strictness is that of the work tree's configuration
  const asked = { ...project, options: { ...project.options, strict: options.strict } };
  const scope = scopeOfChange(tree, project, repository, changes);
  const validation = await validateScope(asked, scope, 'staged', events);
  const nothingLeft = fixed.length > 0 && index.isEmpty();
  return { ...validation, differing: differing(fs, tree, files), nothingLeft };
}

interface StagedFile {
  readonly file: RecordFile;
  /** Path below the top of the work tree. */
  readonly name: string;
}

/** The record files among changes. */
function stagedFiles(repository: Repository, project: Project, changes: ReadonlySet<string>): readonly StagedFile[] {
  const names = new Map([...changes].map((name) => [path.join(repository.root, name), name]));
  return project.files.flatMap((file) => {
    const name = names.get(file.path);
    return name === undefined ? [] : [{ file, name }];
  });
}

/** Staged record files with another text on the disk. Paths below the top of the work tree. */
function differing(fs: FileSystem, tree: FileSystem, files: readonly StagedFile[]): readonly string[] {
  return files.flatMap(({ file, name }) => {
    const onDisk = textAt(fs, file.path);
    return onDisk === undefined || onDisk === textAt(tree, file.path) ? [] : [name];
  });
}

/** The project as it is staged, with the texts of the available sources, which are not in git. */
function openStaged(fs: FileSystem, tree: FileSystem, options: ProjectOptions): Project {
  const project = openProject(tree, { ...options, sources: { ...options.sources, named: false } }, bundleCache(fs));
  const atHand = {
    documents: openSources(fs, options.sources),
    strayDocuments: strayDocuments(fs, options.sources.path, project.sources),
  };
  return { ...project, validation: { ...project.validation, ...atHand } };
}

/**
 * Stages what `fix` would make of staged records; also writes it to the work tree, if that has the same text. Returns
 * the files.
 */
function fixStaged(
  fs: FileSystem,
  tree: FileSystem,
  repository: Repository,
  project: Project,
  files: readonly StagedFile[],
): readonly string[] {
  const untidy = files.flatMap(({ file, name }) => {
    if (file.holds !== 'record' || file.select !== undefined || !isWritable(file)) return [];
    const type = project.types.find((t) => t.name === file.table);
    if (type === undefined) return [];
    const before = textAt(tree, file.path);
    const after =
      before === undefined ? undefined : fixText(before.replace(/^\ufeff/, ''), 'record', type, project).text;
    return before === undefined || after === undefined || after === before
      ? []
      : [{ name, at: file.path, before, after }];
  });
  if (untidy.length === 0) return [];
  const turn = takeTurnAt(fs, project.options);
  try {
    for (const { name, at, before, after } of untidy) {
      // a link in the work tree is not the file that is staged
      const isSame = fs.linkTarget(at) === undefined && textAt(fs, at) === before;
      if (isSame) replaceFile(fs, at, after, { inside: project.rawPath, before });
      repository.staged.replace(name, after);
    }
  } finally {
    turn.end();
  }
  return untidy.map(({ name }) => name);
}

const mostBytes = 1 << 24;

function textAt(fs: FileSystem, at: string): string | undefined {
  try {
    const bytes = fs.read(at, mostBytes);
    return bytes === undefined ? undefined : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
