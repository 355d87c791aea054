import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** Markdown to HTML, as GitHub renders it (GFM). HTML in it stays HTML, so that a test sees it. */
export function render(markdown: string): string {
  return micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

/** The HTML without the content of code spans: everything that could be markup. */
export function outsideCode(html: string): string {
  return html.replace(/<code>[^<]*<\/code>/g, '<code></code>');
}

/** The content of the code spans, as readers see it. */
export function codeTexts(html: string): readonly string[] {
  return Array.from(html.matchAll(/<code>([^<]*)<\/code>/g), ([, text = '']) =>
    text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  );
}

/** The code blocks of a language in a Markdown text. */
export function codeBlocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].flatMap(([, name, code]) =>
    name === language && code !== undefined ? [code] : [],
  );
}

/** The commands in the shell blocks of a Markdown text, those of several lines as one. */
export function shellLines(text: string): readonly string[] {
  const lines = codeBlocks(text, 'sh')
    .join('')
    .replaceAll(/ \\\n */g, ' ');
  return lines.split('\n').filter((line) => line !== '');
}

/** The words of a shell line, some of them in double quotes. */
export function shellWords(line: string): readonly string[] {
  return [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''));
}
