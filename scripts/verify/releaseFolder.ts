import path from 'node:path';
import { mostDocumentBytes } from '../base/limits.ts';
import { Failure } from '../base/problem.ts';
import { option, sentence } from '../base/sentence.ts';
import { type EntryKind, type FileSystem, errorCode } from '../disk/fileSystem.ts';
import { parseJson } from '../json/json.ts';
import { decode } from '../read/decode.ts';
import { sumsFile } from '../release/sums.ts';
import { type Descriptor, readDescriptor } from './descriptor.ts';
import type { Add } from './findings.ts';

export const descriptorFile = 'datapackage.json';

/** The kinds of the entries in a release's folder, by name. @throws Failure if the folder is not a release */
export function filesOfRelease(fs: FileSystem, release: string, shown: string): ReadonlyMap<string, EntryKind> {
  try {
    const names = new Map(fs.list(release).map((entry) => [entry.name, entry.kind]));
    if (names.has(sumsFile) || names.has(descriptorFile)) return names;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new Failure(sentence`no release at ${shown}: no such folder; name it with ${option('release')}`);
  }
  throw new Failure(`no release at ${shown}: it has neither ${sumsFile} nor ${descriptorFile}`);
}

/** The descriptor of a release; undefined if it cannot be read, which is reported. */
export function openDescriptor(fs: FileSystem, release: string, add: Add): Descriptor | undefined {
  const tell = (message: string): undefined => {
    add(descriptorFile, 'release', message);
  };
  const bytes = fs.read(path.join(release, descriptorFile), mostDocumentBytes);
  if (bytes === undefined) return tell(`larger than ${mostDocumentBytes} bytes`);
  const decoded = decode(bytes);
  if (!('text' in decoded)) return tell(decoded.message);
  const parsed = parseJson(decoded.text);
  if (!('value' in parsed)) return tell(`not JSON: ${parsed.message}`);
  const descriptor = readDescriptor(parsed.value);
  return 'message' in descriptor ? tell(descriptor.message) : descriptor;
}
