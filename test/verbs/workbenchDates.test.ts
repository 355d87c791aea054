import { describe, expect, test } from 'vitest';
import type { DayOfField, MeantDates } from '../../scripts/web/workbench/messages.ts';
import { dataset, schemas, sha256 } from '../support/fixture.ts';
import { here } from '../support/fixture.ts';
import { run } from '../support/run.ts';
import { deskOf } from '../support/workbench.ts';

const papers = schemas['schema/papers.schema.json'] as { readonly properties: object };

/** The schema of sources that say when and in which language they were published. */
const dated = {
  ...papers,
  properties: {
    ...papers.properties,
    published: {
      type: 'object',
      'x-issued': true,
      properties: { date: { type: 'string', format: 'edtf' } },
      required: ['date'],
      additionalProperties: false,
    },
    language: { type: 'string', 'x-language': true },
  },
};

const text = 'Пором вийшов у вівторок. Він повернеться 12 березня, а не 3.4.2022, з 40 автомобілями.\n';

/** A dataset with a source, a Ukrainian one; `more` is what its record says of itself. */
function withSource(more: object, words = text): string {
  return dataset({
    'schema/papers.schema.json': dated,
    'raw/papers/log.json': { id: 'log', ...more, document: { file: 'log.txt', sha256: sha256(words) } },
    'sources/log.txt': words,
  });
}

const english = { published: { date: '2022-03-01' }, language: 'en' };

/**
 * The dates that the page offers for words of an English source of Tuesday 1 March 2022. `others` are days of the
 * record.
 */
function offered(story: string, words: string, others: readonly DayOfField[] = []): readonly MeantDates[] {
  const start = story.indexOf(words);
  return deskOf(withSource(english, story)).dates({ source: 'log', start, end: start + words.length }, 'edtf', others);
}

const ukrainian = { published: { date: '2022-02-28' }, language: 'uk' };

/** The dates that the page offers, with what it says of each. */
function named(found: readonly MeantDates[]): readonly (readonly [string, string])[] {
  return found.flatMap(({ dates }) => dates.map(({ date, meaning }) => [date, meaning] as const));
}

const fromSource = 'counted from the date of the source';

describe('words that can count from a day of the record', () => {
  const said = [{ day: '2022-02-25', of: 'Said' }];
  const story = 'The town will fall within ten days, and he left yesterday. They meet on 12 March, on Tuesday.\n';

  test('count from the date of the source first, and then from it', () => {
    expect(offered(story, 'within ten days', said)).toMatchObject([
      {
        day: undefined,
        dates: [
          {
            date: '[2022-03-01..2022-03-11]',
            meaning: fromSource,
            grounds: 'resolved',
            sentence: 'Read "within ten days" as one day within 10 days after 1 March 2022, the date of the source.',
          },
          {
            date: '[2022-02-25..2022-03-07]',
            meaning: 'counted from Friday, 25 February 2022, Said',
            grounds: 'resolved',
            sentence: 'Read "within ten days" as one day within 10 days after 25 February 2022, the date of “Said”.',
          },
        ],
      },
    ]);
    expect(named(offered(story, 'yesterday', [...said, { day: '2022-02-20', of: 'Begun' }]))).toEqual([
      ['2022-02-28', fromSource],
      ['2022-02-24', 'counted from Friday, 25 February 2022, Said'],
      ['2022-02-19', 'counted from Sunday, 20 February 2022, Begun'],
    ]);
  });

  test.each([
    ['without one', 'yesterday', []],
    ['that is the same', 'yesterday', [{ day: '2022-03-01', of: 'Said' }]],
    ['if they do not depend on the day', '12 March', said],
  ])('but are as before %s: %s', (_what, words, others) => {
    const [found] = offered(story, words, others);
    expect([found?.day, found?.dates.length]).toEqual(['2022-03-01', 1]);
    expect(found?.dates[0]?.meaning).not.toContain('counted');
  });

  test('the name of a day has those on either side already', () => {
    const others = [{ day: '2022-02-17', of: 'Said' }];
    expect(offered(story, 'on Tuesday', others)).toEqual(offered(story, 'on Tuesday'));
    expect(named(offered('They met last Tuesday.\n', 'last Tuesday', others))).toEqual([
      ['2022-02-22', fromSource],
      ['2022-02-15', 'counted from Thursday, 17 February 2022, Said'],
    ]);
    expect(named(offered('They met last weekend.\n', 'last weekend', others))).toContainEqual([
      '2022-02-12/2022-02-13',
      'the whole weekend, counted from Thursday, 17 February 2022, Said',
    ]);
  });
});

describe('words in a quotation', () => {
  const before = (day: string): string => `counted from ${day}, before the quotation`;
  const after = (day: string): string => `counted from ${day}, after the quotation`;

  test.each([
    [
      'On Monday he said: “We left yesterday.”',
      [
        ['2022-02-27', before('Monday, 28 February 2022')],
        ['2022-02-28', fromSource],
      ],
    ],
    [
      '“We left yesterday,” he said on Monday.',
      [
        ['2022-02-27', after('Monday, 28 February 2022')],
        ['2022-02-28', fromSource],
      ],
    ],
    [
      'It began on 24 February 2022. "We left yesterday," Jane Roe said on Monday.',
      [
        ['2022-02-27', after('Monday, 28 February 2022')],
        ['2022-02-23', before('Thursday, 24 February 2022')],
        ['2022-02-28', fromSource],
      ],
    ],
    [
      'On 25 February 2022, «He left yesterday» was heard.',
      [
        ['2022-02-24', before('Friday, 25 February 2022')],
        ['2022-02-28', fromSource],
      ],
    ],
  ])('count from the day on which it was said: %s', (story, dates) => {
    const found = offered(`${story}\n`, 'yesterday');
    expect(named(found)).toEqual(dates);
    expect(found.map(({ isGuess, day }) => [isGuess, day])).toEqual([[true, undefined]]);
  });

  test('say so in the sentence', () => {
    const [found] = offered('On Monday he said: “We left yesterday.”\n', 'yesterday');
    expect(found?.dates[0]).toMatchObject({
      grounds: 'resolved',
      sentence: 'Read "yesterday" as the day before 28 February 2022, the day of "On Monday" before the quotation.',
    });
  });

  test.each([
    ['no date', '“We left yesterday,” he said.'],
    ['no date in its paragraph', 'He spoke on Monday.\n\n“We left yesterday,” he said.'],
    ['no date in its sentence', '“We left yesterday.” He spoke on Monday.'],
    ['a later date', 'He is due on 5 March 2022. “We left yesterday,” he said.'],
    ['a month', 'It was in February 2022. “We left yesterday,” he said.'],
    ['a date in a quotation', '“They left on Monday,” she said. “We left yesterday,” he said.'],
  ])('have one reading with %s around it, which one Enter does not take: %s', (_what, story) => {
    const found = offered(`${story}\n`, 'yesterday');
    expect(found).toMatchObject([{ dates: [{ date: '2022-02-28' }], isGuess: true, day: '2022-03-01' }]);
    expect(named(found)).toHaveLength(1);
  });

  test.each([
    ['On Monday, he left. “Well,” he said yesterday.', 'yesterday'],
    ['He left yesterday. “Well,” he said.', 'yesterday'],
    ['On Monday he said: “We leave on 12 March.”', '12 March'],
    ['On Monday he said: “We leave on 12 March 2022.”', '12 March 2022'],
  ])('are as before if they are outside it, or do not depend on the day: %s', (story, words) => {
    expect(offered(`${story}\n`, words)).toMatchObject([{ isGuess: false, dates: [{}] }]);
  });

  test('after several dates, which one a day counts from is not certain', () => {
    const story = 'They met on 4 March 2022. She came the day before. A day earlier, it rained.\n';
    expect(offered(story, '4 March 2022')).toMatchObject([{ isGuess: false, dates: [{ date: '2022-03-04' }] }]);
    // not even then: something else may be meant
    expect(offered(story, 'the day before')).toMatchObject([{ isGuess: true, dates: [{ date: '2022-03-03' }] }]);
    expect(offered(story, 'A day earlier')).toMatchObject([
      { isGuess: true, dates: [{ date: '2022-03-02' }, { date: '2022-03-03' }] },
    ]);
  });

  test('a day of the record comes last', () => {
    const story = '“We left yesterday,” he said on Monday.\n';
    expect(named(offered(story, 'yesterday', [{ day: '2022-02-25', of: 'Said' }])).map(([date]) => date)).toEqual([
      '2022-02-27',
      '2022-02-28',
      '2022-02-24',
    ]);
  });
});

describe('dates in the words of a source', () => {
  test('suggestions are relative to its date; a date has no number', async () => {
    const found = await deskOf(withSource(ukrainian)).suggest('log');
    const words = Array.from(text);
    expect(found.map(({ kind, start, end, meaning }) => [kind, words.slice(start, end).join(''), meaning])).toEqual([
      ['date', 'у вівторок', '2022-02-22, 2022-03-01 or [2022-02-22,2022-03-01], relative to 2022-02-28'],
      ['date', '12 березня', '2022-03-12, relative to 2022-02-28'],
      ['date', '3.4.2022', '2022-04-03'],
      ['number', '40', '40'],
    ]);
  });

  test.each([
    ['no date', { language: 'uk' }],
    ['a date of several days', { language: 'uk', published: { date: '2022-02' } }],
  ])('with %s, only whole dates are suggested', async (_what, more) => {
    const found = await deskOf(withSource(more)).suggest('log');
    expect(found.filter(({ kind }) => kind === 'date').map(({ meaning }) => meaning)).toEqual(['2022-04-03']);
  });

  test('a day in a quotation is suggested without a value: it can count from another one', async () => {
    const story = '“We left yesterday, not on 2 February 2022,” he said today.\n';
    const found = await deskOf(withSource(english, story)).suggest('log');
    const dates = found.flatMap((each) => (each.kind === 'date' ? [[each.meaning, each.value]] : []));
    expect(dates).toEqual([
      ['2022-02-28, relative to 2022-03-01', undefined],
      ['2022-02-02', '2022-02-02'],
      ['2022-03-01, relative to 2022-03-01', '2022-03-01'],
    ]);
  });

  test('without a language, it is known by the words', async () => {
    const found = await deskOf(withSource({ published: { date: '2022-02-28' } })).suggest('log');
    expect(found.map(({ meaning }) => meaning)).toContain('2022-03-12, relative to 2022-02-28');
  });

  test('the problem of a field proposes the dates of the source that it cites, or else of the one in view', () => {
    const desk = deskOf(withSource(ukrainian));
    const fresh = desk.fresh('crossings');
    const value = { kind: 'departure', ship: 'anna', on: 'у вівторок' };
    const spans = [{ source: 'log', start: 13, end: 23, supports: ['/on'], origin: undefined }];
    const dates = ['2022-02-22', '2022-03-01', '[2022-02-22,2022-03-01]'];
    for (const [cited, source] of [
      [spans, undefined],
      [spans, 'gazette'],
      [[], 'log'],
    ] as const) {
      const { problems } = desk.check({ ...fresh, value, spans: cited }, source);
      const found = problems.find(({ rule }) => rule === 'format');
      expect(found?.hint).toContain('relative to 2022-02-28');
      expect(found?.actions.map((action) => 'value' in action && action.value)).toEqual(dates);
    }
    const other = desk.check({ ...fresh, value, spans: [] }, 'gazette');
    expect(other.problems.find(({ rule }) => rule === 'format')).toMatchObject({ hint: undefined, actions: [] });
  });

  test.each([
    ['[2022-02-28..2022-03-10]', '2022-02-28', true],
    ['[2022-02-28..]', '2022-02-28', true],
    ['2022-02-28/2022-03-10', '2022-02-28', true],
    ['[2022-02-27,2022-03-10]', '[2022-02-28,2022-03-01]', true],
    ['[..2022-02-28]', '2022-02-28', false],
    ['[..2022-03-01]', '[2022-02-28,2022-03-01]', false],
    // how exact it is, not when
    ['2022-02', '2022-02-20', false],
    ['2022-02-20/..', '2022-02-28', false],
    // an error
    ['2022-03-10', '2022-02-28', false],
  ])('a date that ends after its limit is a warning: %s, %s', (on, reported, isLate) => {
    const crossings = schemas['schema/crossings.schema.json'] as { readonly properties: object };
    const day = { type: 'string', format: 'edtf' };
    const properties = { ...crossings.properties, on: { ...day, 'x-at-most': '1/reported' }, reported: day };
    const desk = deskOf(dataset({ 'schema/crossings.schema.json': { ...crossings, properties } }));
    const value = { kind: 'departure', ship: 'anna', on, reported };
    const { problems } = desk.check({ ...desk.fresh('crossings'), value, spans: [] }, undefined);
    const found = problems.filter(({ pointer, severity }) => pointer === '/on' && severity === 'warning');
    expect(found.map(({ message }) => message)).toEqual(
      isLate ? [`"${on}" can be later than "${reported}" at /reported`] : [],
    );
  });

  test('each date says how it follows from the words; one in full is stated', () => {
    const desk = deskOf(withSource(ukrainian));
    const [start, end] = [13, 23];
    const [found, ...others] = desk.dates({ source: 'log', start, end }, 'edtf');
    expect(others).toEqual([]);
    expect(found?.dates).toEqual([
      {
        date: '2022-02-22',
        meaning: 'the Tuesday before',
        grounds: 'resolved',
        sentence: 'Read "у вівторок" as the last Tuesday before 28 February 2022, the date of the source.',
      },
      expect.objectContaining({ date: '2022-03-01', meaning: 'the Tuesday after' }),
      expect.objectContaining({ date: '[2022-02-22,2022-03-01]', meaning: 'one of these' }),
    ]);
    const resolutionOf = (on: string): unknown => {
      const edited = { ...desk.fresh('crossings'), value: { kind: 'departure', ship: 'anna', on }, spans: [] };
      const problem = desk.check(edited, 'log').problems.find(({ rule }) => rule === 'format');
      return problem?.actions.map((action) => 'resolution' in action && action.resolution);
    };
    expect(resolutionOf('12 березня 2022 року')).toEqual([expect.objectContaining({ grounds: 'stated' })]);
    expect(resolutionOf('на початку березня 2022')).toEqual([
      { grounds: 'resolved', sentence: 'Read "на початку березня 2022" as the first third of March 2022.' },
    ]);
    expect(resolutionOf('12 березня')).toEqual([
      {
        grounds: 'resolved',
        sentence:
          'Read "12 березня" as Saturday 12 March 2022, in the year of 28 February 2022, the date of the source.',
      },
    ]);
    expect(resolutionOf('3/4/2022')).toEqual([
      { grounds: 'resolved', sentence: 'Read "3/4/2022" as Sunday 3 April 2022.' },
      { grounds: 'resolved', sentence: 'Read "3/4/2022" as Friday 4 March 2022.' },
    ]);
  });

  test('a day that counts from a date before it says from which one', () => {
    const story = 'They met on 14 February 2022. Two days later, the ferry left.\n';
    expect(offered(story, 'Two days later')).toMatchObject([
      {
        words: 'Two days later',
        dates: [
          {
            date: '2022-02-16',
            meaning: '2 days after “14 February 2022”',
            grounds: 'resolved',
            sentence:
              'Read "Two days later" as 2 days after 14 February 2022, the day of "14 February 2022" before it.',
          },
        ],
        day: undefined,
      },
    ]);
    expect(offered('Two days later, the ferry left.\n', 'Two days later')).toEqual([]);
  });

  test('a weekend has two dates, the last one and the next one, in the order of its clause', () => {
    const story = 'They met over the weekend, and will meet again over the weekend.\n';
    const days = (words: string): readonly string[] =>
      offered(story, words).flatMap(({ dates }) => dates.map(({ date }) => date));
    const [before, after] = [
      ['2022-02-26/2022-02-27', '[2022-02-26..2022-02-27]'],
      ['2022-03-05/2022-03-06', '[2022-03-05..2022-03-06]'],
    ];
    expect(days('They met over the weekend')).toEqual([...before, ...after]);
    expect(days('will meet again over the weekend')).toEqual([...after, ...before]);
    expect(offered('They read the weekend edition.\n', 'weekend')).toEqual([]);
  });

  test('words with several dates have each of them, with its own words', () => {
    const found = deskOf(withSource(ukrainian)).dates(
      { source: 'log', start: 0, end: Array.from(text).length },
      'edtf',
    );
    expect(found.map(({ words, dates }) => [words, dates[0]?.date])).toEqual([
      ['у вівторок', '2022-02-22'],
      ['12 березня', '2022-03-12'],
      ['3.4.2022', '2022-04-03'],
    ]);
  });

  test('the date of a source is not relative to itself', () => {
    const desk = deskOf(withSource(ukrainian));
    const record = desk.record('papers', 'log');
    const on = (date: string) => desk.check({ ...record, value: { ...record.value, published: { date } } }).problems;
    expect(on('учора')).toMatchObject([{ rule: 'format', hint: undefined }]);
    expect(on('28 лютого 2022 року')).toMatchObject([{ rule: 'format', hint: 'write 2022-02-28' }]);
  });

  test.each([
    [{ published: { type: 'string', 'x-issued': true } }, /x-issued at "\/published" needs a date/],
    [{ language: { type: 'integer', 'x-language': true } }, /x-language at "\/language" needs a text/],
  ])('a keyword on something else is refused: %j', async (properties, message) => {
    const schema = { ...papers, properties: { ...papers.properties, ...properties } };
    const { status, err } = await run(dataset({ 'schema/papers.schema.json': schema }), 'validate', here);
    expect([status, err]).toEqual([2, expect.stringMatching(message)]);
  });
});
