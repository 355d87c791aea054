import path from 'node:path';
import { Failure } from '../base/problem.ts';
import { quoted } from '../base/text.ts';
import { type Difference, compareEditions } from '../compare/difference.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { findRepository } from '../disk/git.ts';
import { editionsAgainst, editionsSince, releaseAt } from '../project/editions.ts';
import type { Project } from '../project/openProject.ts';
import type { ProjectOptions } from '../project/options.ts';

/** What `diff` compares the project with. */
export interface DiffOptions {
  /** A git commit, branch or tag, or the folder of a release. */
  readonly base: string;
  /** The folder for the relative path of a release: by default that of the process. */
  readonly from?: string;
  /** How to read the project in an earlier state of its files: by default as now. */
  readonly optionsIn?: (tree: FileSystem) => ProjectOptions;
}

/** What has changed since a commit or a release. @throws Failure if `base` is neither */
export function diff(project: Project, options: DiffOptions): Difference {
  const { fs } = project;
  const { base, from = '.', optionsIn = () => project.options } = options;
  const folder = path.resolve(from, base);
  const release = releaseAt(fs, folder, base);
  if (release !== undefined) {
    const { before, after } = editionsAgainst(fs, project, release);
    return compareEditions(before, after);
  }
  const repository = findRepository([project.schemaPath, project.rawPath]);
  if ('why' in repository) throw new Failure(`${quoted(base)} is not a folder of a release, and ${repository.why}`);
  const { before, after } = editionsSince(fs, project, repository, repository.commit(base), optionsIn);
  return compareEditions(before, after);
}
