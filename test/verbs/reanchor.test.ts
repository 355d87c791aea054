import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { crossing, dataset, document, here, sha256 } from '../support/fixture.ts';
import { run } from '../support/run.ts';

const file = 'raw/crossings/monday-ystad.json';
const reanchor = (folder: string, ...more: readonly string[]): ReturnType<typeof run> =>
  run(folder, 'reanchor', ['gazette', ...more, ...here]);

/** The dataset with another text instead of the one from which it was curated. */
function corrected(text: string, more: Readonly<Record<string, object>> = {}): string {
  return dataset({ 'sources/gazette.txt': text, ...more });
}

const words = (folder: string): readonly string[] => {
  const text = Array.from(fs.readFileSync(path.join(folder, 'sources/gazette.txt'), 'utf8'));
  const { evidence } = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as {
    readonly evidence: readonly { readonly start: number; readonly end: number }[];
  };
  return evidence.map(({ start, end }) => text.slice(start, end).join(''));
};

describe('reanchor', () => {
  test.each([
    ['something came before it', `Corrected.\n${document}`, 'left Ystad on Monday with 40 cars.'],
    ['a word inside was corrected', document.replace('Monday', 'a Monday'), 'left Ystad on a Monday with 40 cars.'],
    ['a sign outside the first plane went', document.replace(' 🛳', ''), 'left Ystad on Monday with 40 cars.'],
    ['the passage occurs twice now', `${document}${document}`, 'left Ystad on Monday with 40 cars.'],
  ])('where %s', async (_, text, expected) => {
    const folder = corrected(text);
    expect((await run(folder, 'validate', here)).status).toBe(1);
    const { err, status } = await reanchor(folder);
    expect(err).toMatch(/its digest is updated/);
    expect(status).toBe(0);
    expect(words(folder)).toEqual([expected]);
    expect((await run(folder, 'validate', [...here, '--require-sources'])).out).toBe('');
    expect((await reanchor(folder)).err).toBe('reanchor: "gazette": 0 spans moved; its digest is already right\n');
  });

  test.each([
    [
      'its first words are gone',
      document.replace('left', 'departed from'),
      /\/evidence\/0: its first words are not in the text/,
    ],
    [
      'its last words are gone',
      document.replace('cars', 'lorries'),
      /\/evidence\/0: its last words are not in the text/,
    ],
    [
      'two passages are like it',
      `The ferry left Ystad with cars. It left Ystad on a day with 41 cars.\n`,
      /\/evidence\/0: 2 passages of about its length/,
    ],
    [
      'what lies between is much longer',
      document.replace('Monday', 'Monday '.repeat(20)),
      /no passage of about its length/,
    ],
  ])('lists a span if %s, and writes nothing', async (_, text, says) => {
    const folder = corrected(text);
    const before = fs.readFileSync(path.join(folder, file), 'utf8');
    const { out, err, status } = await reanchor(folder);
    expect(out).toMatch(says);
    expect(err).toMatch(/1 cannot be moved, so nothing is written/);
    expect(status).toBe(1);
    expect(fs.readFileSync(path.join(folder, file), 'utf8')).toBe(before);
    expect(fs.readFileSync(path.join(folder, 'raw/papers/gazette.json'), 'utf8')).toContain(sha256(document));
  });

  test('--partial writes what can be moved', async () => {
    const [span] = crossing.evidence;
    const ferry = {
      ...span,
      start: 0,
      end: 11,
      begins: 'The',
      ends: '🛳',
      sha256: sha256('The ferry 🛳'),
      supports: ['/ship'],
    };
    const folder = corrected(`So: ${document.replace('cars', 'lorries')}`, {
      [file]: { ...crossing, evidence: [ferry, ...crossing.evidence] },
    });
    const { status } = await reanchor(folder, '--partial');
    expect(status).toBe(1);
    expect(words(folder)[0]).toBe('The ferry 🛳');
    const { out } = await run(folder, 'validate', here);
    expect(out).toMatch(/^raw\/crossings\/monday-ystad.json:\d+:\d+ error span-digest: the digest does not match/);
    expect(out.trim().split('\n')).toHaveLength(1);
  });

  describe('a file of two documents', () => {
    const first = 'One 🛳 left. Yes, it did.\r\nThe end.';
    const second = 'Two left. Yes, it did.\r\nNo more.';
    const file2 = `${first}\n${second}\n`;
    const points = (text: string): number => Array.from(text).length;

    /** A span of words that occur several times, from the `nth` time on. */
    const cited = (source: string, quote: string, nth = 0): object => {
      const before = file2
        .split(quote)
        .slice(0, nth + 1)
        .join(quote);
      const start = points(before);
      const [begins, ends] = [quote.split(/\s/)[0], quote.split(/\s/).at(-1)];
      return { source, start, end: start + points(quote), sha256: sha256(quote), begins, ends, supports: ['/port'] };
    };

    function twoDocuments(
      now: string,
      evidence: readonly object[],
      more: Readonly<Record<string, object | string>> = {},
    ): string {
      const held = { file: 'two.txt', sha256: sha256(file2) };
      const start = points(`${first}\n`);
      return dataset({
        'sources/two.txt': now,
        'raw/papers/first.json': { id: 'first', document: { ...held, start: 0, end: points(first) } },
        'raw/papers/second.json': { id: 'second', document: { ...held, start, end: start + points(second) } },
        [file]: { ...crossing, cars: undefined, evidence },
        ...more,
      });
    }

    const documentNow = (folder: string, now: string, id: string): string => {
      const { document: held } = JSON.parse(fs.readFileSync(path.join(folder, `raw/papers/${id}.json`), 'utf8')) as {
        readonly document: { readonly start: number; readonly end: number };
      };
      return Array.from(now).slice(held.start, held.end).join('');
    };
    const move = (folder: string, ...more: readonly string[]): ReturnType<typeof run> =>
      run(folder, 'reanchor', ['second', ...more, ...here]);

    const all = [
      cited('first', 'One 🛳 left.'),
      cited('first', 'Yes, it did.'),
      cited('first', 'The end.'),
      cited('second', 'Two left.'),
      cited('second', 'Yes, it did.', 1),
      cited('second', 'No more.'),
    ];

    test.each([
      ['something came before both', `🛳 Corrected.\r\n${file2}`, `🛳 Corrected.\r\n${first}`],
      ['something went', file2.replace('🛳 ', ''), first.replace('🛳 ', '')],
      ['a word in the first was corrected', file2.replace('One 🛳', 'One more 🛳'), first.replace('One 🛳', 'One more 🛳')],
    ])('moves with it, including ranges, if %s', async (_, now, expected) => {
      const folder = twoDocuments(now, all);
      const { status, out } = await move(folder);
      expect({ status, out }).toEqual({ status: 0, out: '' });
      expect(documentNow(folder, now, 'first')).toBe(expected);
      expect(documentNow(folder, now, 'second')).toBe(second);
      expect((await run(folder, 'validate', [...here, '--require-sources'])).out).toBe('');
      expect((await move(folder)).err).toBe('reanchor: "second": 0 spans moved; its digest is already right\n');
    });

    test('if words occur twice, each span moves with its neighbours', async () => {
      const now = `Yes, it did. Well. ${file2}`;
      const folder = twoDocuments(now, all);
      expect((await move(folder)).status).toBe(0);
      const { evidence } = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as {
        readonly evidence: readonly { readonly start: number }[];
      };
      const old = all as readonly { readonly start: number }[];
      expect(evidence.map(({ start }) => start)).toEqual(old.map(({ start }) => start + 19));
    });

    test('an unknown edge is listed; --range gives it', async () => {
      const now = `${file2.trimEnd()} And more.\n`;
      const folder = twoDocuments(now, all.slice(0, 4));
      const { out, status } = await move(folder);
      expect(out).toBe(
        'raw/papers/second.json: /document: the new start and end of the document in the text are unknown: give them with --range second=START-END\n',
      );
      expect(status).toBe(1);
      expect(fs.readFileSync(path.join(folder, 'raw/papers/first.json'), 'utf8')).toContain(sha256(file2));
      const start = points(`${first}\n`);
      expect((await move(folder, '--range', `${start}-${points(now) - 1}`)).status).toBe(0);
      expect(documentNow(folder, now, 'second')).toBe(`${second} And more.`);
      expect((await run(folder, 'validate', [...here, '--require-sources'])).out).toBe('');
    });

    test.each([['5'], ['9-3'], ['0-9999'], ['gazette=0-3']])('--range %s is refused', async (range) => {
      expect(await move(twoDocuments(`A. ${file2}`, all), '--range', range)).toMatchObject({ status: 2, out: '' });
    });

    test('a file of several records that has spans of it is listed and stays as it is', async () => {
      const line = `${JSON.stringify({ ...crossing, id: 'a', evidence: all.slice(0, 1) })}\n`;
      const lines = `${line}${line.replace('"id":"a"', '"id":"b"')}`;
      const folder = twoDocuments(`A. ${file2}`, all, { 'raw/crossings/more.ndjson': lines });
      const { out } = await move(folder, '--partial');
      expect(out).toBe('raw/crossings/more.ndjson: it holds several records, and is not rewritten\n');
      expect(fs.readFileSync(path.join(folder, 'raw/crossings/more.ndjson'), 'utf8')).toBe(lines);
    });
  });

  test('reports a missing source, and a text that is not available', async () => {
    const folder = dataset();
    expect((await run(folder, 'reanchor', ['gazete', ...here])).err).toMatch(/did you mean "gazette"\?/);
    fs.rmSync(path.join(folder, 'sources/gazette.txt'));
    expect((await reanchor(folder)).err).toMatch(/is not available/);
  });
});
