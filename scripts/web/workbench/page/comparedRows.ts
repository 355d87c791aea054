import { type Json, pointerSteps } from '../../../json/json.ts';
import type { ComparedRecords, DifferingRecords, NamesAt } from '../codingMessages.ts';
import type { Field, RecordContent, TableMessage } from '../messages.ts';
import { comparedFields, spansFor } from '../compared.ts';
import { leavesOf } from '../differences.ts';
import { isIn, valueAt } from '../edit.ts';
import { titleIn } from './fieldWords.ts';
import { fieldAt } from './left.ts';
import { shown } from './shown.ts';
import type { Words } from './state.ts';

/** A value, or a part of one. */
export interface Line {
  /** For a reference, the name of its record. */
  readonly text: string;
  /** The identifier of a record that is called by its name; otherwise empty. */
  readonly id: string;
}

/** A value in one coding, in lines, with the words that it cites. */
export interface Side {
  readonly lines: readonly Line[];
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
    const side = (reason: string | undefined): Side => ({ lines: [line(reason ?? 'No reason given')], words: [] });
    const title = 'Why these words need no record';
    return [{ pointer: '', title, first: side(passage.first), second: side(passage.second), isRequired: true }];
  }
  if (first === undefined || second === undefined) {
    const [keep, change] = first === undefined ? ['Leave it out', 'Add it'] : ['Keep it', 'Delete it'];
    const side = (label: string): Side => ({ lines: [line(label)], words: [] });
    return [{ pointer: '', title: 'This record', first: side(keep), second: side(change), isRequired: true }];
  }
  if (records.first === undefined || records.second === undefined) return [];
  const [ours, theirs] = [records.first, records.second];
  return comparedFields(ours.value, theirs.value, hiddenIn(model.table)).map((each) => ({
    pointer: each.pointer,
    title: titleIn({ fields: model.fields, root: model.table.field }, each.pointer),
    first: sideOf(ours, each.pointer, records.firstNames, model),
    second: sideOf(theirs, each.pointer, records.secondNames, model),
    isRequired: [each.first, each.second].some((value) => isChosen(value, each.pointer, model)),
  }));
}

/** The fields of a record, with what each cites. */
export function fieldsOf(
  record: RecordContent,
  names: NamesAt,
  model: Model,
): readonly (Side & { readonly title: string })[] {
  const hidden = hiddenIn(model.table);
  return leavesOf(record.value)
    .filter((pointer) => !hidden.some((name) => isIn(pointer, `/${name}`)))
    .map((pointer) => ({
      title: titleIn({ fields: model.fields, root: model.table.field }, pointer),
      ...sideOf(record, pointer, names, model),
    }));
}

function hiddenIn({ hidden, key }: TableMessage): readonly string[] {
  return key === undefined ? hidden : [...hidden, key];
}

function sideOf(record: RecordContent, pointer: string, names: NamesAt, model: Model): Side {
  const lines = linesOf(valueAt(record.value, pointer), pointer, names, model);
  return { lines, words: spansFor(record, pointer) };
}

/** A value in lines, each with the title of its field where that is another one. */
export function linesOf(
  value: Json | undefined,
  pointer: string,
  names: NamesAt,
  { fields, table }: Model,
): readonly Line[] {
  if (value === undefined) return [line(shown(value))];
  const around = titleIn({ fields, root: table.field }, pointer);
  // the reason of a passage has no pointer
  const leaves = pointer === '' ? [pointer] : leavesOf(value, pointer);
  return leaves.map((leaf) => {
    const title = titleIn({ fields, root: table.field }, leaf).slice(around.length).replace(/^ › /, '');
    const own = shown(valueAt(value, leaf.slice(pointer.length)));
    const [text, id] = names[leaf] === undefined || names[leaf] === own ? [own, ''] : [names[leaf], own];
    return { text: title === '' || /^\d+$/.test(title) ? text : `${title}: ${text}`, id };
  });
}

function line(text: string): Line {
  return { text, id: '' };
}

/** Whether a value, or one in it, was chosen and not written: a code, a reference, a number or a date. */
function isChosen(value: Json | undefined, pointer: string, { fields, table }: Model): boolean {
  if (value === undefined) return false;
  return leavesOf(value, pointer).some((leaf) => {
    const kind = fieldAt(fields, table.field, pointerSteps(leaf) ?? [])?.kind;
    return kind !== 'text' && kind !== undefined;
  });
}
