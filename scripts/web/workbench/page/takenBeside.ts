import { below, isArrayIndex, pointerSteps, selectPointers } from '../../../json/json.ts';
import { leavesOf } from '../differences.ts';
import { valueAt } from '../edit.ts';
import type { BesideRecord } from '../besideRequests.ts';
import type { RecordKey, RecordSummary } from '../messages.ts';
import { isForWords } from './formFields.ts';
import type { ReferenceAt } from '../usualRequests.ts';
import { ask } from './api.ts';
import { type Sibling, requiredBeside, siblingsOf } from './earlierDate.ts';
import { textMeant } from './textMeant.ts';
import { tablesAt } from './unnamed.ts';
import { content, source, table } from './state.ts';

/**
 * The records that are hardly meant once more: those of the same field in the other entries of the list around it, or
 * the other entries of a list; and those of other references beside it, as nobody speaks on behalf of himself.
 */
export function takenBeside(pointer: string): readonly string[] {
  return [...inOtherEntries(pointer), ...referencesBeside(pointer).map(({ id }) => id)];
}

/** Whether another reference beside one has its record, such as the speaker of those on whose behalf he speaks. */
export function isBesideAnother(pointer: string): boolean {
  return referencesBeside(pointer).length > 0;
}

/** The references beside one that point to a record of the same tables. */
function referencesBeside(pointer: string): readonly { readonly sibling: Sibling; readonly id: string }[] {
  const tables = tablesAt(pointer);
  return siblingsOf(pointer).flatMap((sibling) => {
    const isLike = sibling.pointer !== pointer && sibling.field.tables.some((each) => tables.includes(each));
    const id = isLike ? valueAt(content.value?.value ?? {}, sibling.pointer) : undefined;
    return typeof id === 'string' && id !== '' ? [{ sibling, id }] : [];
  });
}

/** The records that are likely meant beside the only other reference: as elsewhere in the source. */
export async function likelyBeside(pointer: string): Promise<readonly BesideRecord[]> {
  const [only, other] = referencesBeside(pointer);
  const shown = source.value?.id;
  if (only === undefined || other !== undefined || shown === undefined) return [];
  const { sibling, id } = only;
  const nameOf = (at: string): string => pointerSteps(at)?.at(-1) ?? '';
  const tables = tablesAt(pointer);
  const by = { by: nameOf(sibling.pointer), of: sibling.field.tables, id };
  return ask('beside', { source: shown, name: nameOf(pointer), tables, ...by }).catch(() => []);
}

/** A reference with the required codes beside it. */
function referenceAt(pointer: string): ReferenceAt {
  const required = requiredBeside(pointer);
  const codes = siblingsOf(pointer).flatMap(({ pointer: at, field: { kind, grounds } }) => {
    const [name, code] = [pointerSteps(at)?.at(-1) ?? '', valueAt(content.value?.value ?? {}, at)];
    const tells = kind === 'code' && grounds === undefined && required.has(name) && code !== undefined;
    return tells ? [[name, code] as const] : [];
  });
  return { table: table.value?.name ?? '', pointer, beside: Object.fromEntries(codes) };
}

/** Those of some records that are of a kind to which the reference hardly ever points in other records. */
export async function unusualAt(pointer: string, to: readonly RecordKey[]): Promise<readonly RecordKey[]> {
  return to.length === 0 ? [] : ask('unusual', { ...referenceAt(pointer), to }).catch(() => []);
}

/** Records that are called after a country. */
export interface Called {
  readonly records: readonly RecordSummary[];
  /** Whether nothing else is likely meant. */
  readonly isMeant: boolean;
  /** Whether the words that the field would cite name the country. */
  readonly isInWords: boolean;
}

/** What tells which records a reference means, besides the text. */
export interface Meant {
  /** What other records of the source have there. */
  readonly likely: readonly RecordSummary[];
  /** What is of a kind that the field hardly ever has. */
  readonly unusual: readonly RecordKey[];
  readonly called: Called;
}

const noneCalled: Called = { records: [], isMeant: false, isInWords: false };

export const nothingMeant: Meant = { likely: [], unusual: [], called: noneCalled };

/**
 * The records that are called after the country of the texts beside a reference, such as an office, or of the words
 * that are meant, if most references of the field are to records of their kind.
 */
export async function ofCountryAt(pointer: string): Promise<Called> {
  const beside = siblingsOf(pointer).flatMap(({ pointer: at, field }) => {
    const words = valueAt(content.value?.value ?? {}, at);
    return isForWords(at, field) && typeof words === 'string' && words !== '' ? [words] : [];
  });
  const texts = [...beside, textMeant()];
  const sought = { ...referenceAt(pointer), tables: tablesAt(pointer), texts };
  const found = await ask('ofCountry', sought).catch(() => undefined);
  if (found === undefined) return noneCalled;
  const isOfOffice = (found.texts[0] ?? beside.length) < beside.length;
  // in words about somebody, another country can be spoken of: of `Russian troops`, it is theirs
  const isMeant = found.isOnly && (isOfOffice || (found.isAdjective && !isBesideAnother(pointer)));
  return { records: found.records, isMeant, isInWords: found.texts.includes(beside.length) };
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

/** The records that other references of the record point to: who speaks is hardly what is spoken about. */
export function usedElsewhere(pointer: string): readonly string[] {
  const value = content.value?.value ?? {};
  return leavesOf(value).flatMap((at) => {
    const id = valueAt(value, at);
    return at !== pointer && tablesAt(at).length > 0 && typeof id === 'string' ? [id] : [];
  });
}
