import type { RecordSummary } from '../messages.ts';
import { ask } from './api.ts';
import { checkNow } from './checking.ts';
import { saveAndReturn } from './createInPlace.ts';
import { focusField } from './focus.ts';
import type { Units } from '../offsets.ts';
import { attempt, notice, remark, say, settleNotice } from './notice.ts';
import { look, nextListed } from './recordList.ts';
import { closeRecord, goToRecord } from './openRecords.ts';
import { closeSource, refreshMarks } from './openSource.ts';
import { partlyCovered, sentenceCount, uncovered } from './sourceText.ts';
import {
  citations,
  dialog,
  focused,
  isChanged,
  open,
  lastSelected,
  queueFocus,
  showsCoverage,
  showsDateHelp,
  source,
  start,
  suggestions,
  waiting,
} from './state.ts';
import { takeTyped } from './takeTyped.ts';
import { nextSuggestion } from './suggested.ts';
import { showWords } from './TextPane.tsx';
import { left } from './toDo.ts';

/** Saves the record, and opens the next one: of the source in view, or else of the list. */
export async function saveAndNext(): Promise<boolean> {
  // a saved record can leave the list
  const listedNext = nextListed();
  if (!(await saveAndReturn())) return false;
  if (open.value?.record.id === '') return true;
  const before = notice.value;
  const following = source.value === undefined ? (listedNext ?? (await followingInList())) : await followingNow();
  if (following === undefined) remark(' The list has no record after this one.');
  const isOpen = following === undefined || (await goToRecord(following.table, following.id));
  // opening a record removes the message that the one before was saved, or has its own
  if (notice.value === undefined) notice.value = before;
  else if (following !== undefined && notice.value !== before) remark(before?.remarks ?? '');
  return isOpen;
}

/** The record after the open one, which was not in the list of all records before it was saved. */
async function followingInList(): Promise<RecordSummary | undefined> {
  await look();
  return nextListed();
}

/** The record of the source after the open one; undefined if there is none. */
async function followingNow(): Promise<RecordSummary | undefined> {
  const after = (): RecordSummary | undefined => {
    const records = citations.value?.records ?? [];
    const at = records.findIndex(({ table: of, id }) => of === open.value?.record.table && id === open.value.record.id);
    return at < 0 ? undefined : records[at + 1];
  };
  // a new record is not in the list yet
  if (after() === undefined) await refreshMarks();
  return after();
}

/** Switches between the text and the form. */
export function otherSide(): void {
  const pane = document.querySelector<HTMLElement>('#text');
  if (document.activeElement === pane) focusField(focused.value ?? left.value[0]?.pointer ?? '');
  else pane?.focus();
}

/** The source of which the user knows that no sentence is without a record. */
let knownDone: string | undefined;

/** Goes to the next sentence that no record is about; if there is none, to those that records cite in small part. */
export function nextUncovered(): void {
  showsCoverage.value = true;
  const list = uncovered.value;
  if (list.length === 0) return nextPartlyCovered();
  knownDone = undefined;
  showNext(list);
  const have = list.length === 1 ? 'has' : 'have';
  say(`${list.length} of ${sentenceCount.value} sentences ${have} no record yet. Press Alt+O if this one needs none.`);
}

function nextPartlyCovered(): void {
  const list = partlyCovered.value;
  const isKnown = knownDone === source.value?.id;
  knownDone = source.value?.id;
  if (list.length === 0) return say('Every sentence has a record, or needs none.');
  if (!isKnown) {
    const them = list.length === 1 ? 'it' : 'them';
    const parts = `In ${list.length}, records cite only a small part: Alt+U goes to ${them}.`;
    return say(`Every sentence has a record, or needs none. ${parts}`);
  }
  showNext(list);
  const others = list.length === 1 ? '' : ` There are ${list.length} such sentences.`;
  say(`Records cite only a small part of this sentence.${others} Press Alt+O if the rest needs no record.`);
}

/** Shows the first sentence after the words that were selected last, or else the first one. */
function showNext(list: readonly Units[]): void {
  const words = lastSelected.value;
  const at = words?.end ?? -1;
  // a sentence of which only some words were selected was not looked at as a whole
  const isPart = ({ start: from, end: to }: Units): boolean =>
    words !== undefined && from <= words.start && words.end <= to && (from < words.start || words.end < to);
  const next = list.find((each) => each.start >= at || isPart(each)) ?? list[0];
  if (next !== undefined) showWords(next.start, next.end);
}

/** Turns suggestions on or off. */
export async function toggleSuggestions(): Promise<void> {
  const shown = source.value;
  if (shown === undefined) return say('Open a source first.');
  if (suggestions.value !== undefined) {
    suggestions.value = undefined;
    void checkNow();
    return say('Suggestions are off.');
  }
  const found = await attempt(() => ask('suggest', { id: shown.id }));
  // the user may have opened another source meanwhile
  if (found === undefined || source.value?.id !== shown.id || source.value.text !== shown.text) return;
  suggestions.value = found;
  void checkNow();
  say(`${found.length} suggestions: known names, dates and numbers. Nothing is saved until you save it.`);
}

/** Shows all that explains date fields, or less. */
export function toggleDateHelp(): void {
  showsDateHelp.value = !showsDateHelp.value;
  const isInView = document.activeElement?.closest('.field')?.querySelector(':scope > .about') != null;
  if (!isInView) say(`Date fields show ${showsDateHelp.value ? 'all of their help' : 'one line of help'} now.`);
}

/** Goes to the next suggestion, and turns suggestions on if they are off. */
export async function goToSuggestion(): Promise<void> {
  if (suggestions.value === undefined) await toggleSuggestions();
  if (suggestions.value !== undefined) nextSuggestion();
}

/** Shows the uncommitted changes. */
export function showChanges(): void {
  if (start.value?.git === true) dialog.value = 'changes';
  else say('There is no git repository here, so nothing can be committed. Your records are saved in their files.');
}

/** Back to the list of sources, at the one that was in view. */
export function showQueue(): void {
  queueFocus.value = { source: source.value?.id };
  // it can be about the text
  settleNotice();
  takeTyped();
  // what is not saved stays in the form
  if (!isChanged.value && waiting.value.length === 0) closeRecord();
  closeSource();
}
