import { munkres } from 'munkres';
import { type Json, below, isArray, isObject } from '../json/json.ts';
import { compareText, groupBy } from '../base/text.ts';
import { connected } from './connected.ts';
import type { Span } from '../schema/extensions.ts';
import { toSpan } from '../schema/extensionValues.ts';
import type { Shape } from '../schema/shape.ts';
import { type Structure, structureOf } from '../schema/walk.ts';

/** A record of one coding. */
export interface CodedRecord {
  readonly id: string;
  readonly value: Json;
}

/** Two records, one of each coding, that code the same passage. */
export interface RecordPair {
  readonly a: CodedRecord;
  readonly b: CodedRecord;
}

/**
 * A field of two paired records that was coded differently. Values are printed as JSON; a list has one for each
 * element.
 */
export interface Disagreement {
  readonly a: string;
  readonly b: string;
  readonly field: string;
  readonly valuesOfA: readonly string[];
  readonly valuesOfB: readonly string[];
}

/** How well two codings agree in one field, over the pairs in which at least one of them has a value. */
export interface FieldAgreement {
  /** JSON Pointer with `*` for the elements of a list. */
  readonly field: string;
  readonly pairs: number;
  /** Share of the pairs with the same value, from 0 to 1. */
  readonly agreement: number;
  /** Krippendorff's alpha; undefined if every value is the same, so that chance explains the agreement. */
  readonly alpha: number | undefined;
}

/** How well two codings of a table agree. */
export interface TableAgreement {
  readonly pairs: number;
  /** The identifiers of the records in each pair. */
  readonly paired: readonly (readonly [a: string, b: string])[];
  /** Identifiers of records without a partner. */
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
  readonly fields: readonly FieldAgreement[];
  readonly disagreements: readonly Disagreement[];
}

/** The records of a table in two codings. */
export interface TwoCodings {
  readonly table: string;
  readonly shape: Shape;
  readonly a: readonly CodedRecord[];
  readonly b: readonly CodedRecord[];
}

/**
 * Compares two codings, table by table. Records are paired by their evidence and fields, or by identifier if the table
 * has no evidence. Records that cite nothing, in a table with evidence, are a pair if they have the same identifier, or
 * all chosen values in common with no other record. References agree if they lead to the two records of a pair,
 * whatever identifiers each coding uses.
 */
export function agreementOf(tables: readonly TwoCodings[]): readonly (TableAgreement & { readonly table: string })[] {
  const paired = tables.map((of) => {
    const structure = structureOf(of.shape);
    const pairs = hasSpans(structure) ? pairsByEvidence(of.a, of.b, structure) : pairsById(of.a, of.b);
    return { of, structure, pairs };
  });
  const names: Names = new Map(
    paired.map(({ of, pairs }) => [of.table, new Map(pairs.map(({ a, b }) => [b.id, a.id]))]),
  );
  return paired.map(({ of, structure, pairs }) => ({ table: of.table, ...agreementIn(of, structure, pairs, names) }));
}

/** The first coding's identifiers for the records of the second, by table. */
type Names = ReadonlyMap<string, ReadonlyMap<string, string>>;

function agreementIn(
  { a, b }: TwoCodings,
  structure: Structure,
  pairs: readonly RecordPair[],
  renamed: Names,
): TableAgreement {
  const [pairedA, pairedB] = [new Set(pairs.map((p) => p.a)), new Set(pairs.map((p) => p.b))];
  const coded = pairs.map((pair) => ({
    pair,
    a: codedValues(pair.a.value, structure),
    b: codedValues(pair.b.value, structure, renamed),
  }));
  const names = new Set(coded.flatMap(({ a: left, b: right }) => [...left.keys(), ...right.keys()]));
  const fields: FieldAgreement[] = [];
  const disagreements: Disagreement[] = [];
  for (const field of [...names].toSorted(compareText)) {
    const units = coded.flatMap(({ pair, a: left, b: right }) => {
      const values = [left.get(field) ?? [], right.get(field) ?? []] as const;
      return values.flat().length === 0 ? [] : [{ pair, values }];
    });
    const differing = units.filter(({ values: [left, right] }) => setDistance(left, right) > 0);
    fields.push({
      field,
      pairs: units.length,
      agreement: 1 - differing.length / units.length,
      alpha: krippendorffAlpha(
        units.map(({ values }) => values),
        setDistance,
      ),
    });
    for (const { pair, values } of differing)
      disagreements.push({ a: pair.a.id, b: pair.b.id, field, valuesOfA: values[0], valuesOfB: values[1] });
  }
  return {
    pairs: pairs.length,
    paired: pairs.map((pair) => [pair.a.id, pair.b.id]),
    onlyA: a.filter((record) => !pairedA.has(record)).map(({ id }) => id),
    onlyB: b.filter((record) => !pairedB.has(record)).map(({ id }) => id),
    fields,
    disagreements,
  };
}

/**
 * Krippendorff's alpha: 1 − observed / expected disagreement (Krippendorff 2011, "Computing Krippendorff's
 * Alpha-Reliability"). Each unit holds the values of its coders; units with fewer than two values do not count.
 * @param distance the squared difference of two values, 0 for equal ones; 0 or 1 for nominal data
 * @returns undefined if no two values differ at all
 */
export function krippendorffAlpha<V>(
  units: readonly (readonly V[])[],
  distance: (a: V, b: V) => number,
): number | undefined {
  const pairable = units.filter((values) => values.length > 1);
  const all = pairable.flat();
  let observed = 0;
  for (const values of pairable) observed += sumOfPairs(values, distance) / (values.length - 1);
  const expected = sumOfPairs(all, distance) / (all.length - 1);
  return expected === 0 || all.length < 2 ? undefined : 1 - observed / expected;
}

/** The sum over ordered pairs of different members. Equal members are counted together, since there are few values. */
function sumOfPairs<V>(values: readonly V[], distance: (a: V, b: V) => number): number {
  const groups = [...groupBy(values, (value) => JSON.stringify(value)).values()].flatMap((alike) => {
    const [value] = alike;
    return value === undefined ? [] : [{ value, count: alike.length }];
  });
  let sum = 0;
  for (const { value: one, count: many } of groups)
    for (const { value: other, count: more } of groups) if (one !== other) sum += many * more * distance(one, other);
  return sum;
}

/** Jaccard distance: the share of values that are in only one of two sets. For single values, 0 or 1. */
export function setDistance(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [new Set(a), new Set(b)];
  const inBoth = [...left].filter((value) => right.has(value)).length;
  const inEither = left.size + right.size - inBoth;
  return inEither === 0 ? 0 : 1 - inBoth / inEither;
}

/** The values that were chosen, not written, by field: codes, references, booleans, numbers and dates. */
type Coded = ReadonlyMap<string, readonly string[]>;

function codedValues(value: Json, structure: Structure, renamed: Names = new Map()): Coded {
  const found = new Map<string, string[]>();
  const visit = (at: Json, known: Structure | undefined, field: string): void => {
    if (known === undefined || isOutside(known.shape)) return;
    if (isArray(at)) {
      for (const element of at) visit(element, known.element, `${field}/*`);
    } else if (isObject(at)) {
      for (const [key, inner] of Object.entries(at)) visit(inner, known.member(key), below(field, key));
    } else if (isCoded(known.shape, at)) {
      const target = known.shape.references.flatMap((table) => renamed.get(table)?.get(String(at)) ?? [])[0];
      found.set(field, [...(found.get(field) ?? []), JSON.stringify(target ?? at)]);
    }
  };
  visit(value, structure, '');
  return found;
}

/** The values of a record that were chosen, as a text to compare; undefined if there are none. */
export function codedText(value: Json, structure: Structure): string | undefined {
  const fields = [...codedValues(value, structure)].map(
    ([field, values]) => [field, [...new Set(values)].toSorted(compareText)] as const,
  );
  return fields.length === 0 ? undefined : JSON.stringify(fields.toSorted(([a], [b]) => compareText(a, b)));
}

/** Parts of a record that say where it comes from, not what it says. */
function isOutside({ spans, document, withdrawal }: Shape): boolean {
  return spans || document || withdrawal;
}

function isCoded({ codes, references, format }: Shape, value: Json): boolean {
  if (typeof value === 'boolean' || typeof value === 'number') return true;
  return codes !== undefined || references.length > 0 || ['edtf', 'date', 'date-time'].includes(format ?? '');
}

function pairsById(a: readonly CodedRecord[], b: readonly CodedRecord[]): readonly RecordPair[] {
  const others = new Map(b.map((record) => [record.id, record]));
  return a.flatMap((record) => {
    const other = others.get(record.id);
    return other === undefined ? [] : [{ a: record, b: other }];
  });
}

/** Two records can be a pair if the longer evidence covers at least this share of the shorter one. */
const leastShared = 0.5;

interface Candidate extends RecordPair {
  /** The similarity of evidence and fields: the sum of two shares, each from 0 to 1. */
  readonly likeness: number;
}

/**
 * Pairs records that cite something so that the total similarity is largest. Starting with the most similar pair could
 * leave two others without a partner. Fields count too, since two records often cite the same sentence, and the length
 * of spans is arbitrary.
 */
function pairsByEvidence(
  a: readonly CodedRecord[],
  b: readonly CodedRecord[],
  structure: Structure,
): readonly RecordPair[] {
  const [left, right] = [citingOf(a, structure), citingOf(b, structure)];
  const candidates = left.citing.flatMap((one) =>
    right.citing.flatMap((other): readonly Candidate[] => {
      const { jaccard, overlap } = shared(one.cited, other.cited);
      if (overlap < leastShared) return [];
      const likeness = jaccard + fieldsInCommon(one.coded, other.coded);
      return [{ a: one.record, b: other.record, likeness }];
    }),
  );
  const uncited = pairsWithoutEvidence(left.uncited, right.uncited, structure);
  return [...connected(candidates).flatMap(bestPairs), ...uncited].toSorted((x, y) => compareText(x.a.id, y.a.id));
}

/** A record that cites something. */
interface CitingRecord {
  readonly record: CodedRecord;
  readonly cited: Cited;
  readonly coded: Coded;
}

/** The records of a coding: those that cite something, and those that do not. */
interface Citing {
  readonly citing: readonly CitingRecord[];
  readonly uncited: readonly CodedRecord[];
}

function citingOf(records: readonly CodedRecord[], structure: Structure): Citing {
  const all = records.map((record) => ({ record, cited: citedBy(record.value, structure) }));
  return {
    citing: all.flatMap(({ record, cited }) =>
      cited.size === 0 ? [] : [{ record, cited, coded: codedValues(record.value, structure) }],
    ),
    uncited: all.flatMap(({ record, cited }) => (cited.size === 0 ? [record] : [])),
  };
}

/**
 * Pairs records that cite nothing by identifier, and then by all of their chosen values, if no other record of either
 * coding has the same: nothing else shows which of several belong together.
 */
function pairsWithoutEvidence(
  a: readonly CodedRecord[],
  b: readonly CodedRecord[],
  structure: Structure,
): readonly RecordPair[] {
  const named = pairsById(a, b);
  const taken = new Set(named.flatMap((pair) => [pair.a, pair.b]));
  const textOf = ({ value }: CodedRecord): string => codedText(value, structure) ?? '';
  const [ofA, ofB] = [groupBy(a, textOf), groupBy(b, textOf)];
  const alike = [...ofA].flatMap(([text, [one, ...more]]) => {
    const [other, ...others] = ofB.get(text) ?? [];
    if (text === '' || one === undefined || other === undefined || more.length + others.length > 0) return [];
    return taken.has(one) || taken.has(other) ? [] : [{ a: one, b: other }];
  });
  return [...named, ...alike];
}

/** The pairs with the largest total similarity (Kuhn and Munkres). */
function bestPairs(candidates: readonly Candidate[]): readonly RecordPair[] {
  const rows = [...new Set(candidates.map(({ a }) => a))];
  const columns = [...new Set(candidates.map(({ b }) => b))];
  const known = new Map(rows.map((row) => [row, new Map<CodedRecord, Candidate>()]));
  for (const candidate of candidates) known.get(candidate.a)?.set(candidate.b, candidate);
  const costs = rows.map((row) => columns.map((column) => -(known.get(row)?.get(column)?.likeness ?? 0)));
  return munkres(costs).flatMap(([y, x]) => {
    const [row, column] = [rows[y], columns[x]];
    if (row === undefined || column === undefined || known.get(row)?.has(column) !== true) return [];
    return [{ a: row, b: column }];
  });
}

/** The share of the fields of two records that have the same values. */
function fieldsInCommon(one: Coded, other: Coded): number {
  const fields = new Set([...one.keys(), ...other.keys()]);
  const alike = [...fields].filter((field) => setDistance(one.get(field) ?? [], other.get(field) ?? []) === 0);
  return fields.size === 0 ? 0 : alike.length / fields.size;
}

type Interval = readonly [start: number, end: number];

/** The passages that a record cites, by source, in order and without overlap, in code points. */
type Cited = ReadonlyMap<string, readonly Interval[]>;

function citedBy(value: Json, structure: Structure): Cited {
  const spans: Span[] = [];
  const visit = (at: Json, known: Structure | undefined): void => {
    if (known === undefined) return;
    if (known.shape.spans && isArray(at)) spans.push(...at.flatMap((each) => toSpan(each) ?? []));
    else if (isArray(at)) for (const element of at) visit(element, known.element);
    else if (isObject(at)) for (const [key, inner] of Object.entries(at)) visit(inner, known.member(key));
  };
  visit(value, structure);
  return new Map(
    [...groupBy(spans, ({ source }) => source)].map(([source, of]) => [
      source,
      united(of.map(({ start, end }): Interval => [start, end])),
    ]),
  );
}

function united(intervals: readonly Interval[]): readonly Interval[] {
  const found: [number, number][] = [];
  for (const [start, end] of intervals.toSorted(([a], [b]) => a - b)) {
    const last = found.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else found.push([start, end]);
  }
  return found;
}

/** How much evidence two records share: of both together, and of the shorter one. */
function shared(a: Cited, b: Cited): { readonly jaccard: number; readonly overlap: number } {
  let both = 0;
  for (const [source, intervals] of a)
    for (const [start, end] of intervals)
      for (const [from, to] of b.get(source) ?? []) both += Math.max(0, Math.min(end, to) - Math.max(start, from));
  const [lengthOfA, lengthOfB] = [lengthOf(a), lengthOf(b)];
  const shorter = Math.min(lengthOfA, lengthOfB);
  return { jaccard: both / (lengthOfA + lengthOfB - both || 1), overlap: shorter === 0 ? 0 : both / shorter };
}

function lengthOf(cited: Cited): number {
  return [...cited.values()].flat().reduce((sum, [start, end]) => sum + end - start, 0);
}

function hasSpans(structure: Structure, seen = new Set<Structure>()): boolean {
  if (structure.shape.spans) return true;
  if (seen.has(structure)) return false;
  seen.add(structure);
  const inner = [...structure.shape.properties.keys()].map((key) => structure.member(key));
  return [...inner, structure.element, structure.others].some((each) => each !== undefined && hasSpans(each, seen));
}
