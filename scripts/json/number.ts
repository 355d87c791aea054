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
  const hint = looksLikeThousands(written)
    ? `write ${written.replace('.', '')} if the point separates thousands, else ${printed}`
    : `write ${printed}`;
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

/** The number in a text that groups its digits: `30,000` or `30 000` is 30000. Undefined for any other text. */
export function withoutGroups(text: string): string | undefined {
  if (!/^-?[1-9]\d{0,2}(?:([, \u00a0\u2009\u202f'’])\d{3})(?:\1\d{3})*$/u.test(text)) return undefined;
  return text.replace(/[^\d-]/gu, '');
}

/**
 * The number that a text means which is no JSON number: with spaces around it, a plus, zeros in front, a decimal comma
 * or its own unit. Undefined if it could mean another one.
 */
export function numberMeant(text: string, unit: string | undefined): string | undefined {
  const whole = text.trim();
  const bare = unit !== undefined && whole.endsWith(unit) ? whole.slice(0, -unit.length).trimEnd() : whole;
  const [, sign = '', rest = ''] = /^([+\-\u2212]?)(.*)$/su.exec(bare) ?? [];
  const grouped = withoutGroups(rest);
  const digits = grouped ?? ungrouped(rest).replace(/^0+(?=\d)/, '');
  const found = (sign === '' || sign === '+' ? '' : '-') + digits;
  if (!isNumberText(found) || numberFault(found, 'value') !== undefined) return undefined;
  const printed = JSON.stringify(Number(found));
  return printed === text ? undefined : printed;
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
