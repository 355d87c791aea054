import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { computed, effect, signal } from '@preact/signals';
import type { MarkedSpan } from '../messages.ts';
import { colours } from './colours.ts';
import { comparedNow } from './comparing.ts';
import { focusField } from './focus.ts';
import { isInForm } from './formFields.ts';
import { Hover } from './Hover.tsx';
import { Legend } from './Legend.tsx';
import { Queue } from './Queue.tsx';
import { snapped, toSentenceEnd, type Units, wordAbove, wordBefore, wordBelow, wordFrom } from '../offsets.ts';
import { lanes } from './lanes.ts';
import { laneName } from './laneStyles.ts';
import { patternOf } from './findPattern.ts';
import { lineOf } from './markWords.ts';
import { nearView, piecesOf, watchView } from './nearView.ts';
import { say } from './notice.ts';
import { openRecord } from './openRecords.ts';
import { followFocus, isHere, isOfField, showOwn } from './following.ts';
import { noteNodes, offsetAt, rangeOf, rangesOf, scrollTo } from './textRanges.ts';
import { selectWords } from './selecting.ts';
import {
  citingSelection,
  markLines,
  marked,
  marks,
  offsets,
  partlyCovered,
  sentenceUnits,
  uncovered,
} from './sourceText.ts';
import {
  dialog,
  inView,
  opening,
  lastSelected,
  selection,
  showsCoverage,
  source,
  spansNow,
  start,
  suggestions,
  toShow,
} from './state.ts';
import { wholeWordsAt } from '../wordBounds.ts';
import { isSameWords } from './sameWords.ts';

/** Where the marks under the pointer are shown. */
const hovered = signal<{ readonly x: number; readonly y: number; readonly lines: readonly string[] } | undefined>(
  undefined,
);

/** The selection of the browser, in code units of the text. */
function selectedUnits(): Units | undefined {
  const selected = getSelection();
  if (selected === null || selected.rangeCount === 0 || selected.isCollapsed) return undefined;
  const range = selected.getRangeAt(0);
  const from = offsetAt(range.startContainer, range.startOffset);
  const to = offsetAt(range.endContainer, range.endOffset);
  return from === undefined || to === undefined ? undefined : { start: from, end: to };
}

/** The words that were selected last; while the text has the selection of the browser, that. */
function wordsNow(): Units | undefined {
  const [shown, words] = [source.value, selection.value ?? lastSelected.value];
  const own = selectedUnits();
  if (own !== undefined || shown === undefined || words?.source !== shown.id) return own;
  const { toUnit } = offsets.value;
  return { start: toUnit(words.start - shown.first), end: toUnit(words.end - shown.first) };
}

function noteSelection(isMeant: boolean): void {
  const shown = source.value;
  const units = selectedUnits();
  if (shown?.text === undefined || units === undefined) return;
  const whole = snapped(shown.text, units);
  const { toPoint } = offsets.value;
  const words =
    whole === undefined
      ? undefined
      : { source: shown.id, start: shown.first + toPoint(whole.start), end: shown.first + toPoint(whole.end) };
  // the browser reports the same words again when the focus moves
  if (isMeant || !isSameWords(words, selection.value)) selectWords(words);
}

/** Says that a part of a word is selected by the mouse: it can be meant, as in a compound. */
function tellOfPart(): void {
  noteSelection(true);
  const [text, units] = [source.value?.text, selectedUnits()];
  const own = text === undefined || units === undefined ? undefined : snapped(text, units);
  if (text === undefined || own === undefined) return;
  const whole = wholeWordsAt(text, own);
  if (whole.start === own.start && whole.end === own.end) return;
  say(`“${text.slice(own.start, own.end)}” is only a part of “${text.slice(whole.start, whole.end)}”.`);
}

/** Selects words of the text, and brings them into view. */
export function select(units: Units): void {
  const range = rangeOf(units);
  const selected = getSelection();
  if (range === undefined || selected === null) return;
  // with the focus in a field and the selection here, typed text would be lost
  document.querySelector<HTMLElement>('#text')?.focus({ preventScroll: true });
  selected.removeAllRanges();
  selected.addRange(range);
  scrollTo(range);
  noteSelection(true);
}

/** Shows words, given in code points of the source's file. */
export function showWords(from: number, to: number): void {
  const shown = source.value;
  if (shown === undefined) return;
  const { toUnit } = offsets.value;
  select({ start: toUnit(from - shown.first), end: toUnit(to - shown.first) });
}

/** Brings the selected words into view, as for a dialog about them. */
export function scrollToSelection(): void {
  const words = inView(selection.value);
  const [range] = words === undefined ? [] : rangesOf([words]);
  if (range !== undefined) scrollTo(range);
}

/** The marks of some words, in code points of the source's file, that are near the visible part. */
function wordsNearView(words: readonly Units[]): readonly Units[] {
  const first = source.value?.first ?? 0;
  const { toPoint } = offsets.value;
  const [from, to] = [first + toPoint(nearView.value.start), first + toPoint(nearView.value.end)];
  return words.filter((each) => each.end > from && each.start < to);
}

function highlight(name: string, words: readonly Units[], priority = 0): void {
  const made = new Highlight(...rangesOf(words));
  made.priority = priority;
  CSS.highlights.set(name, made);
}

/** One effect for each kind of highlight, so that selecting a word does not recreate thousands of marks. */
const painters: readonly (() => void)[] = [
  () => highlight('marked', wordsNearView(marked.value)),
  ...Array.from({ length: colours * lanes }, (_, i) => {
    const [ofColour, ofLane] = [i % colours, Math.floor(i / colours)];
    const own = computed(() => markLines.value.filter(({ colour, lane }) => colour === ofColour && lane === ofLane));
    const name = laneName(ofColour, ofLane);
    // the browser goes through empty highlights too
    return () =>
      void (own.value.length === 0 ? CSS.highlights.delete(name) : highlight(name, wordsNearView(own.value)));
  }),
  () => highlight('own', spansNow.value.filter(isHere)),
  () => highlight('focused', [...spansNow.value.filter(isOfField), ...comparedNow.value.filter(isHere)], 1),
  () => highlight('uncovered', showsCoverage.value ? wordsNearView(uncovered.value) : []),
  () => highlight('partly-covered', showsCoverage.value ? wordsNearView(partlyCovered.value) : []),
  () => highlight('suggested', wordsNearView(suggestions.value ?? [])),
  () => {
    const words = selection.value;
    // the browser's own selection disappears when a field takes the focus
    highlight('selected', words === undefined || words.source !== source.value?.id ? [] : [words], 2);
  },
];

function paint(): () => void {
  const ends = painters.map((painter) => effect(painter));
  return () => {
    for (const end of ends) end();
  };
}

/** The offset under the pointer, in code points of the file. */
function pointUnder(event: MouseEvent): number | undefined {
  const shown = source.value;
  const spot = document.caretPositionFromPoint(event.clientX, event.clientY);
  const at = spot === null ? undefined : offsetAt(spot.offsetNode, spot.offset);
  return at === undefined || shown === undefined ? undefined : shown.first + offsets.value.toPoint(at);
}

function marksUnder(event: MouseEvent): readonly MarkedSpan[] {
  const point = pointUnder(event);
  return point === undefined ? [] : marks.value.filter((mark) => mark.start <= point && point < mark.end);
}

function hover(event: MouseEvent): void {
  const point = pointUnder(event) ?? -1;
  const hints = (suggestions.value ?? [])
    .filter((each) => each.start <= point && point < each.end)
    .map(({ kind, meaning }) => `${kind}? ${meaning}`);
  const lines = [...new Set([...marksUnder(event).map(lineOf), ...hints])];
  hovered.value = lines.length === 0 ? undefined : { x: event.clientX, y: event.clientY, lines };
}

/** Alt and a double click on marked words open their record at what they support, or the list of their records. */
async function openUnder(event: MouseEvent): Promise<void> {
  const [mark] = marksUnder(event);
  if (mark === undefined || !event.altKey) return;
  // the browser reports later which word the double click selects
  noteSelection(true);
  if (citingSelection.value.length > 1) dialog.value = 'records';
  else if (await openRecord(mark.table, mark.id)) focusSupported(mark.supports);
}

function focusSupported(supports: readonly string[]): void {
  const pointer = supports.find(isInForm);
  if (pointer !== undefined) focusField(pointer);
}

/** Selects by words: arrows go to the next word, Shift extends the selection. Returns whether it handled the key. */
export function moveByKey(event: KeyboardEvent): boolean {
  const text = source.value?.text;
  if (text === undefined || event.altKey || event.ctrlKey || event.metaKey) return false;
  const units = wordsNow() ?? { start: 0, end: 0 };
  const next = (): Units | undefined => wordFrom(text, units.end);
  const step: Readonly<Record<string, () => Units | undefined>> = {
    ArrowRight: () => (event.shiftKey ? joined(units, next()) : next()),
    ArrowLeft: () => (event.shiftKey ? shortened(text, units) : wordBefore(text, units.start)),
    ArrowDown: () =>
      event.shiftKey ? joined(units, toSentenceEnd(sentenceUnits.value, units.end)) : wordBelow(text, units.end),
    ArrowUp: () => wordAbove(text, units.start),
    Home: () => wordFrom(text, 0),
    End: () => wordBefore(text, text.length),
  };
  const found = Object.hasOwn(step, event.key) ? step[event.key] : undefined;
  if (found === undefined) return false;
  const to = found();
  if (to !== undefined) select(to);
  return true;
}

function joined(units: Units, more: Units | undefined): Units | undefined {
  if (more === undefined) return undefined;
  return units.end === 0 ? more : { start: units.start, end: more.end };
}

/** The selection without its last word; one word stays. */
function shortened(text: string, units: Units): Units | undefined {
  const last = wordBefore(text, units.end);
  const before = last === undefined ? undefined : wordBefore(text, last.start);
  return before === undefined || before.end <= units.start ? undefined : { start: units.start, end: before.end };
}

/** The most places that are shown while words are typed. */
const mostShown = 1000;

/** Shows where the text has words, the next one in view. Returns the number of places. */
export function showFound(words: string): number {
  const units = foundIn(source.value?.text ?? '', words).map(({ own }) => own);
  CSS.highlights.set('found', new Highlight(...units.slice(0, mostShown).flatMap((each) => rangeOf(each) ?? [])));
  const from = wordsNow()?.start ?? -1;
  const next = units.find((each) => each.start > from) ?? units[0];
  const range = next === undefined ? undefined : rangeOf(next);
  if (range !== undefined) scrollTo(range);
  return units.length;
}

export function hideFound(): void {
  CSS.highlights.delete('found');
}

/**
 * Finds words in the text, in the selection or after it, and selects the whole words in which they are. Returns whether
 * the text has them.
 */
export function findInText(words: string): boolean {
  const text = source.value?.text;
  if (text === undefined) return false;
  const { start: from, end: to } = wordsNow() ?? { start: -1, end: -1 };
  const found = foundIn(text, words);
  // a match at the start of longer words that are selected is in them
  const isNext = ({ start: at, end }: Units): boolean => at > from || (at === from && end < to);
  const first = found.findIndex(({ own, whole }) => own.start >= from && isNext(whole));
  const number = Math.max(first, 0);
  const match = found[number];
  if (match === undefined) say(`“${words}” is not in the text.`);
  else select(match.whole);
  if (found.length > 1) say(`Match ${number + 1} of ${found.length}: Alt+F and Enter go to the next.`);
  return match !== undefined;
}

/** Words that were found, and the whole words in which they are. */
interface Found {
  readonly own: Units;
  readonly whole: Units;
}

/** Where a text has words: in longer ones only if it does not have them as whole words, as `Estonia` in `Estonian`. */
function foundIn(text: string, words: string): readonly Found[] {
  const all = [...text.matchAll(patternOf(words) ?? /$^/gu)].map(({ 0: { length }, index }): Found => {
    const own = { start: index, end: index + length };
    return { own, whole: wholeWordsAt(text, own) };
  });
  const alone = all.filter(({ own, whole }) => own.start === whole.start && own.end === whole.end);
  return alone.length > 0 ? alone : all;
}

/** The text of the source, exactly as in its file. */
export function TextPane() {
  const shown = source.value;
  const holder = useRef<HTMLDivElement>(null);
  const text = shown?.text;
  // at once: until then, a selection in the text before would be taken for words of this one
  useLayoutEffect(() => {
    const into = holder.current;
    if (into === null) return undefined;
    const pieces = piecesOf(text ?? '');
    const elements = pieces.map((piece) => {
      const element = document.createElement('div');
      element.className = 'piece';
      // neither innerHTML nor a form field would keep the line ends as they are
      element.textContent = piece.text;
      return element;
    });
    into.replaceChildren(...elements);
    noteNodes(pieces, elements);
    return watchView(pieces, elements, into);
  }, [text]);
  useLayoutEffect(paint, [text]);
  useEffect(followFocus, []);
  const sought = toShow.value;
  useLayoutEffect(() => {
    if (sought === undefined || sought.source !== shown?.id || text === undefined) return;
    showOwn();
    toShow.value = undefined;
  }, [sought, text]);
  useEffect(() => {
    const ended = new AbortController();
    document.addEventListener('selectionchange', () => noteSelection(false), { signal: ended.signal });
    // while somebody works with the keyboard, the pointer means nothing
    document.addEventListener('keydown', () => (hovered.value = undefined), { signal: ended.signal });
    return () => ended.abort();
  }, []);
  if (opening.value && shown === undefined) return <p class="empty">Opening…</p>;
  if (start.value === undefined) return <p class="empty">The workbench could not be opened.</p>;
  if (shown === undefined) return <Queue />;
  if (text === undefined) return <p class="empty">{shown.reason}</p>;
  const at = hovered.value;
  return (
    <>
      <div
        id="text"
        ref={holder}
        tabIndex={0}
        role="document"
        aria-label="Text of the source"
        dir="auto"
        onMouseMove={hover}
        onMouseLeave={() => (hovered.value = undefined)}
        onMouseUp={tellOfPart}
        onDblClick={(event) => void openUnder(event)}
        onKeyDown={(event) => {
          if (moveByKey(event)) event.preventDefault();
        }}
      />
      {at === undefined ? null : <Hover {...at} />}
      <Legend />
    </>
  );
}
