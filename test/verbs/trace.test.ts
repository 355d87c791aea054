import { describe, expect, test } from 'vitest';
import { crossing, dataset, document, here, sha256 } from '../support/fixture.ts';
import { outsideCode, render } from '../support/markdown.ts';
import { run, writeFiles } from '../support/run.ts';

const file = 'raw/crossings/monday-ystad.json';
const [span] = crossing.evidence;
const at = `gazette ${span?.start}–${span?.end}`;
const context = 'The ferry 🛳 【left Ystad on Monday with 40 cars.】';
const trace = (folder: string, ...more: readonly string[]): ReturnType<typeof run> =>
  run(folder, 'trace', ['monday-ystad', ...here, ...more]);

/** The lines that follow a field in what `trace` prints, without their indentation. */
function below(out: string, field: string): readonly string[] {
  const lines = out.split('\n');
  const from = lines.findIndex((line) => line === field || line.startsWith(`${field}: `)) + 1;
  const next = lines.slice(from);
  const end = next.findIndex((line) => !line.startsWith(' '));
  return next.slice(0, end < 0 ? undefined : end).map((line) => line.trim());
}

describe('trace', () => {
  test('shows each field in the order of the record, with its evidence in context', async () => {
    expect(await trace(dataset())).toEqual({
      status: 0,
      out: [
        'crossings/monday-ystad',
        '',
        '/id: "monday-ystad"',
        '/kind: "departure"',
        '/ship: "anna"',
        '/port: "ystad"',
        `    ${at}: ${context}`,
        '/on: "2022-02-28"',
        '/cars: 40',
        `    ${at}: ${context}`,
        '/length: 172.5',
        '/stops/0/port: "ystad"',
        '/stops/0/crew/0: "Ida"',
        '/stops/0/crew/1: "Öland, \\"Bo\\""',
        '/stops/1/port: "trelleborg"',
        '',
      ].join('\n'),
      err: 'trace: crossings/monday-ystad: 11 fields; no evidence is missing; 1 span\n',
    });
  });

  test('a span that supports an object is shown at the object, and its fields refer to it', async () => {
    const evidence = [{ ...span, supports: ['/stops', '/stops/0/port', '/port', '/cars'] }];
    const { out } = await trace(dataset({ [file]: { ...crossing, evidence } }));
    expect(below(out, '/stops')).toEqual([`${at}: ${context}`]);
    expect(below(out, '/stops/0/port')).toEqual([`${at}: ${context}`, 'and as /stops']);
    expect(below(out, '/stops/1/port')).toEqual(['as /stops']);
  });

  test('on a terminal the span is highlighted by colour, and has no brackets', async () => {
    const { out } = await run(dataset(), 'trace', ['monday-ystad', ...here], { coloured: true });
    expect(out).toContain('The ferry 🛳 \u001b[7mleft Ystad on Monday with 40 cars.\u001b[27m');
    expect(out).not.toContain('【');
  });

  test('long contexts are cut between words, and inside the document’s range', async () => {
    const text = `Before. ${'many words '.repeat(20)}${document.trim()} ${'more words '.repeat(20)}`;
    const start = Array.from(text.slice(0, text.indexOf('left'))).length;
    const length = 'left Ystad on Monday with 40 cars.'.length;
    const folder = dataset({
      'sources/gazette.txt': text,
      'raw/papers/gazette.json': {
        id: 'gazette',
        document: { file: 'gazette.txt', sha256: sha256(text), start: start - 12, end: start + length + 100 },
      },
      [file]: { ...crossing, evidence: [{ ...span, start, end: start + length }] },
    });
    const [line] = below((await trace(folder)).out, '/port');
    expect(line).toBe(
      `gazette ${start}–${start + length}: The ferry 🛳 【left Ystad on Monday with 40 cars.】 more words more words more words more words more words…`,
    );
  });

  test.each<[string, object, string, 0 | 1, RegExp]>([
    [
      'a text that is not at hand',
      { 'raw/papers/gazette.json': { id: 'gazette', document: { file: 'gone.txt', sha256: sha256(document) } } },
      `${at}: “left … cars.”; the text is not available`,
      0,
      /1 not shown, because the text is not available: name its folder with --sources/,
    ],
    [
      'bytes that changed',
      { 'sources/gazette.txt': `${document}!` },
      `${at}: "gazette.txt" does not have the digest that the source gives`,
      1,
      /1 not in the text: run validate/,
    ],
    [
      'another digest',
      { [file]: { ...crossing, evidence: [{ ...span, sha256: sha256('x') }] } },
      `${at}: the digest does not match the words from "start" to "end"`,
      1,
      /1 not in the text/,
    ],
    [
      'a place past the end',
      { [file]: { ...crossing, evidence: [{ ...span, end: 900 }] } },
      'gazette 12–900: the span ends at 900, past the end of its document at 47',
      1,
      /1 not in the text/,
    ],
    [
      'a source that is none',
      { [file]: { ...crossing, evidence: [{ ...span, source: 'x' }] } },
      `x ${span?.start}–${span?.end}: there is no such source`,
      1,
      /1 not in the text/,
    ],
    [
      'a span that is not complete',
      { [file]: { ...crossing, evidence: [{ source: 'gazette', begins: 'left', supports: ['/port', '/cars'] }] } },
      'gazette: it is not complete',
      1,
      /no evidence is missing; 1 span; 1 not in the text/,
    ],
    [
      'no evidence',
      { [file]: { ...crossing, evidence: undefined } },
      'needs evidence and has none',
      1,
      /2 lack evidence; 0 spans/,
    ],
    [
      'evidence for another field only',
      { [file]: { ...crossing, evidence: [{ ...span, supports: ['/cars', '/prt'] }] } },
      'needs evidence and has none',
      1,
      /1 lacks evidence/,
    ],
    [
      'a span of the whole record, which supports nothing',
      { [file]: { ...crossing, evidence: [{ ...span, supports: [''] }] } },
      'needs evidence and has none',
      1,
      /2 lack evidence/,
    ],
  ])('describes %s', async (_name, files, line, status, summary) => {
    const folder = dataset();
    writeFiles(folder, files as Readonly<Record<string, object>>);
    const outcome = await trace(folder);
    expect(below(outcome.out, '/port')).toEqual([line]);
    expect(outcome.err).toMatch(summary);
    expect(outcome.status).toBe(status);
  });

  test('markdown: data makes no HTML, no mention, no emphasis and no line of its own', async () => {
    const text = 'He <b>left</b> *Ystad*,\n# @mayor said `so`.\n';
    const words = text.trim();
    const folder = dataset({
      'sources/gazette.txt': text,
      'raw/papers/gazette.json': { id: 'gazette', document: { file: 'gazette.txt', sha256: sha256(text) } },
      [file]: {
        ...crossing,
        remark: '<img src=x> @you ![a](b) https://x.org',
        evidence: [{ ...span, start: 0, end: words.length, sha256: sha256(words), begins: 'He', ends: '`so`.' }],
      },
    });
    const { out } = await trace(folder, '--format', 'markdown');
    expect(out.split('\n').slice(0, 3)).toEqual(['### `crossings/monday-ystad`', '', '- **`/id`**: `"monday-ystad"`']);
    expect(out).toContain(
      '- **`/port`**: `"ystad"`\n  - `gazette 0–43`: ``【He <b>left</b> *Ystad*, # @mayor said `so`.】``',
    );
    expect(out).toContain('- **`/remark`**: `"<img src=x> @you ![a](b) https://x.org"`');
    expect(outsideCode(render(out))).not.toMatch(/<(?!\/?(?:h3|ul|li|strong|code|p)>)|@|#/);
  });

  test('control characters of data do not reach a terminal', async () => {
    const text = 'left \u001b[31mYstad.';
    const folder = dataset({
      'sources/gazette.txt': text,
      'raw/papers/gazette.json': { id: 'gazette', document: { file: 'gazette.txt', sha256: sha256(text) } },
      [file]: {
        ...crossing,
        remark: '\u202e',
        evidence: [{ ...span, start: 0, end: text.length, sha256: sha256(text) }],
      },
    });
    const { out } = await trace(folder);
    // eslint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\u001b\u202e]/u);
  });

  test('for a missing record, the nearest is suggested, and nothing is shown', async () => {
    const { status, out, err } = await run(dataset(), 'trace', ['monday-ystat', ...here]);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain('did you mean "monday-ystad"?');
  });
});

describe('--against compares with any copy of the text', () => {
  const words = `${at}: The ferry 🛳 【left Ystad on Monday with 40 cars.】`;
  const second = {
    'raw/papers/herald.json': { id: 'herald', document: { file: 'herald.txt', sha256: sha256('Ystad.\n') } },
    [file]: {
      ...crossing,
      evidence: [
        span,
        {
          source: 'herald',
          start: 0,
          end: 6,
          sha256: sha256('Ystad.'),
          begins: 'Ystad.',
          ends: 'Ystad.',
          supports: ['/port'],
        },
      ],
    },
  };
  const against = async (text: string, more: Readonly<Record<string, object>> = {}, record = 'monday-ystad') => {
    const folder = dataset({ ...more, 'copy.html': text });
    return run(folder, 'trace', [record, ...here, '--against', 'copy.html']);
  };

  test.each<[what: string, text: string, evidence: string, status: number, summary: RegExp]>([
    ['other line ends', document.replaceAll(' ', '\r\n'), words, 0, /: 1 of 1 span word for word in copy\.html\n$/],
    [
      'a page',
      `<html><body><article><p>${document}</p></article></body></html>`,
      words,
      0,
      /1 of 1 span word for word/,
    ],
    [
      'other words between',
      document.replace('Monday', 'Sunday'),
      `${words.replace('Monday', 'Sunday')} (first words, last words and length match; compare the words in between yourself)`,
      0,
      /0 of 1 span word for word in copy\.html; 1 with the same first and last words\n$/,
    ],
    [
      'another text',
      'Nothing of it.',
      `${at}: “left … cars.” is not in "copy.html"`,
      1,
      /0 of 1 span .*; 1 not in it\n$/,
    ],
  ])('%s', async (_, text, evidence, status, summary) => {
    const traced = await against(text);
    expect(below(traced.out, '/port')).toEqual([evidence]);
    expect(traced).toMatchObject({ status, err: expect.stringMatching(summary) as string });
  });

  test('spans of another source are not searched in it', async () => {
    const { out, err, status } = await against('Now\nYstad.', second);
    expect(below(out, '/port')).toEqual([`${at}: the text is that of another source`, 'herald 0–6: Now 【Ystad.】']);
    expect([err, status]).toEqual([expect.stringMatching(/1 of 2 spans word for word .*; 1 of another source\n$/), 0]);
  });

  test('a source: every record that cites it', async () => {
    const { out, err } = await against(document, second, 'gazette');
    expect(below(out, '/port')).toEqual([words, 'herald 0–6: the text is that of another source']);
    expect(err).toMatch(/^trace: crossings\/monday-ystad: 1 of 2 spans word for word/);
    expect(await against(document, { [file]: { ...crossing, evidence: undefined } }, 'gazette')).toMatchObject({
      status: 2,
      err: 'trace: no record cites "gazette"\n',
    });
  });

  test('a missing copy', async () => {
    expect(await run(dataset(), 'trace', ['monday-ystad', ...here, '--against', 'gone.txt'])).toMatchObject({
      status: 2,
      err: expect.stringMatching(/^trace: .*gone\.txt: no such file/) as string,
    });
  });
});
