import type { Format } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { parseEdtf } from '../edtf.ts';

/** RFC 3339, section 5.6, without the space that the RFC allows in place of the T. */
const dateTime = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

const standardDateTime: unknown = fullFormats['date-time'];
const isDateTime = isChecked(standardDateTime) ? standardDateTime.validate : () => true;

const standardUrl: unknown = fullFormats.url;
const urlForm = standardUrl instanceof RegExp ? standardUrl : /^/;
/** The expression for `url` takes the square of the length. No browser or server takes a longer one for granted. */
const longestUrl = 2048;

/** The formats of JSON Schema 2020-12, and `edtf`. Formats that are not known are annotations. */
export const formats: Readonly<Record<string, Format>> = {
  ...fullFormats,
  'date-time': { type: 'string', validate: (text: string) => dateTime.test(text) && isDateTime(text) },
  url: { type: 'string', validate: (text: string) => text.length <= longestUrl && urlForm.test(text) },
  edtf: { type: 'string', validate: (text: string) => parseEdtf(text) !== undefined },
};

function isChecked(format: unknown): format is { readonly validate: (text: string) => boolean } {
  return typeof format === 'object' && format !== null && 'validate' in format && typeof format.validate === 'function';
}

/** What a format wants, in the reader's words. */
export const formatNames: Readonly<Record<string, string>> = {
  edtf: 'a date in the Extended Date/Time Format (2022-01-14, 2022-01, 2022-01-14/2022-01-20, 2022-01-14~, [2022-01-14,2022-01-15])',
  date: 'a date (2022-01-14)',
  'date-time': 'a time with its offset (2022-01-14T12:00:00Z)',
  'json-pointer': 'a JSON Pointer (/stops/0/name)',
  uri: 'a URI such as https://example.org/page',
  'uri-reference': 'a URI reference',
  email: 'an e-mail',
  uuid: 'a UUID',
};
