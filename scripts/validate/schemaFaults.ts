import { type JsonObject, below, isObject, member, resolvePointer } from '../json/json.ts';
import type { Fault } from '../base/problem.ts';
import { latinSlug, quoted, written } from '../base/text.ts';
import { documentFields, schemaLink } from '../schema/extensions.ts';
import { fileWithoutDigest } from '../schema/extensionValues.ts';
import type { SeenRecord } from './context.ts';
import { soften } from './rules/format.ts';
import { fitsKey } from './rules/unique-id.ts';
import { rule as spanIncomplete } from './rules/span-incomplete.ts';

/** What the compiled schema reports for a record, including faults of formats and of incomplete spans. */
export function schemaFaults(seen: SeenRecord): readonly Fault[] {
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

/** Whether the value at a pointer is a document that lacks its digest, and whose file is available. */
function isAtHand({ value, found, run }: SeenRecord, pointer: string): boolean {
  if (!found.documents.includes(pointer)) return false;
  const file = fileWithoutDigest(resolvePointer(value, pointer));
  return file !== undefined && run.options.documents(file) !== undefined;
}

/** The id that the schema would allow instead of one with a wrong form, and the record that has it, if any. */
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
