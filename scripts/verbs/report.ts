import { type Difference, compareEditions } from '../compare/difference.ts';
import { outliersOf } from '../compare/outliers.ts';
import type { CitedSpan } from '../compare/edges.ts';
import { reviewReport } from '../compare/review.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { openRepository } from '../disk/git.ts';
import { mostBytes } from '../base/limits.ts';
import { type Json, isObject, member, parseJson } from '../json/json.ts';
import { brokenReferences } from '../project/brokenReferences.ts';
import { editionsSince } from '../project/editions.ts';
import { lookAlikesOf } from '../project/lookAlikes.ts';
import type { Project } from '../project/openProject.ts';
import type { ProjectOptions } from '../project/options.ts';
import { vanishedRecords } from '../project/vanished.ts';
import { readRecords } from '../read/records.ts';

/** What `report` compares the project with. */
export interface ReportOptions {
  /** The commit, branch or tag that the change started from. */
  readonly base: string;
  /** How to read the project in an earlier state of its files: by default as now. */
  readonly optionsIn?: (tree: FileSystem) => ProjectOptions;
}

/** The effects of a change, and the commit that it started from. */
export interface ChangeReport {
  readonly report: ReturnType<typeof reviewReport>;
  readonly difference: Difference;
  readonly commit: string;
}

/** The effects of a change on the data, for a reviewer. @throws Failure if there is no repository or no such commit */
export function report(project: Project, options: ReportOptions): ChangeReport {
  const { fs } = project;
  const { base, optionsIn = () => project.options } = options;
  const repository = openRepository([project.schemaPath, project.rawPath]);
  const commit = repository.mergeBase(base, 'HEAD');
  const { before, after, placed, unchanged } = editionsSince(fs, project, repository, commit, optionsIn);
  const difference = compareEditions(before, after);
  const changedTables = new Set(difference.records.map(({ table }) => table));
  const made = reviewReport(difference, before, after, {
    deleted: vanishedRecords(before, after, project, commit.slice(0, 12)).length,
    unseen: unseenSources(project, difference),
    outliers: outliersOf(difference, after.tables, (most) => unchanged(changedTables, most)),
    broken: brokenReferences(project, placed, difference.records),
    alike: alikeRecords(project, difference),
    wordsOf: (span) => wordsOf(project, span),
  });
  return { report: made, difference, commit };
}

/** The new records that look like another one of their table, each with what they share. */
function alikeRecords(project: Project, { records }: Difference): readonly string[] {
  return project.types.flatMap((type) => {
    const added = new Set(records.filter((r) => r.table === type.name && r.change === 'added').map(({ id }) => id));
    const files = project.files.filter(
      (file) => file.table === type.name && file.holds === 'record' && added.has(file.stem),
    );
    const fresh = files.flatMap((file) => {
      const [raw] = readRecords(project.fs, file, mostBytes);
      const parsed = raw !== undefined && 'text' in raw ? parseJson(raw.text) : undefined;
      return parsed !== undefined && 'value' in parsed && isObject(parsed.value)
        ? [{ id: file.stem, value: parsed.value }]
        : [];
    });
    return lookAlikesOf(project, type, fresh).map(({ id, fault }) => `${type.name}/${id}: ${fault.message}`);
  });
}

/** The words of a span if its text is available and matches the digest of the span. */
function wordsOf({ sources, validation }: Project, { source, start, end, sha256 }: CitedSpan): string | undefined {
  const document = sources.get(source);
  const text = document === undefined ? undefined : validation.documents(document.file);
  const words = text?.slice?.(start, end);
  return words === undefined || text?.digest(words) !== sha256 ? undefined : words;
}

/**
 * Sources of changed evidence that was not compared: their texts are not available here, because they are not in git.
 */
function unseenSources({ sources, validation }: Project, { rows }: Difference): readonly string[] {
  const used = new Set(rows.flatMap(({ new: fresh }) => sourcesIn(fresh)));
  return [...used].filter((id) => {
    const document = sources.get(id);
    return document !== undefined && validation.documents(document.file) === undefined;
  });
}

/** The source in a row of provenance. */
function sourcesIn(row: Json | undefined): readonly string[] {
  const source = isObject(row) ? member(row, 'source_id') : undefined;
  return typeof source === 'string' ? [source] : [];
}
