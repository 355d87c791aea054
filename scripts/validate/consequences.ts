import type { Fault } from '../base/problem.ts';
import { schemaRules } from './rules/keywordRules.ts';
import { below } from '../json/json.ts';

/**
 * The faults of a record without consequences of other faults: a missing key that is present but misspelt, and keys out
 * of order next to it; missing spans, if a fault names what they lack; a form that a more specific rule has reported;
 * a number that is only read as one that is too large.
 * @param spans JSON Pointer of the record's list of spans
 */
export function withoutConsequences(faults: readonly Fault[], spans: string | undefined): readonly Fault[] {
  if (faults.length < 2) return faults;
  const meant = new Set(faults.flatMap((fault) => (fault.meant === undefined ? [] : meantBy(fault, fault.meant))));
  const unknownKey = faults.some(({ rule, atKey }) => schemaRules.has(rule) && atKey === true);
  const lacksEvidence = faults.some(({ rule }) => rule === 'evidence-missing');
  const toldBy = (rule: Fault['rule']): ReadonlySet<string> =>
    new Set(faults.filter((fault) => fault.rule === rule).map(({ pointer }) => pointer));
  const [supports, twins, repeated] = [toldBy('span-supports'), toldBy('unique-id'), toldBy('unique-items')];
  const misread = new Set(
    faults.filter(({ rule, offset }) => rule === 'number' && offset !== undefined).map(({ pointer }) => pointer),
  );
  const ofSchema = new Set(faults.filter(({ rule }) => schemaRules.has(rule)).map(({ pointer }) => pointer));
  return faults.filter((fault) => {
    const { rule, pointer, missing } = fault;
    if (missing !== undefined && meant.has(below(pointer, missing))) return false;
    if (rule === 'canonical-form') return !(unknownKey && pointer === '');
    // the number that is read is not the one that was written
    if (rule === 'number') return fault.offset !== undefined || !misread.has(pointer);
    if (rule === 'format') return !supports.has(pointer);
    if (rule === 'evidence-missing') return !repeated.has(pointer);
    if (rule === 'span-range' || rule === 'file-name') return !ofSchema.has(pointer);
    if (!schemaRules.has(rule)) return true;
    if (twins.has(pointer)) return false;
    return !lacksEvidence || (missing === undefined ? pointer : below(pointer, missing)) !== spans;
  });
}

/** Pointer of the member that a misspelt key was meant to be. */
function meantBy({ pointer }: Fault, key: string): readonly string[] {
  return [below(pointer.slice(0, pointer.lastIndexOf('/')), key)];
}

/**
 * Members that have a misspelt key, or are missing: the pointer that was meant, and that of the member or object that
 * is there.
 */
export function misspeltMembers(faults: readonly Fault[]): ReadonlyMap<string, string> {
  return new Map(
    faults.flatMap((fault) => [
      ...(fault.meant === undefined ? [] : meantBy(fault, fault.meant)).map(
        (pointer) => [pointer, fault.pointer] as const,
      ),
      ...(fault.missing === undefined ? [] : [[below(fault.pointer, fault.missing), fault.pointer] as const]),
    ]),
  );
}
