import { Failure, type Problem } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { printCanonical } from '../../json/canonical.ts';
import { type Json, type JsonObject, isObject, member } from '../../json/json.ts';
import type { OpenRecord } from '../../project/recordFiles.ts';
import { indexRecord, sourceTables } from '../../project/recordIndex.ts';
import { sha256Of } from '../../read/documents.ts';
import type { RecordFile } from '../../read/records.ts';
import { type RecordType, spansOf } from '../../schema/recordTypes.ts';
import { structureOf } from '../../schema/walk.ts';
import { fileOfNew, saveRecord } from '../../verbs/saveRecord.ts';
import { contentOf, recordOf } from './content.ts';
import { withDateHint } from './dateProblems.ts';
import { draftOfMissing } from './draftOfMissing.ts';
import { newDraft } from './drafts.ts';
import type { Checked, ProblemMessage, RecordContent, RecordMessage, SavedMessage } from './messages.ts';
import { beginning, identified, identifierOf, placeholderFile, unsavedRecord } from './newRecord.ts';
import type { OpenDataset } from './openDataset.ts';
import { problemMessage } from './problems.ts';
import { keptContent } from './request.ts';

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
  const record = unsavedRecord(table, beginning(dataset.project, dataset.typeOf(table)), draftName);
  return { ...record, draft: keptContent(dataset.drafts.read(table, draftName)) };
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
  return draft === undefined ? record : { ...record, draft, digest: digestOf(kept) ?? record.digest };
}

function digestOf(draft: Json | undefined): string | undefined {
  const digest = isObject(draft) ? member(draft, 'digest') : undefined;
  return typeof digest === 'string' ? digest : undefined;
}

function checkRecord(dataset: OpenDataset, edited: Edited, source: string | undefined): Checked {
  const type = dataset.typeOf(edited.table);
  const at = spansOf(type);
  const proposed = edited.id === '' ? identifierOf(type, edited, dataset) : undefined;
  const known = dataset.openedBefore(edited.table, edited.id);
  const file = known?.file ?? placeholderFile(dataset.project, type, proposed ?? 'new');
  const content = { ...edited, value: identified(type, edited.value, proposed) };
  let value: JsonObject;
  try {
    value = recordOf(dataset.project, content, known?.value, at);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const problem = failureProblem(error, file, at);
    return {
      problems: inWords(dataset, edited, { value: edited.value, problems: [problem] }),
      missing: [],
      id: proposed,
    };
  }
  const line = known?.line ?? 0;
  const text = printCanonical(value, structureOf(type.shape), line === 0 ? 'file' : 'line');
  const { problems, missing } = dataset.check(file, text, line);
  return { problems: inWords(dataset, edited, { value, problems, source }), missing, id: proposed };
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

/** Writes a record without errors; writes nothing if its file has changed. Reviews stay as they are. */
export function saveEdited(dataset: OpenDataset, edited: Edited, digest: string | undefined): SavedMessage {
  const type = dataset.typeOf(edited.table);
  const taken = dataset.takenIn(type.name);
  const id = edited.id === '' ? (identifierOf(type, edited, dataset) ?? '') : edited.id;
  const known = id === '' ? undefined : dataset.openAt(edited.table, id);
  const isTaken = known !== undefined || dataset.fileOf(edited.table, id) !== undefined;
  const isOther = digest === undefined ? isTaken : sha256Of(known?.text ?? '') !== digest;
  if (isOther) return { conflict: recordAt(dataset, edited.table, id) };
  refuseAnotherKey(type, edited, known, id);
  const file = known?.file ?? fileOfNew(dataset.project, type, id, taken);
  const content = { ...edited, value: identified(type, edited.value, id) };
  const value = recordOf(dataset.project, content, known?.value, spansOf(type));
  const line = known?.line ?? 0;
  const noteWritten = dataset.own(file.path);
  const saved = saveRecord(dataset.project, { file, line, value, before: known?.text }, dataset.check);
  if ('problems' in saved) return { refused: inWords(dataset, edited, { value, problems: saved.problems }) };
  if ('theirs' in saved) {
    dataset.refresh();
    return { conflict: recordAt(dataset, edited.table, id) };
  }
  noteWritten();
  dataset.drafts.remove(edited.table, edited.draftName);
  const isSource = sourceTables(dataset.project).includes(type.name);
  if (isSource) dataset.reopen();
  dataset.noteSaved(type.name, indexRecord(type, file, value));
  if (digest === undefined && !isSource) dataset.noteFile(file);
  const record = recordAt(dataset, edited.table, id);
  if (record === undefined) throw new Failure(`${file.shown} no longer exists`);
  return { saved: record };
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

/** The problem of a record that cannot be assembled. */
function failureProblem(error: Failure, file: RecordFile, at: string | undefined): Problem {
  return {
    file: file.shown,
    line: 1,
    column: 1,
    pointer: at ?? '',
    rule: 'span-incomplete',
    severity: 'error',
    message: error.message,
    hint: undefined,
  };
}
