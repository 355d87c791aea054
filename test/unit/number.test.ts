import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { integerFault, isNumberText, numberFault, numberHint } from '../../scripts/json/number.ts';
import { freshFolder, run, writeFiles } from '../support/run.ts';

describe('a number must be spelled as it is printed', () => {
  test.each([
    ['3.000', '3.000 is read as 3', 'write 3000 if the point separates thousands, else 3'],
    ['-12.500', '-12.500 is read as -12.5', 'write -12500 if the point separates thousands, else -12.5'],
    ['1000.000', '1000.000 is read as 1000', 'write 1000'],
    ['0.100', '0.100 is read as 0.1', 'write 0.1'],
    ['0.10', '0.10 is read as 0.1', 'write 0.1'],
    ['1.0', '1.0 is read as 1', 'write 1'],
    ['1e3', '1e3 is read as 1000', 'write 1000'],
    ['10E2', '10E2 is read as 1000', 'write 1000'],
    ['1e21', '1e21 is read as 1e+21', 'write 1e+21'],
    ['0.0000001', '0.0000001 is read as 1e-7', 'write 1e-7'],
    ['-0', '-0 is read as 0', 'write 0'],
  ])('%s', (text, message, hint) => {
    expect(numberFault(text, 'spelling')).toEqual({ message, hint });
    expect(numberFault(text, 'value')).toBeUndefined();
  });

  test.each([
    ['12345678901234567890', '12345678901234567890 cannot be stored exactly: it would become 12345678901234567000'],
    ['9007199254740993', '9007199254740993 cannot be stored exactly: it would become 9007199254740992'],
    ['1e-400', '1e-400 cannot be stored exactly: it would become 0'],
    ['-1e400', '-1e400 is too large for a number'],
  ])('%s does not fit into a number', (text, message) => {
    expect(numberFault(text, 'spelling')?.message).toBe(message);
    expect(numberFault(text, 'value')?.message).toBe(message);
  });

  test.each(['0', '3', '3.125', '-7', '1e+21', '1e-7', '5e-324', '9007199254740991'])('%s is its own print', (text) => {
    expect(numberFault(text, 'spelling')).toBeUndefined();
  });

  test('a number without fault is its own print, and no print has a fault', () => {
    const digits = fc.stringMatching(/^-?(?:0|[1-9]\d{0,20})(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?$/);
    fc.assert(
      fc.property(digits, fc.double({ noNaN: true, noDefaultInfinity: true }), (text, value) => {
        expect(isNumberText(text)).toBe(true);
        expect(numberFault(text, 'spelling') === undefined).toBe(JSON.stringify(Number(text)) === text);
        expect(numberFault(JSON.stringify(value), 'spelling')).toBeUndefined();
      }),
    );
  });

  test('a whole number has the range of I-JSON', () => {
    expect(integerFault(Number.MAX_SAFE_INTEGER)).toBeUndefined();
    expect(integerFault(-(2 ** 53))?.message).toMatch(/^-9007199254740992 is beyond/);
  });
});

describe('other people’s numbers', () => {
  const schema = { type: 'object', properties: { id: { type: 'string' }, low: { type: 'number' } }, required: ['id'] };
  const validated = async (low: string, ...args: readonly string[]): ReturnType<typeof run> => {
    const folder = path.join(freshFolder(), 'd');
    writeFiles(folder, { 'schema/t.schema.json': schema, 'raw/t/a.json': `{\n  "id": "a",\n  "low": ${low}\n}\n` });
    return run(folder, 'validate', ['--schema', 'schema', '--raw', 'raw', ...args]);
  };

  test.each(['3.000', '1.0', '1e3', '10E2', '-0', '0.10'])('%s is its value under --layout any', async (low) => {
    expect(await validated(low, '--layout', 'any')).toMatchObject({ out: '', status: 0 });
    expect((await validated(low)).out).toMatch(/^raw\/t\/a\.json:3:10 error number: /);
  });

  test('digits that would be lost are one error, whatever number is read', async () => {
    const folder = path.join(freshFolder(), 'd');
    const whole = { ...schema, properties: { ...schema.properties, low: { type: 'integer' } } };
    const record = '{\n  "id": "a",\n  "low": 12345678901234567890\n}\n';
    writeFiles(folder, { 'schema/t.schema.json': whole, 'raw/t/a.json': record });
    const { out } = await run(folder, 'validate', ['--schema', 'schema', '--raw', 'raw']);
    expect(out.match(/ error number: /g)).toHaveLength(1);
    expect(out).toContain('cannot be stored exactly');
  });

  test('digits that would be lost are an error in any layout', async () => {
    const { out, status } = await validated('12345678901234567890', '--layout', 'any');
    expect(out).toMatch(/^raw\/t\/a\.json:3:10 error number: 12345678901234567890 cannot be stored exactly/);
    expect(status).toBe(1);
  });
});

describe('a text that means a number', () => {
  test.each<readonly [string, string | undefined]>([
    ['46,5', 'write 46.5'],
    ['-46,5', 'write -46.5'],
    ['\u221246.5', 'write -46.5'],
    [' 46.5 ', 'write 46.5'],
    ['\u00a046', 'write 46'],
    ['+46', 'write 46'],
    ['046', 'write 46'],
    ['00', 'write 0'],
    ['46.5 m', 'write 46.5'],
    ['46m', 'write 46'],
    ['1.50', 'write 1.5'],
    ['6,350', 'write 6350 if the comma separates thousands, else 6.35'],
    ['-12,500 m', 'write -12500 if the comma separates thousands, else -12.5'],
    ['0,350', 'write 0.35'],
    ['1,234,567', 'write 1234567'],
    ['1.234.567', 'write 1234567'],
    ['6 350', 'write 6350'],
    ['6.350,5', 'write 6350.5'],
    ['6 350,5', 'write 6350.5'],
    ['6,350.5', 'write 6350.5'],
    ['1e2', 'write 100'],
    ['46.5 km', undefined],
    ['46.5', 'write 46.5'],
    ['46.500', 'write 46500 if the point separates thousands, else 46.5'],
    ['m', undefined],
    ['', undefined],
    ['4 6', undefined],
    ['4,6,5', undefined],
    ['46-', undefined],
    ['1e400', undefined],
    ['12345678901234567890', undefined],
    ['12345678901234567890,5', undefined],
  ])('%j', (text, hint) => {
    expect(numberHint(text, 'm', false)).toBe(hint);
  });

  test.each([
    ['6,350', 'write 6350'],
    ['6,5', undefined],
    ['6,0', 'write 6'],
  ])('%j as a whole number', (text, hint) => {
    expect(numberHint(text, undefined, true)).toBe(hint);
  });

  test('names each number that a language can have written so', () => {
    const [short, long] = [fc.integer({ min: 1, max: 999 }), fc.integer({ min: -999_999_999, max: 999_999_999 })];
    const languages = fc.constantFrom('en', 'de', 'fr', 'uk', 'de-CH', 'pl');
    const numbers = fc.oneof(short, long, fc.double({ min: 0.001, max: 9999, noNaN: true }));
    fc.assert(
      fc.property(numbers, languages, (number, language) => {
        const text = new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(number);
        const value = Number(
          new Intl.NumberFormat('en', { maximumFractionDigits: 3, useGrouping: false }).format(number),
        );
        const given = numberHint(text, undefined, false);
        expect(given?.match(/-?\d[\d.e-]*/g)?.map(Number)).toContain(value);
      }),
    );
  });
});
