import { printable } from '../text.ts';

/** Text from data in Markdown: no HTML, no table border, no emphasis by accident. */
export function markdown(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[|*_`[\]\\]/g, '\\$&');
}

/** Code in a line of Markdown. */
export function code(text: string): string {
  const safe = printable(text).replaceAll('|', '\\|').replaceAll('`', "'");
  return `\`${safe}\``;
}
