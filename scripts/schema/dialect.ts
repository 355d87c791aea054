import { type Json, isObject } from '../json/json.ts';
import { Failure } from '../base/problem.ts';
import { quoted } from '../base/text.ts';
import { subschemas } from './keywords.ts';

/** The drafts that ajv checks by. draft-06 equals draft-07 here; draft-04 is converted when it is read. */
export type Dialect = '2020-12' | '2019-09' | 'draft-07';

const drafts = ['2020-12', '2019-09', 'draft-07', 'draft-06', 'draft-04'] as const;
export type Draft = (typeof drafts)[number];

/**
 * The draft of a schema file: from `$schema`, else from keywords that only one draft has.
 * @throws Failure if it names an unknown draft
 */
export function draftOf(root: Json, shown: string): Draft {
  const named = isObject(root) ? root['$schema'] : undefined;
  const official =
    typeof named === 'string' ? /^https?:\/\/json-schema\.org\/(draft[^#]*)\/schema#?$/.exec(named) : null;
  if (official === null) return draftByKeywords(root);
  const name = official[1]?.replace(/^draft\//, '');
  const found = drafts.find((draft) => draft === name);
  if (found !== undefined) return found;
  throw new Failure(
    `${shown}: the draft ${quoted(official.input)} of JSON Schema is not supported; supported drafts: ` +
      drafts.toReversed().join(', '),
  );
}

const oldKeywords = ['definitions', 'dependencies'];

function draftByKeywords(root: Json): Draft {
  let draft: Draft = '2020-12';
  for (const { schema } of subschemas(root)) {
    if (['exclusiveMinimum', 'exclusiveMaximum'].some((key) => typeof schema[key] === 'boolean')) return 'draft-04';
    if ('$recursiveRef' in schema || '$recursiveAnchor' in schema) return '2019-09';
    if (oldKeywords.some((key) => key in schema) || Array.isArray(schema['items'])) draft = 'draft-07';
  }
  return draft;
}

/** The rules by which ajv checks a draft. */
export function dialectOf(draft: Draft): Dialect {
  return draft === '2020-12' || draft === '2019-09' ? draft : 'draft-07';
}
