import type { Severity } from '../../base/problem.ts';
import type { Json, JsonObject } from '../../json/json.ts';
import type { PageFacts } from '../../verbs/pageFacts.ts';
import type { Bound, Grounds, Review } from '../../schema/extensions.ts';
import type { RecordName } from '../../schema/nameIn.ts';

// The messages between the server and the page. Types only: both sides import this file.

export interface CodeMessage {
  readonly code: Json;
  /** What the form shows instead of the code. */
  readonly label?: string;
  readonly description: string | undefined;
  /** What people write instead of it. */
  readonly names?: readonly string[];
}

export interface PropertyMessage {
  readonly name: string;
  readonly required: boolean;
  /** Index of its field in the model. */
  readonly field: number;
}

/** One of the alternatives of a field. */
export interface BranchMessage {
  readonly title: string;
  readonly description: string | undefined;
  /** The code of the property that tells the alternatives apart; undefined if none does. */
  readonly code: Json | undefined;
  /** Index of the field that the value is if it is this alternative. */
  readonly field: number;
}

/** The types of a value that is no object or list. */
export type ScalarType = 'number' | 'string' | 'boolean' | 'null';

export type FieldKind =
  | 'scalar'
  | 'object'
  | 'list'
  | 'text'
  | 'number'
  | 'boolean'
  | 'code'
  | 'reference'
  | 'date'
  | 'any';

/** A field of a form, made from the schema with its references followed. */
export interface Field {
  readonly kind: FieldKind;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly unit: string | undefined;
  /** Whether a number must be whole. */
  readonly whole: boolean;
  /** The format of a date: edtf, date or date-time. */
  readonly format: string | undefined;
  /** Whether a text can be long, or is in the curator's own words. */
  readonly isLong: boolean;
  /** Whether a text is in the curator's own words. */
  readonly ownWords: boolean;
  /** Whether a text can have line breaks. */
  readonly hasLines: boolean;
  readonly codes: readonly CodeMessage[];
  /** The tables that a reference can point to. */
  readonly tables: readonly string[];
  readonly properties: readonly PropertyMessage[];
  /** The alternatives between which the form asks the user to choose; none for most fields. */
  readonly branches: readonly BranchMessage[];
  /** The property whose code is that of the alternative; undefined if none tells them apart. */
  readonly told: string | undefined;
  /** The types that a value of the kind `scalar` can have. */
  readonly scalars: readonly ScalarType[];
  /** The field of a list's elements. */
  readonly element: number | undefined;
  /** Whether a list can be empty. */
  readonly canBeEmpty: boolean;
  /** The field of members that have no name in the schema. */
  readonly members: number | undefined;
  /** Whether an object is a quantity: some words of a source can fill in its fields. */
  readonly isQuantity: boolean;
  /** JSON Pointers, perhaps relative ones, of values that this one is not larger or later than. */
  readonly atMost: readonly string[];
  /** For a code: what else in the record it says is at most what, by pointers. */
  readonly bounds: readonly Bound[];
  /** Whether a span must support each leaf below it. */
  readonly evidence: boolean;
  /** Whether the text is the words of a source. */
  readonly verbatim: boolean;
  /** Whether no two records of the table should share the text: it is a name. */
  readonly distinct: boolean;
  /** The codes that say what a value beside this field rests on. */
  readonly grounds: Grounds | undefined;
}

export interface TableMessage {
  readonly name: string;
  readonly title: string;
  readonly description: string | undefined;
  /** The property that holds the identifier. */
  readonly key: string | undefined;
  /** Where the name of a record is that people use for it. */
  readonly label: RecordName;
  readonly field: number;
  /** JSON Pointer of the list of spans; undefined if the table has none. */
  readonly spansAt: string | undefined;
  readonly isSource: boolean;
  /** Whether a sentence can be without a record although a record of this table cites it. */
  readonly isAuthority: boolean;
  /** JSON Pointer of the list that says why passages need no record; undefined if the schema has none. */
  readonly uncodedAt: string | undefined;
  /** Whether its records have a document. */
  readonly hasDocument: boolean;
  /** Properties that the form does not show: they are filled in by the server. */
  readonly hidden: readonly string[];
  /** What the dialog for a new record with a document asks for, in the order of the schema. */
  readonly asked: readonly AskedMessage[];
}

/** A field that the dialog for a new source asks for. */
export interface AskedMessage {
  /** JSON Pointer; an element of a list is its first. */
  readonly pointer: string;
  readonly field: number;
  readonly required: boolean;
  /** What is known of it before its record is made. */
  readonly about: 'day' | 'language' | 'title' | 'name' | 'identifier' | undefined;
}

/** A document as text, and its metadata if it is a web page. */
export interface GivenText {
  readonly text: string;
  readonly facts: PageFacts | undefined;
}

/** What the words of a text show about it. */
export interface TextFacts {
  /** BCP 47 tags, the likeliest first. */
  readonly languages: readonly string[];
  /** The day at its beginning, and the words that mean it. */
  readonly day: { readonly date: string; readonly words: string } | undefined;
  /** Those in its by-line, and the words of that. */
  readonly authors: readonly { readonly name: string; readonly words: string }[];
}

export interface Start {
  readonly title: string;
  readonly tables: readonly TableMessage[];
  readonly fields: readonly Field[];
  /** Identifier of the source to open first. */
  readonly source: string | undefined;
  /** The record to open first. */
  readonly record: { readonly table: string; readonly id: string } | undefined;
  readonly git: boolean;
  readonly drafts: readonly KeptDraft[];
  /**
   * Which coding this is: a second, blind one, or the first one with a second one to compare it with; undefined if
   * there is only one.
   */
  readonly coding: 'second' | 'compared' | undefined;
  /** The user's name in git. */
  readonly user: string | undefined;
  /** A document to add, given with the command. */
  readonly incoming: (GivenText & { readonly name: string }) | undefined;
}

/** A span of evidence; offsets are code points in the source's file. */
export interface SpanMessage {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly supports: readonly string[];
  /** Its index in the record as it was read; undefined for a new one. */
  readonly origin: number | undefined;
}

/** A record without its list of spans, and the spans. */
export interface RecordContent {
  readonly value: JsonObject;
  readonly spans: readonly SpanMessage[];
}

/** The unsaved changes of a record. */
export interface DraftContent extends RecordContent {
  /** Pointers of the fields that were added; they can still be empty. */
  readonly opened: readonly string[];
  /** The source that was in view; undefined if the table cites none. */
  readonly source?: string | undefined;
}

export interface RecordMessage extends RecordContent {
  readonly table: string;
  /** Empty for a record that has none yet. */
  readonly id: string;
  readonly shown: string;
  /** SHA-256 of the file's text; undefined if there is no file yet. */
  readonly digest: string | undefined;
  /** The name of its draft: the identifier, or a random name for a record that has none yet. */
  readonly draftName: string;
  /** Unsaved changes from when the workbench was last open. */
  readonly draft: DraftContent | undefined;
  /** The version that these began with, if the file has changed since; undefined otherwise. */
  readonly base?: RecordContent | 'not known';
}

/** The unsaved changes of a record. */
export interface DraftSummary {
  readonly table: string;
  /** Empty for a record that has no file yet. */
  readonly id: string;
  readonly draftName: string;
  readonly label: string;
}

/** A draft in a list. */
export interface KeptDraft extends DraftSummary {
  /** The identifier that its record has or would be saved under; undefined if it would get none yet. */
  readonly identifier: string | undefined;
}

/** A record, by its table and identifier. */
export interface RecordKey {
  readonly table: string;
  readonly id: string;
}

export interface RecordSummary extends RecordKey {
  readonly label: string | undefined;
  readonly withdrawn: boolean;
}

/** A span of any record that names the source. */
export interface MarkedSpan {
  readonly table: string;
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly supports: readonly string[];
  /** Why the words need no record, if they are in the source's own record for that. */
  readonly reason?: string;
}

export interface SourceMessage {
  readonly table: string;
  readonly id: string;
  readonly label: string | undefined;
  /** The source's part of its file; undefined if it cannot be shown, for the reason given. */
  readonly text: string | undefined;
  readonly reason: string | undefined;
  /** Where that part begins in the file, in code points. */
  readonly first: number;
  readonly review: Review | undefined;
}

/** A record that matches a search. */
export interface FoundRecord extends RecordSummary {
  /** Whether the words are one of its names, or its identifier. */
  readonly isCalledSo: boolean;
  /** Whether it does not have the words, only similar ones. */
  readonly isGuess: boolean;
}

export interface FoundMessage {
  readonly records: readonly FoundRecord[];
  /** Whether all records have been read. Otherwise, unread records are found only by their identifiers. */
  readonly isComplete: boolean;
}

/** Which records a list shows. */
export type Shown = 'all' | 'errors' | 'drafts';

/** A record in the list of all records. */
export interface ListedRecord extends RecordSummary {
  /** The name of its draft, if it has one. A new record has nothing else: its identifier is empty. */
  readonly draftName: string | undefined;
  /** Its first error, if those with errors are listed. */
  readonly fault: string | undefined;
}

/** The records of a table that match. */
export interface ListedTable {
  readonly table: string;
  readonly count: number;
  /** The first of them. */
  readonly records: readonly ListedRecord[];
}

export interface ListMessage {
  /** All tables. */
  readonly tables: readonly ListedTable[];
  /** If those with errors are listed, the share of all records that has been checked, from 0 to 1. */
  readonly checked: number | undefined;
  /** Whether all records have been read. Otherwise, unread records are found only by their identifiers. */
  readonly isComplete: boolean;
}

/** The records that cite a source, and their spans in it. */
export interface MarksMessage {
  readonly records: readonly RecordSummary[];
  readonly marks: readonly MarkedSpan[];
  /** Whether all records were searched. Otherwise, others may cite the source too. */
  readonly isComplete: boolean;
  /** When the source was published; undefined if its record does not say the day. */
  readonly issued?: Issued;
}

/** The day on which a source was published, and the words that its record cites for it, in code points of its file. */
export interface Issued {
  readonly day: string;
  readonly words: { readonly start: number; readonly end: number } | undefined;
}

/** How a date follows from words. */
export interface Resolution {
  /** Stated if the words are the date in full, resolved if they say it in another way, inferred if none do. */
  readonly grounds: 'stated' | 'resolved' | 'inferred';
  /** How it was worked out, as an English sentence. */
  readonly sentence: string;
}

/** A date that words can mean. */
export interface MeantDate extends Resolution {
  readonly date: string;
  /** Which of the possible dates it is, or what it means. */
  readonly meaning: string;
}

/** What a button beside a problem does. */
export type ActionMessage =
  | { readonly kind: 'cite'; readonly label: string }
  | { readonly kind: 'replace'; readonly label: string; readonly value: Json; readonly resolution?: Resolution }
  /** Makes the record that is missing; `id` is its identifier, if the field has one. */
  | { readonly kind: 'create'; readonly label: string; readonly table: string; readonly id: string | undefined }
  /** Opens the unsaved record that is missing. */
  | { readonly kind: 'draft'; readonly label: string; readonly table: string; readonly draftName: string };

export interface ProblemMessage {
  readonly pointer: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string | undefined;
  readonly actions: readonly ActionMessage[];
}

export interface Checked {
  readonly problems: readonly ProblemMessage[];
  /** Pointers of fields that the schema requires in the current state of the record, and that it lacks. */
  readonly missing: readonly string[];
  /** The identifier that a record without one would get. */
  readonly id: string | undefined;
}

/** A source that was reviewed before one of its records changed. */
export interface Unreviewed {
  readonly source: string;
  /** Whether it is no longer marked as reviewed. Unsaved changes of its own record prevent that. */
  readonly isRemoved: boolean;
}

/** Why a record was not saved. */
export type NotSavedMessage =
  | { readonly refused: readonly ProblemMessage[] }
  | { readonly conflict: RecordMessage | undefined };

/** The result of a save. */
export type SaveMessage =
  | {
      readonly saved: RecordMessage;
      readonly unreviewed: readonly Unreviewed[];
      /** The reasons for which words that the record cites since this save are marked as needing no record. */
      readonly passedOver: readonly string[];
    }
  | NotSavedMessage;

/** The result of a save that leaves reviews as they are. */
export type SavedMessage = { readonly saved: RecordMessage } | NotSavedMessage;

/** The progress of coding a source. */
export interface QueuedSource {
  readonly table: string;
  readonly id: string;
  readonly label: string | undefined;
  /** Records of other tables that cite it. */
  readonly records: number;
  /** Sentences, and those that no span touches; undefined if the text is not available or was not inspected. */
  readonly sentences: number | undefined;
  readonly uncovered: number | undefined;
  /** `recorded`: with records, but without a text that could tell what is left. */
  readonly state: 'open' | 'begun' | 'recorded' | 'coded' | 'reviewed';
  readonly review: Review | undefined;
}

/** Something in the text that may be worth coding. It is shown, and never saved automatically. */
export interface Suggestion {
  readonly kind: 'name' | 'date' | 'number';
  /** In code points of the source's file. */
  readonly start: number;
  readonly end: number;
  /** The record with this name, or the date that is meant, in words. */
  readonly meaning: string;
  /** What a field that fits gets: a date, an identifier or a number; left out if several can be meant. */
  readonly value?: string | number;
  /** The table of the record. */
  readonly table?: string;
}

/** The dates that words of a source can mean. */
export interface MeantDates {
  /** The words that mean them. */
  readonly words: string;
  /** The place of these words, in code points of the source's file. */
  readonly start: number;
  readonly end: number;
  readonly dates: readonly MeantDate[];
  /** The day that they are relative to, if all of them are relative to the same one. */
  readonly day: string | undefined;
  /** Whether their clause says when somebody spoke. */
  readonly isOfSaying: boolean;
  /** Whether the words may count from another day: in a quotation, or from a date before them. */
  readonly isGuess: boolean;
}

/** A day that a record has, from which words can count. */
export interface DayOfField {
  readonly day: string;
  /** The title of what it is the date of. */
  readonly of: string;
}

/** Words of a source; empty if there are none. */
export interface MeantWords {
  readonly words: string;
  /** The place of the words, in code points of the file. */
  readonly start: number;
  readonly end: number;
}

/** What the one quantity in some words means for fields. */
export interface MeantQuantity extends MeantWords {
  readonly values: readonly { readonly pointer: string; readonly value: Json }[];
}

/** A value that records of a source repeat, with the words that they cite for it and for what is in it. */
export interface RepeatedMessage {
  readonly pointer: string;
  readonly value: Json;
  readonly spans: readonly Omit<SpanMessage, 'origin'>[];
  /** Whether the source's own record cites these words too, such as the date of the report. */
  readonly ofSource: boolean;
}

/** A record that another one may repeat, and what they have in common. */
export interface AlikeRecord {
  readonly table: string;
  readonly id: string;
  readonly label: string | undefined;
  /** `name`: the name of one is a name of the other. `values and words`: `validate` warns of it. */
  readonly why: 'values and words' | 'values' | 'name' | 'other name' | 'words';
}

/** Who can review a source. */
export interface ReviewersMessage {
  /** The authors of its records: of their commits, and of changes that are not committed. */
  readonly coders: readonly string[];
  /** The other authors in git's log, and the user if that is another person. */
  readonly others: readonly string[];
}
