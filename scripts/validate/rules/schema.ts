import { type JsonObject, below, isObject, member, resolvePointer } from '../../json/json.ts';
import type { Fault } from '../../base/problem.ts';
import { latinSlug, quoted, written } from '../../base/text.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import { documentFields, schemaLink } from '../../schema/extensions.ts';
import { fileWithoutDigest } from '../../schema/extensionValues.ts';
import { type SeenRecord, excuse } from '../context.ts';
import { bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';
import { soften } from './format.ts';
import { fitsKey } from './unique-id.ts';
import { rule as spanIncomplete } from './span-incomplete.ts';

/** What a record says of its schema. One of another table is not held against the schema of this one: then the fault stands `alone`. */
export function wrongLink({
  raw,
  type,
  value,
  run,
}: SeenRecord): { readonly fault: Fault; readonly alone: boolean } | undefined {
  if (!isObject(value)) return undefined;
  const { types, layout, linkOf } = run.options;
  const named = member(value, schemaLink);
  const link = typeof named === 'string' ? named.replace(/#.*$/s, '') : undefined;
  if (layout === 'any' || link === undefined || !type.shape.properties.has(schemaLink)) return undefined;
  const names = ({ file }: RecordType): boolean => `/${link}`.endsWith(`/${file}`);
  // an address on the web may stand for the schema
  const other = types.find(names);
  const isAddress = /^[a-z][a-z+.-]+:/i.test(link);
  if (names(type) || (other === undefined && isAddress)) return undefined;
  const fault = (message: string, hint: string): Fault => ({
    rule: 'schema',
    message,
    pointer: below('', schemaLink),
    hint,
  });
  if (other !== undefined) {
    excuse(raw.file, run);
    run.references.excuse(other.name, raw.file.stem);
  }
  const right = `write ${written(linkOf(raw.file, type))}`;
  if (other === undefined)
    return { fault: fault(`${quoted(link)} is not the schema of ${type.name}`, right), alone: false };
  const message = `the record is one of ${other.name} by its schema, and one of ${type.name} by its folder`;
  return { fault: fault(message, `put the file into the folder ${quoted(other.name)}, or ${right}`), alone: true };
}

/** What the compiled schema says of a record, with the faults of formats and of incomplete spans among it. */
function check(seen: SeenRecord): readonly Fault[] {
  const { raw, type, value, run } = seen;
  const faults = seen.check(value, raw.text.length);
  // most records have none
  if (faults.length === 0) return faults;
  return spanIncomplete.check(seen, faults).map((fault) => {
    const lacksLink = fault.missing === schemaLink && fault.pointer === '';
    if (fault.pointer === below('', type.key ?? '') && fault.atKey !== true && isObject(value))
      return { ...fault, hint: idHint(seen, value) ?? fault.hint };
    if (fault.missing === documentFields[1] && isAtHand(seen, fault.pointer))
      return { ...fault, hint: { before: 'run ', verb: 'fix', arguments: [], after: ', which writes it' } };
    if (lacksLink) return { ...fault, hint: `write "${schemaLink}": ${written(run.options.linkOf(raw.file, type))}` };
    return soften(fault, run.options.layout);
  });
}

/** Whether a pointer leads to a document that lacks its digest, and whose file is at hand. */
function isAtHand({ value, found, run }: SeenRecord, pointer: string): boolean {
  if (!found.documents.includes(pointer)) return false;
  const file = fileWithoutDigest(resolvePointer(value, pointer));
  return file !== undefined && run.options.documents(file) !== undefined;
}

/** The id that the schema would take in place of one of a wrong form, and whose it is where a record has it. */
function idHint({ raw, type, run }: SeenRecord, value: JsonObject): string | undefined {
  const id = type.key === undefined ? undefined : member(value, type.key);
  const slug = typeof id === 'string' ? latinSlug(id) : '';
  if (slug === '' || slug === id || !fitsKey(slug, type, run.options.patterns)) return undefined;
  if (run.options.layout !== 'canonical' || raw.line !== 0) return `write ${quoted(slug)}`;
  const other = run.options.fileNamed(type.name, slug);
  return other === undefined || other.path === raw.file.path
    ? `write ${quoted(slug)}, and name the file ${quoted(`${slug}.json`)}`
    : `${quoted(slug)} is the id of ${other.shown}: if this file is a copy, remove it`;
}

/** What is wrong with a record that has no place for its identifier, though the schema allows it. */
export const notAnObject: Fault = {
  rule: 'schema',
  message: 'the record is no JSON object, so it has no identifier',
  pointer: '',
};

export const rule = {
  name: 'schema',
  phase: 'record',
  severity: 'error',
  description:
    'A record has the form that its schema describes: no field is missing, unknown or of another type, and ' +
    'each code is in its list. The link `$schema` leads to the schema of its table. The tables of a release ' +
    'are made from the schema.',
  bad: { files: { [bookFile]: { id: 'ferry', title: 'The Ferry', writer: 'ida' } }, at: `${bookFile}:4:3` },
  good: { [bookFile]: { id: 'ferry', title: 'The Ferry', author: 'ida' } },
  check,
} as const satisfies RuleDefinition;
