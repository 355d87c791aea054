import { domainToUnicode } from 'node:url';
import type { Setting } from './setting.ts';

/** What is known about a document before its record is made. Empty texts are unknown. */
export interface SourceFacts {
  readonly url: string;
  readonly date: string;
  readonly title: string;
}

const mostWords = 3;
/** Without a site and a date, a few words must be enough. */
const mostWordsAlone = 4;

/** What the values of a new record say about its document. */
export function sourceFacts(settings: readonly Setting[]): SourceFacts {
  const texts = settings.flatMap(({ value, shape: { format, codes, references } }) =>
    typeof value === 'string' && codes === undefined && references.length === 0 ? [{ value, format }] : [],
  );
  const first = (...formats: readonly (string | undefined)[]): string =>
    texts.find(({ format }) => formats.includes(format))?.value ?? '';
  return { url: first('uri'), date: first('edtf', 'date'), title: first(undefined) };
}

/**
 * Names for a source, the best first: its site and date, if they are known, and otherwise the first words of its title
 * in place of what is missing. The words are slugs; `words` gives those of a title.
 */
export function* sourceNames(
  { url, date, title }: SourceFacts,
  words: (text: string) => readonly string[],
): Generator<string> {
  const site = words(siteOf(url)).join('-');
  const day = /\d{4}(?:-\d\d){0,2}/.exec(date)?.[0] ?? dateIn(url);
  if (site !== '' && day !== '') yield `${site}-${day}`;
  const few = words(title).slice(0, site === '' && day === '' ? mostWordsAlone : mostWords);
  const parts = site === '' ? [...few, day] : [site, day, ...few];
  yield parts.filter((part) => part !== '').join('-');
}

/** The name in a web address: `example` of `https://www.example.co.uk/a`; of an archived copy, that of its origin. */
export function siteOf(url: string): string {
  const host = parsed(url)?.hostname ?? '';
  if (/^[\d.:[\]]*$/.test(host)) return '';
  const labels = domainToUnicode(host)
    .split('.')
    .filter((label) => label !== 'www');
  const [second = '', top = ''] = labels.slice(-2);
  const isOfCountry = labels.length > 2 && top.length === 2 && secondLevels.has(second);
  return labels.at(isOfCountry ? -3 : -2) ?? labels[0] ?? '';
}

/** What many countries have below their own domain. */
const secondLevels: ReadonlySet<string> = new Set(['ac', 'co', 'com', 'edu', 'go', 'gov', 'ne', 'net', 'or', 'org']);

/** The day in the path of a web address; empty if there is none. */
export function dateIn(url: string): string {
  const form = /(?<!\d)((?:19|20)\d\d)([/_-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)/;
  const [, year = '', , month = '', day = ''] = form.exec(parsed(url)?.pathname ?? '') ?? [];
  return year === '' ? '' : `${year}-${month}-${day}`;
}

/** An address; of an archived copy, the address that was archived. */
function parsed(url: string): URL | undefined {
  const own = url.replace(/^https?:\/\/[^/]*\barchive\b[^/]*\/.*?(?=https?:\/\/)/, '');
  return URL.canParse(own) ? new URL(own) : undefined;
}
