import { below, isArrayIndex, pointerSteps, selectPointers } from '../../../json/json.ts';
import { content } from './state.ts';

/** The texts that the same field has in the other entries of the list around it, or the other texts of a list. */
export function takenBeside(pointer: string): readonly string[] {
  const steps = pointerSteps(pointer) ?? [];
  const at = steps.findLastIndex(isArrayIndex);
  if (at < 0 || content.value === undefined) return [];
  const pattern = steps.with(at, '*').reduce(below, '');
  const all = selectPointers(content.value.value, pattern);
  return all.flatMap(([other, value]) => (other !== pointer && typeof value === 'string' ? [value] : []));
}
