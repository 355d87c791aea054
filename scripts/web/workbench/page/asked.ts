import { type Json, pointerSteps } from '../../../json/json.ts';
import type { AskedMessage, GivenText, TableMessage, TextFacts } from '../messages.ts';
import { parentOf } from '../edit.ts';
import { titleIn } from './fieldWords.ts';
import { wholeWords } from './findPattern.ts';
import { fieldAt } from './left.ts';
import { fields } from './state.ts';

/** What the user says about a field of a new source. */
export type Answer =
  /** `words` are those of the text that say so. */
  | { readonly value: Json; readonly words?: string | undefined }
  /** The name of a record that has to be made. */
  | { readonly table: string; readonly name: string };

export type Answers = ReadonlyMap<string, Answer>;

/** Something that a page or a text shows about a field: a value, or the name of a record. */
export interface Offer {
  readonly label: string;
  readonly value: string;
  readonly words?: string | undefined;
}

/** The fields to ask for now: those beside an optional one are asked for once it has an answer. */
export function askedNow(all: readonly AskedMessage[], answers: Answers): readonly AskedMessage[] {
  const parents = new Set([...answers.keys()].map(parentOf));
  return all.filter(
    ({ pointer, required, about }) => required || about !== undefined || parents.has(parentOf(pointer)),
  );
}

/** The title of a field: that of the object that it is the main part of. */
export function askedTitle({ pointer, about }: AskedMessage, root: number): string {
  const steps = pointerSteps(pointer) ?? [];
  const titles = steps.map((_, i) => titleIn({ fields: fields.value, root }, `/${steps.slice(0, i + 1).join('/')}`));
  const own = titles.at(-1)?.split(' › ').at(-1) ?? pointer;
  if (steps.length === 1) return own;
  const element = /^\d+$/.test(steps[1] ?? '') ? fieldAt(fields.value, root, steps.slice(0, 2)) : undefined;
  if (about !== undefined) return element === undefined ? (titles[0] ?? own) : (element.title ?? own);
  return `${titles[0] ?? ''}: ${own}`;
}

/** Whether an answer is what an offer says. */
export function isTaken(given: Answer | undefined, { value }: Offer): boolean {
  if (given === undefined) return false;
  return 'name' in given ? given.name === value : given.value === value || given.words === value;
}

/** What an offer of a day says about the fields beside it: whether it is in so many words, or known without any. */
export function followingFrom(
  { about, pointer }: AskedMessage,
  { words }: Offer,
  all: readonly AskedMessage[],
): ReadonlyMap<string, Answer> {
  // a by-line states who wrote the text
  if (about !== 'day' && (about !== 'name' || words === undefined)) return new Map();
  const beside = all.filter((each) => each.pointer !== pointer && parentOf(each.pointer) === parentOf(pointer));
  return new Map(
    beside.flatMap(({ pointer: at, field }) => {
      const code = fields.value[field]?.grounds?.[words === undefined ? 'inferred' : 'stated'];
      return code === undefined ? [] : [[at, { value: code, words }] as const];
    }),
  );
}

/** What the schema says of a field; if it is the main part of an object or an element, of that too. */
export function descriptionsOf({ pointer, about }: AskedMessage, root: number): readonly string[] {
  const steps = pointerSteps(pointer) ?? [];
  const around = about === undefined ? [steps] : steps.map((_, i) => steps.slice(0, i + 1));
  return [...new Set(around.flatMap((at) => fieldAt(fields.value, root, at)?.description ?? []))];
}

/** What to say if the text lacks the words that a field needs as evidence. */
export function remarkOn(
  { pointer, about }: AskedMessage,
  { field: root, spansAt }: Pick<TableMessage, 'field' | 'spansAt'>,
  given: Answer | undefined,
  text: string,
): string {
  const steps = pointerSteps(pointer) ?? [];
  const isCited = steps.some((_, i) => fieldAt(fields.value, root, steps.slice(0, i + 1))?.evidence === true);
  const words = given === undefined ? undefined : 'name' in given ? given.name : (given.words ?? given.value);
  const isWords = about === 'name' || about === 'title';
  if (spansAt === undefined || !isCited || !isWords || typeof words !== 'string' || text.trim() === '') return '';
  if (wholeWords(words)?.test(text) === true) return '';
  return (
    `The text does not have “${words}”, and this field needs words of the text as evidence. If other words show it, ` +
    'cite them in the form. If none do, leave the field empty.'
  );
}

/** What is known of a source before it is added. */
interface KnownOfSource {
  readonly all: readonly AskedMessage[];
  readonly text: string;
  readonly facts: GivenText['facts'];
  readonly found: TextFacts | undefined;
  /** The identifier that its record would get; empty if that is not known. */
  readonly id: string;
}

/** What is known of a field, the likeliest first. */
export function offersFor(
  { about, pointer }: AskedMessage,
  { all, text, facts, found, id }: KnownOfSource,
): readonly Offer[] {
  if (about === 'identifier') return id === '' ? [] : [{ label: `${id} (its identifier)`, value: id }];
  if (about === 'day') return dayOffers(facts, found);
  if (about === 'language') return languageOffers(facts, found);
  if (about === 'title') return titleOffers(text, facts);
  if (about !== 'name') return [];
  const authors = [
    ...(facts?.authors ?? []).map((name) => ({ label: `${name} (author)`, value: name })),
    ...(found?.authors ?? []).map(({ name, words }) => ({ label: `${name} (“${words}”)`, value: name, words })),
  ];
  const site = facts?.site === undefined ? [] : [{ label: `${facts.site} (site)`, value: facts.site }];
  // those who wrote it are in a list, if there is one
  if (isInList(pointer)) return unique([...authors, ...site]);
  const isElsewhere = all.some((each) => each.about === 'name' && isInList(each.pointer));
  return unique(isElsewhere ? site : [...site, ...authors]);
}

function isInList(pointer: string): boolean {
  return /\/\d+(?:\/|$)/.test(pointer);
}

function dayOffers(facts: GivenText['facts'], found: TextFacts | undefined): readonly Offer[] {
  const { day } = found ?? {};
  return unique([
    ...(day === undefined ? [] : [{ label: `${day.date} (“${day.words}”)`, value: day.date, words: day.words }]),
    ...(facts?.date === undefined ? [] : [{ label: `${facts.date} (page)`, value: facts.date }]),
  ]);
}

function languageOffers(facts: GivenText['facts'], found: TextFacts | undefined): readonly Offer[] {
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  const tags = [...(found?.languages ?? []), ...(facts?.language === undefined ? [] : [facts.language])];
  return unique(
    tags.flatMap((tag) => {
      const name = isTag(tag) ? names.of(tag) : undefined;
      return name === undefined ? [] : [{ label: `${name} (${tag})`, value: tag }];
    }),
  );
}

function isTag(text: string): boolean {
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(text);
}

function titleOffers(text: string, facts: GivenText['facts']): readonly Offer[] {
  const line = text
    .split('\n')
    .map((each) => each.trim())
    .find((each) => each !== '');
  const titles = [line, facts?.title].filter((each) => each !== undefined);
  return unique(titles.map((title) => ({ label: title, value: title, words: title })));
}

function unique(offers: readonly Offer[]): readonly Offer[] {
  return offers.filter(({ value }, i) => offers.findIndex((each) => each.value === value) === i);
}
