import { codeSpan } from '../../comment/codeSpan.mjs';
import { printable } from '../../base/text.ts';

/** Text from data inside a line of Markdown: without HTML, table borders or accidental emphasis. */
export function markdown(text: string): string {
  return printable(text.trim().replace(/\s*\n\s*/g, ' '))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[|*_`[\]\\~]/g, '\\$&');
}

/** Text from data as paragraphs of Markdown, separated by blank lines; none begins a heading or a list. */
export function paragraphs(description: string): string {
  return description
    .split(/\n\s*\n/)
    .map((text) =>
      markdown(text)
        .replace(/^[#+-]/, '\\$&')
        .replace(/^(\d+)([.)])/, '$1\\$2'),
    )
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** Text from data as code, also in a cell of a table (GFM 4.10). */
export function code(text: string): string {
  return codeSpan(text).replaceAll('|', '\\|');
}
