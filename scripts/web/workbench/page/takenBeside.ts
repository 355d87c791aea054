import { below, isArrayIndex, pointerSteps, selectPointers } from '../../../json/json.ts';
import { valueAt } from '../edit.ts';
import { siblingsOf } from './earlierDate.ts';
import { content } from './state.ts';

/**
 * The records that are hardly meant once more: those of the same field in the other entries of the list around it, or
 * the other entries of a list; and those of other references beside it, as nobody speaks on behalf of himself.
 */
export function takenBeside(pointer: string): readonly string[] {
  const all = siblingsOf(pointer);
  const tables = all.find(({ pointer: at }) => at === pointer)?.field.tables ?? [];
  const references = all.filter(
    ({ field, pointer: at }) => at !== pointer && field.tables.some((each) => tables.includes(each)),
  );
  const beside = references.map(({ pointer: at }) => valueAt(content.value?.value ?? {}, at));
  return [...inOtherEntries(pointer), ...beside.filter((id) => typeof id === 'string')];
}

/** The texts that the same field has in the other entries of the list around it, or the other texts of a list. */
function inOtherEntries(pointer: string): readonly string[] {
  const steps = pointerSteps(pointer) ?? [];
  const at = steps.findLastIndex(isArrayIndex);
  if (at < 0 || content.value === undefined) return [];
  const pattern = steps.with(at, '*').reduce(below, '');
  const all = selectPointers(content.value.value, pattern);
  return all.flatMap(([other, value]) => (other !== pointer && typeof value === 'string' ? [value] : []));
}
