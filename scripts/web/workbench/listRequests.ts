import { compareText, foldedId, foldedName } from '../../base/text.ts';
import { summaryOf } from './marks.ts';
import { likenessTo, likenesses } from './likeness.ts';
import { inRanks, rankOf, ranks, soughtBy } from './matching.ts';
import type { DraftSummary, ListedRecord, ListedTable, ListMessage, Shown } from './messages.ts';
import { draftSummaries } from './drafts.ts';
import type { CheckedSoFar, FaultyRecords } from './faultyRecords.ts';
import type { OpenDataset } from './openDataset.ts';
import type { Project } from '../../project/openProject.ts';
import type { IndexedRecord } from '../../project/recordIndex.ts';
import type { RecordFile } from '../../read/records.ts';

/** What is listed. */
export interface ListSought {
  /** The only table whose records are listed; the others are counted. All tables, if undefined. */
  readonly table: string | undefined;
  /** Words of names, identifiers, codes and titles of tables; all records match no words. */
  readonly words: string;
  readonly shown: Shown;
  /** The most records of a table. */
  readonly most: number;
  /** Whether the list may lack what has not been read or checked yet. */
  readonly known: boolean;
}

/** The page's requests for lists of records. */
export interface ListRequests {
  readonly list: (sought: ListSought) => Promise<ListMessage>;
}

export function listRequests(dataset: OpenDataset): ListRequests {
  return {
    async list({ table, words, shown, most, known }) {
      const read = dataset.indexed();
      // a request for all gets the error
      if (known) read.catch(() => {});
      if (!known) await read;
      const checked = shown === 'errors' ? await checkedIn(dataset, known) : undefined;
      const noted: Noted = { drafts: draftSummaries(dataset.drafts), faulty: checked?.faulty };
      const { isComplete } = dataset.indexedSoFar();
      const all = dataset.project.types.map(({ name, shape }): Entries => {
        const kinds = [name, shape.title ?? ''].map(foldedName);
        return { table: name, kinds, entries: entriesIn(dataset, name, shown, noted) };
      });
      const tables = (words === '' ? all : matching(all, words)).map(({ table: of, entries }): ListedTable => {
        const isListed = table === undefined || table === of;
        const records = isListed ? entries.slice(0, most).map(({ record }) => record()) : [];
        return { table: of, count: entries.length, records };
      });
      return { tables, isComplete, checked: checked?.share };
    },
  };
}

/** The records with errors; if `known`, those that are known by now. */
async function checkedIn(dataset: OpenDataset, known: boolean): Promise<CheckedSoFar> {
  return known ? dataset.faultySoFar() : { faulty: await dataset.faulty(), share: 1 };
}

/** A record that may be listed. */
interface Entry {
  readonly id: string;
  readonly names: readonly string[];
  readonly codes: readonly string[];
  readonly record: () => ListedRecord;
}

/** Records of a table. */
interface Entries {
  readonly table: string;
  /** What all of them share: the names of the table. */
  readonly kinds: readonly string[];
  readonly entries: readonly Entry[];
}

/** What is known of records besides their files. */
interface Noted {
  readonly drafts: readonly DraftSummary[];
  /** The records with errors; undefined if they are not asked for. */
  readonly faulty: FaultyRecords | undefined;
}

/** The records of a table that a list shows, in the order of their identifiers; new ones are first. */
function entriesIn(dataset: OpenDataset, table: string, shown: Shown, { drafts, faulty }: Noted): readonly Entry[] {
  const own = new Map(drafts.filter((draft) => draft.table === table).map((draft) => [draft.draftName, draft]));
  if (shown === 'errors') return faultyIn(dataset, table, own, faulty?.get(table) ?? new Map());
  const saved = savedIn(dataset, table, own);
  if (shown === 'all') return saved;
  const fresh = [...own.values()].filter(({ id }) => id === '').map(entryOfNew);
  return [...fresh, ...saved.filter(({ id }) => own.has(id))];
}

function entryOfNew({ table, draftName, label }: DraftSummary): Entry {
  const record = { table, id: '', label, withdrawn: false, draftName, fault: undefined };
  return { id: '', names: [foldedName(label)], codes: [], record: () => record };
}

/** What is known of the drafts of a table, by the names of these. */
type OwnDrafts = ReadonlyMap<string, DraftSummary>;

/** The records of a table that have a file, or a line of one. Of those that cannot be read yet, the name is known. */
function savedIn({ project, indexedSoFar }: OpenDataset, table: string, drafts: OwnDrafts): readonly Entry[] {
  const read = indexedSoFar().index.get(table);
  const entries = [...(read?.values() ?? [])].map((entry) => entryOf(entry, { drafts, fault: undefined }));
  for (const id of unreadIn(project, table, read)) entries.push(entryOfName(table, id, { drafts, fault: undefined }));
  // a change adds records at the end
  return entries.toSorted((a, b) => compareText(a.id, b.id));
}

/** The same for those with errors. */
function faultyIn(
  { indexedSoFar }: OpenDataset,
  table: string,
  drafts: OwnDrafts,
  faults: ReadonlyMap<string, string>,
): readonly Entry[] {
  const read = indexedSoFar().index.get(table);
  const entries = [...faults].map(([id, fault]) => {
    const entry = read?.get(foldedId(id));
    return entry?.id === id ? entryOf(entry, { drafts, fault }) : entryOfName(table, id, { drafts, fault });
  });
  return entries.toSorted((a, b) => compareText(a.id, b.id));
}

interface Notes {
  readonly drafts: OwnDrafts;
  readonly fault: string | undefined;
}

/** A record that was read. */
function entryOf(entry: IndexedRecord, { drafts, fault }: Notes): Entry {
  const { id, names, codes } = entry;
  const record = (): ListedRecord => ({ ...summaryOf(entry), draftName: drafts.get(id)?.draftName, fault });
  return { id, names, codes, record };
}

/** A record of which only the name is known. */
function entryOfName(table: string, id: string, { drafts, fault }: Notes): Entry {
  const draftName = drafts.get(id)?.draftName;
  const record = (): ListedRecord => ({ table, id, label: undefined, withdrawn: false, draftName, fault });
  return { id, names: [foldedName(id)], codes: [], record };
}

type Read = ReadonlyMap<string, unknown>;

/** The records that were not read, as long as no other was read since: to fold the names of all files takes long. */
const unread = new WeakMap<Read, { readonly files: readonly RecordFile[]; readonly size: number; readonly ids: Ids }>();

type Ids = readonly string[];

/** The records of files that are not read yet, or cannot be: they stay in the list, where they are found. */
function unreadIn({ files }: Pick<Project, 'files'>, table: string, read: Read | undefined): Ids {
  const known = read === undefined ? undefined : unread.get(read);
  if (known?.files === files && known.size === read?.size) return known.ids;
  const ids = files.flatMap((file) =>
    file.table === table && file.holds === 'record' && read?.has(foldedId(file.stem)) !== true ? [file.stem] : [],
  );
  if (read !== undefined) unread.set(read, { files, size: read.size, ids });
  return ids;
}

/**
 * The entries that match, the best matches first, and before others the tables that have one of just these words; if
 * there are none, those that are called alike.
 */
function matching(all: readonly Entries[], words: string): readonly Entries[] {
  const sought = soughtBy(words);
  const found = all.map((each): Entries => {
    const rank = ({ names, codes }: Entry): number => rankOf(names, sought, [...codes, ...each.kinds]);
    return { ...each, entries: inRanks(each.entries, ranks.length, rank) };
  });
  const isExact = ({ entries: [first] }: Entries): boolean => first?.names.includes(sought.words) === true;
  const inOrder = [...found.filter(isExact), ...found.filter((each) => !isExact(each))];
  if (found.some(({ entries }) => entries.length > 0)) return inOrder;
  const likeness = likenessTo(words);
  const rank = ({ names }: Entry): number => likeness(names);
  return all.map((each) => ({ ...each, entries: inRanks(each.entries, likenesses.length, rank) }));
}
