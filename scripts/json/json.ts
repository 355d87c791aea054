/** A JSON value (RFC 8259) as JSON.parse gives it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The member's value if it is the object's own property: `constructor` is not a member of `{}`. */
export function member(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

const largestArrayIndex = 2 ** 32 - 2;

/**
 * Whether JavaScript lists a key of an object before all others, in ascending order, wherever it is in the text
 * (ECMA-262).
 */
export function isArrayIndex(key: string): boolean {
  return /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) <= largestArrayIndex;
}

/** An object without its undefined members, which JSON does not know. */
export function defined(object: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** A list, or undefined if it is empty. */
export function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

export type Parsed = { readonly value: Json } | { readonly message: string; readonly offset: number | undefined };

/** The only place that parses JSON text. A fault has V8's message, and the offset if V8 gives one. */
export function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const offset = / at position (\d+)/.exec(message)?.[1];
    return { message, offset: offset === undefined ? undefined : Number(offset) };
  }
}

/**
 * Whether some JSON can contain a string: a search that is much cheaper than parsing. An escape such as `\u0061` can
 * stand for any character.
 */
export function mayHold(json: string, text: string): boolean {
  return json.includes(JSON.stringify(text)) || json.includes('\\u') || json.includes('\\/');
}

/** JSON Pointer (RFC 6901) of a member or element below `parent`. */
export function below(parent: string, step: string | number): string {
  return typeof step === 'number' ? `${parent}/${step}` : `${parent}/${escapeStep(step)}`;
}

function escapeStep(step: string): string {
  return /[~/]/.test(step) ? step.replaceAll('~', '~0').replaceAll('/', '~1') : step;
}

/** The steps of a JSON Pointer, or undefined if it is not one. */
export function pointerSteps(pointer: string): string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined;
  const steps = pointer.slice(1).split('/');
  // most have nothing to decode
  return pointer.includes('~') ? steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')) : steps;
}

/** A code as people write it: a text without quotation marks, anything else as JSON. */
export function codeName(code: Json): string {
  return typeof code === 'string' ? code : JSON.stringify(code);
}

/** A path as people write it, with dots or without the first slash, as a JSON Pointer: `/a/b` for `a.b` and `a/b`. */
export function asPointer(path: string): string {
  const slashed = path.replaceAll('.', '/');
  return slashed.startsWith('/') ? slashed : `/${slashed}`;
}

/** The JSON Pointers of everything that a value holds, from the top. */
export function* pointersIn(value: Json, pointer = ''): Generator<string> {
  if (pointer !== '') yield pointer;
  for (const step of allSteps(value)) {
    const inner = resolvePointer(value, below('', step));
    if (inner !== undefined) yield* pointersIn(inner, pointer + below('', step));
  }
}

/**
 * The JSON Pointer that a pointer means at `base`: itself, or the target of a Relative JSON Pointer such as `1/name`.
 * Undefined if it is neither, or leaves the document.
 */
export function absolutePointer(base: string, pointer: string): string | undefined {
  if (pointerSteps(pointer) !== undefined) return pointer;
  const [, up, down = ''] = /^(0|[1-9]\d*)(\/.*)?$/s.exec(pointer) ?? [];
  const steps = pointerSteps(base);
  if (up === undefined || steps === undefined || pointerSteps(down) === undefined) return undefined;
  const kept = steps.length - Number(up);
  return kept < 0 ? undefined : steps.slice(0, kept).reduce(below, '') + down;
}

/** The value at a JSON Pointer, or undefined if there is none. */
export function resolvePointer(value: Json, pointer: string): Json | undefined {
  const steps = pointerSteps(pointer);
  if (steps === undefined) return undefined;
  let at: Json | undefined = value;
  for (const step of steps) {
    if (isArray(at)) at = /^(?:0|[1-9]\d*)$/.test(step) ? at[Number(step)] : undefined;
    else if (isObject(at)) at = member(at, step);
    else return undefined;
  }
  return at;
}

/** All values that match a pointer with `*` for any element or member, with the exact pointer of each. */
export function selectPointers(value: Json, pattern: string): readonly (readonly [pointer: string, value: Json])[] {
  let found: (readonly [string, Json])[] = [['', value]];
  for (const step of pointerSteps(pattern) ?? []) {
    found = found.flatMap(([pointer, at]) => {
      const steps = step === '*' ? allSteps(at) : [step];
      return steps.flatMap((s): (readonly [string, Json])[] => {
        const inner = resolvePointer(at, below('', s));
        return inner === undefined ? [] : [[pointer + below('', s), inner]];
      });
    });
  }
  return found;
}

/** Whether a pointer with `*` matches anything, even just an empty list or object. */
export function leadsSomewhere(value: Json, pattern: string): boolean {
  if (selectPointers(value, pattern).length > 0) return true;
  const steps = pointerSteps(pattern) ?? [];
  return steps.some((step, i) => {
    const above = steps.slice(0, i).reduce(below, '');
    return step === '*' && selectPointers(value, above).some(([, at]) => isEmpty(at));
  });
}

function isEmpty(value: Json): boolean {
  return (isArray(value) || isObject(value)) && allSteps(value).length === 0;
}

function allSteps(value: Json): readonly string[] {
  if (isArray(value)) return [...value.keys()].map(String);
  return isObject(value) ? Object.keys(value) : [];
}
