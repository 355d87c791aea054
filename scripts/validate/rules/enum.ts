import { type Nearest, nearest as nearestOf, suggest } from '../../base/suggestions.ts';
import { list, printable, quoted } from '../../base/text.ts';
import { type Json, isArray } from '../../json/json.ts';
import { keyword } from '../../schema/extensions.ts';
import { type Code, shapeBelow } from '../../schema/shape.ts';
import { book, bookFile } from './example.ts';
import { type Explain, type KeywordRule, shown } from './failedKeyword.ts';
import type { RuleDefinition } from './rule.ts';

const explain: Explain = ({ keyword: failed, pointer, value, wanted, schema, shape, nearest }) => {
  if (failed === 'const') return { message: `${shown(value)} is not ${shown(wanted)}`, pointer };
  const codes = [wanted].flat().map((code) => (typeof code === 'string' ? code : JSON.stringify(code)));
  const listed = shapeBelow(shape, pointer)?.codes ?? [];
  return {
    message: `${shown(value)} is not one of the codes`,
    pointer,
    hint: onlyCode(value, codes) ?? synonymHint(value, codes, schema) ?? codesHint(value, codes, listed, nearest),
  };
};

/** What to do about a code inside a list. */
function onlyCode(value: Json, codes: readonly string[]): string | undefined {
  const [code, ...others] = isArray(value) ? value : [];
  return typeof code === 'string' && others.length === 0 && codes.includes(code)
    ? `write ${quoted(code)} without [ and ]`
    : undefined;
}

/** How many codes are listed besides the one with the most similar spelling. */
const fewCodes = 12;
const mostCodes = 30;

/** The code that was meant, if that is clear, with or without the other codes; otherwise the codes. */
export function codesHint(
  value: Json,
  codes: readonly string[],
  listed: readonly Code[],
  nearest: Nearest = nearestOf,
): string {
  const more = codes.length > mostCodes ? ', …' : '';
  const all = `the codes are ${list(codes.slice(0, mostCodes).map(printable), 'or')}${more}`;
  if (typeof value !== 'string') return all;
  const near = suggest(nearest(value, codes));
  // similar spelling can mean something else: a short list is shown in full
  const hint = near !== undefined && codes.length <= fewCodes ? `${near} ${all}` : near;
  return codeHint(value, listed) ?? hint ?? all;
}

/** What the synonyms of the code list say about a value that is not a code: the code for it, or a sentence. */
function synonymHint(value: Json, codes: readonly string[], schema: unknown): string | undefined {
  if (typeof value !== 'string' || !isRecord(schema)) return undefined;
  const synonyms = schema[keyword.synonyms];
  if (!isRecord(synonyms)) return undefined;
  const folded = value.toLowerCase();
  const found = Object.entries(synonyms).find(([text]) => text.toLowerCase() === folded)?.[1];
  if (typeof found !== 'string') return undefined;
  return codes.includes(found) ? `write ${quoted(found)}` : found;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The code whose description begins with the value: the name of a country instead of its code. */
function codeHint(value: string, codes: readonly Code[]): string | undefined {
  const folded = value.toLowerCase();
  const named = codes.filter(({ description }) => value.length > 2 && description?.toLowerCase().startsWith(folded));
  const [only] = named;
  return named.length === 1 && typeof only?.code === 'string' ? `the code for it is ${quoted(only.code)}` : undefined;
}

export const rule = {
  name: 'enum',
  phase: 'record',
  severity: 'error',
  description:
    'A value is one of the codes that its schema lists, or the only value that it allows. The message names the ' +
    'code that was probably meant, from the spelling, the descriptions of the codes, and the keyword `x-synonyms`.',
  bad: { files: { [bookFile]: book({ cover: 'paperbck' }) }, at: `${bookFile}:4:12` },
  good: { [bookFile]: book({ cover: 'paperback' }) },
  keywords: ['enum', 'const'],
  explain,
} as const satisfies RuleDefinition & KeywordRule;
