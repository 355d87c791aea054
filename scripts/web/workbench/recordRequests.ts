import { Failure, type Problem } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { printCanonical } from '../../json/canonical.ts';
import { type JsonObject, member } from '../../json/json.ts';
import type { OpenRecord } from '../../project/recordFiles.ts';
import { indexRecord, sourceTables } from '../../project/recordIndex.ts';
import { sha256Of } from '../../read/documents.ts';
import { type RecordType, spansOf } from '../../schema/recordTypes.ts';
import { structureOf } from '../../schema/walk.ts';
import type { RecordChecker } from '../../verbs/checkRecord.ts';
import { type RecordToSave, fileOfNew, saveRecord } from '../../verbs/saveRecord.ts';
import { contentOf, recordOf } from './content.ts';
import { withDateHint } from './dateProblems.ts';
import { draftOfMissing } from './draftOfMissing.ts';
import { newDraft } from './drafts.ts';
import type { Checked, ProblemMessage, RecordContent, RecordMessage, SavedMessage } from './messages.ts';
import { plainProblem, problemsOfNew } from './identifierProblems.ts';
import { beginning, identified, identifierOf, named, unsavedRecord } from './newRecord.ts';
import type { OpenDataset } from './openDataset.ts';
import { problemMessage } from './problems.ts';
import { beganWith, keptContent } from './request.ts';

/** A record that the page edits. */
export interface Edited extends RecordContent {
  readonly table: string;
  /** Empty for a record that has no file yet. */
  readonly id: string;
  readonly draftName: string;
}

/** The page's requests about the record in its form. */
export interface RecordRequests {
  readonly record: (table: string, id: string) => RecordMessage;
  /** A new record, without a file. */
  readonly fresh: (table: string) => RecordMessage;
  /** A draft: of a new record, of a saved one, or of one that was deleted or renamed meanwhile and is new again. */
  readonly draft: (table: string, draftName: string) => RecordMessage;
  /** `source` is the one in view: words of dates in a record that cites nothing yet are understood as its words. */
  readonly check: (edited: Edited, source?: string) => Checked;
}

export function recordRequests(dataset: OpenDataset): RecordRequests {
  return {
    record(table, id) {
      const record = recordAt(dataset, table, id);
      if (record === undefined) throw new Failure(`no record of ${table} is called ${quoted(id)}`);
      return withDraft(dataset, record);
    },
    fresh: (table) => unsavedRecord(table, beginning(dataset.project, dataset.typeOf(table))),
    draft: (table, draftName) => draftAt(dataset, table, draftName),
    check: (edited, source) => checkRecord(dataset, edited, source),
  };
}

function draftAt(dataset: OpenDataset, table: string, draftName: string): RecordMessage {
  const saved = draftName.startsWith(newDraft) ? undefined : recordAt(dataset, table, draftName);
  if (saved !== undefined) return withDraft(dataset, saved);
  const type = dataset.typeOf(table);
  const draft = keptContent(dataset.drafts.read(table, draftName));
  const record = unsavedRecord(table, beginning(dataset.project, type), draftName);
  return { ...record, draft: draft === undefined ? undefined : named(type, draft, dataset) };
}

/** The current record in its file; undefined if there is none. */
export function recordAt(dataset: OpenDataset, table: string, id: string): RecordMessage | undefined {
  const type = dataset.typeOf(table);
  const opened = dataset.openAt(table, id);
  const unread = opened === undefined ? dataset.fileOf(table, id) : undefined;
  if (unread !== undefined)
    throw new Failure(`${unread.shown} could not be read as a record: see \`npx demarche validate\``);
  return opened === undefined ? undefined : recordMessage(type, id, opened);
}

function recordMessage(type: RecordType, id: string, opened: OpenRecord): RecordMessage {
  const { file, line, text, value } = opened;
  const table = type.name;
  const shown = line === 0 ? file.shown : `${file.shown}:${line}`;
  const known = { table, id, draftName: id, shown, digest: sha256Of(text), draft: undefined };
  return { ...known, ...contentOf(value, spansOf(type)) };
}

/** A record with its draft. The digest is that of the version that was edited: a save reports a newer one. */
function withDraft({ drafts }: OpenDataset, record: RecordMessage): RecordMessage {
  const kept = drafts.read(record.table, record.draftName);
  const draft = keptContent(kept);
  if (draft === undefined) return record;
  const { digest = record.digest, base = 'not known' } = beganWith(kept);
  return { ...record, draft, digest, ...(digest === record.digest ? {} : { base }) };
}

function checkRecord(dataset: OpenDataset, edited: Edited, source: string | undefined): Checked {
  const type = dataset.typeOf(edited.table);
  const known = edited.id === '' ? undefined : dataset.openedBefore(edited.table, edited.id);
  if (known === undefined) return checkNew(dataset, edited, source);
  const assembled = assemble(dataset, edited, known);
  if ('unfit' in assembled) return { problems: assembled.unfit, missing: [], id: undefined };
  const { file, line } = known;
  const text = printCanonical(assembled.value, structureOf(type.shape), line === 0 ? 'file' : 'line');
  const { problems, missing } = dataset.check(file, text, line);
  return { problems: inWords(dataset, edited, { value: assembled.value, problems, source }), missing, id: undefined };
}

/** Checks a record without a file, and the identifier that it would get. */
function checkNew(dataset: OpenDataset, edited: Edited, source: string | undefined): Checked {
  const type = dataset.typeOf(edited.table);
  const id = identifierOf(type, edited, dataset);
  const content = { ...edited, value: identified(type, edited.value, id) };
  const assembled = assemble(dataset, content, undefined);
  if ('unfit' in assembled) return { problems: assembled.unfit, missing: [], id };
  const { value } = assembled;
  const found = dataset.check(fileOfNew(dataset.project, type, id ?? 'new'), canonicalText(type, value), 'new');
  const problems = problemsOfNew(dataset, edited, id, found.problems);
  return { problems: inWords(dataset, edited, { value, problems, source }), missing: found.missing, id };
}

/** The record with its evidence, or the problem that prevents it. */
function assemble(
  dataset: OpenDataset,
  edited: Edited,
  known: OpenRecord | undefined,
): { readonly value: JsonObject } | { readonly unfit: readonly ProblemMessage[] } {
  const at = spansOf(dataset.typeOf(edited.table));
  try {
    return { value: recordOf(dataset.project, edited, known?.value, at) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const file = known?.file.shown ?? '';
    const problems = [plainProblem(file, at ?? '', 'span-incomplete', error.message)];
    return { unfit: inWords(dataset, edited, { value: edited.value, problems }) };
  }
}

function canonicalText(type: RecordType, value: JsonObject): string {
  return printCanonical(value, structureOf(type.shape), 'file');
}

interface Found {
  readonly value: JsonObject;
  readonly problems: readonly Problem[];
  readonly source?: string | undefined;
}

/** The problems of a record as the page shows them. */
function inWords(dataset: OpenDataset, edited: Edited, { value, problems, source }: Found): readonly ProblemMessage[] {
  const draftFor = (pointer: string, id: string) => draftOfMissing(dataset, edited, pointer, id);
  return problems.map((found) => {
    const { problem, dates } = withDateHint(dataset, edited, source, found);
    return problemMessage(problem, { value, draftFor, dates });
  });
}

/**
 * Writes a record without errors; writes nothing if its file has changed, or a new one would replace another. Reviews
 * stay as they are.
 */
export function saveEdited(dataset: OpenDataset, edited: Edited, digest: string | undefined): SavedMessage {
  if (digest === undefined) return saveNew(dataset, edited);
  const { table, id } = edited;
  const type = dataset.typeOf(table);
  const known = dataset.openAt(table, id);
  if (known === undefined || sha256Of(known.text) !== digest) return { conflict: recordAt(dataset, table, id) };
  refuseAnotherKey(type, edited, known, id);
  const { file, line } = known;
  const value = recordOf(dataset.project, edited, known.value, spansOf(type));
  return write(dataset, edited, { file, line, value, before: known.text });
}

function saveNew(dataset: OpenDataset, edited: Edited): SavedMessage {
  const type = dataset.typeOf(edited.table);
  const id = identifierOf(type, edited, dataset);
  const content = { ...edited, value: identified(type, edited.value, id) };
  const value = recordOf(dataset.project, content, undefined, spansOf(type));
  const file = fileOfNew(dataset.project, type, id ?? 'new');
  const check: RecordChecker = (...given) => {
    dataset.refresh('in turn');
    const found = dataset.check(...given);
    return { ...found, problems: problemsOfNew(dataset, edited, id, found.problems) };
  };
  return write(dataset, edited, { file, value, before: undefined }, check);
}

function write(
  dataset: OpenDataset,
  edited: Edited,
  record: RecordToSave,
  check: RecordChecker = dataset.check,
): SavedMessage {
  const { file, value } = record;
  const noteWritten = dataset.own(file.path);
  const saved = saveRecord(dataset.project, record, check);
  if ('problems' in saved) return { refused: inWords(dataset, edited, { value, problems: saved.problems }) };
  if ('theirs' in saved) {
    dataset.refresh();
    return { conflict: recordAt(dataset, edited.table, edited.id) };
  }
  noteWritten();
  dataset.drafts.remove(edited.table, edited.draftName);
  const type = dataset.typeOf(edited.table);
  const isSource = sourceTables(dataset.project).includes(type.name);
  if (isSource) dataset.reopen();
  const indexed = indexRecord(type, file, value);
  dataset.noteSaved(type.name, indexed);
  if (record.before === undefined && !isSource) dataset.noteFile(file);
  const found = recordAt(dataset, edited.table, record.before === undefined ? file.stem : edited.id);
  if (found === undefined) throw new Failure(`${file.shown} no longer exists`);
  return { saved: found };
}

/** A file's name repeats the identifier of its record; a line has only the identifier itself. */
function refuseAnotherKey(
  { key }: RecordType,
  { value }: RecordContent,
  known: OpenRecord | undefined,
  id: string,
): void {
  if (known === undefined || known.line === 0 || key === undefined) return;
  if (member(value, key) !== member(known.value, key)) throw new Failure(`${quoted(id)}: an identifier never changes`);
}
