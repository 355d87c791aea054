import * as full from '@hyperjump/uri';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isIri, isIriReference, isUri, isUriReference } from '../../scripts/validate/ajv/uris.ts';

const checks = [
  ['URI', isUri, full.isUri],
  ['URI reference', isUriReference, full.isUriReference],
  ['IRI', isIri, full.isIri],
  ['IRI reference', isIriReference, full.isIriReference],
] as const;

/** What addresses are made of, and what makes them odd. */
const plain = 'http https: // / example.org : 80 @ ? # . .. - _ ~ a Z 0'.split(' ');
const odd = ['%', '%2F', '%zz', '[', ']', '::1', "!$&'()*+,;=", 'é', '\u{10000}', ' ', '\n', '\\', '"', '<', '^', '|'];
const piece = fc.constantFrom(...plain, ...odd);
const text = fc.oneof(
  fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join('')),
  fc.array(piece, { maxLength: 5 }).map((pieces) => `https://example.org${pieces.join('')}`),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.string({ unit: 'binary' }),
);

test.each(checks)('the short way to recognize a %s decides as all of its grammar does', (_, short, whole) => {
  fc.assert(
    fc.property(text, (each) => {
      expect(short(each)).toBe(whole(each));
    }),
    { numRuns: 3000 },
  );
});
