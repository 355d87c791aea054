import { parseEdtf } from '../../base/edtf.ts';
import { type Json, type JsonObject, absolutePointer, below, isArray, isObject, member } from '../../json/json.ts';
import { sourceTables } from '../../project/recordIndex.ts';
import { isPlainText } from '../../schema/recordName.ts';
import { schemaLink } from '../../schema/extensions.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import type { Shape } from '../../schema/shape.ts';
import type { Setting } from '../../verbs/setting.ts';
import type { OpenDataset } from './openDataset.ts';

/** A value with the object that it is in, and whether the schema requires it there. */
interface Value extends Setting {
  readonly above: string;
  readonly required: boolean;
}

/**
 * The values of a record that its identifier is made from: its name, with a date if most identifiers of the table have
 * one. Without a required name, they are the records that it refers to and their date, or else its first texts. What is
 * half typed, such as the beginning of a reference, is not among them.
 */
export function namingValues(
  type: RecordType,
  value: JsonObject,
  { project, takenIn, names }: Pick<OpenDataset, 'project' | 'takenIn' | 'names'>,
): readonly Setting[] {
  const all = valuesIn(type.shape, value).filter(({ pointer }) => !isKey(type, pointer));
  // those of sources are made from their addresses and titles
  if (sourceTables(project).includes(type.name)) return all;
  const texts = all.filter(({ shape }) => isPlainText(shape));
  const isKnown = (id: Json, tables: readonly string[]): boolean =>
    typeof id === 'string' && tables.some((table) => names.has(table, id));
  const references = all.filter(({ value: id, shape }) => isKnown(id, shape.references));
  const dates = all.filter(({ value: date, shape }) => isDate(date, shape));
  if (!requiresText(type.shape)) return references.length > 0 ? [...dates, ...references] : nameIn(texts, texts);
  const name = requiredName(texts);
  return [...(haveDates(takenIn(type.name)) && name.length > 0 ? dates : []), ...name];
}

function requiredName(texts: readonly Value[]): readonly Setting[] {
  return nameIn(
    texts,
    texts.filter(({ required }) => required),
  );
}

function isKey({ key }: RecordType, pointer: string): boolean {
  return key !== undefined && pointer === below('', key);
}

/** The first of some texts; if it is in an object, with those beside it, such as the two names of a person. */
function nameIn(texts: readonly Value[], [first]: readonly Value[]): readonly Setting[] {
  if (first === undefined) return [];
  return first.above === '' ? [first] : texts.filter(({ above }) => above === first.above);
}

function isDate(value: Json, { format }: Shape): boolean {
  const isOne = format === 'edtf' || format === 'date' || format === 'date-time';
  return isOne && typeof value === 'string' && parseEdtf(value) !== undefined;
}

/** Whether the schema requires a text for people at the top of a record, or in an object that it requires. */
function requiresText({ properties }: Shape): boolean {
  return [...properties.values()].some(
    ({ required, shape }) => required && (isPlainText(shape) || requiresText(shape)),
  );
}

/** The identifiers that are looked at. */
const mostLookedAt = 100;

/** Whether half of the identifiers or more have a year. */
function haveDates(ids: Iterable<string>): boolean {
  let [all, dated] = [0, 0];
  for (const id of ids) {
    if (/(?:^|\D)\d{4}(?:\D|$)/.test(id)) dated++;
    if (++all === mostLookedAt) break;
  }
  return dated > 0 && dated * 2 >= all;
}

/** The values in a record, in the order of the schema; not those in lists, nor how a date was worked out. */
function valuesIn(shape: Shape, value: Json, above = '', isRequired = true): readonly Value[] {
  if (!isObject(value)) return [];
  const properties = [...shape.properties.values()];
  const reasons = new Set(
    properties.map(({ name, shape: { grounds } }) =>
      grounds?.reason === undefined ? undefined : absolutePointer(below(above, name), grounds.reason),
    ),
  );
  return properties.flatMap(({ name, shape: inner, required }) => {
    const own = member(value, name);
    const pointer = below(above, name);
    if (own === undefined || name === schemaLink || isArray(own) || reasons.has(pointer)) return [];
    if (isObject(own)) return valuesIn(inner, own, pointer, isRequired && required);
    return [{ pointer, value: own, shape: inner, above, required: isRequired && required }];
  });
}
