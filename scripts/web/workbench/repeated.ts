import { groupBy } from '../../base/text.ts';
import { type JsonObject, below, isObject, resolvePointer } from '../../json/json.ts';
import type { Shape } from '../../schema/shape.ts';
import type { RecordContent, RepeatedMessage } from './messages.ts';
import { isIn } from './edit.ts';

/** The fewest records that make a value worth offering to the next one. */
const fewestAlike = 2;

/** The values of records of one table that cite a source. */
interface Repeating {
  readonly source: string;
  readonly records: readonly RecordContent[];
  /** The words that the source's own record cites, such as its date: one record that cites them too is enough. */
  readonly own: RecordContent['spans'];
  /** How many records make a value worth offering that cites other words: two by default. */
  readonly fewest?: number;
}

/**
 * The values that most of the records have in a field, all citing the same words of it; of words that the source's own
 * record cites, those that most have that have the field. A field that differs is left out, but fields in it may be
 * the same.
 */
export function repeatedIn(all: Repeating, pointer = ''): readonly RepeatedMessage[] {
  const names = new Set(all.records.flatMap((record) => Object.keys(objectAt(record, pointer))));
  return [...names].flatMap((name) => {
    const at = below(pointer, name);
    const same = mostAlike(all, at);
    return same === undefined ? repeatedIn(all, at) : [same];
  });
}

/** The value that most records have in a field; undefined if they differ or do not cite the source. */
function mostAlike(
  { source, records, own, fewest = fewestAlike }: Repeating,
  pointer: string,
): RepeatedMessage | undefined {
  const having = records.flatMap((record) => {
    const value = resolvePointer(record.value, pointer);
    return value === undefined ? [] : [{ value, spans: spansBelow(record, source, pointer) }];
  });
  const groups = groupBy(having, (each) => JSON.stringify(each));
  for (const [first, ...others] of groups.values()) {
    if (first === undefined || first.spans.length === 0) continue;
    const count = 1 + others.length;
    const ofSource = first.spans.every(({ start, end }) =>
      own.some((span) => span.source === source && span.start === start && span.end === end),
    );
    const isMost = count * 2 > (ofSource ? having : records).length;
    if ((ofSource || count >= fewest) && isMost) return { pointer, ...first, ofSource };
  }
  return undefined;
}

/**
 * Whether a field means the same in two tables: where they share its definition. Fields of one name can have nothing
 * else in common.
 */
export function isSameField(one: Shape | undefined, other: Shape | undefined): boolean {
  return (
    one !== undefined && other !== undefined && JSON.stringify(aspectsOf(one)) === JSON.stringify(aspectsOf(other))
  );
}

function aspectsOf({ title, description, types, format, codes, references, properties, items }: Shape): object {
  const elements = items === undefined ? undefined : [items.title, items.format, items.codes, items.references];
  return [title, description, [...types], format, codes, references, [...properties.keys()], elements];
}

function objectAt({ value }: RecordContent, pointer: string): JsonObject {
  const at = resolvePointer(value, pointer);
  return isObject(at) ? at : {};
}

/** The words of a source that support a field or what is in it. */
function spansBelow({ spans }: RecordContent, source: string, pointer: string): RepeatedMessage['spans'] {
  return spans.flatMap((span) => {
    const supports = span.supports.filter((at) => isIn(at, pointer));
    if (span.source !== source || supports.length === 0) return [];
    return [{ source, start: span.start, end: span.end, supports }];
  });
}
