/** What is wrong with how a number is written, and what to do. */
export interface NumberFault {
  readonly message: string;
  readonly hint: string;
}

/** How much of a number is kept: `value` allows any spelling of it (RFC 8259), `spelling` only the canonical print. */
export type NumberRule = 'value' | 'spelling';

/** This many characters of a number are shown. */
const mostShown = 60;

/** Whether a text is a number of JSON. */
export function isNumberText(text: string): boolean {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text);
}

/**
 * Why a number cannot stay as it is written; undefined if it can. `written` is a number of JSON.
 * A number is read as IEEE 754 double precision, and printed as ECMAScript prints it.
 */
export function numberFault(written: string, rule: NumberRule): NumberFault | undefined {
  const value = Number(written);
  const printed = JSON.stringify(value);
  if (printed === written) return undefined;
  const shown = written.length > mostShown ? `${written.slice(0, mostShown)}…` : written;
  if (!Number.isFinite(value)) return { message: `${shown} is too large for a number`, hint: 'write it as a text' };
  if (decimal(written) !== decimal(printed)) {
    const message = `${shown} cannot be held exactly: ${printed} would be kept`;
    return { message, hint: 'write fewer digits, or a text' };
  }
  if (rule === 'value') return undefined;
  const hint = looksLikeThousands(written)
    ? `write ${written.replace('.', '')} if the point separates thousands, else ${printed}`
    : `write ${printed}`;
  return { message: `${shown} is read as ${printed}`, hint };
}

/**
 * Why a number of YAML or JSON5 cannot be kept; undefined if it can. `written` is its spelling, `value` what it was
 * read as. The rule `spelling` allows the canonical print of JSON alone.
 */
export function otherNumberFault(written: string, value: number, rule: NumberRule = 'value'): NumberFault | undefined {
  if (!Number.isFinite(value)) return { message: `${written} is not a JSON number`, hint: 'write it as a text' };
  if (/^[-+]?0\d/.test(written))
    return { message: `${written} is read as ${value}`, hint: 'put it in quotes if the zero is part of it' };
  if (/^[-+]?0[a-z]/i.test(written)) {
    const fault = integerFault(value);
    if (fault !== undefined) return { ...fault, message: `${written} cannot be held exactly` };
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

/** The number in a text that groups its digits: `30,000` or `30 000` is 30000. Undefined if it is no such text. */
export function withoutGroups(text: string): string | undefined {
  if (!/^-?[1-9]\d{0,2}(?:([, \u00a0\u2009\u202f'’])\d{3})(?:\1\d{3})*$/u.test(text)) return undefined;
  return text.replace(/[^\d-]/gu, '');
}

/** Why a whole number cannot be held in a column of them: ±(2^53 − 1), the range of I-JSON (RFC 7493). */
export function integerFault(value: number): NumberFault | undefined {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return undefined;
  const most = Number.MAX_SAFE_INTEGER;
  return { message: `${value} is beyond ±${most}, the range of whole numbers`, hint: 'write it as a text' };
}

/** Whether somebody who writes thousands with a point could have written it: 3.000, 12.500. */
function looksLikeThousands(written: string): boolean {
  return /^-?[1-9]\d{0,2}\.\d{3}$/.test(written);
}

/** A number's digits and exponent, so that 1.0, 1 and 10e-1 are the same. */
function decimal(written: string): string {
  const [mantissa = '', exponent = '0'] = written.toLowerCase().replace(/^-/, '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const trimmed = digits.replace(/0+$/, '');
  if (trimmed === '') return '0';
  return `${trimmed}e${Number(exponent) - fraction.length + digits.length - trimmed.length}`;
}
