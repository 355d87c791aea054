import { batch } from '@preact/signals';
import { ask } from './api.ts';
import { attempt } from './notice.ts';
import { citations, selection, source, start, suggestions } from './state.ts';

export async function openSource(id: string): Promise<void> {
  const found = await attempt(() => ask('source', { id }));
  if (found === undefined) return;
  batch(() => {
    const isSame = source.value?.id === found.id && source.value.text === found.text;
    source.value = found;
    if (!isSame) selection.value = undefined;
    if (!isSame) suggestions.value = undefined;
    if (!isSame) citations.value = undefined;
    document.title = `${found.label ?? found.id} · ${start.value?.title ?? ''}`;
  });
  await refreshMarks();
}

/** Looks again for the records that cite the source. */
export async function refreshMarks(): Promise<void> {
  const shown = source.value;
  if (shown === undefined) return;
  const found = await attempt(() => ask('marks', { id: shown.id }));
  if (found !== undefined && source.value?.id === shown.id) citations.value = found;
}
