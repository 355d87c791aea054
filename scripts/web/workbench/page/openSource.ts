import { batch } from '@preact/signals';
import { ask } from './api.ts';
import { attempt } from './notice.ts';
import { citations, selection, source, start, suggestions } from './state.ts';

/** Shows a source, and then its marks. Returns whether it is shown. */
export async function openSource(id: string): Promise<boolean> {
  const found = await attempt(() => ask('source', { id }));
  if (found === undefined) return false;
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

/** Shows the known marks at once, and all marks when every record has been read. */
async function showMarks(id: string): Promise<void> {
  const known = await attempt(() => ask('marks', { id, known: true }));
  if (source.value?.id !== id) return;
  if (known !== undefined) citations.value = known;
  if (known?.isComplete !== true) void refreshMarks();
}

/** Searches again for the records that cite the source. */
export async function refreshMarks(): Promise<void> {
  const shown = source.value;
  if (shown === undefined) return;
  const found = await attempt(() => ask('marks', { id: shown.id }));
  if (found === undefined || source.value?.id !== shown.id) return;
  const { records, marks } = citations.value ?? {};
  // do not redraw the same marks
  const isSame = JSON.stringify([records, marks]) === JSON.stringify([found.records, found.marks]);
  citations.value = isSame && records !== undefined && marks !== undefined ? { ...found, records, marks } : found;
}
