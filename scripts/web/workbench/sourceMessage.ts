import { Failure } from '../../base/problem.ts';
import { didYouMean } from '../../base/suggestions.ts';
import { quoted } from '../../base/text.ts';
import type { Project } from '../../project/openProject.ts';
import { indexRecord, sourceTables } from '../../project/recordIndex.ts';
import type { SourceDocument } from '../../schema/extensions.ts';
import type { SourceMessage } from './messages.ts';
import type { OpenDataset } from './openDataset.ts';
import { pendingSources } from './pendingSources.ts';

/** A source with its text, or why it has none. @throws Failure if no source has this identifier */
export function sourceMessage(dataset: OpenDataset, id: string): SourceMessage {
  const { project, drafts, openAt } = dataset;
  const own = sourceTableOf(dataset, id);
  const pending = own === undefined ? pendingSources(project, drafts).get(id) : undefined;
  const table = own ?? pending?.table;
  if (table === undefined) {
    const hint = didYouMean(id, project.sources.keys());
    throw new Failure(`no source is called ${quoted(id)}${hint === undefined ? '' : ` (${hint})`}`);
  }
  const record = own === undefined ? undefined : openAt(own, id);
  const { label, review } =
    record === undefined
      ? { label: pending?.label, review: undefined }
      : indexRecord(record.type, record.file, record.value);
  const document = project.validation.documentOf(id);
  const known = { table, id, label, review, first: document?.start ?? 0 };
  return { ...known, ...textOf(project, id, document) };
}

/** The table that has the record of a source; undefined if none has. */
export function sourceTableOf({ project, names }: OpenDataset, id: string): string | undefined {
  return sourceTables(project).find((name) => names.has(name, id));
}

/** The text of a source, also of one that is a draft; empty if it cannot be shown. */
export function textShown({ validation }: Project, source: string): string {
  return textOf({ validation }, source, validation.documentOf(source)).text ?? '';
}

/** The text of some words of a source, in code points of its file; empty if its text is not available. */
export function wordsIn(
  { validation }: Project,
  source: string,
): (words: { readonly start: number; readonly end: number }) => string {
  const document = validation.documentOf(source);
  const text = document === undefined ? undefined : validation.documents(document.file);
  return ({ start, end }) => text?.slice?.(start, end) ?? '';
}

/** The text of a source's document, or why it cannot be shown. */
function textOf(
  { validation }: Pick<Project, 'validation'>,
  id: string,
  document: SourceDocument | undefined,
): Pick<SourceMessage, 'text' | 'reason'> {
  if (document === undefined) return { text: undefined, reason: 'This source has no document.' };
  const { file, sha256, start = 0, end } = document;
  const text = validation.documents(file);
  if (text?.slice === undefined)
    return { text: undefined, reason: `The text of ${quoted(file)} is not available here.` };
  if (text.sha256 !== sha256)
    return {
      text: undefined,
      reason: `The text of ${quoted(file)} has changed: run \`npx demarche reanchor ${id}\`.`,
    };
  return { text: text.slice(start, end ?? text.length), reason: undefined };
}
