import { type Json, pointerSteps } from '../../../json/json.ts';
import type { ComparedRecords, DifferingRecords } from '../codingMessages.ts';
import type { Field, RecordContent, TableMessage } from '../messages.ts';
import { comparedFields, spansFor } from '../compared.ts';
import { leavesOf } from '../differences.ts';
import { isIn, valueAt } from '../edit.ts';
import { titleIn } from './fieldWords.ts';
import { fieldAt } from './left.ts';
import { shown } from './shown.ts';
import type { Words } from './state.ts';

/** A value in one coding, in lines, with the words that it cites. */
export interface Side {
  readonly lines: readonly string[];
  readonly words: readonly Words[];
}

/** A choice between two codings. */
export interface Row {
  /** The pointer of the field; empty for a whole record. */
  readonly pointer: string;
  readonly title: string;
  readonly first: Side;
  readonly second: Side;
  /** Whether the codings have to agree here. They need not in the words of a summary or a note. */
  readonly isRequired: boolean;
}

/** What titles come from. */
interface Model {
  readonly fields: readonly Field[];
  readonly table: TableMessage;
}

/** The choices that a difference needs. */
export function rowsOf(
  { passage, first, second }: DifferingRecords,
  records: ComparedRecords,
  model: Model,
): readonly Row[] {
  if (passage !== undefined) {
    const side = (reason: string | undefined): Side => ({ lines: [reason ?? 'No reason given'], words: [] });
    const title = 'Why these words need no record';
    return [{ pointer: '', title, first: side(passage.first), second: side(passage.second), isRequired: true }];
  }
  if (first === undefined || second === undefined) {
    const [keep, change] = first === undefined ? ['Leave it out', 'Add it'] : ['Keep it', 'Delete it'];
    const side = (label: string): Side => ({ lines: [label], words: [] });
    return [{ pointer: '', title: 'This record', first: side(keep), second: side(change), isRequired: true }];
  }
  if (records.first === undefined || records.second === undefined) return [];
  const [ours, theirs] = [records.first, records.second];
  return comparedFields(ours.value, theirs.value, hiddenIn(model.table)).map((each) => ({
    pointer: each.pointer,
    title: titleIn({ fields: model.fields, root: model.table.field }, each.pointer),
    first: sideOf(ours, each.pointer, model),
    second: sideOf(theirs, each.pointer, model),
    isRequired: [each.first, each.second].some((value) => isChosen(value, each.pointer, model)),
  }));
}

/** The fields of a record, with what each cites. */
export function fieldsOf(record: RecordContent, model: Model): readonly (Side & { readonly title: string })[] {
  const hidden = hiddenIn(model.table);
  return leavesOf(record.value)
    .filter((pointer) => !hidden.some((name) => isIn(pointer, `/${name}`)))
    .map((pointer) => ({
      title: titleIn({ fields: model.fields, root: model.table.field }, pointer),
      ...sideOf(record, pointer, model),
    }));
}

function hiddenIn({ hidden, key }: TableMessage): readonly string[] {
  return key === undefined ? hidden : [...hidden, key];
}

function sideOf(record: RecordContent, pointer: string, { fields, table }: Model): Side {
  const value = valueAt(record.value, pointer);
  const around = titleIn({ fields, root: table.field }, pointer);
  const lines =
    value === undefined
      ? [shown(value)]
      : leavesOf(value, pointer).map((leaf) => {
          const title = titleIn({ fields, root: table.field }, leaf).slice(around.length).replace(/^ › /, '');
          const text = shown(valueAt(record.value, leaf));
          return title === '' || /^\d+$/.test(title) ? text : `${title}: ${text}`;
        });
  return { lines, words: spansFor(record, pointer) };
}

/** Whether a value, or one in it, was chosen and not written: a code, a reference, a number or a date. */
function isChosen(value: Json | undefined, pointer: string, { fields, table }: Model): boolean {
  if (value === undefined) return false;
  return leavesOf(value, pointer).some((leaf) => {
    const kind = fieldAt(fields, table.field, pointerSteps(leaf) ?? [])?.kind;
    return kind !== 'text' && kind !== undefined;
  });
}
