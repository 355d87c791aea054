import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { withFiles } from '../../scripts/disk/overlay.ts';
import { collected } from '../support/collected.ts';
import { freshFolder } from '../support/run.ts';

test('files in memory hide those on the disk, however they are read', () => {
  const file = path.join(freshFolder(), 'all.ndjson');
  fs.writeFileSync(file, 'disk');
  const disk = { text: 'disk', utf8: { all: Buffer.from('disk'), start: 0, end: 4 } };
  const ahead = { linesAhead: () => [disk], readMany: () => [disk] };
  const files = withFiles({ ...nodeFileSystem(), ...ahead }, new Map([[file, Buffer.from('memory')]]));
  expect(Buffer.from(files.read(file, 10) ?? []).toString()).toBe('memory');
  expect(Buffer.concat([...files.chunks(file)]).toString()).toBe('memory');
  expect(files.size(file)).toBe('memory'.length);
  expect([...(files.linesAhead?.(file) ?? [])]).toEqual([undefined]);
  expect(files.readMany).toBeUndefined();
});

test('words are searched in the contents in memory, not in those that they hide', async () => {
  const folder = freshFolder();
  const holding = async function* (): AsyncGenerator<readonly string[]> {
    yield ['in/hidden', 'plain'];
  };
  const memory = new Map([
    [path.join(folder, 'in', 'hidden'), Buffer.from('a ship')],
    [path.join(folder, 'in', 'added'), Buffer.from('a ferry')],
    [path.join(path.dirname(folder), 'beside'), Buffer.from('a ferry')],
  ]);
  const files = withFiles({ ...nodeFileSystem(), holding }, memory);
  expect(await collected(files.holding?.(folder, 'ferry'))).toEqual(['plain', 'in/added']);
  const few = withFiles({ ...nodeFileSystem(), holding: () => undefined }, memory);
  expect(few.holding?.(folder, 'ferry')).toBeUndefined();
});
