import type { KeyOrder } from '../json/canonical.ts';
import { type Json, type JsonObject, below, isArray, isObject, member } from '../json/json.ts';
import type { Shape } from '../schema/shape.ts';
import { schemaLink } from '../vocabulary.ts';
import { mostDepth } from './limits.ts';

/** A shape prepared for walking records: what must be looked at, and where nothing needs to be. */
export interface Structure extends KeyOrder {
  readonly shape: Shape;
  readonly member: (key: string) => Structure | undefined;
  readonly element: Structure | undefined;
}

const made = new WeakMap<Shape, Structure>();

/** The structure of a shape; the same object for the same shape, so that recursive schemas end. */
export function structureOf(shape: Shape): Structure {
  const before = made.get(shape);
  if (before !== undefined) return before;
  const ranks = new Map(
    [schemaLink, ...[...shape.properties.keys()].filter((k) => k !== schemaLink)].map((k, i) => [k, i]),
  );
  const inner = new Map<string, Structure | undefined>();
  const structure: Structure = {
    shape,
    rank: (key) => ranks.get(key),
    member(key) {
      if (!inner.has(key)) {
        const property = shape.properties.get(key)?.shape ?? shape.members;
        inner.set(key, property === undefined ? undefined : structureOf(property));
      }
      return inner.get(key);
    },
    get element() {
      return shape.items === undefined ? undefined : structureOf(shape.items);
    },
  };
  made.set(shape, structure);
  return structure;
}

/** A text that must be the identifier of another record. */
export interface Reference {
  readonly tables: readonly string[];
  readonly id: string;
  readonly pointer: string;
}

/** What one walk through a record finds. */
export interface Findings {
  /** Whether every object has its keys in schema order. */
  inOrder: boolean;
  /** Pointer of the first value that is nested too deep. */
  tooDeep: string | undefined;
  /** Pointers of `__proto__` keys, which no reader of the data is safe from. */
  readonly protoKeys: string[];
  readonly references: Reference[];
  /** Pointers of leaves that a span must support. */
  readonly needEvidence: string[];
  /** Pointers of arrays of spans, and of the objects that say which file holds the record's document. */
  readonly spans: string[];
  readonly documents: string[];
  /** Pointers of texts with half a surrogate pair, which no UTF-8 can hold. */
  readonly halves: string[];
}

/** Nothing found yet. One object serves a whole run: `walk` empties it. */
export function noFindings(): Findings {
  const none = { protoKeys: [], references: [], needEvidence: [], spans: [], documents: [], halves: [] };
  return { inOrder: true, tooDeep: undefined, ...none };
}

/** Walks a record once, beside its schema's structure, and gives what it found in `findings`. */
export function walk(value: Json, structure: Structure, findings: Findings = noFindings()): Findings {
  findings.inOrder = true;
  findings.tooDeep = undefined;
  for (const list of [findings.protoKeys, findings.references, findings.needEvidence]) list.length = 0;
  for (const list of [findings.spans, findings.documents, findings.halves]) list.length = 0;
  visit(value, structure, [], false, findings);
  return findings;
}

/** Keys and indices on the way to a value. It becomes a pointer only where something is found: most records have nothing. */
type Path = (string | number)[];

function pointerOf(path: Path): string {
  let pointer = '';
  for (const step of path) pointer = below(pointer, step);
  return pointer;
}

function visit(value: Json, at: Structure | undefined, path: Path, evidence: boolean, findings: Findings): void {
  const needs = evidence || at?.shape.evidence === true;
  if (isArray(value)) {
    if (tooDeep(path, findings)) return;
    if (at?.shape.spans === true) findings.spans.push(pointerOf(path));
    const element = at?.element;
    for (let i = 0; i < value.length; i++) {
      path.push(i);
      visit(value[i] ?? null, element, path, needs, findings);
      path.pop();
    }
  } else if (isObject(value)) {
    if (tooDeep(path, findings)) return;
    if (at?.shape.document === true) findings.documents.push(pointerOf(path));
    visitMembers(value, at, path, needs, findings);
  } else {
    if (typeof value === 'string') visitText(value, at, path, findings);
    if (needs) findings.needEvidence.push(pointerOf(path));
  }
}

function visitMembers(
  value: JsonObject,
  at: Structure | undefined,
  path: Path,
  needs: boolean,
  findings: Findings,
): void {
  let last = -1;
  for (const key of Object.keys(value)) {
    const rank = at?.rank(key) ?? Number.MAX_SAFE_INTEGER;
    if (rank < last) findings.inOrder = false;
    last = rank;
    path.push(key);
    if (key === '__proto__') findings.protoKeys.push(pointerOf(path));
    visit(member(value, key) ?? null, at?.member(key), path, needs, findings);
    path.pop();
  }
}

function visitText(value: string, at: Structure | undefined, path: Path, findings: Findings): void {
  if (!value.isWellFormed()) findings.halves.push(pointerOf(path));
  if (at !== undefined && at.shape.references.length > 0) {
    findings.references.push({ tables: at.shape.references, id: value, pointer: pointerOf(path) });
  }
}

function tooDeep(path: Path, findings: Findings): boolean {
  if (path.length < mostDepth) return false;
  findings.tooDeep ??= pointerOf(path);
  return true;
}
