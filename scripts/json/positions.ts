import { parse, type ObjectNode, type ValueNode } from '@humanwhocodes/momoa';
import { below, pointerSteps } from './json.ts';

/** Lines and columns from 1; columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Finds the lines and columns of offsets in one text, which is scanned once for all of them. */
export function positionsIn(text: string): (offset: number) => Position {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    const end = Math.min(offset, text.length);
    let first = 0;
    for (let last = starts.length; last - first > 1;) {
      const middle = (first + last) >> 1;
      if ((starts[middle] ?? 0) <= end) first = middle;
      else last = middle;
    }
    return { line: first + 1, column: end - (starts[first] ?? 0) + 1 };
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** Finds the line and column of one offset in a text. Lines end with LF, CR or CRLF. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let start = 0;
  const end = Math.min(offset, text.length);
  for (let i = 0; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) {
      line++;
      start = i + 1;
    }
  }
  return { line, column: end - start + 1 };
}

/** A parsed JSON text with the place of everything in it. */
export interface PlacedJson {
  /** Offset of the value at the pointer (or, with `atKey`, of its key), or of the nearest thing above it. */
  readonly offsetOf: (pointer: string, atKey?: boolean) => number;
  /** The keys of the object at a pointer, in the order of the text. */
  readonly keysAt: (pointer: string) => readonly string[];
  /** Keys that occur twice in one object. */
  readonly duplicates: readonly { readonly pointer: string; readonly key: string; readonly offset: number }[];
  readonly numbers: readonly { readonly pointer: string; readonly offset: number; readonly text: string }[];
}

export type Placed = PlacedJson | { readonly message: string; readonly offset: number };

/** The slow parser, for a text that is known to have a fault. The text must not be nested deeper than the limit. */
export function placeJson(text: string, mode: 'json' | 'json5' = 'json'): Placed {
  let body: ValueNode;
  try {
    body = parse(text, { mode, ranges: true }).body;
  } catch (error) {
    return syntaxFault(error);
  }
  const duplicates: { pointer: string; key: string; offset: number }[] = [];
  const numbers: { pointer: string; offset: number; text: string }[] = [];
  visit(body, '', (node, pointer) => {
    const offset = node.loc.start.offset;
    if (isNumber(node)) numbers.push({ pointer, offset, text: text.slice(offset, node.loc.end.offset) });
    if (node.type === 'Object') for (const repeated of repeatedKeys(node, pointer)) duplicates.push(repeated);
  });
  return {
    offsetOf: (pointer, atKey = false) => offsetOf(body, pointer, atKey),
    keysAt: (pointer) => keysAt(body, pointer),
    duplicates,
    numbers,
  };
}

/** JSON5 has numbers that JSON lacks. */
function isNumber({ type }: ValueNode): boolean {
  return type === 'Number' || type === 'NaN' || type === 'Infinity';
}

function syntaxFault(error: unknown): { message: string; offset: number } {
  const message = error instanceof Error ? error.message : String(error);
  const offset = error instanceof Error && 'offset' in error && typeof error.offset === 'number' ? error.offset : 0;
  return { message: message.replace(/ \(\d+:\d+\)$/, ''), offset };
}

function visit(node: ValueNode, pointer: string, see: (node: ValueNode, pointer: string) => void): void {
  see(node, pointer);
  if (node.type === 'Object') for (const m of node.members) visit(m.value, below(pointer, keyOf(m.name)), see);
  if (node.type === 'Array') node.elements.forEach((e, i) => visit(e.value, below(pointer, i), see));
}

function keyOf(
  name: { readonly type: 'String'; readonly value: string } | { readonly type: 'Identifier'; readonly name: string },
): string {
  return name.type === 'String' ? name.value : name.name;
}

function repeatedKeys(node: ObjectNode, pointer: string): { pointer: string; key: string; offset: number }[] {
  const seen = new Set<string>();
  const repeated = [];
  for (const m of node.members) {
    const key = keyOf(m.name);
    if (seen.has(key)) repeated.push({ pointer: below(pointer, key), key, offset: m.name.loc.start.offset });
    seen.add(key);
  }
  return repeated;
}

const membersByKey = new WeakMap<ObjectNode, ReadonlyMap<string, ObjectNode['members'][number]>>();

/** The last member with a key, as in JSON.parse. A text can have as many faults as an object has members. */
function memberOf(node: ObjectNode, key: string): ObjectNode['members'][number] | undefined {
  const before = membersByKey.get(node);
  const members = before ?? new Map(node.members.map((m) => [keyOf(m.name), m]));
  if (before === undefined) membersByKey.set(node, members);
  return members.get(key);
}

function offsetOf(body: ValueNode, pointer: string, atKey: boolean): number {
  let node = body;
  let offset = node.loc.start.offset;
  for (const step of pointerSteps(pointer) ?? []) {
    if (node.type === 'Object') {
      const found = memberOf(node, step);
      if (found === undefined) return offset;
      node = found.value;
      offset = atKey ? found.name.loc.start.offset : node.loc.start.offset;
    } else if (node.type === 'Array') {
      const found = node.elements[Number(step)];
      if (found === undefined) return offset;
      node = found.value;
      offset = node.loc.start.offset;
    } else return offset;
  }
  return offset;
}

function keysAt(body: ValueNode, pointer: string): readonly string[] {
  let node: ValueNode | undefined = body;
  for (const step of pointerSteps(pointer) ?? [])
    node =
      node?.type === 'Object'
        ? memberOf(node, step)?.value
        : node?.type === 'Array'
          ? node.elements[Number(step)]?.value
          : undefined;
  return node?.type === 'Object' ? node.members.map(({ name }) => keyOf(name)) : [];
}
