import { codePoints } from '../base/text.ts';

/**
 * What JSON on one line contains that has a member with some text, or with the number that is printed so, however they
 * are written. A regular expression for git (POSIX, extended) and for JavaScript.
 */
export function memberPattern(name: string, value: string): string {
  const number = String(Number(value)) === value ? `|-?${escaped(value)}(\\.0*)?|-?[0-9.]+[eE][-+0-9]+` : '';
  return `${textOf(name)}[ \t\r]*:[ \t\r]*(${textOf(value)}${number})[ \t\r]*[,}]`;
}

/** A JSON text of some words: any of its characters can be an escape. */
function textOf(words: string): string {
  return `"${codePoints(words).map(spellingsOf).join('')}"`;
}

function spellingsOf(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => {
    const digits = character.charCodeAt(i).toString(16).padStart(4, '0');
    return `\\\\u${digits.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)}`;
  }).join('');
  const printed = JSON.stringify(character).slice(1, -1);
  const others = character === '/' ? '|\\\\/' : '';
  return `(${escaped(printed)}|${units}${others})`;
}

/** A pattern that matches a text only. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`);
}
