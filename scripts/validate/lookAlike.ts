import { codePoint, list } from '../base/text.ts';

/** Cyrillic and Greek letters, each with the Latin letter that looks the same in most typefaces. */
const alike: ReadonlyMap<string, string> = new Map(
  [
    'аa еe оo рp сc уy хx іi јj ѕs һh ԁd ԛq ԝw кk АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS',
    'αa ιi κk νv οo ρp υu χx ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX',
  ]
    .flatMap((pairs) => pairs.split(' '))
    .map(([stranger = '', own = '']) => [stranger, own]),
);

/** A hint for a text that looks like a candidate but has letters of another alphabet; otherwise undefined. */
export function lookAlike(text: string, candidates: Iterable<string>): string | undefined {
  const seen = drawn(text);
  for (const candidate of candidates) {
    if (candidate.length !== text.length || candidate === text || drawn(candidate) !== seen) continue;
    const letters = Array.from(text).flatMap((letter, i) => {
      const own = Array.from(candidate)[i] ?? '';
      return letter === own ? [] : [`"${letter}" is ${named(letter)}, not ${named(own)}`];
    });
    return `the ${list([...new Set(letters)])}; did you mean "${candidate}"?`;
  }
  return undefined;
}

/** A text with Latin letters in place of those that look like them: all are in the first plane. */
function drawn(text: string): string {
  return text.replace(/[\u0370-\u052f]/g, (letter) => alike.get(letter) ?? letter);
}

/** `Cyrillic U+0430`. */
function named(letter: string): string {
  const script = /\p{Script=Cyrillic}/u.test(letter)
    ? 'Cyrillic'
    : /\p{Script=Greek}/u.test(letter)
      ? 'Greek'
      : 'Latin';
  return `${script} ${codePoint(letter)}`;
}
