/**
 * The names that the toolkit knows. A dataset opts in to each with an `x-` keyword in its schemas; a field that merely
 * happens to have one of these names means nothing.
 */
export const keyword = {
  /** On a table: the property that holds the record's identifier. */
  key: 'x-key',
  /**
   * On a table: its records are an authority file, such as of persons or places. A sentence in which only they are
   * mentioned is not coded.
   */
  authority: 'x-authority',
  /** On a text: the table, or list of tables, that must hold a record with this identifier. */
  references: 'x-references',
  /** On a value: each leaf below it must be supported by a span. */
  evidence: 'x-evidence',
  /** On a text: it is a part of the name of the record, which has all of these texts in the order of the schema. */
  label: 'x-label',
  /** On a text: it is, word for word, in a span that supports it. */
  verbatim: 'x-verbatim',
  /** On an array: its elements are spans of source documents. They become the table `provenance`. */
  spans: 'x-spans',
  /** On an object: it names the file that holds the text of this record's document. */
  document: 'x-document',
  /** On a list of texts in a source's record: why passages need no record. Spans support each of them. */
  uncoded: 'x-uncoded',
  /** On a date in a source's record, or on an object with one: when the document was published. */
  issued: 'x-issued',
  /** On a text in a source's record: the language of its document, as a BCP 47 tag. */
  language: 'x-language',
  /** On an object in a source's record: if it is there, somebody has checked how the source is coded. */
  review: 'x-review',
  /**
   * On an object of a record: if it is there, the record is withdrawn. It is in the table `withdrawn` and in no other.
   */
  withdrawal: 'x-withdrawal',
  /**
   * On a number or date: what it must not exceed in the same record, as a JSON Pointer or Relative JSON Pointer. On a
   * list of codes: for some of them, which other values of the record must not exceed what.
   */
  atMost: 'x-at-most',
  /** On a number: its unit of measure. */
  unit: 'x-unit',
  /**
   * On a text: no two records of the table should share it. On a table: JSON Pointers; two records that agree in all of
   * them, and whose spans overlap, count as duplicates.
   */
  distinct: 'x-distinct',
  /** On a text: the curator's own words, which must not repeat a long run of words of the sources. */
  ownWords: 'x-own-words',
  /** On a list of codes: those for which the words that support them are in quotation marks in the source. */
  quoted: 'x-quoted',
  /** On a list of codes: for some of them, the fewest entries of lists of the same record, by JSON Pointers. */
  fewest: 'x-fewest',
  /** On a list of codes: which of them say that a value beside it is in so many words, or was worked out. */
  grounds: 'x-grounds',
  /** On a list of codes: what people write instead of a code, each with that code, or with a sentence on what to do. */
  synonyms: 'x-synonyms',
} as const;

export const keywords: readonly string[] = Object.values(keyword);

/** A span of a source document: W3C Web Annotation TextPositionSelector (code points), and a digest of its UTF-8. */
export interface Span {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly sha256: string;
  readonly begins: string;
  readonly ends: string;
  readonly supports: readonly string[];
}

/** What people write instead of a code. */
export interface Synonym {
  readonly text: string;
  /** The code, or a sentence on what to do. */
  readonly meaning: string;
}

/** A code, and a value of the same record that then is at most another one: absolute or relative JSON Pointers. */
export interface Bound {
  /** Its name, since a key of the schema holds it. */
  readonly code: string;
  readonly value: string;
  readonly limit: string;
}

/** A code, and how many entries a list of the same record then has at least, unless a source names fewer. */
export interface Fewest {
  /** Its name, since a key of the schema holds it: `3` for the number. */
  readonly code: string;
  /** An absolute or relative JSON Pointer. */
  readonly list: string;
  readonly entries: number;
}

/** The codes for a value that a source has in so many words, and for one that was worked out. */
export interface Grounds {
  readonly stated: string;
  /** Worked out from words about it, such as a weekday. */
  readonly resolved: string;
  /** Worked out without such words: undefined if no code says this. */
  readonly inferred: string | undefined;
  /** Where the record says how it was worked out: an absolute or relative JSON Pointer; undefined if nowhere. */
  readonly reason: string | undefined;
}

/**
 * A source document: its file, the digest of the file's bytes, and, if the file holds several documents, its range in
 * code points.
 */
export interface SourceDocument {
  readonly file: string;
  readonly sha256: string;
  readonly start?: number;
  readonly end?: number;
}

/** Why a record no longer counts, since when, and which record of its table replaces it. */
export interface Withdrawal {
  readonly date: string;
  readonly reason: string;
  readonly replacedBy: string | undefined;
}

/** Who has checked how a source is coded, and on which day. */
export interface Review {
  readonly by: string;
  readonly date: string;
}

export const spanFields = ['source', 'start', 'end', 'sha256', 'begins', 'ends', 'supports'] as const;
export const documentFields = ['file', 'sha256', 'start', 'end'] as const;
export const withdrawalFields = ['date', 'reason', 'replaced_by'] as const;
export const reviewFields = ['by', 'date'] as const;

/** Tables that the toolkit makes. No table of a dataset may have one of these names. */
export const reserved = {
  provenance: 'provenance',
  withdrawn: 'withdrawn',
  codeLists: 'codelists',
  changes: 'changes',
  dataset: 'dataset',
} as const;

/** The member of a record that names its schema for editors. It is not a column. */
export const schemaLink = '$schema';

/**
 * Words of this program that may also be names in a dataset's schemas. A test checks that the program contains no other
 * name of the shipped dataset, so that the program does not come to depend on the dataset.
 */
export const vocabulary: ReadonlySet<string> = new Set([
  // ours
  ...spanFields,
  ...documentFields,
  ...withdrawalFields,
  ...reviewFields,
  'uncoded',
  'reviewed',
  'withdrawn',
  'withdrawal',
  'sources',
  'evidence',
  'document',
  'record',
  'edtf',
  // JSON Schema, Data Package, JSON-LD, DataCite, Citation File Format
  'subjects',
  'language',
  'authors',
  '$schema',
  'id',
  'title',
  'description',
  'type',
  'date',
  'time',
  'text',
  'code',
  'unit',
  'name',
  'scope',
  'latitude',
  'longitude',
  // HTML
  'role',
  // Node's names, and everyday words of any program
  'address',
  'host',
  'kind',
  'status',
  'summary',
  'location',
  'force',
  'published',
  'event',
  'outcome',
  'targets',
  'addresses',
]);
