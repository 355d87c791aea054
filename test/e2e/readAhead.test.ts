import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, run, script, writeFiles } from '../support/run.ts';

/** How often progress is reported depends on the clock. */
function lastLine(text: string): string | undefined {
  return text.trimEnd().split('\n').at(-1);
}

const flags = ['--schema', 'schema', '--raw', 'raw'];

/** More files than one thread reads, some of them faulty. */
function manyDots(): string {
  const folder = freshFolder();
  writeFiles(folder, {
    'schema/dots.json': {
      type: 'object',
      properties: {
        id: { type: 'string' },
        note: { type: 'string' },
        after: { type: 'string', 'x-references': 'dots' },
      },
      required: ['id'],
      additionalProperties: false,
    },
  });
  fs.mkdirSync(path.join(folder, 'raw/dots'), { recursive: true });
  const write = (name: string, text: string | Uint8Array): void =>
    fs.writeFileSync(path.join(folder, `raw/dots/${name}.json`), text);
  for (let i = 0; i < 6000; i++)
    write(`d${i}`, `{\n  "id": "d${i}"${i % 3 === 0 ? `,\n  "after": "d${5999 - i}"` : ''}\n}\n`);
  const long = (length: number): string => 'é'.repeat(length / 2);
  // the last of these are larger than a batch, and larger than a file may be
  for (const [i, length] of [100, 100_000, 250_000, 250_000, 300_000, 3_000_000].entries())
    write(`long${i}`, `{\n  "id": "long${i}",\n  "note": "${long(length)}"\n}\n`);
  write('vast', `{\n  "id": "vast",\n  "note": "${'x'.repeat(17_000_000)}"\n}\n`);
  write('d77', '{\n  "id": "d77"\n}');
  write('d400', '{\n  "id": "d400",\n  "id": "d400"\n}\n');
  write('d4321', '{\n  "id": "dx"\n}\n');
  write('d5000', '{\n  "id": "d5000",\n  "after": "d50"\n  "after": "d51"\n}\n');
  write('d5001', '{\n  "id": "d5001",\n  "note": "\\u0041"\n}\n');
  write('d5002', '');
  write('d5003', '\uFEFF{\n  "id": "d5003"\n}\n');
  write('d5004', Buffer.from([0x7b, 0xff, 0x7d]));
  write('d5005', '{\n  "after": "d5004x",\n  "id": "d5005"\n}\n');
  write('d5006', '{\n  "id": "D5006"\n}\n');
  return folder;
}

test('many files, read by a second thread, are checked as one thread checks them', async () => {
  const folder = manyDots();
  // without progress, which a slow machine prints
  const alone = await run(folder, 'validate', [...flags, '--quiet']);
  expect(
    alone.out
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/: .*/, '')),
  ).toMatchInlineSnapshot(`
    [
      "raw/dots/d400.json:3:3 error duplicate-key",
      "raw/dots/d4321.json:2:9 error file-name",
      "raw/dots/d5000.json:4:3 error json",
      "raw/dots/d5001.json:3:12 error canonical-form",
      "raw/dots/d5002.json:1:1 error json",
      "raw/dots/d5003.json:1:1 error encoding",
      "raw/dots/d5004.json:1:2 error encoding",
      "raw/dots/d5005.json:2:3 error canonical-form",
      "raw/dots/d5005.json:2:12 error reference",
      "raw/dots/d5006.json:2:9 error file-name",
      "raw/dots/d77.json:3:2 error canonical-form",
      "raw/dots/vast.json:1:1 error size",
    ]
  `);
  const { status, stdout, stderr } = spawnSync(process.execPath, [...script('validate'), ...flags, '--quiet'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 50_000,
  });
  expect({ status, out: stdout, err: lastLine(stderr) }).toEqual({ ...alone, err: lastLine(alone.err) });
});

test('the lines of a large file, read by a second thread, are checked as one thread checks them', async () => {
  const folder = freshFolder();
  writeFiles(folder, {
    'schema/dots.json': {
      type: 'object',
      properties: { id: { type: 'string' }, note: { type: 'string', minLength: 2, maxLength: 400_000 } },
      required: ['id'],
      additionalProperties: false,
    },
  });
  const lines = Array.from({ length: 9000 }, (_, i) => {
    const id = `d${String(i).padStart(5, '0')}`;
    return `{"id":"${id}","note":"${'é🛳'.repeat(170)}"}`;
  });
  lines[10] = '';
  lines[20] = '{"id":"d00020", "note":"ab"}';
  lines[30] = '{"id":"d00030","note":"🛳"}';
  lines[40] = '{"id":"d00040","id":"d00040"}';
  lines[8000] = '{"id":';
  // larger than a batch: this and everything after it is left to the main thread
  lines[8500] = `{"id":"d08500","note":"${'x'.repeat(300_000)}"}`;
  lines[8600] = `{"id":"d08600","note":"${'é'.repeat(9_000_000)}"}`;
  lines[8998] = '\uFEFF{"id":"d08998"}';
  const bytes = Buffer.concat([Buffer.from(lines.slice(0, 50).join('\n')), Buffer.from('\n{"id":"\xff"}\n', 'latin1')]);
  const file = path.join(folder, 'raw/dots/all.ndjson');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  // the last line lacks its newline
  fs.writeFileSync(file, Buffer.concat([bytes, Buffer.from(lines.slice(51).join('\n'))]));
  const alone = await run(folder, 'validate', flags);
  const places = alone.out
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/: .*/, ''));
  expect(places).toEqual([
    'raw/dots/all.ndjson:21:16 error canonical-form',
    'raw/dots/all.ndjson:31:23 error length',
    'raw/dots/all.ndjson:41:16 error duplicate-key',
    'raw/dots/all.ndjson:51:8 error encoding',
    'raw/dots/all.ndjson:8001:7 error json',
    'raw/dots/all.ndjson:8601:1 error size',
    'raw/dots/all.ndjson:8999:1 error encoding',
  ]);
  const { status, stdout, stderr } = spawnSync(process.execPath, [...script('validate'), ...flags], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 50_000,
  });
  expect({ status, out: stdout, err: lastLine(stderr) }).toEqual({ ...alone, err: lastLine(alone.err) });
});
