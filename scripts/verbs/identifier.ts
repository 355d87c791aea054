import { type OptionName, option, sentence } from '../base/sentence.ts';
import { nameFault } from '../base/fileName.ts';
import { Failure } from '../base/problem.ts';
import { keyword } from '../schema/extensions.ts';
import { type RecordType, shapesBelow } from '../schema/recordTypes.ts';
import { foldedId, quoted } from '../base/text.ts';
import { unicodeWherePossible } from '../pattern/matcher.ts';
import type { Setting } from './setting.ts';
import { doubtfulSlug, romanisationOf, slug } from './slug.ts';
import { sourceFacts, sourceNames } from './sourceName.ts';

/** How an identifier is proposed, for `--help`. */
export const identifierRule =
  'by default a slug of at most eight words from the first date and the first two texts that are set, else ' +
  'new-<table>; of a source, its site and date, or the first words of its title instead of what is missing; if it is ' +
  'taken, words or a number are added';

const mostWords = 8;
/** A text with more words than this identifies a record by itself. */
const enoughWords = 3;

/**
 * An identifier for a new record that no other has.
 * @param context texts in the language of the record, such as its quotes: the first text that shows its language
 * decides how names are romanised
 * @param others identifiers of other tables that it must not have either, since a reference can mean any of them
 * @throws Failure if the proposal does not have the form that the schema requires, or the language stays unknown
 */
export function proposeId(
  type: RecordType,
  settings: readonly Setting[],
  taken: ReadonlySet<string>,
  context: () => Iterable<string> = () => [],
  others: readonly ReadonlySet<string>[] = [],
): string {
  const isTaken = (id: string): boolean => taken.has(id) || others.some((each) => each.has(id));
  const shape = type.key === undefined ? undefined : type.shape.properties.get(type.key)?.shape;
  if (shape?.types.has('string') === false) return String(nextNumber([taken, ...others]));
  const longest = Number(shape?.constraints['maxLength'] ?? 100) - 4;
  const whole = (slugged: string): string =>
    slugged.slice(0, longest).replace(/-[^-]*$/, (cut) => (slugged.length > longest ? '' : cut));
  let base = '';
  for (const slugged of slugsOf(type, settings, context)) {
    base = whole(slugged);
    if (!isTaken(base)) break;
  }
  const id = unused(base === '' ? `new-${slug(type.name)}` : base, base === '', isTaken);
  const pattern = shape?.constraints['pattern'];
  if (typeof pattern === 'string' && !new RegExp(pattern, unicodeWherePossible(pattern)).test(id))
    throw new Failure(sentence`${quoted(id)} would not be an identifier of this table: give one with ${option('id')}`);
  return id;
}

/** What an identifier can be, the best first. */
function slugsOf(type: RecordType, settings: readonly Setting[], context: () => Iterable<string>): Iterable<string> {
  if (!type.extensions.has(keyword.document) || ![...shapesBelow(type.shape)].some(([shape]) => shape.document))
    return [slugOf(settings, context)];
  const facts = sourceFacts(settings);
  const languages = function* (): Generator<string> {
    yield facts.title;
    yield* context();
  };
  return sourceNames(facts, (text) => (text === '' ? [] : slugIn(text, languages()).split('-')));
}

/** The first date and the first two texts as a slug, without a text that only repeats the first. */
function slugOf(settings: readonly Setting[], context: () => Iterable<string>): string {
  const given = settings.flatMap(({ value, shape: { format, codes } }) =>
    typeof value === 'string' && codes === undefined ? [{ value, format }] : [],
  );
  const dated = given.find(({ format }) => format === 'edtf' || format === 'date');
  const date = /\d{4}(?:-\d\d){0,2}/.exec(dated?.value ?? '')?.[0] ?? '';
  const texts = given.filter(({ format }) => format === undefined).map(({ value }) => value);
  const languages = function* (): Generator<string> {
    yield given.map(({ value }) => value).join('\n');
    yield* context();
  };
  const words = (text: string): readonly string[] => slugIn(text, languages()).split('-');
  const [first = '', second = ''] = texts;
  const begun = words(first);
  const added = begun.length > enoughWords ? [] : words(second).filter((word) => !begun.includes(word));
  return [date, ...[...begun, ...added].slice(0, mostWords)].filter((word) => word !== '').join('-');
}

/**
 * A text as a slug, in the romanisation for the first text that shows its language.
 * @throws Failure if no text does, and it matters
 */
function slugIn(text: string, languages: Iterable<string>): string {
  const forms = doubtfulSlug(text);
  if (forms === undefined) return slug(text);
  for (const language of languages) {
    const romanisation = romanisationOf(language);
    if (romanisation !== undefined) return slug(text, romanisation);
  }
  const [ukrainian, other] = forms.map((form) => quoted(form));
  throw new Failure(
    sentence`${quoted(text)} is ${ukrainian ?? ''} in Ukrainian, else ${other ?? ''}: give an identifier with ${option('id')}`,
  );
}

function unused(base: string, numbered: boolean, isTaken: (id: string) => boolean): string {
  if (!numbered && !isTaken(base) && nameFault(base) === undefined) return base;
  let n = numbered || !isTaken(base) ? 1 : 2;
  while (isTaken(`${base}-${n}`)) n++;
  return `${base}-${n}`;
}

function nextNumber(taken: readonly ReadonlySet<string>[]): number {
  let largest = 0;
  for (const ids of taken)
    for (const id of ids) if (Number.isSafeInteger(Number(id))) largest = Math.max(largest, Number(id));
  return largest + 1;
}

/** Why an identifier cannot be the name of a file; undefined if it can. */
export function fileNameFault(id: string): string | undefined {
  if (!/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]*$/u.test(id))
    return `${quoted(id)} cannot be the name of a file: use letters, digits, ".", "_" and "-"`;
  const fault = nameFault(id);
  return fault === undefined ? undefined : `${quoted(id)} cannot be the name of a file on Windows: ${fault}`;
}

/** An identifier from the user; `label` begins messages. @throws Failure if it cannot be a file name, or is taken */
export function checkId(id: string, taken: ReadonlySet<string>, label: string | OptionName = option('id')): string {
  const fault = fileNameFault(id);
  if (fault !== undefined) throw new Failure(sentence`${label}: ${fault}`);
  if (taken.has(foldedId(id))) throw new Failure(sentence`${label}: ${quoted(id)} is taken`);
  return id;
}
