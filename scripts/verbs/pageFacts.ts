import type { DomNode } from 'html-to-text';
import { type Json, type JsonObject, isArray, isObject, member, parseJson } from '../json/json.ts';

/** What a web page says about its article in metadata. A text that it does not give is undefined. */
export interface PageFacts {
  readonly title?: string | undefined;
  readonly authors: readonly string[];
  /** Who publishes it. */
  readonly site?: string | undefined;
  /** The day of publication, as the page gives it. */
  readonly date?: string | undefined;
  /** A BCP 47 tag. */
  readonly language?: string | undefined;
  /** Its canonical address. */
  readonly url?: string | undefined;
}

/** What is found in the elements of a page: no empty texts. */
interface Found {
  readonly metas: Map<string, string[]>;
  readonly linked: JsonObject[];
  readonly times: string[];
  readonly titles: string[];
  language?: string | undefined;
  canonical?: string | undefined;
}

/** Reads the metadata of a page, in its elements: JSON-LD (schema.org), meta tags (Open Graph and others), `time`. */
export function factsIn(page: readonly DomNode[]): PageFacts {
  const found: Found = { metas: new Map(), linked: [], times: [], titles: [] };
  for (const element of page) collect(element, found);
  const [article] = found.linked.flatMap(articlesIn);
  const meta = (...names: readonly string[]): string | undefined =>
    names.map((name) => found.metas.get(name)?.[0]).find((value) => value !== undefined);
  const stated = (name: string): Json | undefined => (article === undefined ? undefined : member(article, name));
  const authors = namesIn(stated('author'));
  const dates = [textOf(stated('datePublished')), meta(...dateNames), ...found.times];
  return {
    title: textOf(stated('headline')) ?? meta('og:title', 'citation_title', 'dc.title') ?? found.titles[0],
    authors:
      authors.length > 0 ? authors : (found.metas.get('citation_author') ?? authorsIn(meta('author', 'dc.creator'))),
    site: namesIn(stated('publisher'))[0] ?? meta('og:site_name', 'citation_journal_title', 'dc.publisher'),
    date: dates.map((date) => /^\d{4}-\d\d-\d\d/.exec(date ?? '')?.[0]).find((date) => date !== undefined),
    language: textOf(stated('inLanguage')) ?? found.language ?? meta('og:locale', 'dc.language')?.replace('_', '-'),
    url: addressIn(found.canonical) ?? addressIn(meta('og:url')),
  };
}

const dateNames = ['article:published_time', 'og:published_time', 'citation_publication_date', 'dc.date', 'date'];

function collect(element: DomNode, found: Found): void {
  const { name } = element;
  const attribs: Readonly<Record<string, string>> = element.attribs ?? {};
  if (name === 'html') found.language ??= textOf(attribs['lang']);
  if (name === 'meta') noteMeta(attribs, found);
  if (name === 'link' && attribs['rel'] === 'canonical') found.canonical = attribs['href'];
  if (name === 'time' && attribs['datetime'] !== undefined) found.times.push(attribs['datetime']);
  if (name === 'title' || name === 'h1') noteTitle(wordsIn(element), found);
  if (name === 'script' && attribs['type'] === 'application/ld+json') noteLinked(wordsIn(element), found);
  for (const child of childrenOf(element)) collect(child, found);
}

function noteMeta({ name, property, content }: Readonly<Record<string, string>>, { metas }: Found): void {
  const [key, text] = [(property ?? name)?.toLowerCase(), textOf(content)];
  if (key === undefined || text === undefined) return;
  metas.set(key, [...(metas.get(key) ?? []), text]);
}

function noteTitle(words: string, { titles }: Found): void {
  if (words !== '') titles.push(words);
}

/** Anything else than JSON in a script is the fault of the page, and says nothing. */
function noteLinked(text: string, { linked }: Found): void {
  const parsed = parseJson(text);
  if (!('value' in parsed)) return;
  for (const each of isArray(parsed.value) ? parsed.value : [parsed.value]) if (isObject(each)) linked.push(each);
}

/** A text has no list of children, whatever its type says. */
export function childrenOf(element: DomNode): readonly DomNode[] {
  return 'children' in element ? element.children : [];
}

function wordsIn(element: DomNode): string {
  return textIn(element).replace(/\s+/gu, ' ').trim();
}

function textIn(element: DomNode): string {
  return `${element.data ?? ''}${childrenOf(element).map(textIn).join('')}`;
}

/** The articles that a part of JSON-LD describes. */
function articlesIn(object: JsonObject): readonly JsonObject[] {
  const graph = member(object, '@graph');
  const inner = isArray(graph) ? graph.filter(isObject).flatMap(articlesIn) : [];
  return member(object, 'headline') === undefined ? inner : [object, ...inner];
}

/** The names of people or organizations in JSON-LD: texts, or objects with a name. */
function namesIn(value: Json | undefined): readonly string[] {
  if (isArray(value)) return value.flatMap(namesIn);
  const name = textOf(isObject(value) ? member(value, 'name') : value);
  return name === undefined ? [] : [name];
}

/** The names in a meta tag. An address is that of a profile. */
function authorsIn(text: string | undefined): readonly string[] {
  return text === undefined || URL.canParse(text) ? [] : [text];
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function addressIn(text: string | undefined): string | undefined {
  return text !== undefined && /^https?:/.test(text) && URL.canParse(text) ? text : undefined;
}
