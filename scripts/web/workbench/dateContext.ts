import type { DateContext } from '../../base/edtfHint.ts';
import { parseEdtf } from '../../base/edtf.ts';
import { type JsonObject, isArray, resolvePointer } from '../../json/json.ts';
import { sourceTables } from '../../project/recordIndex.ts';
import { spansOf } from '../../schema/recordTypes.ts';
import { contentOf } from './content.ts';
import type { Issued, RecordContent } from './messages.ts';
import { keptContent } from './request.ts';
import type { OpenDataset } from './openDataset.ts';
import { pendingSources } from './pendingSources.ts';

/** What a source says of the words of dates in it: its language, and the day on which it was published. */
export function dateContextOf(dataset: OpenDataset, source: string): DateContext {
  const own = ownRecord(dataset, source);
  return own === undefined ? {} : contextIn(dataset, own.table, own.value);
}

/** The day on which a source was published, and the words that its record cites for it. */
export function issuedOf(dataset: OpenDataset, source: string): Issued | undefined {
  const own = ownRecord(dataset, source);
  const day = own === undefined ? undefined : contextIn(dataset, own.table, own.value).day;
  if (own === undefined || day === undefined) return undefined;
  const at = dataset.typeOf(own.table).issued;
  const words = own.spans.find((span) => span.source === source && at !== undefined && span.supports.includes(at));
  return { day, words: words === undefined ? undefined : { start: words.start, end: words.end } };
}

/** The record of a source, or else the draft of a new one. */
function ownRecord(dataset: OpenDataset, source: string): (RecordContent & { readonly table: string }) | undefined {
  for (const table of sourceTables(dataset.project)) {
    const value = dataset.openAt(table, source)?.value;
    if (value !== undefined) return { table, ...contentOf(value, spansOf(dataset.typeOf(table))) };
  }
  const pending = pendingSources(dataset.project, dataset.drafts).get(source);
  if (pending === undefined) return undefined;
  const draft = keptContent(dataset.drafts.read(pending.table, pending.draftName));
  return draft === undefined ? undefined : { table: pending.table, ...draft };
}

/** The same, from the record of a source. */
export function contextIn(dataset: OpenDataset, table: string, value: JsonObject): DateContext {
  const { issued, language } = dataset.typeOf(table);
  const [date, tags] = [issued, language].map((at) => (at === undefined ? undefined : resolvePointer(value, at)));
  const languages = (isArray(tags) ? tags : [tags]).filter((tag) => typeof tag === 'string');
  return {
    languages: languages.length === 0 ? undefined : languages,
    day: typeof date === 'string' ? dayOf(date) : undefined,
  };
}

/** The one day that a date means; undefined if it means several. */
function dayOf(date: string): string | undefined {
  const { earliest, latest } = parseEdtf(date) ?? {};
  return earliest === latest ? (earliest ?? undefined) : undefined;
}
