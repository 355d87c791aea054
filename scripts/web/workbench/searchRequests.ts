import { type IndexedRecord, type RecordIndex, indexRecord } from '../../project/recordIndex.ts';
import { alikeIn } from './alike.ts';
import { summaryOf } from './marks.ts';
import type { AlikeRecord, RecordSummary, Suggestion } from './messages.ts';
import { placeholderFile } from './newRecord.ts';
import type { OpenDataset } from './openDataset.ts';
import type { Edited } from './recordRequests.ts';
import { sourceMessage } from './sourceMessage.ts';
import { suggestionsIn } from './suggestions.ts';

/** What the page asks of all records. */
export interface SearchRequests {
  /** Records of some tables, or of all, that match. */
  readonly find: (tables: readonly string[], words: string) => Promise<readonly RecordSummary[]>;
  /** Records that exist, and that this one may repeat. */
  readonly alike: (edited: Edited) => Promise<readonly AlikeRecord[]>;
  readonly suggest: (source: string) => Promise<readonly Suggestion[]>;
}

export function searchRequests(dataset: OpenDataset): SearchRequests {
  return {
    async find(tables, words) {
      const all = await dataset.indexed();
      return found(tables.length === 0 ? [...all.keys()] : tables, all, words);
    },
    async alike(edited) {
      const type = dataset.typeOf(edited.table);
      const file = placeholderFile(dataset.project, type, 'new');
      const entry = { ...indexRecord(type, file, edited.value), spans: edited.spans };
      const own = edited.id === '' ? undefined : edited.id;
      return alikeIn(entry, own, (await dataset.indexed()).get(type.name)?.values() ?? []);
    },
    async suggest(source) {
      const { text, first } = sourceMessage(dataset, source);
      return text === undefined ? [] : suggestionsIn(text, first, await dataset.indexed());
    },
  };
}

/** Most records that a search gives. */
const mostFound = 50;

/** Records whose identifier, label or another name holds the words; those that begin with them first. */
function found(tables: readonly string[], index: RecordIndex, words: string): readonly RecordSummary[] {
  const wanted = words.toLowerCase().trim();
  const hits: { readonly entry: IndexedRecord; readonly rank: number }[] = [];
  for (const table of tables) {
    for (const entry of index.get(table)?.values() ?? []) {
      const rank = rankOf(entry, wanted);
      if (rank !== undefined) hits.push({ entry, rank });
    }
  }
  return hits
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, mostFound)
    .map(({ entry }) => summaryOf(entry));
}

function rankOf({ names }: IndexedRecord, wanted: string): number | undefined {
  if (names.includes(wanted)) return 0;
  if (names.some((name) => name.startsWith(wanted))) return 1;
  return names.some((name) => name.includes(wanted)) ? 2 : undefined;
}
