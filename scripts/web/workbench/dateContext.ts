import type { DateContext } from '../../base/edtfHint.ts';
import { parseEdtf } from '../../base/edtf.ts';
import { type JsonObject, isArray, resolvePointer } from '../../json/json.ts';
import { sourceTables } from '../../project/recordIndex.ts';
import { keptContent } from './request.ts';
import type { OpenDataset } from './openDataset.ts';
import { pendingSources } from './pendingSources.ts';

/** What a source says of the words of dates in it: its language, and the day on which it was published. */
export function dateContextOf(dataset: OpenDataset, source: string): DateContext {
  for (const table of sourceTables(dataset.project)) {
    const value = dataset.openAt(table, source)?.value;
    if (value !== undefined) return contextIn(dataset, table, value);
  }
  const pending = pendingSources(dataset.project, dataset.drafts).get(source);
  if (pending === undefined) return {};
  const draft = keptContent(dataset.drafts.read(pending.table, pending.draftName));
  return draft === undefined ? {} : contextIn(dataset, pending.table, draft.value);
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
