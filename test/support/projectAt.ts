import { buildCommand } from '../../scripts/cli/commands/build.ts';
import { projectOptions } from '../../scripts/cli/options.ts';
import { parseFlags } from '../../scripts/cli/flags.ts';
import { type Project, openProject } from '../../scripts/project/openProject.ts';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { type CheckedRecord, validate } from '../../scripts/validate/run.ts';

/** The project that a build with these flags would read. */
export function projectAt(folder: string, args: readonly string[]): Project {
  const fs = nodeFileSystem();
  const silent = { out: () => {}, err: () => {}, stdin: () => '' };
  const terminal = { ...silent, env: {}, cwd: folder, processFolder: folder, interactive: false, coloured: false };
  return openProject(fs, projectOptions(fs, parseFlags(buildCommand(fs).flags, args), terminal));
}

/** The records of a project that have no fault. */
export function* recordsOf(project: Project): Generator<CheckedRecord> {
  const tables = project.types.map((type) => type.name);
  const records = validate(
    project.records(() => {}, tables),
    { ...project.validation, report: () => {} },
  );
  for (const record of records) if (record !== undefined) yield record;
}
