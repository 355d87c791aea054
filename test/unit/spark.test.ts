import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { script } from '../../scripts/engine/spark/checkScript.ts';
import { sortKey } from '../../scripts/engine/spark/mapped.ts';
import { identifier, literal } from '../../scripts/engine/spark/sql.ts';
import { restoreOptions, storeOptions } from '../../scripts/project/storedOptions.ts';
import { compareText } from '../../scripts/base/text.ts';
import { parseJson } from '../../scripts/json/json.ts';
import { type Part, partIn, partsOf, printPart, readRange } from '../../scripts/verbs/spark/parts.ts';
import { printTexts } from '../../scripts/verbs/spark/textBlocks.ts';
import { dataset } from '../support/fixture.ts';
import { projectAt } from '../support/projectAt.ts';
import { freshFolder } from '../support/run.ts';

const files = nodeFileSystem();

describe('parts of the records', () => {
  test('the ranges of a file give each of its lines once, and the line before', () => {
    const file = path.join(freshFolder(), 'lines.ndjson');
    const line = fc.stringMatching(/^[ab]{0,9}$/);
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 30 }),
        (lines, ends, size) => {
          const text = lines.join('\n') + (ends ? '\n' : '');
          fs.writeFileSync(file, text);
          const ranges = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
            readRange(files, file, i * size, Math.min(text.length, (i + 1) * size)),
          );
          let read = '';
          for (const { bytes, before } of ranges) {
            const known = bytes.length === 0 ? undefined : read.split('\n').findLast((each) => each !== '');
            expect(Buffer.from(before ?? []).toString()).toBe(known ?? '');
            read += Buffer.from(bytes).toString();
          }
          expect(read).toBe(text);
        },
      ),
    );
  });

  test('the line before a range is found however long it is', () => {
    const file = path.join(freshFolder(), 'lines.ndjson');
    const long = 'x'.repeat(1_200_000);
    fs.writeFileSync(file, `first\n${long}\n\n\nlast\n`);
    const { bytes, before } = readRange(files, file, long.length + 8, long.length + 14);
    expect([Buffer.from(bytes).toString(), before?.length]).toEqual(['\nlast\n', long.length]);
  });

  test('small files are packed, and large files of lines are split', () => {
    const folder = dataset({
      'raw/ships/fleet.ndjson': Array.from({ length: 20 }, (_, i) => `{"id":"s-${10 + i}","name":"S"}\n`).join(''),
    });
    const project = projectAt(folder, []);
    const parts = partsOf(files, project, ['ships', 'ports'], { bytes: 200, files: 2 });
    expect(parts.map(({ table, files: names, range }) => [table, names.join(), range])).toEqual([
      ['ships', 'ships/anna.json', undefined],
      ['ships', 'ships/fleet.ndjson', [0, 200]],
      ['ships', 'ships/fleet.ndjson', [200, 400]],
      ['ships', 'ships/fleet.ndjson', [400, 500]],
      ['ports', 'ports/trelleborg.json,ports/ystad.json', undefined],
    ]);
    for (const part of parts) {
      const parsed = parseJson(printPart(part));
      expect('value' in parsed && partIn(parsed.value)).toEqual(part satisfies Part);
    }
    const { options } = project;
    const stored = parseJson(
      storeOptions({ ...options, keys: new Map([['ships', null]]), refs: new Map([['a', 'b']]) }),
    );
    expect('value' in stored && restoreOptions(stored.value)).toEqual({
      ...options,
      keys: new Map([['ships', null]]),
      refs: new Map([['a', 'b']]),
    });
  });
});

describe('data that passes through Spark', () => {
  test('keys are ordered as their cells are', () => {
    const cell = (a: string | number, b: string | number): number =>
      typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b));
    const text = fc
      .array(fc.constantFrom('\0', '\u0001', 'a', 'é', '🛳'), { maxLength: 3 })
      .map((letters) => letters.join(''));
    const number = fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
    );
    const row = fc.tuple(text, number, text);
    fc.assert(
      fc.property(row, row, (a, b) => {
        const first = [cell(a[0], b[0]), cell(a[1], b[1]), cell(a[2], b[2])].find((order) => order !== 0) ?? 0;
        expect(Math.sign(compareText(sortKey(a), sortKey(b)))).toBe(Math.sign(first));
      }),
    );
  });

  test('a statement with a name that would end it on the command line is passed as a text', () => {
    const odd = `SELECT 1 AS ${identifier('a;`"\n')}`;
    expect(script(['SELECT 1', odd])).toBe(`SELECT 1;\nEXECUTE IMMEDIATE 'SELECT 1 AS \`a\\u003B\`\`"\\n\`';\n`);
    expect(literal("it's\\")).toBe("'it\\'s\\\\'");
  });

  test('texts are printed in blocks, with any content of cells', async () => {
    const printed: string[] = [];
    const rows = [{ c0: 'a\r\nb', c2: 1e-7 }, { c0: '', c1: true }, { c0: ' "é" ' }].map(
      (row) => `row\tt\t${JSON.stringify(row)}\n`,
    );
    const input = Buffer.from(`${rows.join('')}record\tt\t{"r":"{\\"a\\":1}"}\nrecord\tt\t{"r":"{}"}`);
    async function* inPieces(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < input.length; i += 7) yield input.subarray(i, i + 7);
    }
    await printTexts(inPieces(), new Map([['t', 3]]), (line) => printed.push(line));
    expect(printed.map((line) => line.split('\t').slice(0, 3))).toEqual([
      ['row', 't', '0'],
      ['record', 't', '1'],
    ]);
    expect(printed.map((line) => JSON.parse(line.split('\t')[3] ?? '') as unknown)).toEqual([
      { v: '"a\r\nb",,1e-7\n"",true,\n" ""é"" ",,' },
      { v: '{"a":1}\n{}' },
    ]);
  });
});
