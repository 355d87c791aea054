import { batch } from '@preact/signals';
import { ask } from './api.ts';
import { newest } from './newest.ts';
import { attempt } from './notice.ts';
import { citations, selection, source, start, suggestions } from './state.ts';

const beginSource = newest();
const beginMarks = newest();

/** Shows a source, and then its marks. Returns whether it is shown: not if another one was asked for since. */
export async function openSource(id: string): Promise<boolean> {
  const isLast = beginSource();
  const found = await attempt(() => ask('source', { id }));
  if (found === undefined || !isLast()) return false;
  batch(() => {
    const isSame = source.value?.id === found.id && source.value.text === found.text;
    source.value = found;
    if (!isSame) selection.value = undefined;
    if (!isSame) suggestions.value = undefined;
    if (!isSame) citations.value = undefined;
    document.title = `${found.label ?? found.id} · ${start.value?.title ?? ''}`;
  });
  await showMarks(id);
  return true;
}

/** Shows no source. */
export function closeSource(): void {
  beginSource();
  source.value = undefined;
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
