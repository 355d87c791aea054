import type { Rule } from '../../base/problem.ts';
import type { RuleDefinition } from './rule.ts';
import { rule as file } from './file.ts';
import { rule as size } from './size.ts';
import { rule as depth } from './depth.ts';
import { rule as encoding } from './encoding.ts';
import { rule as json } from './json.ts';
import { rule as duplicateKey } from './duplicate-key.ts';
import { rule as number } from './number.ts';
import { rule as key } from './key.ts';
import { rule as canonicalForm } from './canonical-form.ts';
import { rule as type } from './type.ts';
import { rule as required } from './required.ts';
import { rule as unknownKey } from './unknown-key.ts';
import { rule as enumeration } from './enum.ts';
import { rule as pattern } from './pattern.ts';
import { rule as format } from './format.ts';
import { rule as length } from './length.ts';
import { rule as range } from './range.ts';
import { rule as uniqueItems } from './unique-items.ts';
import { rule as alternatives } from './alternatives.ts';
import { rule as excluded } from './excluded.ts';
import { rule as contains } from './contains.ts';
import { rule as complexity } from './complexity.ts';
import { rule as schemaLink } from './schema-link.ts';
import { rule as atMost } from './at-most.ts';
import { rule as fileName } from './file-name.ts';
import { rule as uniqueId } from './unique-id.ts';
import { rule as reference } from './reference.ts';
import { rule as withdrawal } from './withdrawal.ts';
import { rule as spanIncomplete } from './span-incomplete.ts';
import { rule as spanRange } from './span-range.ts';
import { rule as spanDigest } from './span-digest.ts';
import { rule as spanWords } from './span-words.ts';
import { rule as spanSupports } from './span-supports.ts';
import { rule as duplicateSpan } from './duplicate-span.ts';
import { rule as evidenceMissing } from './evidence-missing.ts';
import { rule as verbatim } from './verbatim.ts';
import { rule as fewest } from './fewest.ts';
import { rule as ownWords } from './own-words.ts';
import { rule as quoted } from './quoted.ts';
import { rule as duplicate } from './duplicate.ts';
import { rule as document } from './document.ts';
import { rule as check } from './check.ts';
import { rule as version } from './version.ts';
import { rule as release } from './release.ts';

const byName: { readonly [Name in Rule]: RuleDefinition & { readonly name: Name } } = {
  file,
  size,
  depth,
  encoding,
  json,
  'duplicate-key': duplicateKey,
  number,
  key,
  'canonical-form': canonicalForm,
  type,
  required,
  'unknown-key': unknownKey,
  enum: enumeration,
  pattern,
  format,
  length,
  range,
  'unique-items': uniqueItems,
  alternatives,
  excluded,
  contains,
  complexity,
  'schema-link': schemaLink,
  'at-most': atMost,
  'file-name': fileName,
  'unique-id': uniqueId,
  reference,
  withdrawal,
  'span-incomplete': spanIncomplete,
  'span-range': spanRange,
  'span-digest': spanDigest,
  'span-words': spanWords,
  'span-supports': spanSupports,
  'duplicate-span': duplicateSpan,
  'evidence-missing': evidenceMissing,
  verbatim,
  'own-words': ownWords,
  quoted,
  fewest,
  duplicate,
  document,
  check,
  version,
  release,
};

/** Every rule, in the order of the reference. */
export const rules: readonly RuleDefinition[] = Object.values(byName);
