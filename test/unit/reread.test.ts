import path from 'node:path';
import { expect, test } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { mostBytes } from '../../scripts/base/limits.ts';
import { readRecords } from '../../scripts/read/records.ts';
import { rereading } from '../../scripts/read/reread.ts';
import { projectAt } from '../support/projectAt.ts';
import { lastingFolder, writeFiles } from '../support/run.ts';

const folder = lastingFolder();
const count = 3000;

/** A file system that counts the bytes that are read of files of lines, in small pieces. */
function counting(read: { bytes: number }): FileSystem {
  const disk = nodeFileSystem();
  return {
    ...disk,
    *chunks(file, from = 0) {
      for (const chunk of disk.chunks(file, from))
        for (let at = 0; at < chunk.length; at += 100) {
          const piece = chunk.subarray(at, at + 100);
          read.bytes += piece.length;
          yield piece;
        }
    },
  };
}

test('records are read again in any order, and a file once for lines in order', () => {
  const lines = Array.from({ length: count }, (_, n) => (n % 7 === 3 ? '' : `{"id":"é${n}"}`));
  writeFiles(folder, { 'schema/ships.schema.json': { type: 'object' }, 'raw/ships/all.ndjson': lines.join('\n') });
  const project = projectAt(folder, []);
  const [file] = project.files;
  if (file === undefined) throw new Error('no file');
  const wanted = new Map(
    [...readRecords(nodeFileSystem(), file, mostBytes)].map((raw) => ['text' in raw ? raw.line : 0, raw]),
  );
  const read = { bytes: 0 };
  const reread = rereading(counting(read));
  const textAt = (line: number): string | undefined => reread(file, line)?.text;
  for (const line of [2999, 1, 4, 3000, 17, 17, 16, 3001, 2]) {
    const raw = wanted.get(line);
    expect(textAt(line), String(line)).toBe(raw !== undefined && 'text' in raw ? raw.text : undefined);
  }
  const again = { bytes: 0 };
  const inOrder = rereading(counting(again));
  for (let line = 1; line <= count; line += 10) inOrder(file, line);
  expect(again.bytes).toBeLessThan(3 * nodeFileSystem().size(path.join(folder, 'raw/ships/all.ndjson')));
});
