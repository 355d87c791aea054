import { type Json, type JsonObject, below, isArray, isObject, member } from '../../../json/json.ts';
import type { RecordContent } from '../messages.ts';
import { isSame } from '../differences.ts';
import { type Alignment, type ElementSpot, type Spots, aligned } from './mergeLists.ts';
import { type Versions, mergedSpans } from './mergeSpans.ts';

export type Side = 'mine' | 'theirs';

/** A field that only one version changed; undefined for a value that is not there. */
export interface MergedField {
  readonly pointer: string;
  readonly by: Side;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** A field that both versions changed, each in its own way. `before` is undefined if it was empty or is not known. */
export interface FieldConflict {
  readonly pointer: string;
  readonly before: Json | undefined;
  readonly mine: Json | undefined;
  readonly theirs: Json | undefined;
}

/** Two versions of a record in one. */
export interface Merged {
  readonly content: RecordContent;
  readonly merged: readonly MergedField[];
  readonly conflicts: readonly FieldConflict[];
}

/** How to merge: what was chosen for each conflict, by its pointer, and the names that the form does not show. */
export interface MergeOptions {
  readonly chosen: ReadonlyMap<string, Side>;
  readonly hidden: readonly string[];
}

/** A value of the version that both began with; undefined if that is not known. */
type Before = { readonly value: Json | undefined } | undefined;

/** Pointers of a value: in the merged record, and as conflicts name it, where elements that were left out count too. */
interface At {
  readonly merged: string;
  readonly named: string;
}

/** The values of a field in the three versions. */
interface Three {
  readonly before: Before;
  readonly mine: Json | undefined;
  readonly theirs: Json | undefined;
}

interface Merging extends MergeOptions {
  readonly merged: MergedField[];
  readonly conflicts: FieldConflict[];
  readonly spots: Spots;
}

/**
 * Merges two versions of a record with the one that both began with. What only one of them changed is taken over; what
 * both changed is a conflict, and is mine until `theirs` is chosen. An element of a list is never made of two others.
 */
export function merge({ base, mine, theirs }: Versions, options: MergeOptions): Merged {
  const merging: Merging = { ...options, merged: [], conflicts: [], spots: new Map() };
  const three = { before: base, mine: mine.value, theirs: theirs.value };
  const value = mergedObject({ merged: '', named: '' }, three, merging);
  const spans = mergedSpans({ base, mine, theirs }, value, merging.spots);
  return { content: { value, spans }, merged: merging.merged, conflicts: merging.conflicts };
}

function mergedValue(at: At, three: Three, merging: Merging): Json | undefined {
  const { before, mine, theirs } = three;
  if (isObject(mine) && isObject(theirs)) {
    const object = mergedObject(at, { ...three, mine, theirs }, merging);
    return isEmpty(object) && !isEmpty(mine) && !isEmpty(theirs) ? undefined : object;
  }
  if (isArray(mine) && isArray(theirs)) {
    const old = before === undefined || isArray(before.value) ? before?.value : [];
    const alignment = isArray(old) ? aligned(old, mine, theirs) : undefined;
    if (alignment !== undefined) {
      const list = mergedList(at, alignment, merging);
      return list.length === 0 && mine.length > 0 && theirs.length > 0 ? undefined : list;
    }
  }
  return decided(at, three, merging);
}

function isEmpty(object: JsonObject): boolean {
  return Object.keys(object).length === 0;
}

/** Takes the value of one version as a whole. */
function decided({ named: pointer }: At, three: Three, merging: Merging): Json | undefined {
  const { before, mine, theirs } = three;
  if (isSame(mine, theirs)) return mine;
  if (before !== undefined && isSame(before.value, mine)) {
    merging.merged.push({ pointer, by: 'theirs', before: before.value, after: theirs });
    return theirs;
  }
  if (before !== undefined && isSame(before.value, theirs)) {
    merging.merged.push({ pointer, by: 'mine', before: before.value, after: mine });
    return mine;
  }
  if (merging.hidden.some((name) => pointer === below('', name))) return theirs;
  merging.conflicts.push({ pointer, before: before?.value, mine, theirs });
  return merging.chosen.get(pointer) === 'theirs' ? theirs : mine;
}

function mergedObject(
  at: At,
  { before, mine, theirs }: Three & { readonly mine: JsonObject; readonly theirs: JsonObject },
  merging: Merging,
): JsonObject {
  const old = before === undefined || !isObject(before.value) ? undefined : before.value;
  const names = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  const entries = [...names].flatMap((name): readonly [string, Json][] => {
    const inner = {
      before: before === undefined ? undefined : { value: old === undefined ? undefined : member(old, name) },
      mine: member(mine, name),
      theirs: member(theirs, name),
    };
    const value = mergedValue({ merged: below(at.merged, name), named: below(at.named, name) }, inner, merging);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}

function mergedList(at: At, alignment: Alignment, merging: Merging): readonly Json[] {
  const list: Json[] = [];
  const spots: ElementSpot[] = [];
  for (const [i, { spot, before, mine, theirs }] of alignment.entries()) {
    const inner = { merged: below(at.merged, list.length), named: below(at.named, i) };
    const value = mergedValue(inner, { before: { value: before }, mine, theirs }, merging);
    if (value === undefined) continue;
    list.push(value);
    spots.push(spot);
  }
  merging.spots.set(at.merged, spots);
  return list;
}
