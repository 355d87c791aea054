import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findQuotation, nearestPassage } from '../../scripts/evidence/findQuote.ts';
import { crossing, dataset, document, here, sha256 } from '../support/fixture.ts';
import { root, run, script, writeFiles } from '../support/run.ts';

const file = 'raw/crossings/monday-ystad.json';

interface Span {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly begins: string;
  readonly ends: string;
  readonly supports: readonly string[];
}

const spansOf = (folder: string): readonly Span[] =>
  (JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as { readonly evidence: readonly Span[] }).evidence;
const cite = (folder: string, ...args: readonly string[]): ReturnType<typeof run> =>
  run(folder, 'cite', ['monday-ystad', ...args, ...here]);

/**
 * A text with every character that writers and editors replace with another; the second document of the file begins
 * after its first line.
 */
const text = 'Twice, twice.\nIda said: “It’s\u00a0the ferry –\n  the 🛳 one … from Ystad,”\r\nhe wrote. Twice more.\n';

function withText(more: object = {}): string {
  return dataset({
    'sources/gazette.txt': text,
    'raw/papers/gazette.json': { id: 'gazette', document: { file: 'gazette.txt', sha256: sha256(text), ...more } },
    [file]: { ...crossing, evidence: undefined, cars: undefined, port: undefined },
  });
}

describe('laws of finding a quote', () => {
  const word = fc.stringMatching(/^[\u0301a-zé“’—…🛳]{1,6}$/u).map((letters) => `x${letters}`);
  const words = fc.array(word, { minLength: 1, maxLength: 9 });

  test('words of a text are found at their place, with any white space between them', () => {
    fc.assert(
      fc.property(
        words,
        words,
        words,
        fc.constantFrom(' ', '\u00a0', '\r\n', ' \t '),
        (before, quote, after, space) => {
          const start = Array.from([...before, ''].join(space)).length;
          const end = start + Array.from(quote.join(space)).length;
          expect(findQuotation([...before, ...quote, ...after].join(space), quote.join(' '))).toContainEqual({
            start,
            end,
          });
        },
      ),
    );
  });

  test('if one word of a quote differs, the nearest passage is all of it', () => {
    const plain = fc.uniqueArray(fc.stringMatching(/^[a-z]{2,6}$/), { minLength: 8, maxLength: 14 });
    fc.assert(
      fc.property(plain, fc.nat({ max: 3 }), fc.nat({ max: 1 }), (all, from, other) => {
        const quote = all.slice(from, from + 4).with(1 + other, '0');
        const near = nearestPassage(`${all.join(', ')}.`, quote.join(' '));
        expect(`${all.join(', ')}.`.slice(near?.start, near?.end)).toBe(`${all.slice(from, from + 4).join(', ')},`);
      }),
    );
  });
});

describe('cite', () => {
  test('writes a span that validate accepts', async () => {
    const folder = dataset();
    const { err, status } = await cite(
      folder,
      '--source',
      'gazette',
      '--quote',
      'The ferry 🛳 left Ystad',
      '--supports',
      '/ship,/kind',
    );
    expect(err).toBe(`cite: ${file}: gazette 0 to 22 supports /ship and /kind; a new span\n`);
    expect(status).toBe(0);
    expect(spansOf(folder)).toMatchObject([
      { source: 'gazette', start: 0, end: 22, begins: 'The', ends: 'Ystad', supports: ['/ship', '/kind'] },
      { start: 12 },
    ]);
    expect((await run(folder, 'validate', [...here, '--require-sources'])).out).toBe('');
  });

  test.each([
    ["It's the ferry - the 🛳 one", 'It’s\u00a0the ferry –\n  the 🛳 one'],
    ['"It\'s the', '“It’s\u00a0the'],
    ['one ... from Ystad," he', 'one … from Ystad,”\r\nhe'],
    ['  he   wrote.\n', 'he wrote.'],
  ])('treats characters as equal: %s', async (quote, stands) => {
    const folder = withText();
    const { status } = await cite(folder, '--source', 'gazette', '--quote', quote, '--supports', '/ship');
    expect(status).toBe(0);
    const [span] = spansOf(folder);
    expect(Array.from(text).slice(span?.start, span?.end).join('')).toBe(stands);
    expect((await run(folder, 'validate', [...here, '--require-sources'])).out).toBe('');
  });

  test('adds fields to an existing span', async () => {
    const folder = dataset();
    const { err } = await cite(folder, '--quote', 'left Ystad on Monday with 40 cars.', '--supports', '/on,/port');
    expect(err).toContain('added to an existing span');
    expect(spansOf(folder)).toMatchObject([{ supports: ['/port', '/cars', '/on'] }]);
  });

  test('reads the words from standard input or a file, and needs no source if only one contains them', async () => {
    const folder = dataset({ 'quote.txt': 'with 40 cars.\n' });
    expect(
      (await run(folder, 'cite', [file, '--quote', '-', '--supports', '/on', ...here], { stdin: 'on Monday' })).status,
    ).toBe(0);
    expect(
      (
        await run(folder, 'cite', [
          'crossings/monday-ystad',
          '--quote-file',
          'quote.txt',
          '--supports',
          '/cars',
          ...here,
        ])
      ).status,
    ).toBe(0);
    expect(spansOf(folder)).toHaveLength(3);
  });

  test.each([
    ['twice', 'quote not found in gazette', withText, { start: 20, end: 80 }],
    [
      'Twice',
      'the words occur 2 times:\n  gazette at 0: …[Twice], twice. Ida said: “…\n  gazette at 80: … Ystad,” he wrote. [Twice] more. …',
      withText,
      {},
    ],
    [
      'It’s the fery - the 🛳 one',
      'the nearest passage, in gazette at 24:\n  …e, twice. Ida said: [“It’s the ferry – the 🛳 one] … from Ystad,” he …',
      withText,
      {},
    ],
    ['Ida SAID', 'quote not found in gazette: only capital letters differ; the nearest passage', withText, {}],
    ['Twice, twic\u0435', 'quote not found in gazette: it has letters of another alphabet; the', withText, {}],
    ['Ida said: […] one', 'quote not found in gazette: words are left out of it, so give the whole', withText, {}],
    ['Quite other words', 'quote not found in gazette; nothing similar', withText, {}],
  ])('refuses %s', async (quote, says, make, range) => {
    const folder = make(range);
    const before = fs.readFileSync(path.join(folder, file), 'utf8');
    const { out, status } = await cite(folder, '--source', 'gazette', '--quote', quote, '--supports', '/ship');
    expect(out).toContain(says);
    expect(status).toBe(1);
    expect(fs.readFileSync(path.join(folder, file), 'utf8')).toBe(before);
  });

  test.each([
    ['whole words before parts of them', 'Untold tons. He told all.', 'told', 16],
    ['parts of words, if there is no other match', 'Untoldstories of it', 'stories', 6],
    ['letters of a script without spaces', '渡船离开', '船', 1],
    ['an accent that is a sign of its own in the text', 'Le cafe\u0301 ouvert', 'café', 3],
    ['hyphens for a dash', 'Late—very late', 'Late--very', 0],
    ['words that begin with a hyphen', 'It was -5 degrees', '-5 degrees', 7],
  ])('finds %s', async (_, words, quote, start) => {
    const folder = withText();
    writeFiles(folder, {
      'sources/gazette.txt': words,
      'raw/papers/gazette.json': { id: 'gazette', document: { file: 'gazette.txt', sha256: sha256(words) } },
    });
    expect((await cite(folder, '--quote', quote, '--supports', '/ship')).status).toBe(0);
    const [span] = spansOf(folder);
    expect(span?.start).toBe(start);
    expect(words.slice(0, span?.end)).toMatch(/(?:told|stories|船|cafe\u0301|very|degrees)$/);
  });

  test('does not count in a text with other bytes than the source names', async () => {
    const folder = dataset({ 'sources/gazette.txt': `So: ${document}` });
    const before = fs.readFileSync(path.join(folder, file), 'utf8');
    const { out, status } = await cite(folder, '--source', 'gazette', '--quote', 'The ferry', '--supports', '/ship');
    expect(out).toBe(
      'the available text is not the one that "gazette" names: if it has been corrected, `npx demarche reanchor gazette`\n',
    );
    expect(status).toBe(1);
    expect(fs.readFileSync(path.join(folder, file), 'utf8')).toBe(before);
  });

  test('completes an existing span', async () => {
    const { sha256: _, begins: __, ...bare } = crossing.evidence[0] ?? {};
    const folder = dataset({ [file]: { ...crossing, evidence: [bare] } });
    await cite(folder, '--quote', 'left Ystad on Monday with 40 cars.', '--supports', '/on');
    expect((await run(folder, 'validate', [...here, '--require-sources'])).out).toBe('');
  });

  test('make passes the words on; neither make nor a shell expands them', () => {
    const folder = withText();
    const words = `$(shell touch made) $\`touch ran\` "; touch ran; ' $HOME`;
    writeFiles(folder, {
      'sources/gazette.txt': words,
      'raw/papers/gazette.json': { id: 'gazette', document: { file: 'gazette.txt', sha256: sha256(words) } },
      'bin/npm': `#!/bin/sh\nshift 4\nexec "${process.execPath}" "${script('cite').join('" "')}" "$@" ${here.join(' ')}\n`,
    });
    fs.chmodSync(path.join(folder, 'bin/npm'), 0o755);
    const { status, stderr } = spawnSync(
      'make',
      [
        '-s',
        '-f',
        path.join(root, 'Makefile'),
        'cite',
        'ready=',
        'RECORD=monday-ystad',
        `QUOTE=${words}`,
        'SUPPORTS=/ship',
      ],
      {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, PATH: `${folder}/bin:${process.env['PATH']}`, INIT_CWD: folder },
      },
    );
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(spansOf(folder)).toMatchObject([{ start: 0, end: words.length }]);
    expect(['made', 'ran'].filter((name) => fs.existsSync(path.join(folder, name)))).toEqual([]);
  });

  test('writes into a line of NDJSON, as the hint says, and leaves the other lines alone', async () => {
    const lines = ['sunday-ystad', 'tuesday-ystad'].map((id) =>
      JSON.stringify({ ...crossing, id, evidence: undefined }),
    );
    const more = 'raw/crossings/more.ndjson';
    const folder = dataset({ [more]: lines.map((line) => `${line}\n`).join('') });
    const name = 'crossings/tuesday-ystad';
    expect((await run(folder, 'validate', here)).out).toContain(`cite ${name} `);
    const quote = ['--quote', 'left Ystad on Monday with 40 cars', '--supports', '/port,/cars'];
    const cited = await run(folder, 'cite', [name, ...quote, ...here]);
    expect(cited).toMatchObject({ status: 0, out: '' });
    const after = fs.readFileSync(path.join(folder, more), 'utf8').split('\n');
    expect(after).toEqual([lines[0], expect.stringContaining('"supports":["/port","/cars"]'), '']);
    expect((await run(folder, 'validate', here)).out).not.toMatch(/more\.ndjson:2/);
    const traced = await run(folder, 'trace', [name, ...here]);
    expect(traced).toMatchObject({ status: 0, out: expect.stringMatching(/^crossings\/tuesday-ystad\n/) });
    expect((await run(folder, 'trace', ['sunday-ystad', ...here])).status).toBe(1);
    expect((await run(folder, 'trace', ['monday', ...here])).status).toBe(2);
  });

  test('leaves other lines unchanged: bytes that are not text, and line ends', async () => {
    const more = 'raw/crossings/more.ndjson';
    const line = JSON.stringify({ ...crossing, id: 'tuesday-ystad', evidence: undefined });
    const rest = Buffer.concat([Buffer.from('\n{"id":"bad \r'), Buffer.from([0xff]), Buffer.from('"}\r\n')]);
    const folder = dataset({ [more]: Buffer.concat([Buffer.from(line), rest]) });
    const quote = ['--quote', 'left Ystad', '--supports', '/port'];
    expect((await run(folder, 'cite', ['tuesday-ystad', ...quote, ...here])).status).toBe(0);
    const after = fs.readFileSync(path.join(folder, more));
    expect(after.subarray(after.indexOf(10))).toEqual(rest);
    fs.writeFileSync(path.join(folder, more), '{"id":"tuesday-ystad","id":"tuesday-ystad"}\n');
    expect((await run(folder, 'cite', ['tuesday-ystad', ...quote, ...here])).err).toMatch(
      /more\.ndjson:1 could not be read as a record: run `npx demarche validate`/,
    );
  });

  test('finds a line by an id with JSON escapes, and reports two lines with one id', async () => {
    const line = (id: string): string => `${JSON.stringify({ id, name: 'x' })}\n`;
    const folder = dataset({ 'raw/ships/more.ndjson': line('say "hi"') + line('zz') + line('zz') });
    const trace = async (name: string): Promise<string> => (await run(folder, 'trace', [name, ...here])).err;
    expect(await trace('ships/say "hi"')).toMatch(/^trace: ships\/say "hi": /);
    expect(await trace('zz')).toMatch(
      /"ships\/zz \(raw\/ships\/more\.ndjson:2\)" or "ships\/zz \(raw\/ships\/more\.ndjson:3\)"/,
    );
  });

  test('uses the place in --at', async () => {
    const folder = withText();
    const offset = String(Array.from(text.slice(0, text.lastIndexOf('Twice'))).length);
    expect((await cite(folder, '--quote', 'Twice', '--at', offset, '--supports', '/ship')).status).toBe(0);
    expect(spansOf(folder)).toMatchObject([{ start: Number(offset) }]);
  });

  test.each([
    [
      'a source that is not there',
      ['--source', 'gazete', '--quote', 'x', '--supports', '/ship'],
      /no source is called "gazete" \(did you mean "gazette"\?\)/,
    ],
    [
      'a field that is not there',
      ['--quote', 'x', '--supports', '/shp'],
      /has nothing at "\/shp" \(did you mean "\/ship"\?\)/,
    ],
    ['the whole record', ['--quote', 'x', '--supports', '/'], /name the fields that the words support/],
    ['a span', ['--quote', 'x', '--supports', '/evidence/0'], /a span cannot support/],
    [
      'a place that is no offset',
      ['--quote', 'x', '--at', 'x1', '--supports', '/ship'],
      /--at takes an offset, not "x1"/,
    ],
    ['no quote', ['--supports', '/ship'], /the quote is missing/],
  ])('reports %s', async (_, args, says) => {
    const { err, status } = await cite(dataset(), ...args);
    expect(err).toMatch(says);
    expect(status).toBe(2);
  });

  test.each([
    ['a letter without its accent', 'He said Zoe\u0308 left.', 'said Zoe'],
    ['a part of an ellipsis', 'He came back…', 'back.'],
    ['a part of a letter', '각', '가'],
  ])('does not cut %s', async (_, words, quote) => {
    const folder = withText();
    writeFiles(folder, {
      'sources/gazette.txt': words,
      'raw/papers/gazette.json': { id: 'gazette', document: { file: 'gazette.txt', sha256: sha256(words) } },
    });
    expect((await cite(folder, '--quote', quote, '--supports', '/ship')).status).toBe(1);
  });

  test.each([
    ['nobody', /no record is called "nobody"/],
    ['monday-ysta', /did you mean "monday-ystad"\?/],
    ['twin', /"twin" can mean "ports\/twin" or "ships\/twin": name one of them/],
  ])('reports a record called %s', async (name, says) => {
    const folder = dataset();
    writeFiles(folder, {
      'raw/ships/twin.json': { id: 'twin', name: 'T' },
      'raw/ports/twin.json': { id: 'twin', name: 'T' },
    });
    const { err, status } = await run(folder, 'cite', [name, '--quote', document, '--supports', '/name', ...here]);
    expect(err).toMatch(says);
    expect(status).toBe(2);
  });
});
