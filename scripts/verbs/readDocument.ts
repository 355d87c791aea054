import path from 'node:path';
import { Failure } from '../base/problem.ts';
import { quoted } from '../base/text.ts';
import { decode } from '../read/decode.ts';
import type { PageFacts } from './pageFacts.ts';
import { readPage } from './webPage.ts';

/** A given document, as a file of some format. */
export interface GivenDocument {
  /** The file's name: its extension gives the format. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What is read in a document. */
interface ReadDocument {
  readonly text: string;
  /** What it says about itself in metadata; undefined if it is no web page. */
  readonly facts: PageFacts | undefined;
}

/**
 * The words of a document as plain text, and what it says about itself: HTML and PDF are converted; anything else must
 * be UTF-8 text, and stays as it is. @throws Failure if it has no readable words
 */
export async function readDocument({ name, bytes }: GivenDocument): Promise<ReadDocument> {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const read = head.startsWith('%PDF-')
    ? { text: await pdfText(name, bytes), facts: undefined }
    : isHtml(name, head)
      ? await readPage(plainText(name, bytes))
      : { text: plainText(name, bytes), facts: undefined };
  if (read.text.trim() === '') throw new Failure(`${quoted(name)} contains no text`);
  return read.facts === undefined ? read : { ...read, text: withLastLine(read.text) };
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
