import { Failure } from '../base/problem.ts';
import { mostBytes } from '../base/limits.ts';
import { type Json, below, isArray, isObject, member, parseJson } from '../json/json.ts';
import type { Project } from '../project/openProject.ts';
import { readRecords } from '../read/records.ts';
import { referredFirst } from '../schema/recordTypes.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import { type Structure, structureOf } from '../schema/walk.ts';
import { doubtfulSlug, slug } from './slug.ts';

/** What `find` searches for, and where. */
export interface FindOptions {
  /** The words to find: all of them, in any order, ignoring case and accents. */
  readonly words: readonly string[];
  /** The most results: 30 by default. */
  readonly most?: number;
}

/** A text that contains the words. */
export interface Found {
  /** The record's name in commands: `table/identifier`. */
  readonly name: string;
  /** The record's file, as the user would write it. */
  readonly file: string;
  /** JSON Pointer of the text in the record; undefined for the text of its document. */
  readonly pointer: string | undefined;
  /** The text; if it is long, the part around the first word. */
  readonly text: string;
  /** Where the passage begins in the document, in code points; undefined for a text of the record. */
  readonly start: number | undefined;
}

/** The results, the likeliest first, and how many more there are. */
export interface Finding {
  readonly found: readonly Found[];
  readonly more: number;
}

/**
 * Searches the identifiers and texts of all records, and the available documents.
 * @throws Failure if no word is given
 */
export function find(project: Project, { words, most = 30 }: FindOptions): Finding {
  const wanted = words.flatMap((each) => plain(each).split(/\s+/u)).filter((word) => word !== '');
  if (wanted.length === 0) throw new Failure('name the words to look for');
  const spellings = [wanted, ...romanised(words.join(' '))];
  const inAll = spellings.flatMap((spelling) => [...inRecords(project, spelling)]);
  const ranked = [...inAll, ...inDocuments(project, wanted)].toSorted((a, b) => a.rank - b.rank);
  return { found: ranked.slice(0, most).map(({ found }) => found), more: Math.max(0, ranked.length - most) };
}

/** Words in Latin letters, as in identifiers and names; empty if they are in these letters already. */
function romanised(words: string): readonly (readonly string[])[] {
  if (!/\p{L}/u.test(words) || /\p{sc=Latin}/u.test(words)) return [];
  const forms = doubtfulSlug(words) ?? [slug(words)];
  return [...new Set(forms)].filter((form) => form !== '').map((form) => form.split('-'));
}

interface Ranked {
  readonly found: Found;
  /** The lower, the likelier. */
  readonly rank: number;
}

function* inRecords(project: Project, wanted: readonly string[]): Generator<Ranked> {
  const types = new Map(project.types.map((type) => [type.name, type]));
  const order = referredFirst(project.types).map((type) => type.name);
  const files = order.flatMap((table) => project.files.filter((file) => file.table === table));
  for (const file of files) {
    const type = types.get(file.table);
    if (type === undefined) continue;
    for (const raw of readRecords(project.fs, file, mostBytes)) {
      const parsed = 'text' in raw && holdsAll(raw.text, wanted) ? parseJson(raw.text) : undefined;
      if (parsed === undefined || !('value' in parsed)) continue;
      const record = parsed.value;
      const id = isObject(record) && type.key !== undefined ? member(record, type.key) : undefined;
      const name = `${type.name}/${typeof id === 'string' || typeof id === 'number' ? id : file.stem}`;
      for (const { pointer, text, isId } of textsOf(record, structureOf(type.shape), type))
        if (holdsAll(text, wanted))
          yield {
            found: { name, file: file.shown, pointer, text: around(text, wanted[0] ?? ''), start: undefined },
            // a short text that is mostly the words is likelier than a long one, or one that has them inside other
            // words
            rank: (isId ? 0 : 1) + Math.min(1, text.length / 400) + (beginsWords(text, wanted) ? 0 : 2),
          };
    }
  }
}

interface PlacedText {
  readonly pointer: string;
  readonly text: string;
  readonly isId: boolean;
}

/** The texts of a record that are for people: no references, codes, digests or spans. */
function* textsOf(value: Json, at: Structure | undefined, type: RecordType, pointer = ''): Generator<PlacedText> {
  if (at?.shape.spans === true || at?.shape.document === true) return;
  if (typeof value === 'string') {
    const isId = type.key !== undefined && pointer === below('', type.key);
    const isText = at === undefined || (at.shape.references.length === 0 && at.shape.codes === undefined);
    if (isText && at?.shape.format === undefined) yield { pointer, text: value, isId };
  } else if (isArray(value))
    for (const [i, element] of value.entries()) yield* textsOf(element, at?.element, type, below(pointer, i));
  else if (isObject(value))
    for (const [key, inner] of Object.entries(value)) yield* textsOf(inner, at?.member(key), type, below(pointer, key));
}

/** Each passage of about a sentence in a document that contains all words. */
function* inDocuments({ sources, validation, files }: Project, wanted: readonly string[]): Generator<Ranked> {
  for (const [source, document] of sources) {
    const text = validation.documents(document.file);
    const [first, last] = [document.start ?? 0, document.end ?? text?.length ?? 0];
    const whole = text?.slice?.(first, last) ?? '';
    if (!holdsAll(whole, wanted)) continue;
    const file = files.find(({ stem }) => stem === source);
    for (const { 0: sentence, index } of whole.matchAll(/[^\n.!?]+(?:[.!?](?!\s)[^\n.!?]*)*[.!?]?/gu)) {
      if (!holdsAll(sentence, wanted)) continue;
      const start = first + Array.from(whole.slice(0, index)).length + leadingSpace(sentence);
      yield {
        found: {
          name: file === undefined ? source : `${file.table}/${source}`,
          file: file?.shown ?? document.file,
          pointer: undefined,
          text: around(sentence.trim(), wanted[0] ?? ''),
          start,
        },
        rank: 3,
      };
    }
  }
}

function leadingSpace(text: string): number {
  return text.length - text.trimStart().length;
}

/** A text in the form for searching: without case and accents. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

function holdsAll(text: string, wanted: readonly string[]): boolean {
  const folded = plain(text);
  return wanted.every((word) => folded.includes(word));
}

/** Whether each search word begins a word of the text. */
function beginsWords(text: string, wanted: readonly string[]): boolean {
  const starts = plain(text).split(/[^\p{L}\p{N}]+/u);
  return wanted.every((word) => starts.some((each) => each.startsWith(word)));
}

/** How many characters of a text are shown, and how many of them before the word. */
const mostShown = 160;
const shownBefore = 60;

function around(text: string, word: string): string {
  const line = text.replace(/\s+/gu, ' ');
  if (line.length <= mostShown) return line;
  const at = Math.max(0, plain(line).indexOf(word) - shownBefore);
  const cut = line.slice(at, at + mostShown);
  return `${at > 0 ? '…' : ''}${cut}${at + mostShown < line.length ? '…' : ''}`;
}
