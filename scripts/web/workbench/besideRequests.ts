import { foldedId } from '../../base/text.ts';
import { type Json, below, isArray, isObject, member } from '../../json/json.ts';
import { cites } from '../../project/recordIndex.ts';
import { spansOf } from '../../schema/recordTypes.ts';
import { structureOf, walk } from '../../schema/walk.ts';
import { contentOf } from './content.ts';
import { summaryOf } from './marks.ts';
import type { RecordSummary } from './messages.ts';
import type { OpenDataset } from './openDataset.ts';

/** A reference beside another one, as on whose behalf a person speaks. */
export interface Beside {
  /** The source whose records are looked at. */
  readonly source: string;
  /** The property of the reference, and the tables that it can point to. */
  readonly name: string;
  readonly tables: readonly string[];
  /** The property of the other reference, its tables, and the record that it points to. */
  readonly by: string;
  readonly of: readonly string[];
  readonly id: string;
}

/** A record that a reference can point to, and the words of the source that another record cites for that. */
export interface BesideRecord extends RecordSummary {
  /** In code points of the file. */
  readonly support: readonly { readonly start: number; readonly end: number }[];
}

/** The page's request about references beside others. */
export interface BesideRequests {
  /**
   * The records that a reference has beside the same other one in records that cite the source, the most frequent ones
   * first; then those that the record of the other one refers to, such as what a person is a member of.
   */
  readonly beside: (sought: Beside) => Promise<readonly BesideRecord[]>;
}

/** The most records of a table that are looked at: those added last. */
const mostRead = 12;

export function besideRequests(dataset: OpenDataset): BesideRequests {
  return {
    async beside(sought) {
      const { source, tables, of, id } = sought;
      const { index } = await dataset.citing(source);
      const all = new Map<string, Found[]>();
      for (const { name: table } of dataset.project.types) {
        const citing = [...(index.get(table)?.values() ?? [])].filter((each) => !each.withdrawn && cites(each, source));
        for (const each of citing.slice(-mostRead))
          for (const found of foundIn(dataset, table, each.id, sought))
            all.set(found.id, [...(all.get(found.id) ?? []), found]);
      }
      const frequent = [...all.values()].toSorted((a, b) => b.length - a.length).map(asOne);
      const others = of.flatMap((table) => referredTo(dataset, table, id, tables));
      const rest = [...new Set(others)].filter((each) => !all.has(each)).map((each) => ({ id: each, support: [] }));
      const { index: known } = dataset.indexedSoFar();
      return [...frequent, ...rest].flatMap(({ id: found, support }) =>
        tables.flatMap((table) => {
          const entry = known.get(table)?.get(foldedId(found));
          const isIt = entry?.id === found && !entry.withdrawn && found !== id;
          return isIt ? [{ ...summaryOf(entry), support }] : [];
        }),
      );
    },
  };
}

type Found = Pick<BesideRecord, 'id' | 'support'>;

/** The words of the first record that cites some: the later ones can cite what only goes on from there. */
function asOne(all: readonly Found[]): Found {
  const [first] = all;
  return { id: first?.id ?? '', support: all.find(({ support }) => support.length > 0)?.support ?? [] };
}

/** What a record has beside a reference, with the words of the source that it cites for that. */
function foundIn(dataset: OpenDataset, table: string, id: string, sought: Beside): readonly Found[] {
  const opened = dataset.openAt(table, id);
  if (opened === undefined) return [];
  const { value, spans } = contentOf(opened.value, spansOf(dataset.typeOf(table)));
  return foundBelow(value, sought).map(({ id: found, pointer }) => ({
    id: found,
    support: spans
      .filter(({ source, supports }) => source === sought.source && supports.includes(pointer))
      .map(({ start, end }) => ({ start, end })),
  }));
}

interface At {
  readonly id: string;
  readonly pointer: string;
}

/** What the objects in a value have beside a reference, with their pointers. */
function foundBelow(value: Json, sought: Beside, pointer = ''): readonly At[] {
  if (isArray(value)) return value.flatMap((each, i) => foundBelow(each, sought, below(pointer, i)));
  if (!isObject(value)) return [];
  const own = member(value, sought.by) === sought.id ? member(value, sought.name) : undefined;
  const inner = Object.entries(value).flatMap(([name, each]) => foundBelow(each, sought, below(pointer, name)));
  return typeof own === 'string' ? [{ id: own, pointer: below(pointer, sought.name) }, ...inner] : inner;
}

/** The records of some tables to which a record refers. */
function referredTo(dataset: OpenDataset, table: string, id: string, tables: readonly string[]): readonly string[] {
  const opened = dataset.openAt(table, id);
  if (opened === undefined) return [];
  const { references } = walk(opened.value, structureOf(dataset.typeOf(table).shape));
  return references.flatMap((each) => (each.tables.some((of) => tables.includes(of)) ? [each.id] : []));
}
