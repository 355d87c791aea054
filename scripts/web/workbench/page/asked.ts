import { type Json, pointerSteps } from '../../../json/json.ts';
import type { AskedMessage, GivenText, TextFacts } from '../messages.ts';
import { titleIn } from './fieldWords.ts';
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

/** The pointer of the object or list that a field is in. */
export function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
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

/** What is known of a field, the likeliest first. */
export function offersFor(
  { about, pointer }: AskedMessage,
  text: string,
  facts: GivenText['facts'],
  found: TextFacts | undefined,
): readonly Offer[] {
  if (about === 'day') return dayOffers(facts, found);
  if (about === 'language') return languageOffers(facts, found);
  if (about === 'title') return titleOffers(text, facts);
  if (about !== 'name') return [];
  const authors = (facts?.authors ?? []).map((name) => ({ label: `${name} (author)`, value: name }));
  const site = facts?.site === undefined ? [] : [{ label: `${facts.site} (site)`, value: facts.site }];
  // a list is more likely to have those who wrote it
  return unique(/\/\d+(?:\/|$)/.test(pointer) ? [...authors, ...site] : [...site, ...authors]);
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
