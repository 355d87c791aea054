import { languageOf } from './supported.ts';
import { wordEnd, wordStart } from './wordPatterns.ts';

/** Verbs in the past that say that somebody spoke, by language, as patterns in small letters. */
export const sayingVerbs = {
  en:
    'sa(?:id|ys?)|told|spoke|speaking|wrote|tweeted|added|announced|argued|called|confirmed|declared|denied|dismissed|insisted|' +
    'noted|pledged|promised|re(?:ported|peated|plied|jected)|stated|stressed|vowed|warned',
  de:
    'sagten?|teilten?|erklärten?|(?:bericht|meld|verkünd|antwort)eten?|(?:beton|bestätig|forder|kündig|warn|äußer)ten?|' +
    'schrieb|schrieben|sprach|sprachen|versicherten?',
  fr: '(?:déclar|annonc|affirm|ajout|indiqu|précis|expliqu|assur|prévenu?|répét)é?e?s?|dit|averti|écrit',
  es: '(?:anunci|declar|afirm|asegur|indic|señal|agreg|explic)(?:ó|aron)|dij(?:o|eron)|advirti(?:ó|eron)|añadi(?:ó|eron)',
  it: '(?:annunci|dichiar|afferm|comunic|spieg|assicur)at[oaie]|detto|disse|aggiunto|avvertito|scritto',
  pl: String.raw`(?:powiedzia|oświadczy|ogłosi|doda|ostrzeg|poinformowa|zapowiedzia|napisa|podkreśli)[łl]\p{L}*`,
  uk: String.raw`(?:сказа|заяви|повідоми|наголоси|дода|попереди|оголоси|уточни|підтверди|розпові|написа)(?:в|ла|ли|ло)`,
  ru: String.raw`(?:сказа|заяви|сообщи|добави|предупреди|объяви|уточни|подтверди|рассказа|написа)л[аи]?`,
} as const;

/** What is read on either side of a day. Code units. */
const longestClause = 120;

const between = /[.,;:!?()–—"„“”«»\n]/u;

const known = new Map<string, RegExp>();

/**
 * Whether the clause of a day says when somebody spoke: `the ministry announced in Kyiv on Thursday`, or with the verb
 * behind the day, if nothing else is before it. Languages are BCP 47 tags.
 */
export function isTimeOfSaying(text: string, start: number, end: number, tags: readonly string[]): boolean {
  const before =
    text
      .slice(Math.max(0, start - longestClause), start)
      .split(between)
      .at(-1) ?? '';
  const [after = ''] = text
    .slice(end, end + longestClause)
    .replace(/^\s*,/u, '')
    .split(between);
  const [clause, isBehind] = before.trim() === '' ? [after, false] : [before, true];
  return tags.map(languageOf).some((language) => {
    const saying = patternOf(language)?.exec(clause);
    const rest = saying == null ? undefined : clause.slice(saying.index + saying[0].length);
    // `said the ferry left on Saturday`
    return rest !== undefined && !(isBehind && saysWhat(language, rest));
  });
}

/** English verbs other than those in `ed`: behind a verb of saying, they are of what was said. */
const verb =
  'am|is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|shall|should|began|became|' +
  'broke|brought|built|came|cut|drove|fell|fled|fought|found|gave|got|grew|held|hit|kept|knew|led|left|lost|made|met|' +
  'paid|put|ran|rose|sank|saw|sent|set|shot|sold|spent|stood|struck|swam|took|went|withdrew|won';
/** A verb in the past, and no adjective such as in `a recorded message`. */
const regular = String.raw`(?<!\b(?:an?|the|his|her|its|their|this|of|by|with|\p{L}+ly)\s)(?<![-\p{L}])\p{Ll}+ed`;
const clause = new RegExp(String.raw`\s(?:that|he|she|they|we|there|${verb}|${regular})${wordEnd}`, 'u');

/** Whether words behind a verb are what was said, with no comma before: then a day in it is that of the event. */
function saysWhat(language: string, rest: string): boolean {
  if (language === 'en') return clause.test(rest);
  return new RegExp(`${wordStart}(?:que|qu['’]|che)`, 'u').test(rest);
}

function patternOf(language: string): RegExp | undefined {
  const all: Readonly<Record<string, string>> = sayingVerbs;
  const own = Object.hasOwn(all, language) ? all[language] : undefined;
  if (own === undefined || known.has(language)) return known.get(language);
  const made = new RegExp(`${wordStart}(?:${own})${wordEnd}`, 'iu');
  known.set(language, made);
  return made;
}
