import path from 'node:path';
import { count, list } from '../../base/text.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import type { ProjectSettings } from '../../project/openProject.ts';
import { exportFormats, formatTitles, formatsOfSpark } from '../../release/exportFormats.ts';
import { type Build, build } from '../../verbs/build.ts';
import type { Events } from '../../verbs/events.ts';
import type { Command, Terminal } from '../command.ts';
import { type Flag, type Given, textFlag } from '../flags.ts';
import { projectFlags, projectSettings } from '../options.ts';
import { describeChecked } from '../reporters/checked.ts';
import { listen } from '../reporters/listen.ts';

const engine: Flag = {
  name: 'engine',
  value: 'duckdb|spark',
  description:
    'spark: build with Apache Spark, on many machines; needs spark-sql in SPARK_HOME or on the PATH (duckdb)',
  oneOf: ['duckdb', 'spark'],
};

/** `build`: validates, compiles, writes, reads back, publishes. */
export function buildCommand(fs: FileSystem): Command {
  return {
    name: 'build',
    summary:
      `Validates all records and builds ${list(formatTitles(exportFormats))} in dist/next. If there is a ` +
      'problem, it publishes nothing.',
    flags: [...projectFlags, engine],
    async run(given, terminal) {
      const { events, report, say, end } = listen('build', given, terminal);
      const { validation, next, published } = await buildWith(
        given,
        terminal,
        projectSettings(fs, given, terminal),
        events,
      );
      end();
      say(describeChecked(validation, report));
      if (published === undefined) {
        say(`${next.shown} is unchanged`);
        return 1;
      }
      const { tables, folder } = published;
      const rows = [...tables.values()].reduce((a, b) => a + b, 0);
      say(
        `${count(tables.size, 'table')} with ${count(rows, 'row')}, read back equal from ${formatsOf(given)}; ` +
          `${next.shown} is ${path.basename(folder)}`,
      );
      return 0;
    },
  };
}

/** Builds with the engine that the user names. */
async function buildWith(given: Given, { env }: Terminal, settings: ProjectSettings, events: Events): Promise<Build> {
  if (textFlag(given, engine) !== 'spark') return build(settings, events);
  const { sparkIn } = await import('../../engine/spark/runSpark.ts');
  const { buildOnSpark } = await import('../../verbs/spark/buildOnSpark.ts');
  return buildOnSpark(settings, { run: sparkIn(env) }, events);
}

/** The formats that an engine reads back. */
function formatsOf(given: Given): string {
  const bySpark = textFlag(given, engine) === 'spark';
  return list(bySpark ? formatsOfSpark.map(({ title }) => title) : formatTitles(exportFormats));
}
