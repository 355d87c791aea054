import type { IndexedRecord } from '../../project/recordIndex.ts';

/** Shorter names would match too often. Code units. */
const shortestName = 3;
const shortestSurname = 4;

/** Records with a name in a text, or with the last word of one, in the order of their first words there. */
export function namedInText(text: string, records: Iterable<IndexedRecord>): readonly IndexedRecord[] {
  const found: { readonly at: number; readonly record: IndexedRecord }[] = [];
  for (const record of records) {
    if (record.withdrawn) continue;
    const at = [record.label ?? '', ...record.aliases].flatMap((name) => placeOf(name, text) ?? []);
    if (at.length > 0) found.push({ at: Math.min(...at), record });
  }
  return found.toSorted((a, b) => a.at - b.at).map(({ record }) => record);
}

/** Where a text has a name. One that begins with a small letter is a common word. */
function placeOf(name: string, text: string): number | undefined {
  if (name.length < shortestName || !/^\p{Lu}/u.test(name)) return undefined;
  const whole = wordAt(text, name);
  if (whole >= 0) return whole;
  const last = /(?<=\s)\p{Lu}[\p{L}\p{M}'’ʼ-]+$/u.exec(name)?.[0] ?? '';
  const alone = last.length < shortestSurname ? -1 : wordAt(text, last);
  return alone < 0 ? undefined : alone;
}

/** Where a text has words that no letter or digit is beside; -1 if it does not. */
function wordAt(text: string, words: string): number {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const beside = `${text.slice(Math.max(0, at - 1), at)} ${text.slice(at + words.length, at + words.length + 1)}`;
    if (!/[\p{L}\p{M}\p{N}]/u.test(beside)) return at;
  }
  return -1;
}
