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
    return rest !== undefined && !(isBehind && saysWhat(language, saying?.[0] ?? '', rest));
  });
}

/** English verbs behind which a clause needs no `that`. */
const beforeClause =
  /^(?:sa(?:id|ys?)|told|added|argued|confirmed|declared|insisted|noted|stated|stressed|warned|wrote)$/iu;

/** What else is behind them: where, when, to whom, or who: `said Anna Berg in Kyiv`. */
const listeners = String.raw`(?:\s+(?:reporters|journalists|us|them|him|her|parliament|\p{L}+ly|again|also|late|early))*`;
const names = String.raw`(?:\s+(?:the\s+)?\p{Lu}[\p{L}\p{M}.'’-]*)*`;
const where = String.raw`\s+(?:in|at|on|during|after|before|to|by|from|via|about|of)${wordEnd}`;
const noClause = new RegExp(`^${listeners}${names}(?:${where}|\\s*$)`, 'u');

/** Whether words behind a verb are what was said, with no comma before: then a day in it is that of the event. */
function saysWhat(language: string, verb: string, rest: string): boolean {
  if (language === 'en') return /\sthat\s/u.test(rest) || (beforeClause.test(verb) && !noClause.test(rest));
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
