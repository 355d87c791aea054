import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { recordWriter } from '../../scripts/write/records.ts';
import { lastingFolder } from '../support/run.ts';

const folder = lastingFolder();

test('records are written in their order, whatever their length and however they come', () => {
  const written: Record<string, string> = { ships: '', ports: '', crews: '' };
  const writer = recordWriter(nodeFileSystem(), folder, Object.keys(written));
  const add = (table: string, record: string): void => {
    writer.add(table, record);
    written[table] += `${record}\n`;
  };
  const lines = (table: string, text: string): void => {
    writer.addLines(table, Buffer.from(text));
    written[table] += text;
  };
  for (let i = 0; i < 300; i++) add('ships', `{"id":"${i}","name":"Ærø €𝄞 ${'x'.repeat(i * 10)}"}`);
  // longer than what is collected, and shorter only in UTF-16 units
  for (const length of [90_000, 100_000, 300_000]) add('ships', `{"id":"${'€'.repeat(length)}"}`);
  add('ships', '{"id":"a"}');
  lines('ships', '{"id":"b"}\n{"id":"c"}\n');
  add('ships', '{"id":"d"}');
  add('ports', '{"id":"e"}');
  lines('ships', '{"id":"f"}\n');
  add('ports', '{"id":"g"}');
  writer.end();
  for (const [table, text] of Object.entries(written))
    expect(fs.readFileSync(path.join(folder, 'records', `${table}.ndjson`), 'utf8') === text, table).toBe(true);
});
