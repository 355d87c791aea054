import { foldedId } from '../../base/text.ts';
import { type Json, isArray, isObject, member } from '../../json/json.ts';
import { cites } from '../../project/recordIndex.ts';
import { structureOf, walk } from '../../schema/walk.ts';
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

/** The page's request about references beside others. */
export interface BesideRequests {
  /**
   * The records that a reference has beside the same other one in records that cite the source, the most frequent ones
   * first; then those that the record of the other one refers to, such as what a person is a member of.
   */
  readonly beside: (sought: Beside) => Promise<readonly RecordSummary[]>;
}

/** The most records of a table that are looked at: those added last. */
const mostRead = 12;

export function besideRequests(dataset: OpenDataset): BesideRequests {
  return {
    async beside(sought) {
      const { source, tables, of, id } = sought;
      const { index } = await dataset.citing(source);
      const counts = new Map<string, number>();
      for (const { name: table } of dataset.project.types) {
        const citing = [...(index.get(table)?.values() ?? [])].filter((each) => !each.withdrawn && cites(each, source));
        for (const each of citing.slice(-mostRead))
          for (const found of foundIn(dataset.openAt(table, each.id)?.value ?? null, sought))
            counts.set(found, (counts.get(found) ?? 0) + 1);
      }
      const frequent = [...counts].toSorted((a, b) => b[1] - a[1]).map(([found]) => found);
      const all = [...new Set([...frequent, ...of.flatMap((table) => referredTo(dataset, table, id, tables))])];
      const { index: known } = dataset.indexedSoFar();
      return all.flatMap((found) =>
        tables.flatMap((table) => {
          const entry = known.get(table)?.get(foldedId(found));
          return entry?.id === found && !entry.withdrawn && found !== id ? [summaryOf(entry)] : [];
        }),
      );
    },
  };
}

/** What the objects in a value have beside a reference. */
function foundIn(value: Json, sought: Beside): readonly string[] {
  if (isArray(value)) return value.flatMap((each) => foundIn(each, sought));
  if (!isObject(value)) return [];
  const own = member(value, sought.by) === sought.id ? member(value, sought.name) : undefined;
  const inner = Object.values(value).flatMap((each) => foundIn(each, sought));
  return typeof own === 'string' ? [own, ...inner] : inner;
}

/** The records of some tables to which a record refers. */
function referredTo(dataset: OpenDataset, table: string, id: string, tables: readonly string[]): readonly string[] {
  const opened = dataset.openAt(table, id);
  if (opened === undefined) return [];
  const { references } = walk(opened.value, structureOf(dataset.typeOf(table).shape));
  return references.flatMap((each) => (each.tables.some((of) => tables.includes(of)) ? [each.id] : []));
}
