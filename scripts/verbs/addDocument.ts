import { option, sentence } from '../base/sentence.ts';
import { mostDocumentBytes } from '../base/limits.ts';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { createFile } from '../disk/replace.ts';
import { takeTurn } from '../disk/turn.ts';
import { Failure } from '../base/problem.ts';
import { decode } from '../read/decode.ts';
import { type FileSystem, errorCode } from '../disk/fileSystem.ts';
import { quoted } from '../base/text.ts';

/** A document to add to the folder of source documents. */
export interface AddedDocument {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
  /** Copies the document to its place, unless it is there already; returns a function that removes the copy. */
  readonly copy: () => () => void;
}

/**
 * Reads a document and finds its place: under the name of its record, since many articles are called `article.txt`; a
 * document that is already in the folder keeps its name.
 * @throws Failure if it is not text, or another document has its name
 */
export function addDocument(fs: FileSystem, from: string, folder: string, id: string): AddedDocument {
  const bytes = bytesOf(fs, from);
  if (bytes === undefined) throw new Failure(`no file at ${from}`);
  const isThere = path.dirname(from) === folder;
  return addDocumentBytes(fs, { bytes, from, name: isThere ? path.basename(from) : id + path.extname(from) }, folder);
}

/** The first bytes of PDF, ZIP (and so Word), RTF, and older Word documents. */
const binary = ['%PDF-', 'PK\u0003\u0004', '{\\rtf', '\u00d0\u00cf\u0011\u00e0'];

/**
 * Adds a document with some content. `name` is that of its copy, `from` its name in messages.
 * @throws Failure if it is not text, or another document has its name
 */
export function addDocumentBytes(
  fs: FileSystem,
  { bytes, from, name }: { readonly bytes: Buffer; readonly from: string; readonly name: string },
  folder: string,
): AddedDocument {
  // before the encoding is checked: a Word document must not be saved as UTF-8, only its words
  const begin = bytes.subarray(0, 5).toString('latin1');
  if (binary.some((signature) => begin.startsWith(signature)))
    throw new Failure(`${from} is not plain text: save its words as text, in UTF-8`);
  const decoded = decode(bytes);
  if ('message' in decoded && !decoded.message.includes('byte order mark'))
    throw new Failure(`${from}: ${decoded.message} (${decoded.hint})`);
  if (bytes.includes(0)) throw new Failure(`${from} is not plain text: save its words as text, in UTF-8`);
  if (bytes.toString('utf8').trim() === '') throw new Failure(`${from} contains no words`);
  const file = safeName(name);
  const to = path.join(folder, file);
  const there = bytesOf(fs, to);
  if (there !== undefined && !there.equals(bytes))
    throw new Failure(
      sentence`${to} holds another document: give the record another ${option('id')}, or move that file away`,
    );
  return {
    file,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes,
    copy() {
      if (there !== undefined) return () => {};
      fs.makeFolder(folder);
      const turn = takeTurn(fs, folder);
      try {
        createFile(fs, to, bytes, folder);
      } finally {
        turn.end();
      }
      return () => fs.remove(to);
    },
  };
}

function bytesOf(fs: FileSystem, at: string): Buffer | undefined {
  try {
    if (fs.kind(at) !== 'file') return undefined;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const bytes = fs.read(at, mostDocumentBytes);
  if (bytes === undefined) throw new Failure(`${at} is larger than ${mostDocumentBytes} bytes`);
  return Buffer.from(bytes);
}

/** A name of letters, digits, dots, hyphens and underscores, which every file system allows. */
function safeName(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}+/gu, '');
  const safe = plain
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .replace(/-+(?=\.|$)/g, '');
  if (safe === '') throw new Failure(`${quoted(name)} has no letter or digit that can be in a file name: rename it`);
  return safe;
}
