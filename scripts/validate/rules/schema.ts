import { below, isObject, member } from '../../json/json.ts';
import type { Fault } from '../../base/problem.ts';
import { quoted, written } from '../../base/text.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import { schemaLink } from '../../schema/extensions.ts';
import { type SeenRecord, excuse } from '../context.ts';
import { bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';
import { soften } from './format.ts';
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
  // an address on the web may stand for the schema, and what is no file for anything
  const other = types.find(names);
  const isFile = link.endsWith('.json') && !/^[a-z][a-z+.-]*:/i.test(link);
  if (names(type) || (other === undefined && !isFile)) return undefined;
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
    if (lacksLink) return { ...fault, hint: `write "${schemaLink}": ${written(run.options.linkOf(raw.file, type))}` };
    return soften(fault, run.options.layout);
  });
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
