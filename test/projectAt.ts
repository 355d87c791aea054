import { buildCommand } from '../scripts/lib/cli/build.ts';
import { projectOptions } from '../scripts/lib/cli/options.ts';
import { parseFlags } from '../scripts/lib/cli/flags.ts';
import { type Project, openProject } from '../scripts/lib/project/project.ts';
import { nodeFileSystem } from '../scripts/lib/read/fileSystem.ts';
import { type CheckedRecord, validate } from '../scripts/lib/validate/validate.ts';

/** The project that a build with these flags would read. */
export function projectAt(folder: string, args: readonly string[]): Project {
  const fs = nodeFileSystem();
  const silent = { out: () => {}, err: () => {}, stdin: () => '' };
  const terminal = { ...silent, env: {}, cwd: folder, processFolder: folder, interactive: false, coloured: false };
  return openProject(fs, projectOptions(fs, parseFlags(buildCommand(fs).flags, args), terminal));
}

/** The records of a project that have no fault. */
export function recordsOf(project: Project): Generator<CheckedRecord> {
  const tables = project.types.map((type) => type.name);
  return validate(
    project.records(() => {}, tables),
    { ...project.validation, report: () => {} },
  );
}
