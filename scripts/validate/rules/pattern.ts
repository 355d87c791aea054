import { latinSlug, printable, quoted } from '../../base/text.ts';
import type { Json } from '../../json/json.ts';
import { type Patterns, SlowMatch, unicodeWherePossible } from '../../pattern/matcher.ts';
import { book, bookFile } from './example.ts';
import { type Explain, type KeywordRule, descriptionIn, shown } from './failedKeyword.ts';
import type { RuleDefinition } from './rule.ts';

/** A pattern is for machines: the description next to it says what it requires. */
const explain: Explain = ({ pointer, value, name, params, schema, patterns }) => {
  const pattern = String(params['pattern']);
  if (typeof value === 'string' && value !== '' && value.trim() === '')
    return {
      message: `${name} contains only white space`,
      pointer,
      hint: 'say what is known, or leave the key out',
    };
  if (typeof value === 'string' && /^\s|\s$/.test(value))
    return { message: `${shown(value)} begins or ends with white space`, pointer, hint: 'remove it' };
  const slug = typeof value === 'string' ? latinSlug(value) : '';
  // a pattern that allows capital letters and spaces is not for slugs
  const wantsSlug = slug !== '' && fits(slug, pattern, patterns) && !fits('A b', pattern, patterns);
  if (typeof value === 'string' && /[\n\r\t]/.test(value) && fits(value.replaceAll(/\s+/g, ' '), pattern, patterns))
    return { message: `${shown(value)} has a line break or a tab`, pointer, hint: 'write a space instead' };
  const why = wantsSlug ? `write ${quoted(slug)}` : whyPattern(value, schema);
  return why === undefined
    ? { message: `${shown(value)} does not match ${printable(pattern)}`, pointer }
    : { message: `${shown(value)} does not have the required form`, pointer, hint: why };
};

/** Whether a text matches a pattern; false if that would take too long. */
function fits(text: string, pattern: string, { matcherOf }: Patterns): boolean {
  try {
    return matcherOf(pattern, unicodeWherePossible(pattern)).test(text);
  } catch (error) {
    if (error instanceof SlowMatch) return false;
    throw error;
  }
}

function whyPattern(value: Json, schema: unknown): string | undefined {
  if (typeof value === 'string' && /^[=+\-@\t\r]/.test(value)) return 'a spreadsheet would run this as a formula';
  return descriptionIn(schema);
}

export const rule = {
  name: 'pattern',
  phase: 'record',
  severity: 'error',
  description:
    'A text has the form of the regular expression (`pattern`) in its schema. The message shows the description ' +
    'of the field, which says the same in words, or the text in that form.',
  bad: { files: { [bookFile]: book({ isbn: '3-16' }) }, at: `${bookFile}:4:11` },
  good: { [bookFile]: book({ isbn: '9783161484100' }) },
  keywords: ['pattern'],
  explain,
} as const satisfies RuleDefinition & KeywordRule;
