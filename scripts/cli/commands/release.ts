import path from 'node:path';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { count, list, quoted } from '../../base/text.ts';
import type { Publication } from '../../publish/publish.ts';
import { release } from '../../verbs/release.ts';
import type { Command } from '../command.ts';
import { flags, textFlag } from '../flags.ts';
import { projectFlags, projectSettings } from '../options.ts';
import { describeChecked } from '../reporters/checked.ts';
import { listen } from '../reporters/listen.ts';

/** `release`: builds the version in dataset.json, permanently. */
export function releaseCommand(fs: FileSystem): Command {
  return {
    name: 'release',
    summary:
      'Builds the version that dataset.json names into dist/<version>, permanently, and tags its commit. ' +
      'Refuses a version that is too small for what has changed.',
    flags: [flags.sign, ...projectFlags],
    async run(given, terminal) {
      const { events, report, say, end } = listen('release', given, terminal);
      const named = textFlag(given, flags.sign);
      const key = named === undefined ? undefined : path.resolve(terminal.cwd, named);
      const released = await release(projectSettings(fs, given, terminal), events, key);
      const { at, tag, validation, publication, changes } = released;
      end();
      if (validation !== undefined) say(describeChecked(validation, report));
      if (publication === undefined) return 1;
      if (typeof publication !== 'string') {
        terminal.err(`release: ${at.shown} ${whatDiffers(publication)}\n`);
        return 1;
      }
      const what =
        publication === 'same' ? 'was released before, with the same content' : `is released, and tagged ${tag}`;
      const since =
        changes === undefined ? 'the first release' : `${count(changes.count, 'change')} since ${changes.since}`;
      say(`${at.shown} ${what}; ${since}`);
      return 0;
    },
  };
}

function whatDiffers(publication: Exclude<Publication, string>): string {
  const few = (files: readonly string[]): string => list(files.slice(0, 5).map((file) => quoted(file)));
  return 'differs' in publication
    ? `exists with other content (${few(publication.differs)}); a version is immutable: raise it in dataset.json`
    : `exists, but is damaged: ${few(publication.damaged)} does not match its SHA256SUMS`;
}
