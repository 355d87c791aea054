import { type OptionName, option, sentence } from '../base/sentence.ts';
import transliterate from '@sindresorhus/transliterate';
import { nameFault } from '../base/fileName.ts';
import { Failure } from '../base/problem.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import { foldedId, quoted } from '../base/text.ts';
import { unicodeWherePossible } from '../pattern/matcher.ts';
import type { Setting } from './setting.ts';

/** How an identifier is proposed, for `--help`. */
export const identifierRule =
  'by default a slug of at most eight words from the first date and the first two texts that are set, else new-<table>; if it is taken, a number is added';

const mostWords = 8;

/** An identifier for a new record that no other has. @throws Failure where the one proposed is not of the form that the schema wants */
export function proposeId(type: RecordType, settings: readonly Setting[], taken: ReadonlySet<string>): string {
  const shape = type.key === undefined ? undefined : type.shape.properties.get(type.key)?.shape;
  if (shape?.types.has('string') === false) return String(nextNumber(taken));
  const given = settings.flatMap(({ value, shape: { format, codes } }) =>
    typeof value === 'string' && codes === undefined ? [{ value, format }] : [],
  );
  const dated = given.find(({ format }) => format === 'edtf' || format === 'date');
  const date = /\d{4}(?:-\d\d){0,2}/.exec(dated?.value ?? '')?.[0] ?? '';
  const texts = given.filter(({ format }) => format === undefined);
  const words = texts.slice(0, 2).flatMap(({ value }) => slug(value).split('-'));
  const slugged = [date, ...words.slice(0, mostWords)].filter((word) => word !== '').join('-');
  const longest = Number(shape?.constraints['maxLength'] ?? 100) - 4;
  const base = slugged.slice(0, longest).replace(/-[^-]*$/, (cut) => (slugged.length > longest ? '' : cut));
  const id = unused(base === '' ? `new-${slug(type.name)}` : base, base === '', taken);
  const pattern = shape?.constraints['pattern'];
  if (typeof pattern === 'string' && !new RegExp(pattern, unicodeWherePossible(pattern)).test(id))
    throw new Failure(sentence`${quoted(id)} would not be an identifier of this table: give one with ${option('id')}`);
  return id;
}

/** A text as words of lower-case letters and digits with hyphens between them; empty where it has a letter that has none of them in its place: a name without some of its letters is no name. */
function slug(text: string): string {
  const plain = transliterate(text.normalize('NFC'))
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  if (/[^a-z]/u.test(plain.replace(/\P{L}+/gu, ''))) return '';
  return plain
    .replace(/[’']/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

function unused(base: string, numbered: boolean, taken: ReadonlySet<string>): string {
  if (!numbered && !taken.has(base) && nameFault(base) === undefined) return base;
  let n = numbered || !taken.has(base) ? 1 : 2;
  while (taken.has(`${base}-${n}`)) n++;
  return `${base}-${n}`;
}

function nextNumber(taken: ReadonlySet<string>): number {
  return Math.max(0, ...[...taken].map(Number).filter(Number.isSafeInteger)) + 1;
}

/** An identifier that the user gives; `label` begins messages. @throws Failure where it cannot be the name of a file, or is taken */
export function checkId(id: string, taken: ReadonlySet<string>, label: string | OptionName = option('id')): string {
  if (!/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]*$/u.test(id))
    throw new Failure(
      sentence`${label}: ${quoted(id)} cannot be the name of a file: use letters, digits, ".", "_" and "-"`,
    );
  const fault = nameFault(id);
  if (fault !== undefined)
    throw new Failure(sentence`${label}: ${quoted(id)} cannot be the name of a file on Windows: ${fault}`);
  if (taken.has(foldedId(id))) throw new Failure(sentence`${label}: ${quoted(id)} is taken`);
  return id;
}
