import { codeSpan } from '../comment/codeSpan.mjs';
import { printable } from '../text.ts';

/** Text from data in a line of Markdown: no HTML, no table border, no emphasis, heading or list by accident. */
export function markdown(text: string): string {
  return printable(text.trim().replace(/\s*\n\s*/g, ' '))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[|*_`[\]\\~]/g, '\\$&')
    .replace(/^[#+-]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** Text from data as paragraphs of Markdown; a blank line parts two. */
export function paragraphs(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map(markdown)
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** Text from data as code, also in a cell of a table (GFM 4.10). */
export function code(text: string): string {
  return codeSpan(text).replaceAll('|', '\\|');
}
