/** A month in full with a preposition, or one of the short ones: `Mar` is also a sea. */
const inMonth = /^(?:in|im|en|nel|w|[ву]|em)\s+(?:\p{L}{4,}|may|mai|maj|juin|juli|märz)$/iu;

/** Nouns that go on with `in`, and a name: `confidence in May`. */
const trust = /(?:confidence|faith|trust|belief|interest|vertrauen|glauben?|confiance|foi|fiducia|zaufanie)\s+$/iu;

/** What makes it that of another year. */
const ofOtherYear = new RegExp(
  String.raw`^\s+(?:(?:of )?(?:last|next|this|the same|that)\s+year|(?:letzten|nächsten|dieses)\s+jahres|` +
    String.raw`(?:de )?l['’]an|минулого|наступного)`,
  'iu',
);

/** The word between two months: `in May or June`. */
export const joinsMonths = /^(?:or|and|to|until|oder|und|bis|ou|et|o|e|y|lub|i|або|чи|та|і)$/iu;

/**
 * Whether words are a month with a preposition, such as `in May`, and no name, as in `faith in April Jones`, nor the
 * month of another year. `before` and `after` are what the text has around them.
 */
export function isMonthWithPreposition(words: string, before: string, after: string): boolean {
  const isName = trust.test(before) || /^[^\S\n]+\p{Lu}/u.test(after);
  return inMonth.test(words) && !isName && !ofOtherYear.test(after);
}
