import { nameIn } from '../../../schema/nameIn.ts';
import type { RecordContent } from '../messages.ts';
import { ask } from './api.ts';
import { edited } from './keeping.ts';
import { attempt } from './notice.ts';
import { alike, checked, content, open, source, suggestions, table } from './state.ts';

/** The number of checks that were requested. */
let asked = 0;

let checkTimer: ReturnType<typeof setTimeout> | undefined;

/** Milliseconds from the last change to the check. */
const checkPause = 30;

/** What the last check covered. */
let contentChecked: RecordContent | undefined;

/** Checks the record, unless the last check was of its current state. */
export async function checkLatest(): Promise<void> {
  if (!isChecked()) await checkNow();
}

/** Whether the last check was of the current state of the record. */
export function isChecked(): boolean {
  return content.value === contentChecked;
}

let latest: Promise<void> = Promise.resolve();

/** Checks the record in the form. If another check begins meanwhile, its answer counts, and this one ends with it. */
export function checkNow(): Promise<void> {
  latest = check();
  return latest;
}

async function check(): Promise<void> {
  const [of, now] = [open.value, edited()];
  if (of === undefined || now === undefined) return;
  // the scheduled check would repeat the request and make this answer out of date
  clearTimeout(checkTimer);
  const number = ++asked;
  const seen = source.value?.id;
  const found = await attempt(() => ask('check', seen === undefined ? now : { ...now, source: seen }));
  if (number !== asked) return latest;
  if (found === undefined) return;
  contentChecked = of.history.now;
  // do not redraw the form for the same findings
  if (JSON.stringify(found) !== JSON.stringify(checked.value)) checked.value = found;
  looking = lookForAlike(now, number);
}

let looking: Promise<void> = Promise.resolve();

/** Waits for the records that the last checked one may repeat: the first search reads all records. */
export function lookedForAlike(): Promise<void> {
  return looking;
}

/** Looks for records that this one may repeat. If suggestions are off, only its names count, and what is a warning. */
async function lookForAlike(now: NonNullable<ReturnType<typeof edited>>, number: number): Promise<void> {
  const isAll = suggestions.value !== undefined;
  const isNamed = table.value !== undefined && nameIn(table.value.label, now.value) !== undefined;
  const all = isAll || isNamed ? ((await attempt(() => ask('alike', now))) ?? []) : [];
  const found = isAll ? all : all.filter(({ why }) => why !== 'values' && why !== 'words');
  if (number === asked && JSON.stringify(found) !== JSON.stringify(alike.value)) alike.value = found;
}

/** Checks the record after a pause in typing. */
export function checkSoon(): void {
  clearTimeout(checkTimer);
  checkTimer = setTimeout(() => void checkNow(), checkPause);
}
