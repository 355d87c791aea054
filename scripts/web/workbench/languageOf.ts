import { languagesFitting } from './languagesFitting.ts';

/** The most characters that are looked at: the beginning of a text shows its language. */
const mostLooked = 20_000;

/**
 * The languages that a text may be in, the likeliest first: BCP 47 tags. A language whose words for days, months and
 * `and` are in the text comes before one that is only similar.
 */
export async function languagesOf(text: string): Promise<readonly string[]> {
  const { francAll } = await import('franc-min');
  const begun = text.slice(0, mostLooked);
  const fitting = languagesFitting(begun.match(/[\p{L}\p{M}]+/gu) ?? []);
  const similar = francAll(begun).flatMap(([code]) => (code === 'und' ? [] : Intl.getCanonicalLocales(code)));
  if (fitting.length === 1) return fitting;
  const likely = similar.filter((tag) => fitting.length === 0 || fitting.includes(tag));
  return likely.length === 0 ? fitting : likely;
}
