import { batch } from '@preact/signals';
import { member } from '../../../json/json.ts';
import type { RecordMessage } from '../messages.ts';
import { ask } from './api.ts';
import { tableNamed } from './formFields.ts';
import { newest } from './newest.ts';
import { attempt } from './notice.ts';
import { citations, inHand, lastSelected, selection, source, start, suggestions, toShow, waiting } from './state.ts';

const beginSource = newest();
const beginMarks = newest();
/** The source that is in view or on its way. */
let wanted: string | undefined;

/** Returns whether the same source is in view, or on its way, as now. */
export function sourceKept(): () => boolean {
  const before = wanted;
  return () => wanted === before;
}

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

/** Shows what a record is about: the text of a source itself, or else the words that it cites. */
export function openCited(record: RecordMessage): void {
  const { spans, source: before } = record.draft ?? { ...record, source: undefined };
  const own = ownSource(record);
  const cited = own ?? (spans.some((span) => span.source === wanted) ? wanted : (spans[0]?.source ?? before));
  if (cited === undefined) return;
  const here = spans.filter((span) => span.source === cited);
  // the words on which most fields rest: the first ones are often the day of the report
  const [most] = here.toSorted((a, b) => b.supports.length - a.supports.length || a.start - b.start);
  toShow.value = most;
  if (cited !== wanted) void openSource(cited);
}

/** The same, if no source is in view or on its way. */
export function openCitedFirst(record: RecordMessage): void {
  if (wanted === undefined) openCited(record);
}

/** The identifier of a source whose record this is; undefined for any other record, and without a document. */
function ownSource({ table, id, value, draft }: RecordMessage): string | undefined {
  const of = tableNamed(table);
  if (of?.isSource !== true || of.key === undefined) return undefined;
  if (id !== '') return id;
  const named = member(draft?.value ?? value, of.key);
  return of.hasDocument && typeof named === 'string' ? named : undefined;
}

/** Shows no source. */
export function closeSource(): void {
  beginSource();
  wanted = undefined;
  batch(() => {
    source.value = undefined;
    citations.value = undefined;
    dropWords();
  });
}

/** Forgets the words of a text that is no longer in view: no field may cite them unseen. */
function dropWords(): void {
  selection.value = undefined;
  lastSelected.value = undefined;
  inHand.value = undefined;
  // a record that returns does not cite them either
  if (waiting.value.length > 0) waiting.value = waiting.value.map((each) => ({ ...each, inHand: undefined }));
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
