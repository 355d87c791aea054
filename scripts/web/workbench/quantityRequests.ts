import { dateWordsOf } from '../../base/dateWords.ts';
import type { DateContext } from '../../base/edtfHint.ts';
import { offsetsOf } from '../../base/offsets.ts';
import { type QuantityInText, quantityIn } from '../../base/quantityWords.ts';
import { languageOf } from '../../base/supported.ts';
import { type Json, absolutePointer, below } from '../../json/json.ts';
import { type Code, type Shape, shapeBelow } from '../../schema/shape.ts';
import { dateContextOf } from './dateContext.ts';
import type { SourceWords } from './dateRequests.ts';
import { datesInText } from './datesInText.ts';
import type { MeantQuantity } from './messages.ts';
import type { OpenDataset } from './openDataset.ts';
import { sourceMessage } from './sourceMessage.ts';

/** The page's requests about quantities. */
export interface QuantityRequests {
  /** What the one quantity in some words means for the fields of a quantity of a table; no fields if there is none. */
  readonly figures: (words: SourceWords, table: string, pointer: string) => MeantQuantity;
}

export function quantityRequests(dataset: OpenDataset): QuantityRequests {
  return {
    figures({ source, start, end }, table, pointer) {
      const { text = '', first } = sourceMessage(dataset, source);
      const { toUnit, toPoint } = offsetsOf(text);
      const [from, to] = [toUnit(start - first), toUnit(end - first)];
      const words = text.slice(from, to);
      const context = dateContextOf(dataset, source);
      const shape = shapeBelow(dataset.typeOf(table).shape, pointer);
      const undated = withoutDates(text, from, to, context);
      const all = shape !== undefined && isOfTime(shape) ? undated : withoutTimes(undated, context);
      const found = quantityIn(all, context.languages);
      if (found === undefined || shape === undefined) return { words: '', start, end: start, values: [] };
      const values = valuesOf(shape, found, words, context.languages).map(([name, value]) => ({
        pointer: name === '' ? pointer : below(pointer, name),
        value,
      }));
      return {
        words: words.slice(found.start, found.end),
        start: first + toPoint(from + found.start),
        end: first + toPoint(from + found.end),
        values,
      };
    },
  };
}

/** Code units around words in which a date can begin or end that the words are a part of. */
const around = 60;

/** Any day: a date without a year is found only if the day is known that it is relative to. */
const anyDay = '2000-01-01';

/** Words of a text with `·` for each character of a date. Of "12 May", "12" is no quantity, also if it is alone. */
function withoutDates(text: string, from: number, to: number, context: DateContext): string {
  const first = Math.max(0, from - around);
  const dates = datesInText(text.slice(first, to + around), { ...context, day: context.day ?? anyDay });
  let words = text.slice(from, to);
  for (const date of dates) {
    const [start, end] = [date.start, date.end].map((at) => Math.min(Math.max(first + at - from, 0), words.length));
    words = words.slice(0, start) + '·'.repeat((end ?? 0) - (start ?? 0)) + words.slice(end);
  }
  return words;
}

// digits with separators, or a word; several with a dash or a word between them are a range
const digits = String.raw`\d+(?:[.,\s]\d+)*`;
const joint = String.raw`(?:\s*[-–—]\s*|\s+(?:to|or|and|bis|oder|und|à|ou|et|o|e|do|lub|до|або|чи|і)\s+)`;
const ofTime = new RegExp(
  String.raw`(?<![\p{L}\p{N}])((?:${digits}|\p{L}+)(?:${joint}(?:${digits}|\p{L}+))?)\s+(\p{L}[\p{L}\p{M}]*)`,
  'gu',
);

/** Words of a text with `·` for each character of a number, or of a range, of hours, days or the like. */
function withoutTimes(words: string, { languages }: DateContext): string {
  const read = dateWordsOf(languages ?? ['en']);
  const isCount = (each: string): boolean =>
    /^\d/.test(each) || read.some(({ numbers }) => numbers.has(each.toLowerCase()));
  // in `900 day trippers`, that is what is counted
  const isTime = (count: string, unit: string): boolean =>
    read.some(({ language, pastTime }) => {
      const isWhole = language !== 'en' || /^(?:1|one)$/i.test(count) || /s$/i.test(unit);
      return isWhole && pastTime?.isTime(unit.toLowerCase()) === true;
    });
  const separator = new RegExp(joint, 'u');
  let rest = words;
  for (const { index } of words.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu)) {
    ofTime.lastIndex = index;
    const found = ofTime.exec(words);
    if (found?.index !== index) continue;
    const [, count = '', unit = ''] = found;
    if (!count.split(separator).every(isCount) || !isTime(count, unit)) continue;
    rest = rest.slice(0, index) + '·'.repeat(count.length) + rest.slice(index + count.length);
  }
  return rest;
}

/** Whether a quantity can be a time: one of its codes, or the unit of a number, is a unit of time in English. */
function isOfTime({ unit, codes = [], properties }: Shape): boolean {
  const english = dateWordsOf(['en'])[0]?.pastTime;
  const words = [unit?.toLowerCase() ?? '', ...codes.map(({ code }) => nameOf(code))];
  // `h` and `min` are units too
  const isTime = words.some((word) => english?.isTime(word) === true || /^(?:h|min|s|d)$/.test(word));
  return isTime || [...properties.values()].some(({ shape }) => isOfTime(shape));
}

/** The numbers of a quantity, by the names of their properties. */
interface Figures {
  readonly least: string | undefined;
  readonly most: string | undefined;
  /** The one number that is meant. */
  readonly best: string | undefined;
}

/**
 * The numbers of an object that is a quantity: those that `x-at-most` puts in order, the first of them the least, or
 * its only number. Undefined for any other object.
 */
export function figuresOf({ properties }: Shape): Figures | undefined {
  const numbers = [...properties.values()].filter(({ shape }) => isNumber(shape));
  const limitOf = (shape: Shape, name: string): string | undefined =>
    numbers.find((each) =>
      shape.atMost.some((limit) => absolutePointer(below('', name), limit)?.endsWith(below('', each.name)) === true),
    )?.name;
  const bounded = numbers.filter(({ name, shape }) => limitOf(shape, name) !== undefined);
  const [least, best] = bounded;
  if (least === undefined)
    return numbers.length === 1 ? { least: undefined, most: undefined, best: numbers[0]?.name } : undefined;
  return { least: least.name, most: limitOf((best ?? least).shape, (best ?? least).name), best: best?.name };
}

function isNumber({ types, codes }: Shape): boolean {
  return codes === undefined && (types.has('integer') || types.has('number'));
}

/** The fields that a quantity fills in, by their names; a number that is no part of one has an empty name. */
function valuesOf(
  shape: Shape,
  found: QuantityInText,
  words: string,
  languages: DateContext['languages'],
): readonly (readonly [string, Json])[] {
  if (isNumber(shape))
    return found.limit === 'exactly' || found.limit === 'about' ? numeric('', found.least, shape) : [];
  const figures = figuresOf(shape);
  if (figures === undefined) return [];
  const { least, most, best } = figures;
  const isOne = found.least === found.most;
  const figure = isOne || least === undefined ? (found.least ?? found.most) : undefined;
  const numbers = [
    ...member(shape, least, found.least),
    ...member(shape, most, found.most),
    ...(found.limit === 'between' && least === undefined ? [] : member(shape, best, figure)),
  ];
  if (numbers.length === 0) return [];
  const codes = [...shape.properties.values()].filter((each) => each.shape.codes !== undefined);
  const chosen = codes.flatMap(({ name, shape: { codes: list = [] } }): readonly (readonly [string, Json])[] => {
    const code = limiting(list, found) ?? counted(list, words.slice(found.end));
    return code === undefined ? [] : [[name, code.code]];
  });
  const quote = [...shape.properties.values()].find((each) => each.shape.verbatim);
  return [
    ...numbers,
    ...chosen,
    ...(quote === undefined ? [] : [[quote.name, quoteOf(found, words, languages)] as const]),
  ];
}

function member(
  { properties }: Shape,
  name: string | undefined,
  value: number | undefined,
): readonly (readonly [string, Json])[] {
  const shape = name === undefined ? undefined : properties.get(name)?.shape;
  return name === undefined || shape === undefined ? [] : numeric(name, value, shape);
}

/** A number, if the schema allows it. */
function numeric(name: string, value: number | undefined, { types }: Shape): readonly (readonly [string, Json])[] {
  return value === undefined || (!types.has('number') && !Number.isSafeInteger(value)) ? [] : [[name, value]];
}

/** The code whose name says how the words limit the number, such as `at_least`. */
function limiting(codes: readonly Code[], { limit }: QuantityInText): Code | undefined {
  return codes.find(({ code }) => nameOf(code) === limit || (limit === 'exactly' && nameOf(code) === 'exact'));
}

/** How many words behind a number can say what is counted. */
const mostWords = 4;

/** The code whose name is among the next words behind the number: what is counted. */
function counted(codes: readonly Code[], after: string): Code | undefined {
  const next = (after.toLowerCase().match(/\p{L}+/gu) ?? []).slice(0, mostWords);
  return codes.find(({ code }) => {
    const name = nameOf(code).split(' ');
    return next.some((_, i) => name.every((word, j) => [word, `${word}s`].includes(next[i + j] ?? '')));
  });
}

/** The name of a code as words. */
function nameOf(code: Json): string {
  return typeof code === 'string' ? code.replaceAll('_', ' ').toLowerCase() : '';
}

/** The most characters of a selection that is quoted as a whole. */
const longestQuote = 60;

/** The words of the quantity: all that are selected if they are few, else with the next words, which are counted. */
function quoteOf({ start, end }: QuantityInText, words: string, languages: readonly string[] = []): string {
  const all = words.trim();
  const after = words.slice(end);
  const isEnglish = languages.some((tag) => languageOf(tag) === 'en');
  const [counts] = (isEnglish ? englishPlural.exec(after) : null) ?? nounPhrase(languages).exec(after) ?? [''];
  const quote = all.length <= longestQuote ? all.replace(/[.,;:]$/u, '') : words.slice(start, end) + counts;
  return quote.replace(/\s+/gu, ' ');
}

/** English words that no words for what is counted go beyond. */
const ends =
  'in|of|at|to|from|who|that|which|and|or|for|by|on|with|was|were|is|are|has|had|have|will|this|its|his|as|than|per';
const irregular = 'men|women|people|children|aircraft(?: carriers)?|police(?: officers)?';
const plural = String.raw`[\p{L}\p{N}-]*s|${irregular}`;

/** What is counted in English: words up to the first one that looks like a plural. */
const englishPlural = new RegExp(
  String.raw`^(?:\s(?!(?:${ends})\s)\p{L}[\p{L}-]*){0,3}?\s(?!(?:${ends})(?![\p{L}-]))(?:${plural})(?![\p{L}'’-])`,
  'u',
);

const elsewhere = new RegExp(
  String.raw`^(?:\s(?:additional|another|extra|further|more|new|other))*(?:\s\p{Lu}[\p{L}-]*)?\s(?!(?:${ends})(?![\p{L}-]))\p{L}[\p{L}\p{N}-]*`,
  'u',
);

/**
 * What is counted, behind a number. German writes nouns with a capital, after adjectives without one; elsewhere, a word
 * with a capital belongs to the next one: "russische Soldaten", "Russian troops".
 */
function nounPhrase(languages: readonly string[]): RegExp {
  const spoken = new Set(languages.map(languageOf));
  if (['uk', 'ru', 'be'].some((tag) => spoken.has(tag))) return /^(?:\s\p{L}+(?:их|ых))?\s\p{L}[\p{L}'’-]*/u;
  return spoken.has('de') ? /^(?:\s\p{Ll}[\p{L}-]*){0,2}\s\p{Lu}[\p{L}-]*/u : elsewhere;
}
