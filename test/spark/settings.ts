import { buildCommand } from '../../scripts/cli/commands/build.ts';
import { parseFlags } from '../../scripts/cli/flags.ts';
import { projectSettings } from '../../scripts/cli/options.ts';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import type { ProjectSettings } from '../../scripts/project/openProject.ts';

/** How a build with these flags reads the dataset in a folder. */
export function settingsAt(folder: string, args: readonly string[]): ProjectSettings {
  const fs = nodeFileSystem();
  const silent = { out: () => {}, err: () => {}, stdin: () => '' };
  const terminal = { ...silent, env: {}, cwd: folder, processFolder: folder, interactive: false, coloured: false };
  return projectSettings(fs, parseFlags(buildCommand(fs).flags, args), terminal);
}
