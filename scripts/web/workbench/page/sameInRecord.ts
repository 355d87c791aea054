import { type Json, below, isObject, member, pointerSteps } from '../../../json/json.ts';
import type { Field } from '../messages.ts';
import { ask } from './api.ts';
import { isBlank, valueAt } from '../edit.ts';
import { setField } from './editing.ts';
import { tableNamed, titleOf } from './formFields.ts';
import { fieldAt } from './left.ts';
import { say } from './notice.ts';
import { content, fields, open, table } from './state.ts';

/** What was filled in so in a form, by pointers: another record brings its own. */
let given: { readonly form: number | undefined; readonly codes: Map<string, Json> } = {
  form: undefined,
  codes: new Map(),
};

/** Whether no curator has filled in a field. */
function isFree(pointer: string): boolean {
  const own = valueAt(content.value?.value ?? {}, pointer);
  return isBlank(own) || (given.form === open.value?.form && given.codes.get(pointer) === own);
}

/** An empty required code beside a reference, which records of the other table have as well. */
interface Shared {
  readonly name: string;
  readonly pointer: string;
}

/** The codes beside a reference that the schema requires, that are empty, and that its table has by the same name. */
function sharedWith(pointer: string, of: string): readonly Shared[] {
  const steps = (pointerSteps(pointer) ?? []).slice(0, -1);
  const fieldsOf = (at: Field | undefined): Field['properties'] => at?.properties ?? [];
  const around = fieldAt(fields.value, table.value?.field ?? 0, steps);
  const theirs = fieldsOf(fields.value[tableNamed(of)?.field ?? -1]);
  const codesOf = (field: number): string => JSON.stringify(fields.value[field]?.codes ?? []);
  return fieldsOf(around).flatMap(({ name, required, field }) => {
    const at = below(steps.reduce(below, ''), name);
    const isSame = theirs.some((each) => each.name === name && codesOf(each.field) === codesOf(field));
    // what a value rests on is no fact about the record
    const isCode = (fields.value[field]?.codes.length ?? 0) > 0 && fields.value[field]?.grounds === undefined;
    return required && isCode && isSame && isFree(at) ? [{ name, pointer: at }] : [];
  });
}

/** Fills in the codes beside a reference as the record has them that was chosen, and says so. */
export async function fillInAsRecord(pointer: string, id: string): Promise<void> {
  const steps = pointerSteps(pointer) ?? [];
  const tables = fieldAt(fields.value, table.value?.field ?? 0, steps)?.tables ?? [];
  const [of, other] = tables;
  const shared = of === undefined || other !== undefined ? [] : sharedWith(pointer, of);
  if (of === undefined || shared.length === 0) return;
  const form = open.value?.form;
  const value = (await ask('record', { table: of, id }).catch(() => undefined))?.value;
  if (!isObject(value) || open.value?.form !== form || valueAt(content.value?.value ?? {}, pointer) !== id) return;
  const filled = shared.filter(({ name, pointer: at }) => {
    const code = member(value, name);
    if (code === undefined || !isFree(at)) return false;
    setField(at, code);
    if (given.form !== form) given = { form, codes: new Map() };
    given.codes.set(at, code);
    return true;
  });
  const titles = filled.map(({ pointer: at }) => titleOf(at).split(' › ').at(-1) ?? at);
  if (titles.length > 0) say(`Also filled in, as in the record of ${id}: ${titles.join(', ')}. Ctrl+Z undoes it.`);
}
