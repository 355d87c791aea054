import { type NamedRegion, regionsInText } from '../../base/regionsInText.ts';
import { foldedId, foldedName } from '../../base/text.ts';
import {
  type Json,
  type JsonObject,
  below,
  isArrayIndex,
  isObject,
  member,
  pointerSteps,
  resolvePointer,
} from '../../json/json.ts';
import type { RecordIndex } from '../../project/recordIndex.ts';
import { structureOf, walk } from '../../schema/walk.ts';
import { parentOf } from './edit.ts';
import { summaryOf } from './marks.ts';
import type { RecordKey, RecordSummary } from './messages.ts';
import type { OpenDataset } from './openDataset.ts';

/** A reference in a record. */
export interface ReferenceAt {
  readonly table: string;
  readonly pointer: string;
  /** The codes beside it, such as the type of a relation, by property. */
  readonly beside: JsonObject;
}

/** A reference, and some records that it could point to. */
export interface Pointing extends ReferenceAt {
  readonly to: readonly RecordKey[];
}

/** A reference to some tables, and texts about it, the best first. */
export interface NamingCountry extends ReferenceAt {
  readonly tables: readonly string[];
  readonly texts: readonly string[];
}

/** Records of the countries that a text names. */
export interface OfCountry {
  readonly records: readonly RecordSummary[];
  /** Whether the text names no other country. */
  readonly isOnly: boolean;
  /** The numbers of the texts that name the countries, and whether the first of these has only their adjectives. */
  readonly texts: readonly number[];
  readonly isAdjective: boolean;
}

/** The page's requests about what the references of a field point to in other records. */
export interface UsualRequests {
  /**
   * Those of some records that are of a kind to which the references of that field hardly ever point, in the records of
   * the table. A kind is a table with the first code that it requires: a person, a government.
   */
  readonly unusual: (pointing: Pointing) => readonly RecordKey[];
  /**
   * If most references of the field point to records of one kind, those of it that are called after the countries which
   * the first text names that names any: the government, beside a `Russian minister`.
   */
  readonly ofCountry: (naming: NamingCountry) => OfCountry;
}

/** The most records of a table that are read, evenly spread. */
const mostRead = 200;

/** The fewest references that show what is usual, and the number of them in which an unusual kind is less than one. */
const fewestSeen = 15;
const hardlyEver = 100;

/** The most records of some countries whose names are read. */
const mostCandidates = 100;

/** Where a record points. */
interface Seen {
  /** The object or list that has the reference. */
  readonly around: Json | undefined;
  readonly tables: readonly string[];
  readonly id: string;
}

export function usualRequests(dataset: OpenDataset): UsualRequests {
  const read = new Map<string, { readonly size: number; readonly seen: ReadonlyMap<string, readonly Seen[]> }>();
  /** What the references of a table point to, by their pointers with `*` for any element. */
  const seenIn = (table: string, index: RecordIndex): ReadonlyMap<string, readonly Seen[]> => {
    const size = index.get(table)?.size ?? 0;
    const known = read.get(table);
    // a few more hardly change what is usual
    if (known !== undefined && size >= known.size && size < known.size * 1.1) return known.seen;
    const seen = seenInRecords(dataset, table, index);
    read.set(table, { size, seen });
    return seen;
  };
  /** The kinds that a reference points to, one for each reference of its field; none if they are too few. */
  const kindsAt = ({ table, pointer, beside }: ReferenceAt, index: RecordIndex): readonly string[] => {
    const all = seenIn(table, index).get(patternOf(pointer)) ?? [];
    const alike = all.filter(({ around }) => hasAll(around, beside));
    const kinds = (alike.length < fewestSeen ? all : alike).flatMap(
      ({ tables, id }) => tables.flatMap((of) => kindOf(index, { table: of, id }) ?? [])[0] ?? [],
    );
    return kinds.length < fewestSeen ? [] : kinds;
  };
  return {
    unusual(pointing) {
      const { index, isComplete } = dataset.indexedSoFar();
      const kinds = isComplete ? kindsAt(pointing, index) : [];
      return pointing.to.filter((each) => {
        const kind = kindOf(index, each);
        return kind !== undefined && kinds.filter((other) => other === kind).length * hardlyEver < kinds.length;
      });
    },
    ofCountry(naming) {
      const { index, isComplete } = dataset.indexedSoFar();
      const named = naming.texts.map((text) => regionsInText(text).filter(({ isCertain }) => isCertain));
      const kinds = isComplete && named.flat().length > 0 ? kindsAt(naming, index) : [];
      const most = kinds.find((kind) => kinds.filter((other) => other === kind).length * 2 > kinds.length);
      return most === undefined ? noneOfCountry : calledAfter(named, naming.tables, most, index);
    },
  };
}

const noneOfCountry: OfCountry = { records: [], isOnly: false, texts: [], isAdjective: false };

/** The records of a kind that are called after the countries which the first text with any names. */
function calledAfter(
  named: readonly (readonly NamedRegion[])[],
  tables: readonly string[],
  kind: string,
  index: RecordIndex,
): OfCountry {
  const regions = named.find((found) => found.length > 0) ?? [];
  const isNamed = (found: readonly NamedRegion[]): boolean =>
    found.some(({ code }) => regions.some((region) => region.code === code));
  const candidates = tables.flatMap((table) =>
    [...(index.get(table)?.values() ?? [])].filter(
      ({ id, withdrawn, codes }) =>
        !withdrawn &&
        regions.some(({ code }) => codes.includes(foldedName(code))) &&
        kindOf(index, { table, id }) === kind,
    ),
  );
  // of a person, the country does not say who it is
  if (candidates.length > mostCandidates) return noneOfCountry;
  const records = regions.flatMap(({ code }) =>
    candidates.filter(({ label = '' }) => regionsInText(label).some((each) => each.code === code)).map(summaryOf),
  );
  return {
    records,
    isOnly: regions.length === 1 && records.length === 1,
    texts: named.flatMap((found, i) => (isNamed(found) ? [i] : [])),
    isAdjective: regions.every(({ isAdjective }) => isAdjective),
  };
}

function seenInRecords(dataset: OpenDataset, table: string, index: RecordIndex): ReadonlyMap<string, readonly Seen[]> {
  const seen = new Map<string, Seen[]>();
  // a line of a long file would be searched for
  const whole = [...(index.get(table)?.values() ?? [])].filter(
    (each) => !each.withdrawn && each.file.holds !== 'lines',
  );
  const step = Math.ceil(whole.length / mostRead);
  const structure = structureOf(dataset.typeOf(table).shape);
  for (const { id } of whole.filter((_, i) => i % step === 0)) {
    const value = dataset.openAt(table, id)?.value;
    if (value === undefined) continue;
    for (const { pointer, tables, id: to } of walk(value, structure).references) {
      const around = resolvePointer(value, parentOf(pointer));
      const pattern = patternOf(pointer);
      const list = seen.get(pattern) ?? [];
      list.push({ around, tables, id: to });
      seen.set(pattern, list);
    }
  }
  return seen;
}

function patternOf(pointer: string): string {
  return (pointerSteps(pointer) ?? []).map((step) => (isArrayIndex(step) ? '*' : step)).reduce(below, '');
}

function hasAll(around: Json | undefined, codes: JsonObject): boolean {
  return Object.entries(codes).every(([name, code]) => isObject(around) && member(around, name) === code);
}

/** The kind of a record, with its table; undefined if there is no such record. */
function kindOf(index: RecordIndex, { table, id }: RecordKey): string | undefined {
  const record = index.get(table)?.get(foldedId(id));
  return record?.id === id ? `${table} ${record.kind ?? ''}` : undefined;
}
