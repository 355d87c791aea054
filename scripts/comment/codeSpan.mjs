// @ts-check
import { printable } from './printable.mjs';

/** cmark, which GitHub uses, reads no fence of more than 80 backticks. */
const longestFence = 80;

/**
 * Text from data as a code span (CommonMark 6.1), not for a cell of a table. Inside a code span neither Markdown nor
 * GitHub interprets anything: no link, mention, reference, emoji, formula, entity or HTML.
 * @param {string} text
 * @returns {string}
 */
export function codeSpan(text) {
  const content = printable(text);
  if (content === '') return '` `';
  const length = fenceLength(content);
  if (length > longestFence) return codeSpan(content.replaceAll('`', '\\u0060'));
  const fence = '`'.repeat(length);
  const pad = needsPadding(content) ? ' ' : '';
  return `${fence}${pad}${content}${pad}${fence}`;
}

/**
 * The shortest fence that is not a run of backticks in the content.
 * @type {(content: string) => number}
 */
function fenceLength(content) {
  const runs = new Set((content.match(/`+/g) ?? []).map((run) => run.length));
  let length = 1;
  while (runs.has(length)) length++;
  return length;
}

/**
 * A backtick would join the fence. A dollar sign next to a fence begins or ends a formula on GitHub. A space on both
 * sides is stripped once.
 * @type {(content: string) => boolean}
 */
function needsPadding(content) {
  if (/^[`$]|[`$]$/.test(content)) return true;
  return content.startsWith(' ') && content.endsWith(' ') && /[^ ]/.test(content);
}
