import { batch, computed } from '@preact/signals';
import type { Json } from '../../../json/json.ts';
import type {
  ComparedRecords,
  DecisionMessage,
  DifferingRecords,
  Settlement,
  ResolveMessage,
} from '../codingMessages.ts';
import type { RecordContent, Unreviewed } from '../messages.ts';
import { ask } from './api.ts';
import { valueAt } from '../edit.ts';
import { nameOf } from './differenceName.ts';
import { newest } from './newest.ts';
import { attempt, say } from './notice.ts';
import { beginGoing, leave, leaveForm } from './openRecords.ts';
import { refreshMarks } from './openSource.ts';
import { comparedWords, comparing, source, start } from './state.ts';
import { unreviewed } from './unreviewed.ts';

/** The comparison of the source in view; undefined while there is none. */
export const comparingNow = computed(() =>
  comparing.value?.source === source.value?.id ? comparing.value : undefined,
);

/** The words that the comparison in view highlights. */
export const comparedNow = computed(() => (comparingNow.value === undefined ? [] : comparedWords.value));

const beginComparing = newest();

/** Opens the comparison of two codings of the source, if there are two. Returns whether it is open. */
export async function showDifferences(): Promise<boolean> {
  const id = source.value?.id;
  if (start.value?.coding !== 'compared') {
    say('There is only one coding. To compare two, start the workbench with --against.');
    return false;
  }
  if (id === undefined) {
    say('Open a source first.');
    return false;
  }
  const [isLast, isGoing] = [beginComparing(), beginGoing()];
  // the user may open a record meanwhile
  if (!(await leave()) || !isLast() || !isGoing()) return false;
  batch(() => {
    leaveForm();
    comparedWords.value = [];
    comparing.value = { source: id, list: undefined, at: undefined };
  });
  const list = await attempt(() => ask('differing', { source: id }));
  if (!isLast() || comparing.value?.source !== id) return false;
  comparing.value = list === undefined ? undefined : { source: id, list, at: undefined };
  return list !== undefined;
}

/** Goes back from a difference to the list, and from the list to the form. */
export function closeCodings(): void {
  beginComparing();
  const now = comparing.value;
  batch(() => {
    comparedWords.value = [];
    comparing.value = now?.at === undefined ? undefined : { ...now, at: undefined };
  });
  if (comparing.value === undefined) document.querySelector<HTMLElement>('#text')?.focus();
}

/** Shows a difference with its records. Returns whether it is there. */
export async function showDifference(index: number): Promise<boolean> {
  const isLast = beginComparing();
  const now = comparing.value;
  const each = now?.list?.[index];
  if (now === undefined || each === undefined) return false;
  const { table, first, second } = each;
  const records = await attempt(() => ask('compare', { source: now.source, table, first, second }));
  // the user may have gone somewhere else meanwhile
  if (records === undefined || !isLast() || comparing.value !== now) return false;
  batch(() => {
    comparedWords.value = [];
    comparing.value = { ...now, at: { index, records } };
  });
  return true;
}

/** Shows a difference with its records as they are now, or the list if they no longer differ. */
export async function compareAgain(difference: DifferingRecords): Promise<boolean> {
  if (!(await showDifferences())) return false;
  const index = (comparing.value?.list ?? []).findIndex((each) => isSame(each, difference));
  return index < 0 || showDifference(index);
}

/** Shows the difference about a record that only the second coding has. */
export async function showNeeded(table: string, id: string): Promise<boolean> {
  const list = comparing.value?.list ?? [];
  return showDifference(list.findIndex((each) => each.table === table && each.second === id));
}

/** What a user decides; the rest of a settlement is about the difference. */
type Choices = Pick<Settlement, 'by' | 'date' | 'choices' | 'withdraws'>;

/**
 * Decides on the difference in view, and goes to the next open one. Returns what prevented it; undefined if nothing
 * did, or the request failed.
 */
export async function decide(
  choices: Choices,
): Promise<Exclude<ResolveMessage, { readonly unreviewed: unknown }> | undefined> {
  const now = comparing.value;
  const at = now?.at;
  const decided = at === undefined ? undefined : now?.list?.[at.index];
  if (now === undefined || at === undefined || decided === undefined) return undefined;
  const { table, first, second, passage } = decided;
  const { first: ours, second: theirs } = at.records;
  const digests = { digest: ours?.digest, secondDigest: theirs?.digest };
  const about = { source: now.source, table, first, second, passage, ...digests };
  const answer = await attempt(() => ask('resolve', { ...about, ...choices }));
  if (answer === undefined) return undefined;
  // the user may have gone somewhere else meanwhile
  const isThere = comparing.value?.at === at;
  if ('unreviewed' in answer) {
    await takeOver({ source: now.source, decided, records: at.records, isThere }, choices, answer.unreviewed);
    return undefined;
  }
  if (!isThere) say(`Not decided: ${nameOf(decided)}. Open the difference again and decide to see why.`, true);
  return answer;
}

/** What was decided on. */
interface Decided {
  readonly source: string;
  readonly decided: DifferingRecords;
  readonly records: ComparedRecords;
  /** Whether it is still in view. */
  readonly isThere: boolean;
}

/** Notes a decision in the list, and goes on if the difference is still in view. */
async function takeOver(
  { source: of, decided, records, isThere }: Decided,
  { choices, by, date }: Choices,
  reviews: readonly Unreviewed[],
): Promise<void> {
  const now = comparing.value;
  void refreshMarks();
  const review = unreviewed(reviews);
  // the list may be another one by now
  const index = now?.source === of ? (now.list ?? []).findIndex((each) => isSame(each, decided)) : -1;
  if (now?.list === undefined || index < 0) return say(`Decided and saved.${review}`);
  const made = choices.map(({ field, chosen, reason }) => ({
    field,
    chosen,
    reason,
    by,
    date,
    ...valuesOf(records, decided.passage, field),
    names: chosen === 'first' ? records.firstNames : records.secondNames,
  }));
  const list = now.list.map((each, i) => (i === index ? { ...each, decisions: made } : each));
  const open = nextOpen(list, index);
  batch(() => {
    comparing.value = { ...now, list, at: isThere ? undefined : now.at };
    if (isThere) comparedWords.value = [];
  });
  const left = list.filter(({ decisions }) => decisions.length === 0).length;
  if (isThere && open >= 0) await showDifference(open);
  say(
    left === 0
      ? `Decided and saved. No difference is open: Alt+G commits the records, the second coding and the decisions.${review}`
      : `Decided and saved. Open: ${left}.${review}`,
  );
}

/** Whether two differences, perhaps of two lists, are about the same records and words. */
function isSame(one: DifferingRecords, other: DifferingRecords): boolean {
  const about = ({ table, first, second, passage }: DifferingRecords): readonly unknown[] => [
    table,
    first ?? null,
    second ?? null,
    passage?.start ?? null,
    passage?.end ?? null,
  ];
  return JSON.stringify(about(one)) === JSON.stringify(about(other));
}

/** The next difference without a decision; −1 if there is none. */
function nextOpen(list: readonly DifferingRecords[], index: number): number {
  const isOpen = ({ decisions }: DifferingRecords): boolean => decisions.length === 0;
  const after = list.findIndex((each, i) => i > index && isOpen(each));
  return after < 0 ? list.findIndex(isOpen) : after;
}

/** The values of a field at the time of a decision. */
function valuesOf(
  records: ComparedRecords | undefined,
  passage: DifferingRecords['passage'],
  field: string,
): Pick<DecisionMessage, 'firstValue' | 'secondValue'> {
  if (passage !== undefined) return { firstValue: passage.first, secondValue: passage.second };
  const at = (record: RecordContent | undefined): Json | undefined =>
    record === undefined || field === '' ? undefined : valueAt(record.value, field);
  return { firstValue: at(records?.first), secondValue: at(records?.second) };
}
