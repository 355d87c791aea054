import type { Format } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { isDay, isTime, shortestUtc } from '../../base/dateTime.ts';
import { parseEdtf } from '../../base/edtf.ts';
import { isIri, isIriReference, isUri, isUriReference } from './uris.ts';

const standardUrl: unknown = fullFormats.url;
const urlForm = standardUrl instanceof RegExp ? standardUrl : /^/;
/** The expression for `url` takes quadratic time. Browsers and servers do not support longer URLs reliably. */
const longestUrl = 2048;

const isHostname = matcherOf(fullFormats.hostname);
const isEmail = matcherOf(fullFormats.email);

function matcherOf(form: unknown): (text: string) => boolean {
  return form instanceof RegExp ? (text) => form.test(text) : () => true;
}

/** A host name with letters of any script (RFC 5890), as browsers write it in ASCII (UTS 46). */
function isInternationalHostname(text: string): boolean {
  if (/[\s/\\?#@:%[\]<>^|]/.test(text)) return false;
  try {
    return isHostname(new URL(`http://${text}`).hostname);
  } catch {
    return false;
  }
}

/** An e-mail address with characters of any script (RFC 6531): the same form as in ASCII. */
function isInternationalEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  const plain = text.slice(0, at).replace(/[\u{80}-\u{10FFFF}]/gu, 'a');
  return at > 0 && isEmail(`${plain}@example.org`) && isInternationalHostname(text.slice(at + 1));
}

/** Tests of texts that differ from those of ajv-formats. */
const ownTests: Readonly<Record<string, (text: string) => boolean>> = {
  uri: isUri,
  'uri-reference': isUriReference,
  iri: isIri,
  'iri-reference': isIriReference,
  'idn-hostname': isInternationalHostname,
  'idn-email': isInternationalEmail,
  date: isDay,
  time: isTime,
  'date-time': (text) => shortestUtc(text) !== undefined,
  url: (text) => text.length <= longestUrl && urlForm.test(text),
  edtf: (text) => parseEdtf(text) !== undefined,
};

/**
 * The formats of JSON Schema 2020-12, and `edtf`. Unknown formats are annotations. Days and times are those that a
 * column can hold, in the years 1 to 9999. ajv-formats would accept the times 23:60 and 24:59 if they are 23:59 in UTC,
 * and a URN as a UUID, and would reject `mailto:` as a URI.
 */
export const formats: Readonly<Record<string, Format>> = {
  ...fullFormats,
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  ...Object.fromEntries(
    Object.entries(ownTests).map(([name, validate]): [string, Format] => [name, { type: 'string', validate }]),
  ),
};

/** The test of a format for texts; undefined if it is not known as one, but might be. */
export function formatTest(name: string): ((text: string) => boolean) | undefined {
  if (!(name in formats)) return () => true;
  if (Object.hasOwn(ownTests, name)) return ownTests[name];
  const format = formats[name];
  return format instanceof RegExp ? (text) => format.test(text) : undefined;
}

/** What a format requires, in the reader's words. */
export const formatNames: Readonly<Record<string, string>> = {
  edtf:
    'a date in the Extended Date/Time Format, such as 2022-01-14, 2022-01, 2022-01-14/2022-01-20, ' +
    '2022-01-14~ or [2022-01-14,2022-01-15]',
  date: 'a date such as 2022-01-14',
  'date-time': 'a time with its offset, such as 2022-01-14T12:00:00Z',
  'json-pointer': 'a JSON Pointer such as /stops/0/name',
  uri: 'a URI such as https://example.org/page',
  'uri-reference': 'a URI reference',
  email: 'an e-mail address',
  uuid: 'a UUID',
  iri: 'an IRI such as https://example.org/straße',
  'iri-reference': 'an IRI reference',
  hostname: 'a hostname',
  'idn-hostname': 'a hostname',
  'idn-email': 'an e-mail address',
  duration: 'a duration such as P1Y2M or PT12H',
  time: 'a time with its offset, such as 12:00:00Z',
};
