import { type Json, type JsonObject, isArray, isObject, member } from '../json/json.ts';
import {
  documentFields,
  type Review,
  reviewFields,
  type SourceDocument,
  type Span,
  spanFields,
  type Withdrawal,
  withdrawalFields,
} from './extensions.ts';

/** Reads a span from a record, or undefined if it lacks the form of one (the schema has reported why). */
export function toSpan(value: Json): Span | undefined {
  if (!isObject(value)) return undefined;
  const [source, start, end, digest, begins, ends, supports] = spanFields.map((field) => member(value, field));
  if (typeof source !== 'string' || !isOffset(start) || !isOffset(end)) return undefined;
  if (typeof digest !== 'string' || typeof begins !== 'string' || typeof ends !== 'string' || !isArray(supports))
    return undefined;
  return { source, start, end, sha256: digest, begins, ends, supports: supports.filter((p) => typeof p === 'string') };
}

function isOffset(value: Json | undefined): value is number {
  return Number.isSafeInteger(value);
}

/** Reads the document of a source, or undefined if it lacks the form of one. */
export function toDocument(value: Json | undefined): SourceDocument | undefined {
  if (!isObject(value)) return undefined;
  const [file, digest, start, end] = documentFields.map((field) => member(value, field));
  if (typeof file !== 'string' || typeof digest !== 'string') return undefined;
  const range = typeof start === 'number' && typeof end === 'number' ? { start, end } : {};
  return { file, sha256: digest, ...range };
}

/** The file of a document that lacks its digest, as in a source written by hand; undefined for any other value. */
export function fileWithoutDigest(value: Json | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const [file, digest] = documentFields.map((field) => member(value, field));
  return typeof file === 'string' && (digest === undefined || digest === '') ? file : undefined;
}

/** A document with its digest. */
export function withDigest(value: JsonObject, sha256: string): JsonObject {
  return { ...value, [documentFields[1]]: sha256 };
}

/** Reads the withdrawal of a record, or undefined if it lacks the form of one. */
export function toWithdrawal(value: Json | undefined): Withdrawal | undefined {
  if (!isObject(value)) return undefined;
  const [date, reason, replacedBy] = withdrawalFields.map((field) => member(value, field));
  if (typeof date !== 'string' || typeof reason !== 'string') return undefined;
  return { date, reason, replacedBy: typeof replacedBy === 'string' ? replacedBy : undefined };
}

/** Reads the review of a source, or undefined if it lacks the form of one. */
export function toReview(value: Json | undefined): Review | undefined {
  if (!isObject(value)) return undefined;
  const [by, date] = reviewFields.map((field) => member(value, field));
  return typeof by === 'string' && typeof date === 'string' ? { by, date } : undefined;
}
