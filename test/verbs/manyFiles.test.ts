import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { freshFolder, run, script, writeFiles } from '../support/run.ts';

const thing = {
  type: 'object',
  properties: {
    id: { type: 'string', pattern: '^[a-z0-9-]+$' },
    name: { type: 'string', minLength: 1 },
    sizes: { type: 'array', items: { type: 'number' } },
    other: { type: 'string', 'x-references': 'things' },
  },
  required: ['id', 'name'],
  additionalProperties: false,
};

function nameOf(n: number): string {
  return `thing-${String(n).padStart(4, '0')}`;
}

function printed(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Files that are not as they should be, each in the place of a good one. */
const odd: Readonly<Record<number, string | Uint8Array>> = {
  7: JSON.stringify({ id: nameOf(7), name: 'on one line' }),
  8: printed({ id: nameOf(8), name: 'no newline' }).trimEnd(),
  9: printed({ id: nameOf(10), name: 'the id of another' }),
  40: printed({ name: 'wrong order', id: nameOf(40) }),
  41: Buffer.concat([Buffer.from('{\n  "id": "thing-0041",\n  "name": "'), Buffer.from([0xff]), Buffer.from('"\n}\n')]),
  42: `\uFEFF${printed({ id: nameOf(42), name: 'marked' })}`,
  43: printed({ id: nameOf(43), name: 'dangling', other: 'thing-9999' }),
  44: printed({ id: nameOf(44), name: 'known', other: nameOf(4999) }),
  45: printed({ id: nameOf(45), name: 'unknown', more: 1 }),
  46: '{\n  "id": "thing-0046",\n  "name": "twice",\n  "name": "twice"\n}\n',
  47: '{\n  "id": "thing-0047",\n  "name": "a",\n  "sizes": [\n    1.0\n  ]\n}\n',
  48: '{\n  "id": "thing-0048",\n  "name": "a",\n  "sizes": [\n  ]\n}\n',
  49: printed({ id: nameOf(49), name: 'invisible\u200b' }),
  50: printed({ id: nameOf(50), name: 'x'.repeat(300_000) }),
  51: printed({ id: nameOf(51), name: '' }),
  52: '',
  53: printed({ id: 'Thing-0053', name: 'capital' }),
  4000: printed({ id: nameOf(4000), name: 'escaped "\\\n', sizes: [-0.5, 1e6], other: nameOf(3) }),
};

test('so many files that a thread reads them give the problems that they give one by one', async () => {
  const folder = freshFolder();
  const files = Array.from({ length: 5100 }, (_, n): [string, string | Uint8Array] => {
    const record = { id: nameOf(n), name: n % 3 === 0 ? 'é“' : 'a', sizes: [n, n / 4], other: nameOf(n >> 1) };
    return [`raw/things/${nameOf(n)}.json`, odd[n] ?? printed(record)];
  });
  writeFiles(folder, { 'schema/things.schema.json': thing, ...Object.fromEntries(files) });
  // the tests themselves run sources that can start no thread
  const wanted = await run(folder, 'validate', []);
  expect(wanted.status).toBe(1);
  const args = script('validate');
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect(stdout).toBe(wanted.out);
  expect(status).toBe(1);
  for (const n of Object.keys(odd).filter((each) => !['44', '50', '4000'].includes(each)))
    expect(stdout).toContain(nameOf(Number(n)));
  // the thread is not waited for if nothing is read
  const without = spawnSync(process.execPath, [...args, '--schema', 'none'], { cwd: folder, encoding: 'utf8' });
  expect(without.stderr).toContain('no folder of schemas at none');
  expect(without.status).toBe(2);
});
