import { computed } from '@preact/signals';
import { type Offsets, offsetsOf } from '../../../base/offsets.ts';
import type { MarkedSpan, RecordSummary } from '../messages.ts';
import { colourOf } from './colours.ts';
import { joinedUp, partlyCoveredOf, uncoveredOf } from '../coverage.ts';
import { linesOf } from './lanes.ts';
import { sentencesOf } from '../offsets.ts';
import { type Words, citations, inHand, recordNow, repeated, selection, source, spansNow, start } from './state.ts';
import { isSameWords } from './sameWords.ts';

/** Converts offsets in the text between code points and code units. */
export const offsets = computed<Offsets>(() => offsetsOf(source.value?.text ?? ''));

/** The marks of the source. Those of the open record come from the form. */
export const marks = computed<readonly MarkedSpan[]>(() => {
  const shown = source.value;
  const now = recordNow.value;
  if (shown === undefined) return [];
  const known = citations.value?.marks ?? [];
  if (now === undefined) return known;
  const others = known.filter((mark) => mark.table !== now.table || mark.id !== now.id);
  const own = spansNow.value.filter((span) => span.source === shown.id);
  return [...others, ...own.map((span) => ({ table: now.table, id: now.id, ...span }))];
});

/** The lines below the marks, in code points of the source's file. */
export const markLines = computed(() => {
  const tables = start.value?.tables ?? [];
  return linesOf(marks.value.map((mark) => ({ ...mark, colour: colourOf(tables, mark.table) })));
});

/** The words with a mark. */
export const marked = computed(() => joinedUp(markLines.value));

/** The marks of a part of the selected words. */
export const marksOfSelection = computed<readonly MarkedSpan[]>(() => {
  const words = selection.value;
  if (words === undefined || words.source !== source.value?.id) return [];
  return marks.value.filter(({ start: from, end: to }) => from < words.end && to > words.start);
});

/** The records that cite a part of the selected words, by table. */
export const citingSelection = computed<readonly RecordSummary[]>(() => {
  const known = citations.value?.records ?? [];
  const records = marksOfSelection.value.map(({ table, id }) => {
    const found = known.find((record) => record.table === table && record.id === id);
    return found ?? { table, id, label: undefined, withdrawn: false };
  });
  // a new record has no identifier to open it by
  return records.filter(
    ({ table, id }, i) => id !== '' && records.findIndex((each) => each.table === table && each.id === id) === i,
  );
});

/** The sentences of the source, in code units of its text. */
export const sentenceUnits = computed(() => sentencesOf(source.value?.text ?? ''));

/** The same in code points of its file. */
const sentences = computed(() => {
  const { first = 0 } = source.value ?? {};
  const { toPoint } = offsets.value;
  return sentenceUnits.value.map(({ start: from, end: to }) => ({
    start: first + toPoint(from),
    end: first + toPoint(to),
  }));
});

/** Whether what a record of a table cites has a record: the mention of a person is none. */
export function codes(table: string): boolean {
  return start.value?.tables.some(({ name, isAuthority }) => name === table && isAuthority) !== true;
}

/** The marks of words that have a record or a reason to need none. */
const coding = computed(() => marks.value.filter((mark) => codes(mark.table)));

/** The sentences without a record. */
export const uncovered = computed(() => uncoveredOf(sentences.value, coding.value));

/** The sentences with a record or a reason for only a small part of their words. */
export const partlyCovered = computed(() => {
  const shown = source.value;
  const { toUnit } = offsets.value;
  const lettersIn = ({ start: from, end: to }: Pick<Words, 'start' | 'end'>): number => {
    const words = shown?.text?.slice(toUnit(from - shown.first), toUnit(to - shown.first)) ?? '';
    return words.replace(/[^\p{L}\p{N}]+/gu, '').length;
  };
  return partlyCoveredOf(sentences.value, coding.value, lettersIn);
});

/** The number of sentences in the source. */
export const sentenceCount = computed(() => sentences.value.length);

/**
 * The words that all fields without evidence can cite: the selected ones, or else those that fields cite as they are
 * filled in, or the only ones that the record cites so far, without the values that it shares with other records.
 */
export const wordsForAll = computed<Words | undefined>(() => {
  const shared = repeated.value.flatMap(({ spans }) => spans);
  const [only, other] = spansNow.value.filter((span) => !shared.some((each) => isSameWords(each, span)));
  return selection.value ?? inHand.value ?? (other === undefined ? only : undefined);
});

/** Words in the source's text, from code points of its file. */
export function wordsOf({ source: id, start: from, end: to }: Words): string | undefined {
  const shown = source.value;
  if (shown?.text === undefined || shown.id !== id) return undefined;
  const { toUnit } = offsets.value;
  return shown.text.slice(toUnit(from - shown.first), toUnit(to - shown.first));
}
