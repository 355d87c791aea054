import { Failure } from '../base/problem.ts';
import { type Json, type JsonObject, isArray, isObject, member, pointerSteps } from '../json/json.ts';
import type { Shape } from './shape.ts';

/**
 * A record with another value at a pointer. Objects and lists that are missing on the way are made according to the
 * shape. @throws Failure for an element beyond the next one of a list
 */
export function placed(record: JsonObject, pointer: string, to: Json, shape: Shape): JsonObject {
  const made = valueWith(record, pointerSteps(pointer) ?? [], to, shape, '');
  return isObject(made) ? made : record;
}

function valueWith(
  value: Json | undefined,
  [step, ...rest]: readonly string[],
  to: Json,
  shape: Shape | undefined,
  at: string,
): Json {
  if (step === undefined) return to;
  const inList = isArray(value) || (value === undefined && shape?.items !== undefined && /^\d+$/.test(step));
  if (inList) {
    const elements = isArray(value) ? value : [];
    const index = Number(step);
    if (index > elements.length)
      throw new Failure(`${at}: the list has ${elements.length} elements, so the next one is ${elements.length}`);
    const element = valueWith(elements[index], rest, to, shape?.items, `${at}/${step}`);
    return index < elements.length ? elements.with(index, element) : [...elements, element];
  }
  const object = isObject(value) ? value : {};
  const inner = shape?.properties.get(step)?.shape ?? shape?.members;
  return { ...object, [step]: valueWith(member(object, step), rest, to, inner, `${at}/${step}`) };
}
