import { mostDocumentBytes } from '../base/limits.ts';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { Failure } from '../base/problem.ts';
import { offsetsOf } from '../base/offsets.ts';
import { decode } from './decode.ts';
import type { FileSystem } from '../disk/fileSystem.ts';

/** The text of an available source document, with the digest of its bytes. */
export interface DocumentText {
  readonly sha256: string;
  /** The characters in code points; undefined if the bytes are not UTF-8. */
  readonly slice: ((start: number, end: number) => string) | undefined;
  /** In code points. */
  readonly length: number;
  /** Offsets, in code points, at which a text occurs. */
  readonly find: (text: string) => readonly number[];
  /** SHA-256 of a text's UTF-8 bytes. */
  readonly digest: (text: string) => string;
}

/** Finds source documents by file name; undefined if the text is not available. */
export type Documents = (file: string) => DocumentText | undefined;

const mostKept = 64;

export const noDocuments: Documents = () => undefined;

/** The source documents of a folder, each read when it is first needed; the most recent ones are kept. */
export function documentsIn(fs: FileSystem, folder: string): Documents {
  const kept = new Map<string, DocumentText | undefined>();
  return (file) => {
    // a file name that is a path would leave the folder
    if (file !== path.basename(file) || file === '..' || file === '.') return undefined;
    if (!kept.has(file)) {
      const oldest = kept.keys().next();
      if (kept.size >= mostKept && oldest.done === false) kept.delete(oldest.value);
      kept.set(file, readDocument(fs, folder, file));
    }
    return kept.get(file);
  };
}

function readDocument(fs: FileSystem, folder: string, file: string): DocumentText | undefined {
  const at = path.join(folder, file);
  try {
    if (fs.kind(at) !== 'file') return undefined;
  } catch {
    return undefined;
  }
  const bytes = fs.read(at, mostDocumentBytes);
  if (bytes === undefined) throw new Failure(`${file}: a source document larger than ${mostDocumentBytes} bytes`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const decoded = decode(bytes);
  // a byte order mark is a character of the document like any other
  const text =
    'text' in decoded
      ? decoded.text
      : decoded.offset === 0 && bytes[0] === 0xef
        ? Buffer.from(bytes).toString('utf8')
        : undefined;
  if (text === undefined) return { sha256, slice: undefined, length: 0, find: () => [], digest: sha256Of };
  return { sha256, ...inCodePoints(text), digest: sha256Of };
}

function inCodePoints(text: string): Pick<DocumentText, 'slice' | 'length' | 'find'> {
  const { toUnit, toPoint } = offsetsOf(text);
  return {
    slice: (start, end) => text.slice(toUnit(start), toUnit(end)),
    length: toPoint(text.length),
    find: (wanted) => occurrencesIn(text, wanted).map(toPoint),
  };
}

/** Offsets, in code units, at which a text occurs in another one. */
function occurrencesIn(text: string, wanted: string): readonly number[] {
  const found: number[] = [];
  if (wanted === '') return found;
  for (let i = text.indexOf(wanted); i >= 0; i = text.indexOf(wanted, i + 1)) found.push(i);
  return found;
}

/** SHA-256 of bytes, or of a text's UTF-8 bytes, in lower-case hexadecimal. */
export function sha256Of(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}
