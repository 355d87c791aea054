import type { Json } from '../../../json/json.ts';
import type { TableMessage } from '../messages.ts';
import { valueAt } from './edit.ts';
import { content, table } from './state.ts';

/** Where the name of a record is, or would be; undefined if records of its table have none. */
export function labelPointer({ labels }: Pick<TableMessage, 'labels'>, value: Json): string | undefined {
  return labels.find((pointer) => (valueAt(value, pointer) ?? '') !== '') ?? labels[0];
}

/** The same for the open record. */
export function labelNow(): string | undefined {
  return table.value === undefined ? undefined : labelPointer(table.value, content.value?.value ?? {});
}
