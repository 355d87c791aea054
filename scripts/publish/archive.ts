import path from 'node:path';
import { Gzip } from 'fflate';
import type { FileSystem } from '../disk/fileSystem.ts';
import { compareText } from '../base/text.ts';
import { filesBelow, isStable, readSums, signatureFile, sumsFile } from '../release/sums.ts';

/** A release with more bytes has no archive, since all of it would be in memory. */
const mostBytes = 512 * 1024 * 1024;

const block = 512;

/**
 * A release as a `.tar.gz` whose bytes are the same for every build of a commit, on any machine: without the database,
 * whose bytes always differ, and with a list of digests of the files in it. It is compressed in JavaScript, since
 * Node's compression differs between processors. Undefined if the release is too large.
 * @param top the folder that it unpacks to
 */
export function archiveOf(fs: FileSystem, folder: string, top: string): Uint8Array | undefined {
  const names = filesBelow(fs, folder).filter((name) => isStable(name) && name !== signatureFile);
  const sizes = new Map(names.map((name) => [name, fs.size(path.join(folder, name))]));
  if ([...sizes.values()].reduce((sum, size) => sum + size, 0) > mostBytes) return undefined;
  const pieces: Uint8Array[] = [];
  const gzip = new Gzip({ level: 6, mtime: 0 }, (piece) => void pieces.push(piece));
  const add = (name: string, bytes: Uint8Array): void => {
    gzip.push(header(`${top}/${name}`, bytes.length));
    gzip.push(bytes);
    gzip.push(new Uint8Array((block - (bytes.length % block)) % block));
  };
  for (const name of names.toSorted(compareText))
    add(name, name === sumsFile ? stableSums(fs, folder) : Buffer.concat([...copies(fs, path.join(folder, name))]));
  gzip.push(new Uint8Array(2 * block), true);
  return Buffer.concat(pieces);
}

/** The bytes of a file in separate pieces: each read overwrites those of the one before. */
function* copies(fs: FileSystem, file: string): Generator<Uint8Array> {
  for (const piece of fs.chunks(file)) yield Uint8Array.from(piece);
}

/** The list of digests without the files that are not in the archive. */
function stableSums(fs: FileSystem, folder: string): Uint8Array {
  const lines = [...readSums(fs, folder).digests].filter(([name]) => isStable(name));
  return Buffer.from(lines.map(([name, digest]) => `${digest}  ${name}\n`).join(''));
}

/** The header of a file in a tar archive (POSIX ustar); a longer name goes into a pax record. */
function header(name: string, size: number): Uint8Array {
  const plain = Buffer.from(name);
  if (plain.length <= 100) return ustar(plain, size, '0');
  const record = paxRecord('path', name);
  const padding = new Uint8Array((block - (record.length % block)) % block);
  return Buffer.concat([ustar(Buffer.from('pax'), record.length, 'x'), record, padding, ustar(plain, size, '0')]);
}

/** `<length of all of it> <key>=<value>` and a line end. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.from(` ${key}=${value}\n`);
  let length = rest.length;
  while (length !== rest.length + String(length).length) length = rest.length + String(length).length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function ustar(name: Buffer, size: number, kind: string): Buffer {
  const made = Buffer.alloc(block);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  name.copy(made, 0, 0, 100);
  made.write(octal(0o644, 7), 100);
  made.write(octal(0, 7), 108);
  made.write(octal(0, 7), 116);
  made.write(octal(size, 11), 124);
  made.write(octal(0, 11), 136);
  made.write(' '.repeat(8), 148);
  made.write(kind, 156);
  made.write('ustar', 257);
  made.write('00', 263);
  const sum = made.reduce((total, byte) => total + byte, 0);
  made.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return made;
}
