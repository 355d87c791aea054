import { type Json, below, isArray, isObject, member } from '../../../json/json.ts';
import type { Checked, Field, RecordContent } from '../messages.ts';
import { branchOf, settled } from './branches.ts';
import { leavesOf } from '../differences.ts';
import { isIn } from '../edit.ts';

/** Something still to do in a record. */
export interface Left {
  readonly pointer: string;
  readonly what: 'fill in' | 'cite' | 'correct' | 'look at';
  readonly words: string;
}

/** The field of a model at a pointer; undefined if the schema does not describe it. */
export function fieldAt(fields: readonly Field[], root: number, steps: readonly string[]): Field | undefined {
  return steps.reduce<Field | undefined>((at, step) => {
    const named = at?.properties.find(({ name }) => name === step)?.field ?? at?.element ?? at?.members;
    return named === undefined ? undefined : fields[named];
  }, fields[root]);
}

/** The required leaves that a record lacks, in the order of the form. */
export function missingLeaves(
  fields: readonly Field[],
  root: number,
  value: Json | undefined,
  hidden: readonly string[],
  pointer = '',
): readonly string[] {
  const whole = fields[root];
  if (whole === undefined) return [];
  const branch = whole.told === undefined ? branchOf(fields, whole, value) : undefined;
  if (branch !== undefined) return missingLeaves(fields, branch.field, value, hidden, pointer);
  // a choice that was not made yet
  if (whole.branches.length > 0 && whole.told === undefined) return value === undefined ? [pointer] : [];
  const field = settled(fields, whole, value);
  if (isArray(value) && field.element !== undefined) {
    const { element } = field;
    return value.flatMap((each, i) => missingLeaves(fields, element, each, [], below(pointer, i)));
  }
  if (field.kind !== 'object') return value === undefined ? [pointer] : [];
  return field.properties.flatMap(({ name, required, field: inner }) => {
    if (hidden.includes(name)) return [];
    const own = isObject(value) ? member(value, name) : undefined;
    return required || own !== undefined ? missingLeaves(fields, inner, own, [], below(pointer, name)) : [];
  });
}

/** The fields that have a value but lack the evidence they need, one by one: the check reports them as one problem. */
export function uncitedIn(content: RecordContent, needsEvidence: (pointer: string) => boolean): readonly string[] {
  return leavesOf(content.value).filter((pointer) => {
    const { own, above } = spansOfField(content, pointer);
    return own.length + above.length === 0 && needsEvidence(pointer);
  });
}

/** The missing parts of a record, as pointers. */
interface Lacking {
  /** The missing fields that the form shows. */
  readonly toAdd: readonly string[];
  /** The leaves that the schema always requires. */
  readonly leaves: readonly string[];
  readonly uncited: readonly string[];
  /** Whether words support a field by now. */
  readonly isCited: (pointer: string) => boolean;
}

/** Everything left to do, in the order of the form: fields to fill in or cite, and other problems. */
export function leftIn(
  { problems, missing }: Checked,
  { toAdd, leaves, uncited, isCited }: Lacking,
  order: (pointer: string) => number,
): readonly Left[] {
  const toFill = [...leaves, ...toAdd.filter((pointer) => !leaves.some((leaf) => isIn(leaf, pointer)))];
  const isFilled = (pointer: string): boolean => !toFill.some((each) => each === pointer || isIn(each, pointer));
  const named = problems.flatMap(({ rule, pointer }) => (rule === 'evidence-missing' ? [pointer] : []));
  const cite = named.length === 0 ? [] : [...new Set([...named.filter((each) => !isCited(each)), ...uncited])];
  const wrong = problems.filter(
    ({ rule, severity, pointer, message }) =>
      severity === 'error' &&
      rule !== 'evidence-missing' &&
      !(missing.length > 0 && isAbout(missing, pointer, message)),
  );
  const found: readonly Left[] = [
    ...toFill.map((pointer): Left => ({ pointer, what: 'fill in', words: '' })),
    ...cite.filter(isFilled).map((pointer): Left => ({ pointer, what: 'cite', words: '' })),
    ...wrong.map(({ pointer, message }): Left => ({ pointer, what: 'correct', words: message })),
  ];
  return found.toSorted((a, b) => order(a.pointer) - order(b.pointer));
}

/** Whether a problem says that one of the missing members is missing: at their object, or at a code beside them. */
function isAbout(missing: readonly string[], pointer: string, message: string): boolean {
  return missing.some((each) => {
    const slash = each.lastIndexOf('/');
    const above = each.slice(0, slash);
    const isNear = pointer === above || pointer.slice(0, pointer.lastIndexOf('/')) === above;
    return isNear && message.includes(JSON.stringify(each.slice(slash + 1)));
  });
}

/** The numbers of the spans that support a field, and of those that support an object around it. */
export function spansOfField(
  { spans }: Pick<RecordContent, 'spans'>,
  pointer: string,
): { readonly own: readonly number[]; readonly above: readonly number[] } {
  const own: number[] = [];
  const above: number[] = [];
  for (const [i, { supports }] of spans.entries()) {
    if (supports.includes(pointer)) own.push(i);
    else if (supports.some((at) => at !== '' && isIn(pointer, at))) above.push(i);
  }
  return { own, above };
}
