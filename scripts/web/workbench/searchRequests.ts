import { Failure } from '../../base/problem.ts';
import { type NamedRegion, regionsInText } from '../../base/regionsInText.ts';
import { foldedId, foldedName } from '../../base/text.ts';
import { type IndexedRecord, type RecordIndex, cites, indexRecord, sourceTables } from '../../project/recordIndex.ts';
import type { RecordFile } from '../../read/records.ts';
import { spansOf } from '../../schema/recordTypes.ts';
import { shapeBelow } from '../../schema/shape.ts';
import { fileOfNew } from '../../verbs/saveRecord.ts';
import { alikeIn } from './alike.ts';
import { contentOf, recordOf } from './content.ts';
import { areDuplicates } from './duplicate.ts';
import { dateContextOf } from './dateContext.ts';
import { summaryOf } from './marks.ts';
import { isCertain, likenessTo, likenesses } from './likeness.ts';
import { type NamedRecord, namedInText } from './namedInText.ts';
import { type Sought, inRanks, rankOf, ranks, soughtBy } from './matching.ts';
import type {
  AlikeRecord,
  FoundMessage,
  FoundRecord,
  RecordContent,
  RecordSummary,
  RepeatedMessage,
  Suggestion,
} from './messages.ts';
import type { OpenDataset } from './openDataset.ts';
import type { Edited } from './recordRequests.ts';
import { isSameField, repeatedIn } from './repeated.ts';
import { sourceMessage } from './sourceMessage.ts';
import { suggestionsIn } from './suggestions.ts';

/** The page's requests about all records. */
export interface SearchRequests {
  /** Records of some tables, or of all, that match; `known`: those found without waiting until all have been read. */
  readonly find: (tables: readonly string[], words: string, known?: boolean) => Promise<FoundMessage>;
  /** Records of some tables that a text names, as far as they have been read. */
  readonly named: (tables: readonly string[], text: string) => readonly NamedRecord[];
  /** The countries that a text names. */
  readonly regions: (text: string) => readonly NamedRegion[];
  /** Records that exist, and that this one may repeat. */
  readonly alike: (edited: Edited) => Promise<readonly AlikeRecord[]>;
  readonly suggest: (source: string) => Promise<readonly Suggestion[]>;
  /** Values that the records of a source repeat and a new one of a table can have too. */
  readonly repeated: (source: string, table: string) => Promise<readonly RepeatedMessage[]>;
}

export function searchRequests(dataset: OpenDataset): SearchRequests {
  return {
    async find(tables, words, known = false) {
      const all = dataset.indexed();
      // the request for all gets the error
      if (known) all.catch(() => {});
      const { index, isComplete } = known ? dataset.indexedSoFar() : { index: await all, isComplete: true };
      const among = tables.length === 0 ? [...index.keys()] : tables;
      const unread = isComplete ? [] : unreadIn(dataset.project.files, among, index);
      return { records: found(among, index, words, unread), isComplete };
    },
    named(tables, text) {
      const { index } = dataset.indexedSoFar();
      const records = tables.flatMap((table) => [...(index.get(table)?.values() ?? [])]);
      const named = namedInText(text, records, isCountry).filter(({ record }) => !record.withdrawn);
      const count = new Map<string, number>();
      const few = named.filter(({ record: { file } }) => {
        count.set(file.table, (count.get(file.table) ?? 0) + 1);
        return (count.get(file.table) ?? 0) <= mostFound;
      });
      return few.map(({ record, naming }) => ({ ...summaryOf(record), naming }));
    },
    regions: regionsInText,
    async alike(edited) {
      const type = dataset.typeOf(edited.table);
      const file = fileOfNew(dataset.project, type, 'new');
      const entry = { ...indexRecord(type, file, edited.value), spans: edited.spans };
      const own = edited.id === '' ? undefined : edited.id;
      const all = (await dataset.indexed()).get(type.name)?.values() ?? [];
      return alikeIn(entry, own, all, (each) => isDuplicate(dataset, edited, each));
    },
    repeated: (source, table) => repeatedOf(dataset, source, table),
    async suggest(source) {
      const { text, first } = sourceMessage(dataset, source);
      if (text === undefined) return [];
      return suggestionsIn({ text, first, dates: dateContextOf(dataset, source) }, await dataset.indexed());
    },
  };
}

function isCountry(name: string): boolean {
  return regionsInText(name).length > 0;
}

/**
 * What the records of a table repeat. For its first record, what those of other tables cite with the words of the
 * source's own record, such as its date, in fields that the tables share.
 */
async function repeatedOf(dataset: OpenDataset, source: string, table: string): Promise<readonly RepeatedMessage[]> {
  const { project, typeOf } = dataset;
  const sources = sourceTables(project);
  const { index } = await dataset.citing(source);
  const own = sources.flatMap((each) => {
    const at = typeOf(each).issued;
    const { spans = [] } = contentsOf(dataset, each, [source])[0] ?? {};
    return at === undefined ? spans : spans.filter(({ supports }) => supports.includes(at));
  });
  const citing = (each: string): readonly RecordContent[] =>
    contentsIn(dataset, each, index.get(each)?.values() ?? [], source);
  const records = citing(table);
  if (records.length > 0) return repeatedIn({ source, records, own });
  const { shape } = typeOf(table);
  const others = project.types.filter(({ name }) => name !== table && !sources.includes(name));
  const offered = others.flatMap((type) =>
    repeatedIn({ source, records: citing(type.name), own, fewest: Infinity }).filter(({ pointer }) =>
      isSameField(shapeBelow(shape, pointer), shapeBelow(type.shape, pointer)),
    ),
  );
  return offered.filter(({ pointer }, i) => offered.findIndex((each) => each.pointer === pointer) === i);
}

/** The most records of a table that are compared, so that a source with thousands of records is no slower. */
const mostCompared = 50;

/** The records of a table that cite a source, except withdrawn ones. */
function contentsIn(
  dataset: OpenDataset,
  table: string,
  entries: Iterable<IndexedRecord>,
  source: string,
): readonly RecordContent[] {
  const citing = [...entries].filter((entry) => !entry.withdrawn && cites(entry, source));
  const ids = citing.slice(-mostCompared).map(({ id }) => id);
  return contentsOf(dataset, table, ids);
}

function contentsOf(dataset: OpenDataset, table: string, ids: readonly string[]): readonly RecordContent[] {
  const at = spansOf(dataset.typeOf(table));
  return ids.flatMap((id) => {
    const opened = dataset.openAt(table, id);
    return opened === undefined ? [] : [contentOf(opened.value, at)];
  });
}

/** Whether `validate` would warn of a record that has the same values. What cannot be compared is none. */
function isDuplicate(dataset: OpenDataset, edited: Edited, { id }: AlikeRecord): boolean {
  const type = dataset.typeOf(edited.table);
  const other = dataset.openAt(type.name, id);
  if (other === undefined) return false;
  try {
    const value = recordOf(dataset.project, edited, undefined, spansOf(type));
    return areDuplicates(type, { id: edited.id, value }, { id, value: other.value });
  } catch (error) {
    // words whose text is not here
    if (error instanceof Failure) return false;
    throw error;
  }
}

/** The most results of a search. */
const mostFound = 50;

/** What can be found: the folded names of a record. */
interface Named {
  readonly names: readonly string[];
  readonly summary: () => RecordSummary;
}

/** Records whose identifier, label or another name matches the words, the best matches first. */
function found(
  tables: readonly string[],
  index: RecordIndex,
  words: string,
  unread: readonly RecordFile[],
): readonly FoundRecord[] {
  const read = tables.flatMap((table) => [...(index.get(table)?.values() ?? [])]);
  const all: readonly Named[] = [
    ...read.map((entry) => ({ names: entry.names, summary: () => summaryOf(entry) })),
    ...unread.map(({ table, stem }) => ({
      names: [foldedName(stem)],
      summary: () => ({ table, id: stem, label: undefined, withdrawn: false }),
    })),
  ];
  const sought = soughtBy(words);
  const matching = inRanks(all, ranks.length, ({ names }) => rankOf(names, sought), mostFound);
  const isCalledSo = ({ names }: Named): boolean => names.includes(sought.words);
  if (matching.length > 0) {
    const those = matching.map((each) => {
      const summary = each.summary();
      return { ...summary, isCalledSo: isCalledSo(each), isGuess: isWithinName(each.names, summary, sought) };
    });
    return [...those.filter(({ isGuess }) => !isGuess), ...those.filter(({ isGuess }) => isGuess)];
  }
  const likeness = likenessTo(words);
  const alike = inRanks(all, likenesses.length, ({ names }) => likeness(names), mostFound);
  return alike.map((each) => {
    const isName = isCertain(likeness(each.names));
    return { ...each.summary(), isCalledSo: isName, isGuess: !isName };
  });
}

/**
 * Whether words are only within another name of a record, which a list does not show, or within a word: a different
 * record can be meant.
 */
function isWithinName(names: readonly string[], { id, label }: RecordSummary, sought: Sought): boolean {
  const own = [label ?? '', id].map(foldedName);
  const rank = rankOf(names, sought);
  if (sought.words === '' || rank === ranks.indexOf('contains')) return sought.words !== '';
  return rank >= ranks.indexOf('has a word that begins with') && rankOf(own, sought) === ranks.length;
}

/** The files of records that have not been read yet: only their identifiers are known. */
function unreadIn(files: readonly RecordFile[], tables: readonly string[], index: RecordIndex): readonly RecordFile[] {
  return files.filter(
    ({ table, stem, holds }) =>
      holds === 'record' && tables.includes(table) && index.get(table)?.has(foldedId(stem)) !== true,
  );
}
