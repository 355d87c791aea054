import { type Json, type JsonObject, isArray, isObject } from './json.ts';

/** The order of keys in an object, as the schema lists them, and the same for what is below. */
export interface KeyOrder {
  /** Rank of a key, or undefined if the schema does not name it. */
  readonly rank: (key: string) => number | undefined;
  readonly member: (key: string) => KeyOrder | undefined;
  readonly element: KeyOrder | undefined;
}

/** How a record is stored: in a file of its own, or as a line of NDJSON. */
export type Layout = 'file' | 'line';

/**
 * The canonical print of a record: keys in schema order, keys that the schema does not name after them in the given
 * order, two spaces and a final newline; a line of NDJSON has neither. The value must not be nested deeper than the
 * limit.
 */
export function printCanonical(value: Json, order: KeyOrder | undefined, layout: Layout): string {
  return layout === 'file' ? `${printFrom(value, order, '\n')}\n` : printFrom(value, order, undefined);
}

/**
 * Prints piece by piece, since no JavaScript object can hold a key such as `2021` after others.
 * @param lineBreak a newline and the indentation of the level; undefined for everything on one line
 */
function printFrom(value: Json, order: KeyOrder | undefined, lineBreak: string | undefined): string {
  if (!isArray(value) && !isObject(value)) return JSON.stringify(value);
  const inner = lineBreak === undefined ? undefined : lineBreak + indent;
  const parts = isArray(value)
    ? value.map((element) => printFrom(element, order?.element, inner))
    : inOrder(value, order).map((key) => {
        const colon = inner === undefined ? ':' : ': ';
        return JSON.stringify(key) + colon + printFrom(value[key] ?? null, order?.member(key), inner);
      });
  const [open, close] = isArray(value) ? '[]' : '{}';
  if (parts.length === 0) return `${open}${close}`;
  return `${open}${inner ?? ''}${parts.join(`,${inner ?? ''}`)}${lineBreak ?? ''}${close}`;
}

/** The indentation of one level. */
export const indent = '  ';

/** The print of a value whose keys are already in order. */
export function print(value: Json, layout: Layout): string {
  return layout === 'file' ? `${JSON.stringify(value, null, indent)}\n` : JSON.stringify(value);
}

function inOrder(value: JsonObject, order: KeyOrder | undefined): readonly string[] {
  if (order === undefined) return Object.keys(value);
  const last = Number.MAX_SAFE_INTEGER;
  return Object.keys(value).toSorted((a, b) => (order.rank(a) ?? last) - (order.rank(b) ?? last));
}

/**
 * Whether a text is the print of its value, with the indentation, line ends and final newlines that its first line
 * shows.
 */
export function isOwnPrint(text: string, value: Json): boolean {
  const plain = (text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text).trimEnd();
  const indented = /^[[{]\n([ \t]*)/.exec(plain)?.[1];
  return JSON.stringify(value, null, indented) === plain;
}
