import { member } from '../../../json/json.ts';
import type { RecordContent, RecordMessage } from '../messages.ts';
import { type History, inEvery } from './history.ts';
import { shownAs } from './reveal.ts';
import { start } from './state.ts';

/** Every state with the identifier that the first save gave the record: undo and redo do not change it. */
export function identifiedIn(
  history: History<RecordContent>,
  { table: of, value }: RecordMessage,
): History<RecordContent> {
  const key = start.value?.tables.find(({ name }) => name === of)?.key;
  const id = key === undefined ? undefined : member(value, key);
  if (key === undefined || id === undefined) return history;
  return inEvery(history, (state) => shownAs(state, { ...state, value: { ...state.value, [key]: id } }));
}
