import { type Json, below } from '../../../json/json.ts';
import { nameIn } from '../../../schema/nameIn.ts';
import type { RecordMessage, TableMessage } from '../messages.ts';
import { valueAt } from '../edit.ts';
import { tableNamed, tableTitle } from './formFields.ts';
import { content, fields, table } from './state.ts';
import { withoutStop } from './withoutStop.ts';

/** Where the name of a record is, or would be; undefined if records of its table have none. */
export function labelPointer({ label: { pointers } }: Pick<TableMessage, 'label'>, value: Json): string | undefined {
  return pointers.find((pointer) => (valueAt(value, pointer) ?? '') !== '') ?? pointers[0];
}

/** The same for the open record. */
export function labelNow(): string | undefined {
  return table.value === undefined ? undefined : labelPointer(table.value, content.value?.value ?? {});
}

/** The longest name, in characters, that stands for a record; otherwise, its identifier does. */
const longestName = 60;

/** What a record is called as it was saved: its name, or its identifier; empty if it is new. */
export function calledIn({ table: of, id, value }: RecordMessage): string {
  const about = tableNamed(of);
  const name = about === undefined || id === '' || isRemark(about) ? '' : (nameIn(about.label, value) ?? '').trim();
  return name === '' || name.length > longestName ? id : name;
}

/** A name with the identifier that tells records of one name apart. */
export function toldApart(name: string, id: string): string {
  return id === '' || id === name ? name : `${withoutStop(name)} (${id})`;
}

/** What a record is called, with its table. */
export function titledName(record: RecordMessage): string {
  return `${tableTitle(record.table)}: ${calledIn(record) || 'new record'}`;
}

/** Whether the text that stands for a name is one that a record need not have: that is a remark rather than a name. */
function isRemark({ label: { pointers, isWhole }, field }: TableMessage): boolean {
  const { properties = [], branches = [] } = fields.value[field] ?? {};
  const own = properties.find(({ name }) => pointers.includes(below('', name)));
  return !isWhole && branches.length === 0 && own?.required === false;
}
