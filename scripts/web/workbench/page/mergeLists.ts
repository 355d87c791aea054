import { type Json, isObject, member } from '../../../json/json.ts';

/** The index of an element in each version of its list; undefined for a version that lacks it. */
export interface ElementSpot {
  readonly base: number | undefined;
  readonly mine: number | undefined;
  readonly theirs: number | undefined;
}

/** Where an element of the merged list was in each version, by the pointer of the list in the merged record. */
export type Spots = Map<string, readonly ElementSpot[]>;

/** An element of three versions of a list. */
export interface AlignedElement {
  readonly spot: ElementSpot;
  readonly before: Json | undefined;
  readonly mine: Json | undefined;
  readonly theirs: Json | undefined;
}

/** The elements of three versions of a list, each once, in an order that fits all. */
export type Alignment = readonly AlignedElement[];

type List = readonly Json[];
type Keys = readonly string[];

/**
 * Finds which elements of three lists are the same one: those with the same value, or with the same first text or
 * number that tells the elements of each list apart. Undefined if that cannot be told: elements occur twice, both
 * versions replaced an element, or each has another order.
 */
export function aligned(base: List, mine: List, theirs: List): Alignment | undefined {
  const keysOf = keyIn([base, mine, theirs]);
  if (keysOf === undefined) return undefined;
  const [b, m, t] = [keysOf(base), keysOf(mine), keysOf(theirs)];
  if (bothReplaced(b, m, t)) return undefined;
  const order = orderOf(b, m, t);
  return order?.map((key) => {
    const spot = { base: indexIn(b, key), mine: indexIn(m, key), theirs: indexIn(t, key) };
    return {
      spot,
      before: at(base, spot.base),
      mine: at(mine, spot.mine),
      theirs: at(theirs, spot.theirs),
    };
  });
}

function indexIn(keys: Keys, key: string): number | undefined {
  const index = keys.indexOf(key);
  return index < 0 ? undefined : index;
}

function at(list: List, index: number | undefined): Json | undefined {
  return index === undefined ? undefined : list[index];
}

/** How to tell the elements of each list apart; undefined if nothing does. */
function keyIn(lists: readonly List[]): ((list: List) => Keys) | undefined {
  const all = lists.flat();
  const names = all.every(isObject) ? Object.keys(all[0] ?? {}) : [];
  const ways = [
    ...names.map((name) => (element: Json) => plain(isObject(element) ? member(element, name) : undefined)),
    (element: Json) => JSON.stringify(element),
  ];
  const found = ways.find((way) =>
    lists.every((list) => {
      const keys = list.map(way);
      return !keys.includes(undefined) && new Set(keys).size === keys.length;
    }),
  );
  return found === undefined ? undefined : (list) => list.map((element) => found(element) ?? '');
}

function plain(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? JSON.stringify(value) : undefined;
}

/** Whether an element is gone in both versions, and each has others instead: they may be the same one, changed. */
function bothReplaced(base: Keys, mine: Keys, theirs: Keys): boolean {
  const gone = base.some((key) => !mine.includes(key) && !theirs.includes(key));
  const own = mine.some((key) => !base.includes(key) && !theirs.includes(key));
  const other = theirs.some((key) => !base.includes(key) && !mine.includes(key));
  return gone && own && other;
}

/** All keys in an order that fits each version; undefined if both versions changed the order. */
function orderOf(base: Keys, mine: Keys, theirs: Keys): Keys | undefined {
  const isOrderOf = (one: Keys, other: Keys): boolean => {
    const shared = one.filter((key) => other.includes(key));
    return other.filter((key) => one.includes(key)).every((key, i) => key === shared[i]);
  };
  if (isOrderOf(base, mine) || isOrderOf(mine, theirs)) return [base, mine].reduce(withOthers, theirs);
  return isOrderOf(base, theirs) ? [base, theirs].reduce(withOthers, mine) : undefined;
}

/** Keys with those of another list that they lack, each after the one that it follows there. */
function withOthers(keys: Keys, others: Keys): Keys {
  return others.reduce<Keys>((all, key, i) => {
    if (all.includes(key)) return all;
    const before = others.slice(0, i).findLast((each) => all.includes(each));
    return all.toSpliced(before === undefined ? 0 : all.indexOf(before) + 1, 0, key);
  }, keys);
}
