import path from 'node:path';
import { Failure } from '../base/problem.ts';
import { quoted } from '../base/text.ts';
import { decode } from '../read/decode.ts';
import { type PageFacts, pageFacts } from './pageFacts.ts';

/** A given document, as a file of some format. */
export interface GivenDocument {
  /** The file's name: its extension gives the format. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The words of a document as plain text: HTML and PDF are converted; anything else must be UTF-8 text, and stays as it
 * is. @throws Failure if it has no readable words
 */
export async function documentText({ name, bytes }: GivenDocument): Promise<string> {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const text = head.startsWith('%PDF-')
    ? await pdfText(name, bytes)
    : isHtml(name, head)
      ? await htmlText(plainText(name, bytes))
      : plainText(name, bytes);
  if (text.trim() === '') throw new Failure(`${quoted(name)} contains no text`);
  return text;
}

/** What a document says about itself in metadata; undefined if it is no web page. */
export async function documentFacts({ name, bytes }: GivenDocument): Promise<PageFacts | undefined> {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  return !head.startsWith('%PDF-') && isHtml(name, head) ? pageFacts(plainText(name, bytes)) : undefined;
}

function isHtml(name: string, head: string): boolean {
  return (
    ['.html', '.htm', '.xhtml'].includes(path.extname(name).toLowerCase()) || /^\s*<(?:!doctype html|html)/i.test(head)
  );
}

function plainText(name: string, bytes: Uint8Array): string {
  const decoded = decode(bytes);
  if (!('text' in decoded)) throw new Failure(`${quoted(name)}: ${decoded.message} (${decoded.hint})`);
  if (decoded.text.includes('\0'))
    throw new Failure(`${quoted(name)} is not plain text: save its text as a UTF-8 text file`);
  return decoded.text;
}

/** The parts of a page that can hold its article, the best first. */
const articleIn = ['article', 'main', 'body'];

const plain = {
  wordwrap: false as const,
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'nav', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
};

async function htmlText(html: string): Promise<string> {
  const { convert } = await import('html-to-text');
  for (const selector of articleIn) {
    const text = convert(html, { ...plain, baseElements: { selectors: [selector], returnDomByDefault: false } });
    if (text.trim() !== '') return withLastLine(text);
  }
  return withLastLine(convert(html, plain));
}

async function pdfText(name: string, bytes: Uint8Array): Promise<string> {
  const { extractText, getDocumentProxy } = await import('unpdf');
  try {
    // the library keeps the bytes, so it gets a copy
    const { text } = await extractText(await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 }), {
      mergePages: false,
    });
    return withLastLine(text.map((page) => page.trim()).join('\n\n'));
  } catch (error) {
    throw new Failure(
      `${quoted(name)} could not be read as a PDF: ${error instanceof Error ? error.message : 'no text'}`,
    );
  }
}

function withLastLine(text: string): string {
  return `${text.trim()}\n`;
}
