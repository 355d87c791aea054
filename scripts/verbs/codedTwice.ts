import { isDeepStrictEqual } from 'node:util';
import { type CodedRecord, codedText } from '../compare/agreement.ts';
import { compareText } from '../base/text.ts';
import { isArray, isObject, resolvePointer } from '../json/json.ts';
import type { Project } from '../project/openProject.ts';
import { sourceTables } from '../project/recordIndex.ts';
import { toSpan } from '../schema/extensionValues.ts';
import { type RecordType, spansOf } from '../schema/recordTypes.ts';
import { structureOf } from '../schema/walk.ts';
import { blindSource, uncodedAt } from './blindSource.ts';
import { codedTables } from './secondCoding.ts';

/** The records of a coding, by table. */
export type Coding = ReadonlyMap<string, readonly CodedRecord[]>;

/** The part of two codings that can be compared. */
interface CodedTwice {
  readonly a: Coding;
  readonly b: Coding;
  readonly sources: readonly string[];
  readonly copied: number;
}

/**
 * What two people have coded: without the records that the second coding began with, and only about the sources that
 * it covers. Sources are covered if a record of the second coding cites them, or if it says which of their passages
 * need no record.
 */
export function codedTwice(project: Project, a: Coding, b: Coding, given?: readonly string[]): CodedTwice {
  const { types } = project;
  const coded = new Set(codedTables(project));
  const sourceNames = new Set(sourceTables(project));
  const copies = new Map(
    types.map((type) => [
      type.name,
      coded.has(type.name) ? new Set<string>() : copiesIn(type, a, b, sourceNames.has(type.name)),
    ]),
  );
  const own = (coding: Coding): Coding =>
    new Map(types.map(({ name }) => [name, (coding.get(name) ?? []).filter(({ id }) => !copies.get(name)?.has(id))]));
  const [ofA, ofB] = [own(a), own(b)];
  const sources = new Set(given ?? coveredBy(types, ofB, sourceNames, b));
  const counted = types.map((type) => {
    const isSource = sourceNames.has(type.name);
    const isAbout = (record: CodedRecord): boolean =>
      isSource ? sources.has(record.id) : citedBy(type, record).some((source) => sources.has(source));
    const ofOther = ofB.get(type.name) ?? [];
    const others = new Set(ofOther.map(({ id }) => id));
    const isUncited = (record: CodedRecord): boolean => !isSource && citedBy(type, record).length === 0;
    const hasPartner = partnersIn(type, ofOther.filter(isUncited));
    const hasEvidence = spansOf(type) !== undefined;
    // without evidence, it is the table that was coded twice or not
    const fromA = (ofA.get(type.name) ?? []).filter((record) =>
      hasEvidence || isSource
        ? isAbout(record) ||
          (!coded.has(type.name) && others.has(record.id)) ||
          (isUncited(record) && hasPartner(record))
        : others.size > 0,
    );
    const known = new Set(fromA.map(({ id }) => id));
    const fromB = ofOther.filter((record) => isAbout(record) || known.has(record.id) || isUncited(record));
    return [type.name, fromA, fromB] as const;
  });
  return {
    a: new Map(counted.map(([name, fromA]) => [name, fromA])),
    b: new Map(counted.map(([name, , fromB]) => [name, fromB])),
    sources: [...sources].toSorted(compareText),
    copied: [...copies.values()].reduce((sum, { size }) => sum + size, 0),
  };
}

/**
 * Whether a record that cites nothing is also among those of the second coding. Nothing else says whether it is about a
 * source that was coded twice.
 */
function partnersIn(type: RecordType, uncited: readonly CodedRecord[]): (record: CodedRecord) => boolean {
  const structure = structureOf(type.shape);
  const ids = new Set(uncited.map(({ id }) => id));
  const texts = new Set(uncited.flatMap(({ value }) => codedText(value, structure) ?? []));
  return ({ id, value }) => ids.has(id) || texts.has(codedText(value, structure) ?? '');
}

/** The identifiers of records that both codings have with the same content. */
function copiesIn(type: RecordType, a: Coding, b: Coding, isSource: boolean): Set<string> {
  const others = new Map((b.get(type.name) ?? []).map((record) => [record.id, record]));
  // a second coder gets a source without what the first has decided about it
  const bare = ({ value }: CodedRecord): unknown => (isSource && isObject(value) ? blindSource(type, value) : value);
  const same = (a.get(type.name) ?? []).filter((record) => {
    const other = others.get(record.id);
    return other !== undefined && isDeepStrictEqual(bare(record), bare(other));
  });
  return new Set(same.map(({ id }) => id));
}

/** The sources that a coding is about. */
function coveredBy(
  types: readonly RecordType[],
  own: Coding,
  sourceNames: ReadonlySet<string>,
  whole: Coding,
): readonly string[] {
  return types.flatMap((type) => {
    if (!sourceNames.has(type.name)) return (own.get(type.name) ?? []).flatMap((record) => citedBy(type, record));
    const at = uncodedAt(type);
    const isCovered = ({ value }: CodedRecord): boolean =>
      at !== undefined && isObject(value) && resolvePointer(value, at) !== undefined;
    return (whole.get(type.name) ?? []).filter(isCovered).map(({ id }) => id);
  });
}

/** The sources that a record cites. */
export function citedBy(type: RecordType, { value }: CodedRecord): readonly string[] {
  const at = spansOf(type);
  const spans = at === undefined || !isObject(value) ? undefined : resolvePointer(value, at);
  return isArray(spans) ? spans.flatMap((span) => toSpan(span)?.source ?? []) : [];
}
