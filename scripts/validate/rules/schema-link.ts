import { below, isObject, member } from '../../json/json.ts';
import type { Fault } from '../../base/problem.ts';
import { quoted, written } from '../../base/text.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import { schemaLink } from '../../schema/extensions.ts';
import { type SeenRecord, excuse } from '../context.ts';
import { book, bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/**
 * What is wrong with a record's link to its schema. A record of another table is not checked by the schema of this one:
 * then the fault is `alone`.
 */
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
  // a web address can name the schema
  const other = types.find(names);
  const isAddress = /^[a-z][a-z+.-]+:/i.test(link);
  if (names(type) || (other === undefined && isAddress)) return undefined;
  const fault = (message: string, hint: string): Fault => ({
    rule: 'schema-link',
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
  const message = `the record belongs to ${other.name} by its schema, but to ${type.name} by its folder`;
  return { fault: fault(message, `put the file into the folder ${quoted(other.name)}, or ${right}`), alone: true };
}

export const rule = {
  name: 'schema-link',
  phase: 'record',
  severity: 'error',
  description:
    'The link `$schema` of a record leads to the schema of its table, so that editors use the right one. A record ' +
    'that names the schema of another table is in the wrong folder.',
  bad: { files: { [bookFile]: { $schema: 'foo', ...book() } }, at: `${bookFile}:2:14` },
  good: { [bookFile]: { $schema: '../../schema/books.schema.json', ...book() } },
} as const satisfies RuleDefinition;
