import path from 'node:path';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { count } from '../../base/text.ts';
import { openProject } from '../../project/openProject.ts';
import { writeEditorFiles } from '../../verbs/editorFiles.ts';
import type { Command } from '../command.ts';
import { flags, switchFlag } from '../flags.ts';
import { homeFolder, projectFlags, projectOptions } from '../options.ts';

/** `editor`: lets an editor check and complete records. */
export function editorCommand(fs: FileSystem): Command {
  return {
    name: 'editor',
    summary:
      'Writes what VS Code needs to check and complete records: the schema of each folder, and the ' +
      'identifiers and names of the records that a field can refer to. Run it again to see new records.',
    flags: projectFlags,
    async run(given, terminal): Promise<0> {
      const project = openProject(fs, projectOptions(fs, given, terminal));
      const home = homeFolder(fs, terminal);
      const { settings, isNew, files, offered } = await writeEditorFiles(project, home);
      const shown = path.relative(terminal.cwd, settings);
      const parts = [isNew ? `${shown} written` : `${shown} current`];
      if (files > 0) parts.push(`${count(offered, 'identifier')} to complete`);
      if (!switchFlag(given, flags.quiet)) terminal.err(`editor: ${parts.join('; ')}\n`);
      return 0;
    },
  };
}
