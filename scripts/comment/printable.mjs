// @ts-check

// Control characters, lone surrogates, line and paragraph separators, interlinear marks, and everything that Unicode
// calls
// default ignorable: bidirectional controls, zero-width and other invisible characters, tags, variation selectors.
// The selector that makes a character an emoji, and the joiner between two of them, stay where they belong to an emoji.
const unprintable =
  /(?!(?<=\p{Emoji})\ufe0f)(?!(?<=\p{Extended_Pictographic}\ufe0f?)\u200d(?=\p{Extended_Pictographic}))[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/**
 * Text from data, safe to print: what is invisible or controls a terminal becomes `\u001b`, as in JSON. So does what
 * the log of a GitHub workflow would execute: `::` where a line may begin with the text, and `##[` anywhere.
 * @param {string} text
 * @returns {string}
 */
export function printable(text) {
  return text
    .replace(unprintable, (found) => Array.from({ length: found.length }, (_, i) => escaped(found, i)).join(''))
    .replace(/^(\s*):(?=:)/, `$1${escaped(':', 0)}`)
    .replace(/#(?=#\[)/g, escaped('#', 0));
}

/** @type {(text: string, at: number) => string} */
function escaped(text, at) {
  return `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`;
}
