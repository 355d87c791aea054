import path from 'node:path';
import { replaceFile } from '../../disk/replace.ts';
import { takeTurn } from '../../disk/turn.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { type Repository, openRepository } from '../../disk/git.ts';
import type { RecordFile } from '../../read/records.ts';
import { count, printable } from '../../base/text.ts';
import { scopeOfChange } from '../../project/changeScope.ts';
import type { Command } from '../command.ts';
import { flags, switchFlag } from '../flags.ts';
import { fixText } from '../../verbs/fix.ts';
import { createProgress } from '../progress.ts';
import { bundleCache } from '../../project/cache.ts';
import { type Project, foldersOf, openProject, openSources, strayDocuments } from '../../project/openProject.ts';
import type { ProjectOptions } from '../../project/options.ts';
import { projectFlags, projectOptions } from '../options.ts';
import { createReport } from '../reporters/problems.ts';
import { formatOf, statusOf, summarize, validateAll } from './validate.ts';

/** `staged`: fixes and checks what the next commit is going to hold. What is not staged is neither read nor written. */
export function stagedCommand(fs: FileSystem): Command {
  return {
    name: 'staged',
    summary:
      'Fixes the layout of what is staged in git and checks what the staged change can have broken. What is not staged is left alone. The hook that `hooks` installs runs it before each commit.',
    flags: projectFlags,
    run(given, terminal) {
      const options = projectOptions(fs, given, terminal);
      const repository = openRepository([options.schema.path, options.raw.path], { inHook: true });
      const { staged } = repository;
      const changes = staged.changes(foldersOf(options));
      if (changes.size === 0) return 0;
      const quiet = switchFlag(given, flags.quiet);
      let tree = staged.tree();
      const open = (): Project => openStaged(fs, tree, projectOptions(fs, given, terminal, tree));
      let project = open();
      const fixed = staged.isTemporary() ? [] : fixStaged(fs, tree, repository, project, changes);
      for (const file of fixed) if (!quiet) terminal.err(`staged ${printable(file)} in canonical form\n`);
      if (fixed.length > 0) {
        tree = staged.tree();
        project = open();
      }
      const report = createReport();
      const scope = scopeOfChange(tree, project, repository, changes);
      const summary = validateAll(project, report, createProgress('staged', terminal, quiet), scope);
      terminal.out(report.print(formatOf(given), terminal.coloured));
      if (!quiet) {
        const left =
          scope === undefined ? '' : `; ${count(scope.presumed.length, 'unchanged record')} taken for granted`;
        terminal.err(`${summarize('staged', project, summary, report)}${left}\n`);
      }
      const status = statusOf(report, options.strict);
      if (status !== 0 && !quiet)
        for (const line of wayOn(fs, tree, repository, project, changes)) terminal.err(`${line}\n`);
      return status;
    },
  };
}

/** The record files among changes, each with its path below the top of the work tree. */
function stagedFiles(
  repository: Repository,
  project: Project,
  changes: ReadonlySet<string>,
): readonly { readonly file: RecordFile; readonly name: string }[] {
  const names = new Map([...changes].map((name) => [path.join(repository.root, name), name]));
  return project.files.flatMap((file) => {
    const name = names.get(file.path);
    return name === undefined ? [] : [{ file, name }];
  });
}

/** What to do about staged files with faults: what is mended on the disk is not mended in the commit. */
function wayOn(
  fs: FileSystem,
  tree: FileSystem,
  repository: Repository,
  project: Project,
  changes: ReadonlySet<string>,
): readonly string[] {
  const differing = stagedFiles(repository, project, changes).flatMap(({ file, name }) => {
    const onDisk = textAt(fs, file.path);
    return onDisk === undefined || onDisk === textAt(tree, file.path) ? [] : [name];
  });
  return [
    'staged: this is checked as it is staged: mend it, `git add` it, and commit again',
    ...differing.map(
      (name) => `staged: ${printable(name)} differs from what is staged: \`git add\` it if it is mended`,
    ),
  ];
}

/** The project as it is staged, beside the texts of the sources at hand, which are not in git. */
function openStaged(fs: FileSystem, tree: FileSystem, options: ProjectOptions): Project {
  const project = openProject(tree, { ...options, sources: { ...options.sources, named: false } });
  const atHand = {
    documents: openSources(fs, options.sources),
    strayDocuments: strayDocuments(fs, options.sources.path, project.sources),
    cache: bundleCache(fs),
  };
  return { ...project, validation: { ...project.validation, ...atHand } };
}

/** Stages what `fix` would make of staged records; in the work tree too, where it holds the same text. Gives the files. */
function fixStaged(
  fs: FileSystem,
  tree: FileSystem,
  repository: Repository,
  project: Project,
  changes: ReadonlySet<string>,
): readonly string[] {
  const untidy = stagedFiles(repository, project, changes).flatMap(({ file, name }) => {
    if (file.holds !== 'record' || file.select !== undefined) return [];
    const type = project.types.find((t) => t.name === file.table);
    if (type === undefined) return [];
    const before = textAt(tree, file.path);
    const after = before === undefined ? undefined : fixText(before, 'record', type, project).text;
    return before === undefined || after === undefined || after === before
      ? []
      : [{ name, at: file.path, before, after }];
  });
  if (untidy.length === 0) return [];
  const turn = takeTurn(fs, project.rawPath);
  try {
    for (const { name, at, before, after } of untidy) {
      // a link in the work tree is another file than the one that is staged
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
