/** What is wrong with the spelling of a number, and what to do. */
export interface NumberFault {
  readonly message: string;
  readonly hint: string;
}

/** How strict to be: `value` allows any spelling of a number (RFC 8259), `spelling` only the canonical print. */
export type NumberRule = 'value' | 'spelling';

/** Messages show this many characters of a number. */
const mostShown = 60;

/** Whether a text is a JSON number. */
export function isNumberText(text: string): boolean {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text);
}

/**
 * Why a number cannot stay as it is written; undefined if it can. `written` is a JSON number. It is read as an IEEE 754
 * double, and printed as ECMAScript prints it.
 */
export function numberFault(written: string, rule: NumberRule): NumberFault | undefined {
  const value = Number(written);
  const printed = JSON.stringify(value);
  if (printed === written) return undefined;
  const shown = written.length > mostShown ? `${written.slice(0, mostShown)}…` : written;
  if (!Number.isFinite(value))
    return { message: `${shown} is too large for a number`, hint: 'write it as text, in quotes' };
  if (decimal(written) !== decimal(printed)) {
    const message = `${shown} cannot be stored exactly: it would become ${printed}`;
    return { message, hint: 'write fewer digits, or write it as text, in quotes' };
  }
  if (rule === 'value') return undefined;
  const hint = looksLikeThousands(written) ? either(written.replace('.', ''), 'point', printed) : `write ${printed}`;
  return { message: `${shown} is read as ${printed}`, hint };
}

/**
 * Why a number of YAML or JSON5 cannot be kept; undefined if it can. `written` is its spelling, `value` the number that
 * was read. The rule `spelling` allows only the canonical print of JSON.
 */
export function otherNumberFault(written: string, value: number, rule: NumberRule = 'value'): NumberFault | undefined {
  if (!Number.isFinite(value))
    return { message: `${written} is not a JSON number`, hint: 'write it as text, in quotes' };
  if (/^[-+]?0\d/.test(written))
    return { message: `${written} is read as ${value}`, hint: 'put it in quotes if the zero is part of it' };
  if (/^[-+]?0[a-z]/i.test(written)) {
    const fault = integerFault(value);
    if (fault !== undefined) return { ...fault, message: `${written} cannot be stored exactly` };
    return rule === 'value' ? undefined : { message: `${written} is read as ${value}`, hint: `write ${value}` };
  }
  const plain = written
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.(?=$|e)/i, '');
  const fault = numberFault(plain, rule);
  if (fault !== undefined || rule === 'value' || plain === written) return fault;
  return { message: `${written} is read as ${plain}`, hint: `write ${plain}` };
}

/** The number in a text that groups its digits: `30,000`, `30.000` or `30 000` is 30000. Undefined for others. */
function withoutGroups(text: string): string | undefined {
  if (!/^-?[1-9]\d{0,2}(?:([., \u00a0\u2009\u202f'’])\d{3})(?:\1\d{3})*$/u.test(text)) return undefined;
  return text.replace(/[^\d-]/gu, '');
}

/**
 * How to write a number that is a text: as it is, or with spaces around it, a plus, zeros in front, a decimal comma,
 * groups of digits or its own unit. Undefined if it means no number, or no whole number where `whole` is set.
 */
export function numberHint(text: string, unit: string | undefined, whole: boolean): string | undefined {
  const bare = withoutUnit(text.trim(), unit);
  const [, sign = '', rest = ''] = /^([+\-\u2212]?)(.*)$/su.exec(bare) ?? [];
  const minus = sign === '' || sign === '+' ? '' : '-';
  const [thousands, decimals] = [withoutGroups(rest) ?? '', ungrouped(rest).replace(/^0+(?=\d)/, '')]
    .map((digits) => printedAs(minus + digits))
    .map((printed) => (whole && !Number.isInteger(Number(printed)) ? undefined : printed));
  // nobody writes 30 as 30,000 where a number is whole
  if (thousands !== undefined && decimals !== undefined && !whole)
    return either(thousands, rest.includes(',') ? 'comma' : 'point', decimals);
  const only = thousands ?? decimals;
  return only === undefined ? undefined : `write ${only}`;
}

function withoutUnit(text: string, unit: string | undefined): string {
  return unit !== undefined && text.endsWith(unit) ? text.slice(0, -unit.length).trimEnd() : text;
}

/** The print of a number; undefined if it cannot be kept. */
function printedAs(number: string): string | undefined {
  return isNumberText(number) && numberFault(number, 'value') === undefined
    ? JSON.stringify(Number(number))
    : undefined;
}

/** What to write if a sign can separate thousands or decimals. */
function either(thousands: string, sign: 'point' | 'comma', decimals: string): string {
  return `write ${thousands} if the ${sign} separates thousands, else ${decimals}`;
}

/** A text with a decimal sign and no groups of digits, where it is clear which is which. */
function ungrouped(text: string): string {
  const [, whole, decimals] =
    /^(\d{1,3}(?:[. \u00a0\u2009\u202f'’]\d{3})+|\d+),(\d+)$/u.exec(text) ??
    /^(\d{1,3}(?:[, \u00a0\u2009\u202f'’]\d{3})+)\.(\d+)$/u.exec(text) ??
    [];
  return whole === undefined || decimals === undefined ? text : `${whole.replace(/\D/g, '')}.${decimals}`;
}

/** Why a column of whole numbers cannot hold one: its range is ±(2^53 − 1), as in I-JSON (RFC 7493). */
export function integerFault(value: number): NumberFault | undefined {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return undefined;
  const most = Number.MAX_SAFE_INTEGER;
  return { message: `${value} is beyond ±${most}, the range of whole numbers`, hint: 'write it as text, in quotes' };
}

/** Whether the point may separate thousands: 3.000, 12.500. */
function looksLikeThousands(written: string): boolean {
  return /^-?[1-9]\d{0,2}\.\d{3}$/.test(written);
}

/** A number's digits and exponent, so that 1.0, 1 and 10e-1 compare equal. */
function decimal(written: string): string {
  const [mantissa = '', exponent = '0'] = written.toLowerCase().replace(/^-/, '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const trimmed = digits.replace(/0+$/, '');
  if (trimmed === '') return '0';
  return `${trimmed}e${Number(exponent) - fraction.length + digits.length - trimmed.length}`;
}
