import { batch } from '@preact/signals';
import type { RecordContent } from '../messages.ts';
import { ask } from './api.ts';
import { newest } from './newest.ts';
import { attempt } from './notice.ts';
import { citations, inHand, selection, source, start, suggestions } from './state.ts';

const beginSource = newest();
const beginMarks = newest();
/** The source that is in view or on its way. */
let wanted: string | undefined;

/** Shows a source, and then its marks. Returns whether it is shown: not if another one was asked for since. */
export async function openSource(id: string): Promise<boolean> {
  const isLast = beginSource();
  wanted = id;
  const found = await attempt(() => ask('source', { id }));
  if (!isLast()) return false;
  if (found === undefined) wanted = source.value?.id;
  if (found === undefined) return false;
  batch(() => {
    const isSame = source.value?.id === found.id && source.value.text === found.text;
    source.value = found;
    if (!isSame) dropWords();
    if (!isSame) suggestions.value = undefined;
    if (!isSame) citations.value = undefined;
    document.title = `${found.label ?? found.id} · ${start.value?.title ?? ''}`;
  });
  await showMarks(id);
  return true;
}

/** Shows the first source that a record cites, if no source is in view or on its way. */
export function openCited({ spans }: RecordContent): void {
  const [first] = spans;
  if (first !== undefined && wanted === undefined) void openSource(first.source);
}

/** Shows no source. */
export function closeSource(): void {
  beginSource();
  wanted = undefined;
  batch(() => {
    source.value = undefined;
    dropWords();
  });
}

/** Forgets the words of a text that is no longer in view: no field may cite them unseen. */
function dropWords(): void {
  selection.value = undefined;
  inHand.value = undefined;
}

/** Shows the known marks at once, and all marks when every record has been read. */
async function showMarks(id: string): Promise<void> {
  const isLast = beginMarks();
  const known = await attempt(() => ask('marks', { id, known: true }));
  if (source.value?.id !== id || !isLast()) return;
  if (known !== undefined) citations.value = known;
  if (known?.isComplete !== true) void refreshMarks();
}

/** Searches again for the records that cite the source. */
export async function refreshMarks(): Promise<void> {
  const shown = source.value;
  if (shown === undefined) return;
  const isLast = beginMarks();
  const found = await attempt(() => ask('marks', { id: shown.id }));
  if (found === undefined || source.value?.id !== shown.id || !isLast()) return;
  const { records, marks } = citations.value ?? {};
  // do not redraw the same marks
  const isSame = JSON.stringify([records, marks]) === JSON.stringify([found.records, found.marks]);
  citations.value = isSame && records !== undefined && marks !== undefined ? { ...found, records, marks } : found;
}
