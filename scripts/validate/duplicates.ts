import { type JsonObject, isArray, parseJson, resolvePointer } from '../json/json.ts';
import { list, quoted } from '../base/text.ts';
import { toDocument, toSpan } from '../schema/extensionValues.ts';
import { type RecordType, spansOf } from '../schema/recordTypes.ts';
import { shapeBelow } from '../schema/shape.ts';
import { type Findings, structureOf, walk } from '../schema/walk.ts';

/** A part of a document, in code points; without bounds, the whole. */
interface Part {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

/** What makes a record look like another one. */
export interface Mark {
  /** Equal for records that match. */
  readonly key: string;
  readonly pointer: string;
  /** What they have in common, for a message. */
  readonly what: string;
  readonly isMany: boolean;
  /** Of matching records, only those with overlapping parts are alike; undefined if all are. */
  readonly parts: readonly Part[] | undefined;
}

/** A record: its name in commands, and whether it refers to another one. */
export interface Named {
  readonly name: string;
  readonly id: string;
  readonly refersTo: (id: string) => boolean;
}

/** Whether the record in a text refers to a record with some identifier. */
export function referring(type: RecordType, text: () => string): Named['refersTo'] {
  return (id) => {
    const parsed = parseJson(text());
    if (!('value' in parsed)) return false;
    return walk(parsed.value, structureOf(type.shape)).references.some((reference) => reference.id === id);
  };
}

/** The marks of the records so far, by key. */
export type Marks = Map<string, readonly (Named & { readonly mark: Mark })[]>;

/** The marks of a record. `found` is what a walk through it found. */
export function marksOf(
  type: RecordType,
  record: JsonObject,
  found: Pick<Findings, 'distinct' | 'documents' | 'spans' | 'ownWords'>,
): readonly Mark[] {
  const { distinct, documents } = found;
  const texts = distinct
    .filter(({ words }) => canBeName(words))
    .map(({ pointer, words }): Mark => {
      const field = pointer.replace(/\/\d+(?=\/|$)/g, '/*');
      const key = JSON.stringify([type.name, field, folded(words, shapeBelow(type.shape, pointer)?.format)]);
      return { key, pointer, what: quoted(words), isMany: false, parts: undefined };
    });
  return [...texts, ...documents.flatMap((at) => documentMark(type, record, at)), ...alikeMark(type, record, found)];
}

/** Whether a text can be a name: several words without a capital letter are a description, such as `our ministries`. */
export function canBeName(text: string): boolean {
  return !/\s/.test(text.trim()) || text !== text.toLowerCase() || text === text.toUpperCase();
}

/** Two sources with the same bytes are duplicates, unless they are different parts of the file. */
function documentMark(type: RecordType, record: JsonObject, pointer: string): readonly Mark[] {
  const document = toDocument(resolvePointer(record, pointer));
  if (document === undefined) return [];
  const { sha256, start = 0, end = Number.POSITIVE_INFINITY } = document;
  const key = JSON.stringify([type.name, pointer, sha256]);
  return [{ key, pointer, what: 'the document', isMany: false, parts: [{ source: sha256, start, end }] }];
}

/** The fields that duplicates share, by the schema of the table; none if one of the values is missing. */
function alikeMark(
  type: RecordType,
  record: JsonObject,
  { spans, ownWords }: Pick<Findings, 'spans' | 'ownWords'>,
): readonly Mark[] {
  const { alike } = type.shape;
  const values = alike.map((at) => resolvePointer(record, at));
  const [mainPointer] = alike;
  if (mainPointer === undefined || values.includes(undefined)) return [];
  const cited = spans.flatMap((at) => {
    const elements = resolvePointer(record, at);
    return isArray(elements) ? elements.flatMap((span) => toSpan(span) ?? []) : [];
  });
  // records of one passage share the words about who and when: what the curator rephrased tells them apart
  const told = cited.filter(({ supports }) => ownWords.some(({ pointer }) => supports.includes(pointer)));
  const parts = told.length > 0 ? told : cited;
  const what = list([...alike, 'some of the cited words']);
  return [
    {
      key: JSON.stringify([type.name, alike, values]),
      pointer: mainPointer,
      what,
      isMany: true,
      parts: spansOf(type) === undefined ? undefined : parts,
    },
  ];
}

/** The first other record with the same mark. If one of them refers to the other, somebody knows that they differ. */
export function sameMark(mark: Mark, own: Named, known: Marks): Named | undefined {
  return known
    .get(mark.key)
    ?.find(
      (other) =>
        other.name !== own.name &&
        overlaps(mark.parts, other.mark.parts) &&
        !(own.refersTo(other.id) || other.refersTo(own.id)),
    );
}

function overlaps(a: readonly Part[] | undefined, b: readonly Part[] | undefined): boolean {
  if (a === undefined || b === undefined) return true;
  return a.some((own) =>
    b.some((other) => own.source === other.source && own.start < other.end && other.start < own.end),
  );
}

/**
 * A text for comparison: without case, accents and extra spaces; for an address, without parts that do not change the
 * page.
 */
function folded(text: string, format: string | undefined): string {
  if (format === 'uri')
    return text
      .replace(/^https?:\/\/(?:www\.)?/i, '')
      .replace(/(?:#.*|\/+)$/s, '')
      .toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();
}
