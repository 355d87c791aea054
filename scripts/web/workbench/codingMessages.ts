import type { Json } from '../../json/json.ts';
import type { ProblemMessage, RecordMessage, Unreviewed } from './messages.ts';
import type { ReferrerMessage } from './removalMessages.ts';

// The messages about two codings of a source. Types only: the server and the page import this file.

/** A difference between two codings of a source: two records of the same words, or something that one coding lacks. */
export interface DifferingRecords {
  readonly table: string;
  readonly first: string | undefined;
  readonly second: string | undefined;
  /** What each coding calls the record; undefined if it has no name, or is not there. */
  readonly firstName: string | undefined;
  readonly secondName: string | undefined;
  /** The words, if the question is why they need no record. Both records are then that of the source. */
  readonly passage: DifferingPassage | undefined;
  /** The decisions on it, the last one for each field. Without one, the difference is open. */
  readonly decisions: readonly DecisionMessage[];
}

/** A passage for which two codings have different reasons to have no record; undefined for a coding without one. */
export interface DifferingPassage {
  readonly start: number;
  readonly end: number;
  readonly first: string | undefined;
  readonly second: string | undefined;
}

export interface DecisionMessage {
  /** Empty if the decision is about the whole record. */
  readonly field: string;
  readonly chosen: 'first' | 'second';
  readonly reason: string;
  readonly by: string;
  readonly date: string;
  readonly firstValue: Json | undefined;
  readonly secondValue: Json | undefined;
  /** What the chosen value refers to. */
  readonly names: NamesAt;
}

/** The names of the records that a value refers to, by the pointer of the reference. */
export type NamesAt = Readonly<Record<string, string>>;

/**
 * The records of a difference. The second one refers to records by the identifiers of the first coding, where both have
 * the record.
 */
export interface ComparedRecords {
  readonly first: RecordMessage | undefined;
  readonly second: RecordMessage | undefined;
  /** What each coding calls the records that its record refers to. */
  readonly firstNames: NamesAt;
  readonly secondNames: NamesAt;
}

/** Which value a field gets, and why. */
export interface ResolvedField {
  /** Empty if the decision is about the whole record. */
  readonly field: string;
  readonly chosen: 'first' | 'second';
  readonly reason: string;
}

/** A decision on a difference, for all its fields at once. */
export interface Settlement extends Pick<DifferingRecords, 'table' | 'first' | 'second' | 'passage'> {
  readonly source: string;
  readonly by: string;
  readonly date: string;
  /** The digest of the first coding's record as it was compared. */
  readonly digest: string | undefined;
  /** The same of the second coding's record. */
  readonly secondDigest: string | undefined;
  readonly choices: readonly ResolvedField[];
  /** Withdraws a record that is published, instead of deleting it. */
  readonly withdraws: boolean;
}

/** The result of a decision: it is saved, with the records it changes, or nothing is. */
export type ResolveMessage =
  /** The identifier of the record in the first coding; undefined if there is none now. */
  | { readonly resolved: string | undefined; readonly unreviewed: readonly Unreviewed[] }
  /** `needed`: records that only the second coding has, and that this one refers to. */
  | { readonly refused: readonly ProblemMessage[]; readonly needed: readonly NeededRecord[] }
  /** A version has published the record. */
  | { readonly version: string; readonly withdrawalAt: string | undefined }
  | { readonly referrers: readonly ReferrerMessage[] }
  /** A record has changed since it was compared. */
  | { readonly changed: true };

export interface NeededRecord {
  readonly table: string;
  readonly id: string;
  readonly name: string | undefined;
}
