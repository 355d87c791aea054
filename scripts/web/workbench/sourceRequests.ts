import { Failure } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { below } from '../../json/json.ts';
import { sourceTables } from '../../project/recordIndex.ts';
import type { Review } from '../../schema/extensions.ts';
import { uncodedAt } from '../../verbs/blindSource.ts';
import { issuedOf } from './dateContext.ts';
import { marksOf, withReasons } from './marks.ts';
import type {
  MarksMessage,
  QueuedSource,
  RecordMessage,
  ReviewersMessage,
  SaveMessage,
  SavedMessage,
  SourceMessage,
} from './messages.ts';
import type { DatasetSettings, OpenDataset } from './openDataset.ts';
import { ownWorkIn } from './ownWork.ts';
import { removeAt, setAt } from './edit.ts';
import { withReason } from './passages.ts';
import { politely } from './politely.ts';
import { queueOf } from './queue.ts';
import { reviewersOf } from './reviewers.ts';
import { recordAt, saveEdited } from './recordRequests.ts';
import { saveAfterReview } from './reviews.ts';
import { keptContent } from './request.ts';
import { sourceMessage, sourceTableOf, wordsIn } from './sourceMessage.ts';

/** A passage of a source that needs no record. Offsets are code points of its file. */
export interface Passage {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  /** Undefined if the words need a record after all. */
  readonly reason: string | undefined;
}

/** The page's requests about a source. */
export interface SourceRequests {
  readonly source: (id: string) => SourceMessage;
  /** The records that cite a source, and their spans; `known`: those found without reading all records. */
  readonly marks: (id: string, known?: boolean) => Promise<MarksMessage>;
  /** All sources, with the progress of each. */
  readonly queue: () => Promise<readonly QueuedSource[]>;
  /** Notes in a source's record why a passage needs no record. */
  readonly passOver: (passage: Passage) => Promise<SaveMessage>;
  /** Who has coded a source, and who can review it. */
  readonly reviewers: (source: string) => Promise<ReviewersMessage>;
  /** Notes in a source's record who has reviewed its coding; undefined removes the note. */
  readonly review: (source: string, review: Review | undefined) => SavedMessage;
}

export function sourceRequests(dataset: OpenDataset, settings: Pick<DatasetSettings, 'second'>): SourceRequests {
  const own = ownWorkIn(dataset, settings);
  return {
    source: (id) => sourceMessage(dataset, id),
    marks: async (id, known = false) => {
      const found = known ? await dataset.citing(id) : { index: await dataset.indexed(), isComplete: true };
      const marks = marksOf({ ...found, index: own(found.index) }, sourceTables(dataset.project), id);
      const issued = issuedOf(dataset, id);
      return { ...withReasonsOf(dataset, marks, id), ...(issued === undefined ? {} : { issued }) };
    },
    queue: async () => queueOf(dataset.project, own(await dataset.indexed()), politely()),
    passOver: async (passage) => passOver(dataset, passage),
    reviewers: async (source) => reviewersOf(dataset, source),
    review: (source, review) => noteReview(dataset, source, review),
  };
}

/** Marks with the reasons that the source's own record gives for words that need no record. */
function withReasonsOf(dataset: OpenDataset, found: MarksMessage, id: string): MarksMessage {
  const table = sourceTableOf(dataset, id);
  const at = table === undefined ? undefined : uncodedAt(dataset.typeOf(table));
  const own = table === undefined ? undefined : dataset.openAt(table, id);
  if (table === undefined || at === undefined || own === undefined) return found;
  return withReasons(found, { table, id }, { at, value: own.value });
}

function passOver(dataset: OpenDataset, { source, start, end, reason }: Passage): SaveMessage {
  const { table } = sourceMessage(dataset, source);
  const at = uncodedAt(dataset.typeOf(table));
  if (at === undefined) throw new Failure(`the schema of ${table} has no list under x-uncoded to keep this in`);
  const record = savedRecord(dataset, table, source);
  const content = withReason(record, at, { source, start, end }, reason, wordsIn(dataset.project, source));
  return saveAfterReview(dataset, { ...record, ...content }, record.digest);
}

function noteReview(dataset: OpenDataset, source: string, review: Review | undefined): SavedMessage {
  const { table } = sourceMessage(dataset, source);
  const { review: name } = dataset.typeOf(table);
  if (name === undefined) throw new Failure(`the schema of ${table} has no object under x-review to keep this in`);
  const record = savedRecord(dataset, table, source);
  const at = below('', name);
  const content = review === undefined ? removeAt(record, at) : setAt(record, at, { ...review });
  return saveEdited(dataset, { ...record, ...content }, record.digest);
}

/** The record of a source. @throws Failure if it is still a draft, or has one: a save would replace that */
export function savedRecord(dataset: OpenDataset, table: string, source: string): RecordMessage {
  const record = recordAt(dataset, table, source);
  if (record === undefined) throw new Failure(`save the record of ${quoted(source)} first`);
  if (keptContent(dataset.drafts.read(table, source)) !== undefined)
    throw new Failure(`the record of ${quoted(source)} has unsaved changes: save or discard them first`);
  return record;
}
