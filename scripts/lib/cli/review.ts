import { type Difference, compareEditions } from '../compare/difference.ts';
import { reviewReport } from '../compare/report.ts';
import { Failure } from '../problem.ts';
import type { FileSystem } from '../read/fileSystem.ts';
import { openRepository } from '../read/git.ts';
import { type Json, isObject, member } from '../json/json.ts';
import { count, escapeMarkdown, list } from '../text.ts';
import type { Command } from './command.ts';
import { editionsSince } from './editions.ts';
import { type Flag, flags, switchFlag, textFlag } from './flags.ts';
import { type Project, commonFlags, openProject, readingFlags } from './project.ts';
import { vanishedRecords } from './vanished.ts';

const base = {
  name: 'base',
  value: 'REF',
  description: 'the commit, branch or tag from which the change has left',
} as const satisfies Flag;

/** `report`: what a change does to the data, as a reviewer wants to read it. */
export function reportCommand(fs: FileSystem): Command {
  return {
    name: 'report',
    summary:
      'Tells a reviewer in Markdown what a change does: counts, the least bump of the version, samples with their evidence, and every change folded. Never more than a comment holds.',
    flags: [base, ...commonFlags, ...readingFlags],
    run(given, terminal) {
      const project = openProject(fs, given, terminal);
      const name = textFlag(given, base);
      if (name === undefined) throw new Failure('--base is missing: name a commit, branch or tag');
      const repository = openRepository([project.schemaPath, project.rawPath]);
      const commit = repository.mergeBase(name, 'HEAD');
      const { before, after } = editionsSince(fs, project, repository, commit, given, terminal);
      const difference = compareEditions(before, after);
      const gone = vanishedRecords(before, after, project, commit.slice(0, 12));
      const warning =
        gone.length === 0
          ? ''
          : `> ${count(gone.length, 'record')} that stood before ${gone.length === 1 ? 'is' : 'are'} gone. Once published, a record is withdrawn where it stands instead.\n\n`;
      terminal.out(warning + unseenTexts(project, difference) + reviewReport(difference, after));
      if (!switchFlag(given, flags.quiet))
        terminal.err(`report: ${count(difference.records.length, 'record')} changed since ${commit.slice(0, 12)}\n`);
      return 0;
    },
  };
}

/** That evidence was not compared, where it was not: the texts of the sources are not in git. */
function unseenTexts({ sources, validation }: Project, { rows }: Difference): string {
  const used = new Set(rows.flatMap(({ new: fresh }) => sourcesIn(fresh)));
  const unseen = [...used].filter((id) => {
    const document = sources.get(id);
    return document !== undefined && validation.documents(document.file) === undefined;
  });
  if (unseen.length === 0) return '';
  const names = unseen.slice(0, mostNames).map((id) => escapeMarkdown(id.slice(0, mostLetters)));
  const named = list(unseen.length > mostNames ? [...names, `${unseen.length - mostNames} more`] : names);
  return `> Not compared with their texts, which are not at hand here: the spans of ${named}. Whoever has the texts runs \`make validate\`.\n\n`;
}

const mostNames = 5;
const mostLetters = 100;

/** The source that a row of provenance names. */
function sourcesIn(row: Json | undefined): readonly string[] {
  const source = isObject(row) ? member(row, 'source_id') : undefined;
  return typeof source === 'string' ? [source] : [];
}
