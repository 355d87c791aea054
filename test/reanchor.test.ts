import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { crossing, dataset, document, here, sha256 } from './fixture.ts';
import { run } from './run.ts';

const file = 'raw/crossings/monday-ystad.json';
const reanchor = (folder: string, ...more: readonly string[]): ReturnType<typeof run> =>
  run(folder, 'reanchor', ['gazette', ...more, ...here]);

/** The dataset with another text in place of the one from which it was curated. */
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
    ['the passage stands twice now', `${document}${document}`, 'left Ystad on Monday with 40 cars.'],
  ])('where %s', async (_, text, expected) => {
    const folder = corrected(text);
    expect((await run(folder, 'validate', here)).status).toBe(1);
    const { err, status } = await reanchor(folder);
    expect(err).toMatch(/its digest is updated/);
    expect(status).toBe(0);
    expect(words(folder)).toEqual([expected]);
    expect((await run(folder, 'validate', [...here, '--require-sources'])).out).toBe('');
    expect((await reanchor(folder)).err).toBe('reanchor: "gazette": 0 spans moved; its digest is that of the text\n');
  });

  test.each([
    [
      'its first words are gone',
      document.replace('left', 'departed from'),
      /\/evidence\/0: its first words do not stand in the text/,
    ],
    [
      'its last words are gone',
      document.replace('cars', 'lorries'),
      /\/evidence\/0: its last words do not stand in the text/,
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
  ])('lists a span where %s, and writes nothing', async (_, text, says) => {
    const folder = corrected(text);
    const before = fs.readFileSync(path.join(folder, file), 'utf8');
    const { out, err, status } = await reanchor(folder);
    expect(out).toMatch(says);
    expect(err).toMatch(/1 span cannot be moved, so that nothing is written/);
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
    expect(out).toMatch(/^raw\/crossings\/monday-ystad.json:\d+:\d+ error evidence: the digest is not that/);
    expect(out.trim().split('\n')).toHaveLength(1);
  });

  test('tells a source that is not there, and a text that is not at hand', async () => {
    const folder = dataset();
    expect((await run(folder, 'reanchor', ['gazete', ...here])).err).toMatch(/did you mean "gazette"\?/);
    fs.rmSync(path.join(folder, 'sources/gazette.txt'));
    expect((await reanchor(folder)).err).toMatch(/is not at hand/);
  });
});
