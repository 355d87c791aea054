import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { withFiles } from '../../scripts/disk/overlay.ts';
import { freshFolder } from '../support/run.ts';

test('files in memory hide those on the disk, however they are read', () => {
  const file = path.join(freshFolder(), 'all.ndjson');
  fs.writeFileSync(file, 'disk');
  const ahead = { linesAhead: () => [{ text: 'disk', members: 0 }], readMany: () => [{ text: 'disk', members: 0 }] };
  const files = withFiles({ ...nodeFileSystem(), ...ahead }, new Map([[file, Buffer.from('memory')]]));
  expect(Buffer.from(files.read(file, 10) ?? []).toString()).toBe('memory');
  expect(Buffer.concat([...files.chunks(file)]).toString()).toBe('memory');
  expect(files.size(file)).toBe('memory'.length);
  expect([...(files.linesAhead?.(file) ?? [])]).toEqual([undefined]);
  expect(files.readMany).toBeUndefined();
});
