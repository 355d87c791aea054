import type { Format } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { isDay, isTime, shortestUtc } from '../../base/dateTime.ts';
import { parseEdtf } from '../../base/edtf.ts';

const standardUrl: unknown = fullFormats.url;
const urlForm = standardUrl instanceof RegExp ? standardUrl : /^/;
/** The expression for `url` takes the square of the length. No browser or server takes a longer one for granted. */
const longestUrl = 2048;

/**
 * The formats of JSON Schema 2020-12, and `edtf`. Formats that are not known are annotations. Days and times are those
 * that a column can hold: of the years 1 to 9999. ajv-formats would take 23:60 and 24:59 where they are 23:59 in UTC.
 */
export const formats: Readonly<Record<string, Format>> = {
  ...fullFormats,
  date: { type: 'string', validate: isDay },
  time: { type: 'string', validate: isTime },
  'date-time': { type: 'string', validate: (text: string) => shortestUtc(text) !== undefined },
  url: { type: 'string', validate: (text: string) => text.length <= longestUrl && urlForm.test(text) },
  edtf: { type: 'string', validate: (text: string) => parseEdtf(text) !== undefined },
};

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
