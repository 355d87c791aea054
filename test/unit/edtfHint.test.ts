import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseEdtf } from '../../scripts/base/edtf.ts';
import { type DateFormat, dateHint } from '../../scripts/base/edtfHint.ts';
import { crossing, dataset, here } from '../support/fixture.ts';
import { run } from '../support/run.ts';

/** The dates that a hint says to write. */
function datesIn(hint: string | undefined): readonly string[] {
  const [, named] = /^write (.*)$/.exec(hint ?? '') ?? [];
  return (named?.split(' or ') ?? []).map((part) => part.split(' for ')[0] ?? '');
}

function range(from: string, to: string): string {
  return `write ${from}/${to} for all of the time between or [${from}..${to}] for one date between`;
}

const leftOut = 'if the date is not known, leave the field out where it is optional';

describe('hints for EDTF', () => {
  test.each([
    ['14.1.2022', 'write 2022-01-14'],
    ['1. 2. 2022', 'write 2022-02-01'],
    ['1/2/2022', 'write 2022-02-01 for 1 February 2022 or 2022-01-02 for 2 January 2022'],
    ['1/14/2022', 'write 2022-01-14'],
    ['14/1/2022', 'write 2022-01-14'],
    ['2/2/2022', 'write 2022-02-02'],
    ['1/2022', 'write 2022-01'],
    ['2022-1-14', 'write 2022-01-14'],
    ['2022-1', 'write 2022-01'],
    ['2022/01/14', 'write 2022-01-14'],
    ['20220114', 'write 2022-01-14'],
    ['Jan 14, 2022', 'write 2022-01-14'],
    ['14 January 2022', 'write 2022-01-14'],
    ['14th of January, 2022', 'write 2022-01-14'],
    ['Friday, January 14, 2022', 'write 2022-01-14'],
    ['Sept. 2022', 'write 2022-09'],
    ['2022 January 14', 'write 2022-01-14'],
    ['31 February 2022', undefined],
    ['2022-02-30', 'February 2022 has 28 days'],
    ['2024-02-30', 'February 2024 has 29 days'],
    ['2022-13', 'months go from 01 to 12'],
    ['2022-13-01', 'months go from 01 to 12'],
    ['2022-21-01', 'a season has no days'],
    ['ca. 2022', 'write 2022~'],
    ['c. Jan 14, 2022', 'write 2022-01-14~'],
    ['about 2022-01', 'write 2022-01~'],
    ['perhaps 2022', 'write 2022?'],
    ['2022 (?)', 'write 2022?'],
    ['early March 2022', 'write 2022-03-01~/2022-03-10~'],
    ['mid-March 2022', 'write 2022-03-11~/2022-03-20~'],
    ['Late February 2024', 'write 2024-02-21~/2024-02-29~'],
    ['early 2022', undefined],
    ['late 3 March 2022', undefined],
    ['as of 3 March 2022', 'write 2022-03-03'],
    ['on 2022-3-3', 'write 2022-03-03'],
    ['in March 2022', 'write 2022-03'],
    ['2022-01 to 2022-02', 'write 2022-01/2022-02'],
    ['2022-01-14 / 2022-01-16', 'write 2022-01-14/2022-01-16'],
    ['2022-01-14 - 2022-01-16', 'write 2022-01-14/2022-01-16'],
    ['between 14 January 2022 and ca. 2023', 'write 2022-01-14/2023~'],
    ['before 2022-01', 'write [..2021-12]'],
    ['before March 1, 2024', 'write [..2024-02-29]'],
    ['after 2022', 'write [2023..]'],
    ['after winter 2022', undefined],
    ['by 2022-01', 'write [..2022-01]'],
    ['until 2022-01', 'write ../2022-01'],
    ['1914-1918', 'write 1914/1918'],
    ['1918-1914', undefined],
    ['between 2022-01 and 2022-03', range('2022-01', '2022-03')],
    ['since 14.1.2022', 'write 2022-01-14/..'],
    ['winter 2022', 'write 2022-24'],
    ['Q3 2022', 'write 2022-35'],
    ['1990s', 'write 199X'],
    ['1900s', 'write 190X for 1900 to 1909 or 19XX for 1900 to 1999'],
    ['2022/23', undefined],
    ['2022-23-01', 'a season has no days'],
    // a mark before the year says something of the year alone
    ['?2004-6-11', 'write 2004-06-11? for the whole date or ?2004-06-11 for the year alone'],
    ['~2004-6', 'write 2004-06~ for the whole date or ~2004-06 for the year alone'],
    ['~ 2004-06-11', 'write 2004-06-11~'],
    ['~14.1.2022', 'write 2022-01-14~'],
    ['2022-01-14 9:30', 'write 2022-01-14T09:30'],
    ['14.1.2022 09:30:00 z', 'write 2022-01-14T09:30:00Z'],
    ['2022-01-14T25:00', 'hours go from 00 to 23, minutes and seconds from 00 to 59'],
    ['2022-01-14 in the morning', undefined],
    ['1672/1670', 'it ends before it begins'],
    ['[1672..1670]', 'a range in it ends before it begins'],
    ['[1667, 1668, 1670..1672]', 'write [1667,1668,1670..1672]'],
    ['199x', 'write 199X'],
    ['y17e7', 'write Y17E7'],
    ['2004-06-uu', 'write 2004-06-XX'],
    ['2004-06?~', 'write 2004-06%'],
    ['2004/open', 'write 2004/..'],
    ['unknown/2004', 'write /2004'],
    ['unknown', leftOut],
    ['', leftOut],
    ['Monday', undefined],
    ['1/2/2022 to 3/4/2022', undefined],
  ])('%j: %s', (text, hint) => {
    expect(dateHint(text, 'edtf')).toBe(hint);
    for (const date of datesIn(hint)) expect(parseEdtf(date)).toBeDefined();
    // a text that is a date needs no hint
    expect(parseEdtf(text)).toBeUndefined();
  });

  test.each([
    ['14 January 2022', 'write 2022-01-14'],
    ['2022-01-14T12:00:00Z', 'write 2022-01-14'],
    ['January 2022', 'give one day'],
    ['ca. 2022', 'give one day'],
    ['2022-02-30', 'February 2022 has 28 days'],
  ])('for a day, %j: %s', (text, hint) => {
    expect(dateHint(text, 'date')).toBe(hint);
  });

  const wild = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc
      .array(
        fc.constantFrom(
          '1',
          '2',
          '14',
          '31',
          '2022',
          '02',
          '/',
          '-',
          '.',
          ' ',
          'Jan',
          'to',
          'ca.',
          '?',
          'winter',
          'before',
          'X',
        ),
        {
          maxLength: 9,
        },
      )
      .map((parts) => parts.join('')),
  );

  test('every date in a hint is valid in the format', () => {
    fc.assert(
      fc.property(wild, fc.constantFrom<DateFormat>('edtf', 'date'), (text, format) => {
        for (const date of datesIn(dateHint(text, format))) {
          expect(parseEdtf(date)).toBeDefined();
          expect(format === 'edtf' || /^\d{4}-\d\d-\d\d$/.test(date)).toBe(true);
        }
      }),
    );
  });
});

test('2022? is a date, and an invalid date gets a hint in the problem', async () => {
  const file = 'raw/crossings/monday-ystad.json';
  const fine = await run(dataset({ [file]: { ...crossing, on: '2022?' } }), 'validate', here);
  expect(fine).toMatchObject({ status: 0, out: '' });
  const wrong = await run(dataset({ [file]: { ...crossing, on: '14.1.2022' } }), 'validate', here);
  expect(wrong.out).toMatch(/"14\.1\.2022" is not a date .*\(write 2022-01-14\)$/m);
});
