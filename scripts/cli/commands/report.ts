import path from 'node:path';
import { renderReport } from '../../comment/render.mjs';
import { type Difference, compareEditions } from '../../compare/difference.ts';
import { reviewReport } from '../../compare/review.ts';
import { Failure } from '../../base/problem.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { openRepository } from '../../disk/git.ts';
import { type Json, isObject, member } from '../../json/json.ts';
import { count, printable } from '../../base/text.ts';
import type { Command } from '../command.ts';
import { editionsSince } from '../../project/editions.ts';
import { type Flag, flags, switchFlag, textFlag } from '../flags.ts';
import { type Project, openProject } from '../../project/openProject.ts';
import { projectFlags, projectOptions } from '../options.ts';
import { vanishedRecords } from '../../project/vanished.ts';

const base = {
  name: 'base',
  value: 'REF',
  description: 'the commit, branch or tag from which the change has left',
} as const satisfies Flag;

const format = {
  name: 'format',
  value: 'markdown|json',
  description: 'form in which the report is printed (markdown)',
  oneOf: ['markdown', 'json'],
} as const satisfies Flag;

const summary = {
  name: 'summary',
  value: 'FILE',
  description: 'append the report to a file, in Markdown',
} as const satisfies Flag;

/** `report`: what a change does to the data, as a reviewer wants to read it. */
export function reportCommand(fs: FileSystem): Command {
  return {
    name: 'report',
    summary:
      'Shows a reviewer what a change does: counts, the least bump of the version, samples with their evidence, and every change folded. Never more than a comment holds.',
    flags: [base, ...projectFlags.filter((flag) => flag.name !== format.name), format, summary],
    run(given, terminal) {
      const project = openProject(fs, projectOptions(fs, given, terminal));
      const name = textFlag(given, base);
      if (name === undefined) throw new Failure('--base is missing: name a commit, branch or tag');
      const repository = openRepository([project.schemaPath, project.rawPath]);
      const commit = repository.mergeBase(name, 'HEAD');
      const { before, after } = editionsSince(fs, project, repository, commit, (tree) =>
        projectOptions(fs, given, terminal, tree),
      );
      const difference = compareEditions(before, after);
      const report = reviewReport(difference, after, {
        deleted: vanishedRecords(before, after, project, commit.slice(0, 12)).length,
        unseen: unseenSources(project, difference),
      });
      const markdown = renderReport(report);
      const file = textFlag(given, summary);
      if (file !== undefined) fs.append(path.resolve(terminal.cwd, file), markdown);
      terminal.out(textFlag(given, format) === 'json' ? `${printable(JSON.stringify(report))}\n` : markdown);
      if (!switchFlag(given, flags.quiet))
        terminal.err(`report: ${count(difference.records.length, 'record')} changed since ${commit.slice(0, 12)}\n`);
      return 0;
    },
  };
}

/** Sources of changed evidence that was not compared: their texts are not available here, because git has none of them. */
function unseenSources({ sources, validation }: Project, { rows }: Difference): readonly string[] {
  const used = new Set(rows.flatMap(({ new: fresh }) => sourcesIn(fresh)));
  return [...used].filter((id) => {
    const document = sources.get(id);
    return document !== undefined && validation.documents(document.file) === undefined;
  });
}

/** The source that a row of provenance names. */
function sourcesIn(row: Json | undefined): readonly string[] {
  const source = isObject(row) ? member(row, 'source_id') : undefined;
  return typeof source === 'string' ? [source] : [];
}
