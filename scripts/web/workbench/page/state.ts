import { computed, signal } from '@preact/signals';
import type {
  AlikeRecord,
  Checked,
  DraftSummary,
  Field,
  MarksMessage,
  RecordContent,
  RecordMessage,
  RepeatedMessage,
  SourceMessage,
  Start,
  Suggestion,
  TableMessage,
} from '../messages.ts';
import type { History } from './history.ts';

/** Words of the source in view, in code points of its file. */
export interface Words {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

/** A record that is being edited. */
export interface Open {
  readonly record: RecordMessage;
  readonly history: History<RecordContent>;
}

/** A record that waits until the one that it refers to is made, and the field that gets its identifier. */
export interface Waiting {
  readonly open: Open;
  readonly opened: ReadonlySet<string>;
  readonly inHand: Words | undefined;
  readonly pointer: string;
}

export const start = signal<Start | undefined>(undefined);
export const source = signal<SourceMessage | undefined>(undefined);
/** Whether the first source is still looked for. */
export const opening = signal(true);
/** The records that cite the source; undefined while they are still looked for. */
export const citations = signal<MarksMessage | undefined>(undefined);
export const open = signal<Open | undefined>(undefined);
export const checked = signal<Checked | undefined>(undefined);
/** Pointer of the field that had the focus last. */
export const focused = signal<string | undefined>(undefined);
/** Fields that were asked for and are empty yet. */
export const opened = signal<ReadonlySet<string>>(new Set());
export const selection = signal<Words | undefined>(undefined);
/** Words that each field filled in now cites. */
export const inHand = signal<Words | undefined>(undefined);
/** The dialog that is open. */
export const dialog = signal<string | undefined>(undefined);
/** The records that wait for a record that they refer to, latest last. */
export const waiting = signal<readonly Waiting[]>([]);
/** All drafts, that of the record in the form among them if it was kept. */
export const drafts = signal<readonly DraftSummary[]>([]);
/** The draft that was left for the record in the form. */
export const leftDraft = signal<DraftSummary | undefined>(undefined);
/** The draft that somebody is asked about before it is discarded. */
export const discarding = signal<DraftSummary | undefined>(undefined);
/** The record on disk, if it has changed since it was read. */
export const conflict = signal<RecordMessage | undefined>(undefined);

export const content = computed<RecordContent | undefined>(() => open.value?.history.now);

// computed apart, so that typing does not compute again what it does not change
export const recordNow = computed(() => open.value?.record);

export const spansNow = computed(() => content.value?.spans ?? []);

const openTable = computed(() => open.value?.record.table);

export const table = computed<TableMessage | undefined>(() =>
  start.value?.tables.find(({ name }) => name === openTable.value),
);

export const fields = computed<readonly Field[]>(() => start.value?.fields ?? []);

function isHidden(key: string): boolean {
  return table.value?.hidden.includes(key) === true;
}

/** Whether there is something to save. */
export const isChanged = computed(() => {
  const now = open.value;
  if (now === undefined) return false;
  const { record, history } = now;
  if (record.digest === undefined) return Object.keys(history.now.value).some((key) => !isHidden(key));
  return JSON.stringify([record.value, record.spans]) !== JSON.stringify([history.now.value, history.now.spans]);
});

/** The drafts of other records than the one in the form. */
export const otherDrafts = computed(() => {
  const now = recordNow.value;
  return drafts.value.filter(({ table: of, draftName }) => of !== now?.table || draftName !== now.draftName);
});

/** Values that the records of the source repeat, offered to a new record. */
export const repeated = signal<readonly RepeatedMessage[]>([]);
/** Suggestions for the source; undefined while they are off, as they are at first. */
export const suggestions = signal<readonly Suggestion[] | undefined>(undefined);
/** Records that the one in the form may repeat; none while suggestions are off. */
export const alike = signal<readonly AlikeRecord[]>([]);
/** Whether the footer shows every key. */
export const showsAllKeys = signal(false);
/** Whether sentences that no record is about are marked. */
export const showsCoverage = signal(false);
