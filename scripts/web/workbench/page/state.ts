import { computed, signal } from '@preact/signals';
import type { Json, JsonObject } from '../../../json/json.ts';
import type { ComparedRecords, DifferingRecords } from '../codingMessages.ts';
import type {
  AlikeRecord,
  Checked,
  DraftSummary,
  Field,
  KeptDraft,
  MarksMessage,
  RecordContent,
  RecordMessage,
  RepeatedMessage,
  SourceMessage,
  Start,
  Suggestion,
  TableMessage,
} from '../messages.ts';
import { valueAt } from '../edit.ts';
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
  /** Identifies its controls: those of another record are new, so that none keeps the focus. */
  readonly form: number;
}

/** A record that waits for a record that it refers to, and the field that gets the identifier of that record. */
export interface Waiting {
  readonly open: Open;
  readonly opened: ReadonlySet<string>;
  readonly inHand: Words | undefined;
  readonly pointer: string;
  /** The records to make for it one after another, the one that is being made first. */
  readonly toMake: readonly ToMake[];
}

/** A record that a field of a new source needs, named when the source was added. */
export interface ToMake {
  readonly pointer: string;
  readonly table: string;
  readonly name: string;
  /** Values beside the field: without it, they would be errors, and the source could not be saved first. */
  readonly beside: readonly (readonly [pointer: string, value: Json])[];
}

/** The comparison of two codings of a source, in the place of the form. */
export interface Comparing {
  readonly source: string;
  /** The differences; undefined while they are looked for. */
  readonly list: readonly DifferingRecords[] | undefined;
  /** The difference that is decided on, by its place in the list, with its records; undefined for the list itself. */
  readonly at: { readonly index: number; readonly records: ComparedRecords } | undefined;
}

export const start = signal<Start | undefined>(undefined);
export const source = signal<SourceMessage | undefined>(undefined);
/** Whether the search for the first source goes on. */
export const opening = signal(true);
/** The row of the list of sources that gets the focus; the first one if the list lacks the source. */
export const queueFocus = signal<{ readonly source: string | undefined } | undefined>(undefined);
/** The records that cite the source; undefined while the search goes on. */
export const citations = signal<MarksMessage | undefined>(undefined);
export const open = signal<Open | undefined>(undefined);
export const checked = signal<Checked | undefined>(undefined);
/** The pointer of the field that had the focus last. */
export const focused = signal<string | undefined>(undefined);
/** Fields that the user added and that are still empty. */
export const opened = signal<ReadonlySet<string>>(new Set());
export const selection = signal<Words | undefined>(undefined);
/** The words that were selected last in the text. They may belong to another record. */
export const lastSelected = signal<Words | undefined>(undefined);
/** Words that each field cites when it is filled in. */
export const inHand = signal<Words | undefined>(undefined);

/** Words that were noted earlier; undefined if their source is no longer in view. */
export function inView(words: Words | undefined): Words | undefined {
  return words?.source === source.value?.id ? words : undefined;
}

/** The comparison in progress; undefined while the form is shown. */
export const comparing = signal<Comparing | undefined>(undefined);
/** Words of compared records, shown as those of the field in focus are. */
export const comparedWords = signal<readonly Words[]>([]);
/** Words to bring into view when their source is there. */
export const toShow = signal<Words | undefined>(undefined);
/** The record in the form and its field in focus when words were selected, or the record that has them in hand. */
export const selectedFor = signal<SelectedFor | undefined>(undefined);

interface SelectedFor {
  readonly form: number | undefined;
  readonly field: string | undefined;
}

/** What the record of a form was copied with from another one. */
export const copied = signal<{ readonly form: number | undefined; readonly value: JsonObject } | undefined>(undefined);

/** What a field of the open record was copied with; undefined if it was not. */
export function copiedAt(pointer: string): Json | undefined {
  const from = copied.value;
  return from === undefined || from.form !== open.value?.form ? undefined : valueAt(from.value, pointer);
}

/** Whether the selected words were selected for a field of the open record. */
export function areSelectedFor(pointer: string): boolean {
  return selectedFor.value?.form === open.value?.form && selectedFor.value?.field === pointer;
}

/** The open dialog. */
export const dialog = signal<string | undefined>(undefined);
/** The records that wait for a record that they refer to, latest last. */
export const waiting = signal<readonly Waiting[]>([]);
/** All drafts, with that of the record in the form if it was kept. */
export const drafts = signal<readonly KeptDraft[]>([]);
/** The draft that was open before the record in the form, and the words that its fields cited when filled in. */
export const leftDraft = signal<(DraftSummary & { readonly inHand: Words | undefined }) | undefined>(undefined);
/** The draft that the user is asked to discard. */
export const discarding = signal<DraftSummary | undefined>(undefined);
/** The record in its file, if that has changed since it was read or is gone. */
export const conflict = signal<RecordMessage | 'gone' | undefined>(undefined);

export const content = computed<RecordContent | undefined>(() => open.value?.history.now);

// computed separately, so that typing recomputes only what it changes
export const recordNow = computed(() => open.value?.record);

export const spansNow = computed(() => content.value?.spans ?? []);

const openTable = computed(() => open.value?.record.table);

export const table = computed<TableMessage | undefined>(() =>
  start.value?.tables.find(({ name }) => name === openTable.value),
);

/** Whether the dataset has sources; without them, its records are forms alone. */
export const hasSources = computed(
  () => start.value?.tables.some(({ isSource, hasDocument }) => isSource || hasDocument) !== false,
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

/** The number of drafts. The record in the form counts from its first change on: it is about to be kept. */
export const draftCount = computed(() => otherDrafts.value.length + (isChanged.value ? 1 : 0));

/** Values that the records of the source repeat, offered for a new record. */
export const repeated = signal<readonly RepeatedMessage[]>([]);
/** Suggestions for the source; undefined while they are off, as at first. */
export const suggestions = signal<readonly Suggestion[] | undefined>(undefined);
/** Records that the one in the form may repeat; while suggestions are off, only those with its name. */
export const alike = signal<readonly AlikeRecord[]>([]);
/** Whether date fields show all that explains them. */
export const showsDateHelp = signal(false);
/** Whether the footer shows every key. */
export const showsAllKeys = signal(false);
/** Whether sentences that no record is about are marked. */
export const showsCoverage = signal(false);
