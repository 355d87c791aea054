import { dateWordsOf } from '../../base/dateWords.ts';
import { lazy } from '../../base/lazy.ts';

/** How often the words of a language must be in a text, in comparison with the language whose words are most often. */
const often = 0.7;

/** The languages of the words that are most often in all texts, such as `and`, and of the words of dates. */
const languagesOf = lazy(() => {
  const languages = new Map<string, string[]>();
  for (const { language, months, days, shifts } of dateWordsOf(undefined)) {
    const parts = new Intl.ListFormat(language, { type: 'conjunction' }).formatToParts(['1', '2']);
    const and = parts.flatMap(({ type, value }) => (type === 'literal' ? value.trim().toLowerCase() : []));
    const long = [...months.keys(), ...days.keys(), ...shifts.keys()].filter((name) => name.length > 3);
    for (const word of new Set([...and, ...long])) languages.set(word, [...(languages.get(word) ?? []), language]);
  }
  return languages;
});

/** The languages that a text may be in, by some of its words: BCP 47 tags. */
export function languagesFitting(words: readonly string[]): readonly string[] {
  const known = languagesOf();
  const counts = new Map<string, number>();
  for (const word of words)
    for (const language of known.get(word.toLowerCase()) ?? []) counts.set(language, (counts.get(language) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return [...counts].flatMap(([language, count]) => (count >= often * most ? [language] : []));
}
