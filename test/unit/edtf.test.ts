import library from 'edtf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EdtfBounds, edtfFault, parseEdtf } from '../../scripts/base/edtf.ts';
import { edtfInWords } from '../../scripts/base/edtfInWords.ts';
import {
  type CalendarDate,
  type Component,
  type DateSet,
  type Expression,
  type Interval,
  type IntervalEnd,
  type LongYear,
  type Qualifier,
  type Range,
  type Time,
  parseExpression,
} from '../../scripts/base/edtfExpression.ts';

/** `2004-06-01 2004-06-30 month`, a dash for an end that is open, unknown or outside the years 1 to 9999. */
function shown(bounds: EdtfBounds | undefined): string | undefined {
  return bounds && `${bounds.earliest ?? '-'} ${bounds.latest ?? '-'} ${bounds.precision}`;
}

describe('the examples of the specification', () => {
  test.each([
    // level 0
    ['1985-04-12', '1985-04-12 1985-04-12 day'],
    ['1985-04', '1985-04-01 1985-04-30 month'],
    ['1985', '1985-01-01 1985-12-31 year'],
    ['1985-04-12T23:20:30', '1985-04-12 1985-04-12 time'],
    ['1985-04-12T23:20:30Z', '1985-04-12 1985-04-12 time'],
    ['1985-04-12T23:20:30-04', '1985-04-12 1985-04-12 time'],
    ['1985-04-12T23:20:30+04:30', '1985-04-12 1985-04-12 time'],
    ['1964/2008', '1964-01-01 2008-12-31 interval'],
    ['2004-06/2006-08', '2004-06-01 2006-08-31 interval'],
    ['2004-02-01/2005-02-08', '2004-02-01 2005-02-08 interval'],
    ['2004-02-01/2005-02', '2004-02-01 2005-02-28 interval'],
    ['2004-02-01/2005', '2004-02-01 2005-12-31 interval'],
    ['2005/2006-02', '2005-01-01 2006-02-28 interval'],
    // level 1
    ['Y170000002', '- - year'],
    ['Y-170000002', '- - year'],
    ['2001-21', '2001-01-01 2001-12-31 season'],
    ['1984?', '1984-01-01 1984-12-31 year'],
    ['2004-06~', '2004-06-01 2004-06-30 month'],
    ['2004-06-11%', '2004-06-11 2004-06-11 day'],
    ['201X', '2010-01-01 2019-12-31 decade'],
    ['20XX', '2000-01-01 2099-12-31 century'],
    ['2004-XX', '2004-01-01 2004-12-31 year'],
    ['1985-04-XX', '1985-04-01 1985-04-30 month'],
    ['1985-XX-XX', '1985-01-01 1985-12-31 year'],
    ['1985-04-12/..', '1985-04-12 - interval'],
    ['1985-04/..', '1985-04-01 - interval'],
    ['1985/..', '1985-01-01 - interval'],
    ['../1985-04-12', '- 1985-04-12 interval'],
    ['../1985-04', '- 1985-04-30 interval'],
    ['../1985', '- 1985-12-31 interval'],
    ['1985-04-12/', '1985-04-12 - interval'],
    ['1985-04/', '1985-04-01 - interval'],
    ['1985/', '1985-01-01 - interval'],
    ['/1985-04-12', '- 1985-04-12 interval'],
    ['/1985-04', '- 1985-04-30 interval'],
    ['/1985', '- 1985-12-31 interval'],
    ['-1985', '- - year'],
    // level 2
    ['Y-17E7', '- - year'],
    ['1950S2', '1900-01-01 1999-12-31 century'],
    ['Y171010000S3', '- - year'],
    ['Y3388E2S3', '- - year'],
    ['2001-34', '2001-04-01 2001-06-30 season'],
    ['[1667,1668,1670..1672]', '1667-01-01 1672-12-31 set'],
    ['[..1760-12-03]', '- 1760-12-03 set'],
    ['[1760-12..]', '1760-12-01 - set'],
    ['[1760-01,1760-02,1760-12..]', '1760-01-01 - set'],
    ['[1667,1760-12]', '1667-01-01 1760-12-31 set'],
    ['[..1984]', '- 1984-12-31 set'],
    ['{1667,1668,1670..1672}', '1667-01-01 1672-12-31 set'],
    ['{1960,1961-12}', '1960-01-01 1961-12-31 set'],
    ['{..1984}', '- 1984-12-31 set'],
    ['2004-06~-11', '2004-06-11 2004-06-11 day'],
    ['2004?-06-11', '2004-06-11 2004-06-11 day'],
    ['?2004-06-~11', '2004-06-11 2004-06-11 day'],
    ['2004-%06-11', '2004-06-11 2004-06-11 day'],
    ['156X-12-25', '1560-12-25 1569-12-25 day'],
    ['15XX-12-25', '1500-12-25 1599-12-25 day'],
    ['XXXX-12-XX', '- 9999-12-31 month'],
    ['1XXX-XX', '1000-01-01 1999-12-31 year'],
    ['1XXX-12', '1000-12-01 1999-12-31 month'],
    ['1984-1X', '1984-10-01 1984-12-31 month'],
    ['2004-06-~01/2004-06-~20', '2004-06-01 2004-06-20 interval'],
    ['2004-06-XX/2004-07-03', '2004-06-01 2004-07-03 interval'],
  ])('%s: %s', (text, bounds) => {
    expect(shown(parseEdtf(text))).toBe(bounds);
  });
});

describe('other dates', () => {
  test.each([
    // qualifiers together with digits that are not known, and in sets and intervals
    ['198X?', '1980-01-01 1989-12-31 decade'],
    ['195X-01~', '1950-01-01 1959-01-31 month'],
    ['2004-06-XX?', '2004-06-01 2004-06-30 month'],
    ['%2011-06-13', '2011-06-13 2011-06-13 day'],
    ['?2004-06~-10', '2004-06-10 2004-06-10 day'],
    ['?-2004-06', '- - month'],
    ['[1667,1668~]', '1667-01-01 1668-12-31 set'],
    ['1984?/2004%', '1984-01-01 2004-12-31 interval'],
    // days that only some years and months have
    ['2000-02-29', '2000-02-29 2000-02-29 day'],
    ['20XX-02-29', '2000-02-29 2096-02-29 day'],
    ['19X4-02-29', '1904-02-29 1984-02-29 day'],
    ['2021-XX-31', '2021-01-31 2021-12-31 day'],
    ['2021-X2-30', '2021-12-30 2021-12-30 day'],
    ['2021-X4-3X', '2021-04-30 2021-04-30 day'],
    ['XXXX', '- 9999-12-31 year'],
    ['198X-XX-XX', '1980-01-01 1989-12-31 decade'],
    // parts of a year: only those that are counted in months have their own bounds
    ['2001-24', '2001-01-01 2001-12-31 season'],
    ['2001-25~', '2001-01-01 2001-12-31 season'],
    ['2001-32', '2001-01-01 2001-12-31 season'],
    ['2001-33', '2001-01-01 2001-03-31 season'],
    ['2001-36', '2001-10-01 2001-12-31 season'],
    ['2001-37', '2001-01-01 2001-04-30 season'],
    ['2001-39', '2001-09-01 2001-12-31 season'],
    ['2001-40', '2001-01-01 2001-06-30 season'],
    ['2001-41', '2001-07-01 2001-12-31 season'],
    ['195X-34', '1950-04-01 1959-06-30 season'],
    ['2001-21/2003', '2001-01-01 2003-12-31 interval'],
    ['[2001-21,2001-22]', '2001-01-01 2001-12-31 set'],
    // years outside of 1 to 9999 have no bounds
    ['0000', '- - year'],
    ['0000-21', '- - season'],
    ['-0044-24', '- - season'],
    ['-2001-21', '- - season'],
    ['-2001-34', '- - season'],
    ['0000-01-01T00:00:00Z', '- - time'],
    ['-0044-03-15T12:00', '- - time'],
    ['000X', '- 0009-12-31 decade'],
    ['-0010/0010', '- 0010-12-31 interval'],
    ['-1XXX', '- - year'],
    ['Y2E3', '2000-01-01 2000-12-31 year'],
    ['Y1E400', '- - year'],
    ['Y1E400S3', '- - year'],
    // significant digits
    ['1950S1', '1000-01-01 1999-12-31 year'],
    ['1950S3', '1950-01-01 1959-12-31 decade'],
    ['1950S4', '1950-01-01 1950-12-31 year'],
    ['1859S5', '1859-01-01 1859-12-31 year'],
    ['0950S2', '0950-01-01 0959-12-31 decade'],
    ['-1950S2', '- - century'],
    ['0000S2', '- - year'],
    // a century and a decade (ISO 8601-1)
    ['19', '1900-01-01 1999-12-31 century'],
    ['198~', '1980-01-01 1989-12-31 decade'],
    ['-19', '- - century'],
    // times of day
    ['2022-01-14T10:00Z', '2022-01-14 2022-01-14 time'],
    ['2022-01-14T24:00:00', '2022-01-14 2022-01-14 time'],
    ['2022-01-14T10:00:00.125+14:00', '2022-01-14 2022-01-14 time'],
    ['2022-01-14T10:00:00-12:00', '2022-01-14 2022-01-14 time'],
    // intervals and sets
    ['../..', '- - interval'],
    ['/..', '- - interval'],
    ['1888/1888', '1888-01-01 1888-12-31 interval'],
    ['2022-01-14/2022-01', '2022-01-14 2022-01-31 interval'],
    ['-1000/-0999', '- - interval'],
    ['2012-24/2012-21', '2012-01-01 2012-12-31 interval'],
    ['[1984]', '1984-01-01 1984-12-31 set'],
    ['[..1760,1770..]', '- - set'],
    ['[1668,1667]', '1667-01-01 1668-12-31 set'],
    ['[1984-12..1985-01]', '1984-12-01 1985-01-31 set'],
    ['{1960-02-29..1960-03-01}', '1960-02-29 1960-03-01 set'],
  ])('%s: %s', (text, bounds) => {
    expect(shown(parseEdtf(text))).toBe(bounds);
  });
});

/** Texts that do not have the form of a date. */
// prettier-ignore
const formless = [
  '', ' ', 'X', '/', '//', '[]', '{}', '[..]', '[1667,..1984]', '[1984..,1990]', '[1667', '{1667]', '[1667,]',
  '[1667, 1668]', '[..1667..1670]', '[1667/1668]', '[1667,Y12345]', '1/2/3', '2022/23', '198/199', ' 2022', '2022 ',
  '2022-1', '2022-01-1', '2022-01-14-', '20220114', '20220', '2', '+2006', '2022-W05', 'Y2022', 'Y012345',
  'Y12345-01', 'Y17e7', '1950S0', '1950S', '1950S2~', 'S2', '1950E2', 'Y17E-7', '?2004?', '?2004~', '2004??',
  '2004?~', '-?2004', '2004-?', '?', '199u', '199x', '1984~..1990', '1984..1990', '2022-01-14T10',
  '2022-01-14t10:00:00', '2022-01-14T10:00:00z', '2022-01-14T10:00:00+0430', '2022-01T10:00',
  '2022-01-14T10:00:00−04', '2022-01-14T1:10:10', '2022-01-1XT10:00', '2022-01-14~T10:00', '２０２２', '2022-01-14\n',
  '1985-04-12/...', '2012/2013/2014', 'open/2004', '2001-21^southernHemisphere',
];

const backwards = 'it ends before it begins';
const rangeBackwards = 'a range in it ends before it begins';
const unequal = 'a range goes from day to day, month to month or year to year';
const noTime = 'an interval needs dates without a time of day';
const clock = 'hours go from 00 to 23, minutes and seconds from 00 to 59';
const offsets = 'offsets go from -12:00 to +14:00';

describe('texts that are not dates', () => {
  test.each([
    ['2022-02-29', 'February 2022 has 28 days'],
    ['1900-02-29~', 'February 1900 has 28 days'],
    ['-0001-02-29', 'February -0001 has 28 days'],
    ['2022-04-31', 'April 2022 has 30 days'],
    ['2022-01-00', 'January 2022 has 31 days'],
    ['2022-02-30/2022-03', 'February 2022 has 28 days'],
    ['[2022-01-01,2022-02-30]', 'February 2022 has 28 days'],
    ['2021-02-3X', 'February 2021 has 28 days'],
    ['202X-02-30', 'there is no such day'],
    ['19X1-02-29', 'there is no such day'],
    ['2021-XX-32', 'there is no such day'],
    ['2022-00', 'months go from 01 to 12'],
    ['2022-13', 'months go from 01 to 12'],
    ['2022-13-01', 'months go from 01 to 12'],
    ['2022-42', 'months go from 01 to 12'],
    ['2001-2X', 'months go from 01 to 12'],
    ['2022-21-01', 'a season has no days'],
    ['-0000', 'the year 0000 has no sign'],
    ['1672/1670', backwards],
    ['1672~/1670?', backwards],
    ['2004-07-03/2004-06-XX', backwards],
    ['1000/-2000', backwards],
    ['0001/0000', backwards],
    ['-1000/-2000', backwards],
    ['2001-34/2001-33', backwards],
    ['[1672..1670]', rangeBackwards],
    ['{1667,1672-02..1672-01}', rangeBackwards],
    ['[1984-12..1985]', unequal],
    ['[2001-21..2001-23]', unequal],
    ['2005-07-25T10:10:10Z/2006-01-01T10:10:10Z', noTime],
    ['2005-07-25/2006-01-01T10:10:10Z', noTime],
    ['2022-01-14T25:00:00', clock],
    ['2022-01-14T24:00:01', clock],
    ['2022-01-14T23:59:60', clock],
    ['2022-01-14T10:00:00+14:01', offsets],
    ['2022-01-14T10:00:00-13', offsets],
    ['2022-01-14T10:00:00-00:00', offsets],
  ])('%j: %s', (text, fault) => {
    expect(parseEdtf(text)).toBeUndefined();
    expect(edtfFault(text)).toBe(fault);
  });

  test.each(formless)('%j', (text) => {
    expect(parseEdtf(text)).toBeUndefined();
    expect(edtfFault(text)).toBeUndefined();
  });
});

describe('in words', () => {
  test.each([
    ['2022-03-14', 'Monday 14 March 2022'],
    ['2022-03', 'March 2022'],
    ['2022', 'the year 2022'],
    ['0999', 'the year 999'],
    ['2022~', 'about 2022'],
    ['2022-03?', 'perhaps March 2022'],
    ['2022-03-14%', 'perhaps about 14 March 2022'],
    ['2022-03-~14', '14 March 2022, the day approximate'],
    ['?2022-03-14', '14 March 2022, the year uncertain'],
    ['2022-03~-14', '14 March 2022, the year and month approximate'],
    ['2022-03-XX', 'an unknown day in March 2022'],
    ['2022-XX', 'an unknown month in 2022'],
    ['2022-XX-XX', 'an unknown day in 2022'],
    ['2022-XX-14', 'day 14 of an unknown month in 2022'],
    ['202X', 'one of the years 2020 to 2029'],
    ['19', 'one of the years 1900 to 1999'],
    ['XXXX-03-14', '14 March of an unknown year'],
    ['202X-03', 'March in one of the years 2020 to 2029'],
    ['2022-03-1X', 'a day of the form 1X in March 2022'],
    ['2022-1X-14', 'day 14 of a month of the form 1X in 2022'],
    ['2022-21', 'spring 2022'],
    ['2022-26', 'northern summer 2022'],
    ['2022-31', 'southern autumn 2022'],
    ['2022-33', 'the first quarter of 2022'],
    ['2022-39', 'the last third of 2022'],
    ['2022-41', 'the second half of 2022'],
    ['-0044-03-15', '15 March 45 BC'],
    ['0000', 'the year 1 BC'],
    ['Y170000002', 'the year 170,000,002'],
    ['Y-17E7', 'the year 170,000,001 BC'],
    ['1950S2', 'a year from 1900 to 1999, estimated as 1950'],
    ['2022-03-14T12:30:15Z', '14 March 2022 at 12:30:15 UTC'],
    ['2022-03-14T12:30+02:00', '14 March 2022 at 12:30 (UTC+02:00)'],
    ['2022-03-01~/2022-03-10~', 'from about 1 March 2022 to about 10 March 2022'],
    ['2022-03-14/..', 'from 14 March 2022 on, without an end'],
    ['2022-03-14/', 'from 14 March 2022 to an unknown end'],
    ['../2022-03-14', 'until 14 March 2022, without a start'],
    ['/2022-03-14', 'from an unknown start to 14 March 2022'],
    ['/..', 'from an unknown start on, without an end'],
    ['../..', 'without a start or an end'],
    ['[..2022-02-28]', 'one date, no later than 28 February 2022'],
    ['[2022-02-28..]', 'one date, no earlier than 28 February 2022'],
    ['[2022-02-01..2022-02-28]', 'one date, from 1 February 2022 to 28 February 2022'],
    ['[2022-02-01,2022-02-28]', 'one date: 1 February 2022 or 28 February 2022'],
    [
      '{2022-02-01,2022-02-28..2022-03-02}',
      'all of these dates: 1 February 2022 and from 28 February 2022 to 2 March 2022',
    ],
    ['{..2022}', 'all dates up to 2022'],
    ['{2022..}', 'all dates from 2022 on'],
    ['{2021..2022}', 'all dates from 2021 to 2022'],
    ['[2022]', '2022'],
  ])('%s is %s', (text, words) => {
    expect(edtfInWords(text)).toBe(words);
  });

  test.each(['', '2022-02-30', '2022-13', '2022-03-14/2022-03-13', 'March 2022'])('%j has none', (text) => {
    expect(edtfInWords(text)).toBeUndefined();
  });
});

const qualifier = fc.constantFrom<Qualifier | undefined>(undefined, undefined, '?', '~', '%');

function component(digits: fc.Arbitrary<string>): fc.Arbitrary<Component> {
  return fc.record({ digits, before: qualifier, after: qualifier });
}

const yearDigits = fc
  .array(fc.constantFrom(...'0123456789X'), { minLength: 4, maxLength: 4 })
  .map((digits) => digits.join(''))
  .filter((digits) => digits !== '0000');
const year = component(yearDigits).map((one) => (one.before === undefined ? one : { ...one, after: undefined }));
const month = component(fc.oneof(two(1, 12), fc.constantFrom('XX', '0X', '1X', 'X0', 'X2')));
const season = component(two(21, 41));
const dayOfMonth = component(fc.oneof(two(1, 28), fc.constantFrom('XX', '0X', '1X', '2X', 'X0', 'X9')));

function two(from: number, to: number): fc.Arbitrary<string> {
  return fc.integer({ min: from, max: to }).map((value) => String(value).padStart(2, '0'));
}

function date(
  monthOf: fc.Arbitrary<Component | undefined>,
  dayOf: fc.Arbitrary<Component | undefined>,
): fc.Arbitrary<CalendarDate> {
  return fc.record({ kind: fc.constant('date' as const), negative: fc.boolean(), year, month: monthOf, day: dayOf });
}

const none = fc.constant(undefined);
const plainDate = fc.oneof(date(none, none), date(month, none), date(month, dayOfMonth));
const oneDate = fc.oneof(plainDate, date(season, none));
const longYear: fc.Arbitrary<LongYear> = fc.record({
  kind: fc.constant('long year' as const),
  year: fc.integer({ min: 10_000 }).chain((size) => fc.constantFrom(size, -size)),
  significant: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
});
const end = fc.oneof(oneDate, fc.constantFrom<IntervalEnd>('..', ''));
const interval: fc.Arbitrary<Interval> = fc
  .record({ kind: fc.constant('interval' as const), from: end, to: end })
  .filter(({ from, to }) => from !== '' || to !== '');
const range: fc.Arbitrary<Range> = fc.record({ kind: fc.constant('range' as const), from: plainDate, to: plainDate });
const open = fc.record({ kind: fc.constant('range' as const), from: none, to: plainDate });
const endless = fc.record({ kind: fc.constant('range' as const), from: plainDate, to: none });
const dateSet: fc.Arbitrary<DateSet> = fc
  .tuple(
    fc.constantFrom<DateSet['kind']>('one of', 'all of'),
    fc.array(open, { maxLength: 1 }),
    fc.array(fc.oneof(oneDate, range), { minLength: 1, maxLength: 4 }),
    fc.array(endless, { maxLength: 1 }),
  )
  .map(([kind, first, members, last]) => ({ kind, members: [...first, ...members, ...last] }));
const expression: fc.Arbitrary<Expression> = fc.oneof(oneDate, longYear, interval, dateSet);

function printed(of: Expression | Range | '..' | ''): string {
  if (of === '' || of === '..') return of;
  switch (of.kind) {
    case 'date':
      return [printedPart(of.year, of.negative ? '-' : ''), ...[of.month, of.day].flatMap(printedRest)].join('-');
    case 'long year':
      return `Y${of.year}${of.significant === undefined ? '' : `S${of.significant}`}`;
    case 'time':
      return printedTime(of);
    case 'interval':
      return `${printed(of.from)}/${printed(of.to)}`;
    case 'range':
      return `${of.from ? printed(of.from) : ''}..${of.to ? printed(of.to) : ''}`;
    case 'one of':
      return `[${of.members.map(printed).join(',')}]`;
    default:
      return `{${of.members.map(printed).join(',')}}`;
  }
}

function printedRest(part: Component | undefined): string[] {
  return part === undefined ? [] : [printedPart(part)];
}

function printedPart({ digits, before, after }: Component, sign = ''): string {
  return (before ?? '') + sign + digits + (after ?? '');
}

function printedTime({ date: on, hours, minutes, seconds, offset }: Time): string {
  const clockTime = [hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':');
  return `${printed(on)}T${clockTime}${offset}`;
}

describe('laws', () => {
  test('a printed expression parses to the same one', () => {
    fc.assert(
      fc.property(expression, (of) => {
        expect(parseExpression(printed(of))).toEqual(of);
      }),
    );
    const time = parseExpression('2022-01-14T09:30:00+01:00');
    expect(time && printed(time)).toBe('2022-01-14T09:30:00+01:00');
  });

  test('exactly the valid texts have words, which name no sign of the format', () => {
    fc.assert(
      fc.property(expression, (of) => {
        const text = printed(of);
        const words = edtfInWords(text);
        expect([text, words !== undefined]).toEqual([text, parseEdtf(text) !== undefined]);
        expect(words ?? '').not.toMatch(/[?~%[\]{}/]|\.\.|undefined|NaN| {2}|^ | $/);
      }),
    );
  });

  test('every single date with a day that exists is accepted', () => {
    fc.assert(
      fc.property(fc.oneof(date(none, none), date(season, none), date(month, none)), (of) => {
        expect(parseEdtf(printed(of))).toBeDefined();
      }),
    );
  });

  test('the earliest day is never after the latest', () => {
    fc.assert(
      fc.property(expression, (of) => {
        const { earliest, latest } = parseEdtf(printed(of)) ?? { earliest: null, latest: null };
        expect(earliest === null || latest === null || earliest <= latest).toBe(true);
      }),
    );
  });

  test('qualifiers do not change bounds and precision', () => {
    fc.assert(
      fc.property(fc.oneof(oneDate, interval, dateSet), (of) => {
        const text = printed(of);
        expect(shown(parseEdtf(text.replace(/[?~%]/g, '')))).toEqual(shown(parseEdtf(text)));
      }),
    );
  });

  test.each([
    ['2022-01-17', false, false],
    ['2022-01-17~', true, false],
    ['2022-01-15~/2022-02-15', true, false],
    ['2022-?01-17', false, true],
    ['2022%', true, true],
    ['[2022-01-14?,2022-01-15~]', true, true],
    ['[..2022-01-17]', false, false],
  ])('%s is approximate: %s, uncertain: %s', (text, approximate, uncertain) => {
    expect(parseEdtf(text)).toMatchObject({ approximate, uncertain });
  });

  test('an X can be any digit that makes a date: the bounds are the first and last of those dates', () => {
    const few = plainDate.filter((of) => !of.negative && (printed(of).match(/X/g) ?? []).length <= 3);
    fc.assert(
      fc.property(few, (of) => {
        const text = printed(of).replace(/[?~%]/g, '');
        const all = completions(text)
          .map(parseEdtf)
          // an X in the month never makes it a season
          .filter((bounds) => bounds !== undefined && bounds.precision !== 'season');
        const bounds = parseEdtf(text);
        expect(bounds === undefined).toBe(all.length === 0);
        expect(bounds?.earliest).toBe(all[0]?.earliest);
        expect(bounds?.latest).toBe(all.at(-1)?.latest);
      }),
      { numRuns: 50 },
    );
  });

  test('an interval has the earliest day of its start and the latest of its end', () => {
    fc.assert(
      fc.property(interval, ({ from, to }) => {
        const bounds = parseEdtf(printed({ kind: 'interval', from, to }));
        if (bounds === undefined) return;
        expect(bounds.earliest).toBe(parseEdtf(printed(from))?.earliest ?? null);
        expect(bounds.latest).toBe(parseEdtf(printed(to))?.latest ?? null);
      }),
    );
  });

  test('the bounds of a set are those of its first and last member', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 5 }), (years) => {
        const [first, last] = [Math.min(...years), Math.max(...years)].map((y) => String(y).padStart(4, '0'));
        const text = `[${years.map((y) => String(y).padStart(4, '0')).join(',')}]`;
        expect(parseEdtf(text)).toMatchObject({ earliest: `${first}-01-01`, latest: `${last}-12-31` });
      }),
    );
  });
});

/** A text with every digit in place of each X, in order. */
function completions(text: string): readonly string[] {
  if (!text.includes('X')) return [text];
  return [...'0123456789'].flatMap((digit) => completions(text.replace('X', digit)));
}

describe('the library edtf agrees', () => {
  function ofLibrary(text: string): string | undefined {
    let bounds;
    try {
      bounds = library(text);
    } catch {
      return undefined;
    }
    const { min, max } = bounds;
    return [min, max].map((day) => (Number.isFinite(day) ? new Date(day ?? 0).toISOString().slice(0, 10) : '-')).join();
  }

  // years for which both give bounds; the library ignores days of unknown months and leap days
  const known = fc.integer({ min: 1, max: 9999 }).map((value) => String(value).padStart(4, '0'));
  const calendarDay = fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));
  const single = fc.oneof(
    known,
    calendarDay,
    calendarDay.map((text) => text.slice(0, 7)),
    fc.tuple(calendarDay, fc.constantFrom('?', '~', '%')).map(([text, sign]) => text + sign),
    fc.tuple(calendarDay, fc.constantFrom('?', '~', '%')).map(([text, sign]) => sign + text),
    known.map((text) => `${text.slice(0, 3)}X`).filter((text) => text !== '000X'),
    known.map((text) => `${text.slice(0, 2)}XX`).filter((text) => text !== '00XX'),
    known.map((text) => `${text}-XX`),
    known.map((text) => `${text}-XX-XX`),
    calendarDay.map((text) => `${text.slice(0, 7)}-XX`),
    known.map((text) => text.slice(0, 2)).filter((text) => text !== '00'),
    known.map((text) => text.slice(0, 3)).filter((text) => text !== '000'),
    fc.tuple(known, two(33, 36)).map((parts) => parts.join('-')),
  );

  test('on single dates', () => {
    fc.assert(
      fc.property(single, (text) => {
        const bounds = parseEdtf(text);
        expect(`${bounds?.earliest},${bounds?.latest}`).toBe(ofLibrary(text));
      }),
    );
  });

  test('on intervals, and on which of them end before they begin', () => {
    const ends = fc.oneof(known, calendarDay, fc.constantFrom('..', ''));
    fc.assert(
      fc.property(ends, ends, (from, to) => {
        // it also refuses equal ends, a year and a day in it, and a first day after its year or month
        fc.pre((from !== '' || to !== '') && from !== to && (from < to || !from.startsWith(to)));
        fc.pre(!to.startsWith(from) || !/^(?:-01)+$/.test(to.slice(from.length)));
        const bounds = parseEdtf(`${from}/${to}`);
        expect(bounds === undefined ? undefined : `${bounds.earliest ?? '-'},${bounds.latest ?? '-'}`).toBe(
          ofLibrary(`${from}/${to}`),
        );
      }),
    );
  });
});
