import * as full from '@hyperjump/uri';

// V8 takes 20 ms to compile an expression with all of RFC 3986, more than to check a thousand records. Nearly every
// address has a simple form, which a small expression recognizes.

const path = String.raw`(?:[\w.~!$&'()*+,;=:@/-]|%[\da-f]{2})*`;
const rest = String.raw`(?:\?(?:[\w.~!$&'()*+,;=:@/?-]|%[\da-f]{2})*)?(?:#(?:[\w.~!$&'()*+,;=:@/?-]|%[\da-f]{2})*)?`;

/** URIs with a host, without user information and without an address in brackets. */
const webAddress = new RegExp(String.raw`^[a-z][a-z\d+.-]*://[\w.~-]+(?::\d*)?(?:/${path})?${rest}$`, 'i');

/** References to a file by its path: names without a colon, separated by slashes. */
const filePath = /^[\w.~-]+(?:\/[\w.~-]+)*$/;

/** Whether a text is a URI (RFC 3986). */
export function isUri(text: string): boolean {
  return webAddress.test(text) || full.isUri(text);
}

/** Whether a text is a URI or a relative reference (RFC 3986). */
export function isUriReference(text: string): boolean {
  return filePath.test(text) || webAddress.test(text) || full.isUriReference(text);
}

/** Whether a text is an IRI (RFC 3987): every URI is one. */
export function isIri(text: string): boolean {
  return webAddress.test(text) || full.isIri(text);
}

/** Whether a text is an IRI or a relative reference (RFC 3987). */
export function isIriReference(text: string): boolean {
  return filePath.test(text) || webAddress.test(text) || full.isIriReference(text);
}
