import type { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { parseEdtf } from '../edtf.ts';

/** RFC 3339, section 5.6, without the space that the RFC allows in place of the T. */
const dateTime = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** Adds the formats of JSON Schema 2020-12, and `edtf`. Formats that are not known are annotations. */
export function addFormats(ajv: Ajv): void {
  formats.default(ajv, { mode: 'full' });
  const standard = ajv.formats['date-time'];
  const check = isChecked(standard) ? standard.validate : () => true;
  ajv.addFormat('date-time', { type: 'string', validate: (text: string) => dateTime.test(text) && check(text) });
  ajv.addFormat('edtf', { type: 'string', validate: (text: string) => parseEdtf(text) !== undefined });
}

function isChecked(format: unknown): format is { readonly validate: (text: string) => boolean } {
  return typeof format === 'object' && format !== null && 'validate' in format && typeof format.validate === 'function';
}

/** What a format wants, in the reader's words. */
export const formatNames: Readonly<Record<string, string>> = {
  edtf: 'a date in the Extended Date/Time Format (2022-01-14, 2022-01, 2022-01-14/2022-01-20, 2022-01-14~, [2022-01-14,2022-01-15])',
  date: 'a date (2022-01-14)',
  'date-time': 'a time with its offset (2022-01-14T12:00:00Z)',
  'json-pointer': 'a JSON Pointer (/stops/0/name)',
  uri: 'a URI (https://example.org/)',
  'uri-reference': 'a URI reference',
  email: 'an e-mail',
  uuid: 'a UUID',
};
