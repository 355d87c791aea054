import { list, printable, quoted } from '../../base/text.ts';
import { below, codeName } from '../../json/json.ts';
import { type Shape, shapeBelow } from '../../schema/shape.ts';
import { book, bookFile } from './example.ts';
import { type Explain, type KeywordRule, descriptionIn } from './failedKeyword.ts';
import type { RuleDefinition } from './rule.ts';

const explain: Explain = ({ keyword, pointer, name, params, schema, shape }) => {
  const missing = String(params['missingProperty']);
  if (keyword !== 'required') {
    const property = String(params['property']);
    const message = `${name} has ${quoted(property)} but no ${quoted(missing)}`;
    return {
      message,
      pointer: below(pointer, property),
      hint: about(schema, shape, pointer, missing),
    };
  }
  return {
    message: `${quoted(missing)} is missing from ${name}`,
    pointer,
    hint: about(schema, shape, pointer, missing),
    missing,
  };
};

/** More codes than this would hide the description. */
const mostCodes = 12;

/** What the schemas say about a missing property: its description, and its codes if they are few. */
function about(schema: unknown, record: Shape, pointer: string, key: string): string | undefined {
  const shape = shapeBelow(record, pointer)?.properties.get(key)?.shape;
  const own = descriptionOf(schema, key);
  // an alternative can have codes of its own
  if (own !== undefined && own !== shape?.description) return own;
  const codes = shape?.codes ?? shape?.items?.codes ?? [];
  const texts = codes.map(({ code }) => printable(codeName(code)));
  const listed = texts.length > 0 && texts.length <= mostCodes ? `the codes are ${list(texts, 'or')}` : undefined;
  const description = shape?.description;
  if (description === undefined) return listed;
  return listed === undefined ? description : `${description.replace(/\.$/, '')}; ${listed}`;
}

/** The schema's description of a missing property. */
function descriptionOf(schema: unknown, key: string): string | undefined {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return undefined;
  const { properties } = schema;
  if (typeof properties !== 'object' || properties === null) return undefined;
  return descriptionIn(Object.entries(properties).find(([name]) => name === key)?.[1]);
}

export const rule = {
  name: 'required',
  phase: 'record',
  severity: 'error',
  description:
    'An object has every field that its schema requires, always or with another field. The message says what ' +
    'the schema says about the field.',
  bad: { files: { [bookFile]: { id: 'ferry' } }, at: `${bookFile}:1:1` },
  good: { [bookFile]: book() },
  keywords: ['required', 'dependentRequired', 'dependencies'],
  explain,
} as const satisfies RuleDefinition & KeywordRule;
