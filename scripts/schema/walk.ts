import type { KeyOrder } from '../json/canonical.ts';
import {
  type Json,
  type JsonObject,
  absolutePointer,
  below,
  codeName,
  isArray,
  isObject,
  pointerSteps,
} from '../json/json.ts';
import { lazy } from '../base/lazy.ts';
import type { Shape } from './shape.ts';
import { type Fewest, schemaLink } from './extensions.ts';
import { mostDepth } from '../base/limits.ts';

/** A shape prepared for walking records: what must be visited, and what can be skipped. */
export interface Structure extends KeyOrder {
  readonly shape: Shape;
  /**
   * Whether the schema has nothing to look for in a scalar here: no reference, no evidence of its own, no quoted words,
   * no spans. Unpaired surrogates are checked separately.
   */
  readonly plain: boolean;
  /** Rank and structure of the member with a key; undefined if the shape does not name it. */
  readonly slot: (key: string) => Slot | undefined;
  /** The keys that it names, in order, and the slot of each. */
  readonly ordered: () => Ordered;
  /** The structure of members that it does not name. */
  readonly others: Structure | undefined;
  readonly member: (key: string) => Structure | undefined;
  readonly element: Structure | undefined;
}

interface Ordered {
  readonly keys: readonly string[];
  readonly slots: readonly Slot[];
}

interface Slot {
  readonly rank: number;
  readonly structure: Structure | undefined;
}

const made = new WeakMap<Shape, Structure>();

/** The structure of a shape; the same object for the same shape, so that recursive schemas end. */
export function structureOf(shape: Shape): Structure {
  const before = made.get(shape);
  if (before !== undefined) return before;
  const slots = lazy(() => slotsOf(shape));
  const others = lazy(() => (shape.members === undefined ? undefined : structureOf(shape.members)));
  const element = lazy(() => (shape.items === undefined ? undefined : structureOf(shape.items)));
  const slot = (key: string): Slot | undefined => slots().get(key);
  const structure: Structure = {
    shape,
    plain:
      !shape.evidence &&
      !(shape.verbatim || shape.ownWords || shape.distinct) &&
      shape.quoted.length + shape.fewest.length === 0 &&
      !shape.spans &&
      shape.references.length === 0 &&
      shape.atMost.length + shape.bounds.length === 0,
    slot,
    ordered: lazy(() => ({ keys: [...slots().keys()], slots: [...slots().values()] })),
    rank: (key) => slot(key)?.rank,
    member: (key) => slot(key)?.structure ?? others(),
    get others() {
      return others();
    },
    get element() {
      return element();
    },
  };
  made.set(shape, structure);
  return structure;
}

/** The link to the schema comes first, whether the schema names it or not. */
function slotsOf({ properties }: Shape): ReadonlyMap<string, Slot> {
  const keys = [schemaLink, ...[...properties.keys()].filter((key) => key !== schemaLink)];
  return new Map(
    keys.map((key, rank) => {
      const property = properties.get(key);
      return [key, { rank, structure: property === undefined ? undefined : structureOf(property.shape) }];
    }),
  );
}

/** A text that must be the identifier of another record. */
export interface Reference {
  readonly tables: readonly string[];
  readonly id: string;
  readonly pointer: string;
}

/** A text with its place, for example one that quotes a source. */
export interface Verbatim {
  readonly pointer: string;
  readonly words: string;
}

/** What a code at a pointer says about a list of its record. */
export interface FewestAt extends Omit<Fewest, 'code'> {
  readonly value: Json;
  readonly at: string;
}

/** A value that must not exceed others in its record. */
export interface Bounded {
  readonly pointer: string;
  /** JSON Pointers of these values in the record; they may be missing. */
  readonly limits: readonly string[];
  /** The code because of which they are limits. */
  readonly code?: { readonly value: Json; readonly at: string };
}

/** What one walk through a record finds. */
export interface Findings {
  /** Whether every object has its keys in schema order. */
  inOrder: boolean;
  /** How many members all objects have together. */
  members: number;
  /** Pointer of the first value that is nested too deeply. */
  tooDeep: string | undefined;
  /** Pointers of `__proto__` keys, which are unsafe for any reader of the data. */
  readonly protoKeys: string[];
  readonly references: Reference[];
  /** Pointers of leaves that a span must support. */
  readonly needEvidence: string[];
  /** Texts that must occur word for word in a span that supports them. */
  readonly verbatim: Verbatim[];
  /** Texts that should not repeat a long run of words of the sources, and texts that no other record should have. */
  readonly ownWords: Verbatim[];
  readonly distinct: Verbatim[];
  /** Codes whose words should be in quotation marks, and lists that should have several entries. */
  readonly quoted: Verbatim[];
  readonly fewest: FewestAt[];
  /** Numbers and texts under `x-at-most`. */
  readonly bounded: Bounded[];
  /**
   * Whether there is something other than a list where spans belong: one fault, which says nothing about missing
   * evidence.
   */
  spansAstray: boolean;
  /** Pointers of arrays of spans, and of the objects that name the file of the record's document. */
  readonly spans: string[];
  readonly documents: string[];
  /** Pointers of texts with half a surrogate pair, which UTF-8 cannot encode. */
  readonly halves: string[];
  /** Pointers of numbers beyond ±(2^53 − 1), which a column of whole numbers cannot hold. */
  readonly large: string[];
}

/** Nothing found yet. One object serves a whole run: `walk` empties it. */
export function noFindings(): Findings {
  const none = { protoKeys: [], references: [], needEvidence: [], verbatim: [], spans: [], documents: [] };
  const more = { bounded: [], halves: [], large: [], ownWords: [], distinct: [], quoted: [], fewest: [] };
  return { inOrder: true, members: 0, spansAstray: false, tooDeep: undefined, ...none, ...more };
}

/** What a walk may skip, because it is known to be in order. */
export interface Known {
  /** Whether there is no half of a surrogate pair: JSON text without `\\u` has none. */
  readonly wellFormed: boolean;
  /** Whether a reference points to a record that has been seen and is not withdrawn. */
  readonly settled: (tables: readonly string[], id: string) => boolean;
}

const nothingKnown: Known = { wellFormed: false, settled: () => false };

/** Walks a record once, along its schema's structure, and adds what it finds to `findings`. */
export function walk(
  value: Json,
  structure: Structure,
  findings: Findings = noFindings(),
  known: Known = nothingKnown,
): Findings {
  findings.inOrder = true;
  findings.members = 0;
  findings.spansAstray = false;
  findings.tooDeep = undefined;
  empty(findings.protoKeys);
  empty(findings.references);
  empty(findings.needEvidence);
  empty(findings.verbatim);
  empty(findings.ownWords);
  empty(findings.distinct);
  empty(findings.quoted);
  empty(findings.fewest);
  empty(findings.bounded);
  empty(findings.spans);
  empty(findings.documents);
  empty(findings.halves);
  empty(findings.large);
  visit(value, structure, false, { path: [], findings, known });
  return findings;
}

/** Setting a length takes longer than comparing it, and nearly all lists are empty. */
function empty(list: unknown[]): void {
  if (list.length > 0) list.length = 0;
}

interface Walk {
  /**
   * Keys and indices on the way to a value. They become a pointer only if something is found: most records have
   * nothing.
   */
  readonly path: (string | number)[];
  readonly findings: Findings;
  readonly known: Known;
}

function pointerOf({ path }: Walk): string {
  let pointer = '';
  for (const step of path) pointer = below(pointer, step);
  return pointer;
}

function visit(value: Json, at: Structure | undefined, evidence: boolean, on: Walk): void {
  const { path, findings } = on;
  const needs = evidence || at?.shape.evidence === true;
  if (at?.shape.spans === true && !isArray(value)) findings.spansAstray = true;
  if (isArray(value)) {
    if (tooDeep(on)) return;
    if (at?.shape.spans === true) findings.spans.push(pointerOf(on));
    const element = at?.element;
    for (let i = 0; i < value.length; i++) {
      path.push(i);
      visit(value[i] ?? null, element, needs, on);
      path.pop();
    }
  } else if (isObject(value)) {
    if (tooDeep(on)) return;
    if (at?.shape.document === true) findings.documents.push(pointerOf(on));
    visitMembers(value, at, needs, on);
  } else {
    if (typeof value === 'string') visitText(value, at, on);
    else if (isLarge(value)) findings.large.push(pointerOf(on));
    if (at !== undefined && at.shape.fewest.length > 0) expectEntries(value, at.shape, on);
    if (at !== undefined && at.shape.bounds.length > 0) expectBounds(value, at.shape, on);
    if (needs) findings.needEvidence.push(pointerOf(on));
    if (at !== undefined && at.shape.atMost.length > 0)
      findings.bounded.push(boundedAt(pointerOf(on), at.shape.atMost));
  }
}

function boundedAt(pointer: string, atMost: readonly string[]): Bounded {
  return { pointer, limits: atMost.flatMap((limit) => absolutePointer(pointer, limit) ?? []) };
}

function visitMembers(value: JsonObject, at: Structure | undefined, needs: boolean, on: Walk): void {
  const { path, findings, known } = on;
  const { keys, slots } = at === undefined ? nothingOrdered : at.ordered();
  let next = 0;
  let last = -1;
  // parsed objects inherit no key, and V8 gives the keys of equal objects without making a list of them
  for (const key in value) {
    findings.members++;
    const index = indexFrom(next, key, keys);
    if (index >= 0) next = index + 1;
    const slot = index >= 0 ? slots[index] : at?.slot(key);
    const rank = slot?.rank ?? Number.MAX_SAFE_INTEGER;
    if (rank < last) findings.inOrder = false;
    last = rank;
    // the key is an own property: nothing can be inherited here
    const inner = value[key] ?? null;
    const structure = slot?.structure ?? at?.others;
    const plain = !needs && structure?.plain !== false && (known.wellFormed || typeof inner !== 'string');
    if (!known.wellFormed && !key.isWellFormed()) findings.halves.push(below(pointerOf(on), key));
    const bare = typeof inner !== 'object' || inner === null;
    if (plain && bare && key !== '__proto__' && !isLarge(inner)) continue;
    path.push(key);
    if (key === '__proto__') findings.protoKeys.push(pointerOf(on));
    visit(inner, structure, needs, on);
    path.pop();
  }
}

const nothingOrdered: Ordered = { keys: [], slots: [] };

/** How many keys of a schema are passed over in search of the next one of a record. */
const mostPassed = 6;

/** The index of a key among those of a schema, not before `next`: nearly all records have them in order. */
function indexFrom(next: number, key: string, keys: readonly string[]): number {
  for (let end = Math.min(keys.length, next + mostPassed), i = next; i < end; i++) if (keys[i] === key) return i;
  return -1;
}

function isLarge(value: Json): boolean {
  return typeof value === 'number' && (value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER);
}

/** Whether the schema allows only whole numbers at a pointer into a record, whatever the record's other values. */
export function isWholeAt(record: Json, structure: Structure, pointer: string): boolean {
  let value: Json = record;
  let at: Structure | undefined = structure;
  for (const step of pointerSteps(pointer) ?? []) {
    // what only a branch says is not certain
    if (at?.shape.sure !== true) return false;
    if (isArray(value)) {
      value = value[Number(step)] ?? null;
      at = at.element;
    } else if (isObject(value)) {
      value = value[step] ?? null;
      // a key that matches no pattern of an open map can have any value
      at = at.slot(step)?.structure ?? (at.shape.closed ? at.others : undefined);
    }
  }
  if (at?.shape.sure !== true || !at.shape.typed) return false;
  const { types } = at.shape;
  return types.has('integer') && !types.has('number') && !types.has('string') && !types.has('boolean');
}

function visitText(value: string, at: Structure | undefined, on: Walk): void {
  const { findings, known } = on;
  if (!known.wellFormed && !value.isWellFormed()) findings.halves.push(pointerOf(on));
  if (at?.shape.verbatim === true) findings.verbatim.push({ pointer: pointerOf(on), words: value });
  if (at?.shape.ownWords === true) findings.ownWords.push({ pointer: pointerOf(on), words: value });
  if (at?.shape.distinct === true) findings.distinct.push({ pointer: pointerOf(on), words: value });
  if (at?.shape.quoted.includes(value) === true) findings.quoted.push({ pointer: pointerOf(on), words: value });
  const tables = at?.shape.references;
  if (tables !== undefined && tables.length > 0 && !known.settled(tables, value))
    findings.references.push({ tables, id: value, pointer: pointerOf(on) });
}

function expectEntries(value: Json, { fewest }: Shape, on: Walk): void {
  const name = codeName(value);
  for (const { code, list, entries } of fewest)
    if (code === name) on.findings.fewest.push({ value, at: pointerOf(on), list, entries });
}

/** Values that a code bounds. */
function expectBounds(value: Json, { bounds }: Shape, on: Walk): void {
  const name = codeName(value);
  for (const { code, value: of, limit } of bounds) {
    const at = pointerOf(on);
    const [pointer, most] = [absolutePointer(at, of), absolutePointer(at, limit)];
    if (code !== name || pointer === undefined || most === undefined) continue;
    on.findings.bounded.push({ pointer, limits: [most], code: { value, at } });
  }
}

function tooDeep(on: Walk): boolean {
  if (on.path.length < mostDepth) return false;
  on.findings.tooDeep ??= pointerOf(on);
  return true;
}
