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
import { valueAt } from './edit.ts';
import { tableTitle } from './formFields.ts';
import { newest } from './newest.ts';
import { attempt, say } from './notice.ts';
import { closeRecord, leave } from './openRecords.ts';
import { refreshMarks } from './openSource.ts';
import { comparedWords, comparing, source, start } from './state.ts';
import { unreviewed } from './unreviewed.ts';

/** The comparison of the source in view; undefined while there is none. */
export const comparingNow = computed(() =>
  comparing.value?.source === source.value?.id ? comparing.value : undefined,
);

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
  const isLast = beginComparing();
  if (!(await leave()) || !isLast()) return false;
  batch(() => {
    closeRecord();
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
  const index = now?.at?.index ?? -1;
  const each = now?.list?.[index];
  if (now?.list === undefined || each === undefined) return undefined;
  const { table, first, second, passage } = each;
  const { first: ours, second: theirs } = now.at?.records ?? {};
  const digests = { digest: ours?.digest, secondDigest: theirs?.digest };
  const about = { source: now.source, table, first, second, passage, ...digests };
  const answer = await attempt(() => ask('resolve', { ...about, ...choices }));
  if (answer === undefined) return undefined;
  if (!('unreviewed' in answer)) return answer;
  await takeOver(index, choices, answer);
  return undefined;
}

/** Notes a decision in the list, and goes on. */
async function takeOver(
  index: number,
  { choices, by, date }: Choices,
  answer: { readonly unreviewed: readonly Unreviewed[] },
): Promise<void> {
  const now = comparing.value;
  void refreshMarks();
  const review = unreviewed(answer.unreviewed);
  // the user may have left the comparison meanwhile
  if (now?.list === undefined) return say(`Decided and saved.${review}`);
  const made = choices.map(({ field, chosen, reason }) => ({
    field,
    chosen,
    reason,
    by,
    date,
    ...valuesOf(now.at?.records, now.list?.[index]?.passage, field),
  }));
  const list = now.list.map((each, i) => (i === index ? { ...each, decisions: made } : each));
  const open = nextOpen(list, index);
  batch(() => {
    comparing.value = { ...now, list, at: now.at?.index === index ? undefined : now.at };
    comparedWords.value = [];
  });
  const left = list.filter(({ decisions }) => decisions.length === 0).length;
  if (now.at?.index === index && open >= 0) await showDifference(open);
  say(
    left === 0
      ? `Decided and saved. No difference is open: Alt+G commits the records, the second coding and the decisions.${review}`
      : `Decided and saved. Open: ${left}.${review}`,
  );
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

/** What a difference is about, in words. */
export function nameOf({ table, first, second, passage }: DifferingRecords): string {
  const title = tableTitle(table);
  if (passage !== undefined) return 'No record needed';
  if (first === undefined) return `${title}: ${second ?? ''}, only in the second coding`;
  if (second === undefined) return `${title}: ${first}, only in the first coding`;
  return `${title}: ${first}${first === second ? '' : ` and ${second}`}`;
}
