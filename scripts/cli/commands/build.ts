import path from 'node:path';
import { count } from '../../base/text.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { build } from '../../verbs/build.ts';
import type { Command } from '../command.ts';
import { projectFlags, projectSettings } from '../options.ts';
import { describeChecked } from '../reporters/checked.ts';
import { listen } from '../reporters/listen.ts';

/** `build`: validates, compiles, writes, reads back, publishes. */
export function buildCommand(fs: FileSystem): Command {
  return {
    name: 'build',
    summary:
      'Validates all records and builds CSV, Parquet and DuckDB in dist/next. With a problem it publishes nothing.',
    flags: projectFlags,
    async run(given, terminal) {
      const { events, report, say, end } = listen('build', given, terminal);
      const { validation, next, published } = await build(projectSettings(fs, given, terminal), events);
      end();
      say(describeChecked(validation, report));
      if (published === undefined) {
        say(`${next.shown} is left as it was`);
        return 1;
      }
      const { tables, folder } = published;
      const rows = [...tables.values()].reduce((a, b) => a + b, 0);
      say(
        `${count(tables.size, 'table')} with ${count(rows, 'row')}, read back equal from CSV, Parquet and DuckDB; ` +
          `${next.shown} is ${path.basename(folder)}`,
      );
      return 0;
    },
  };
}
