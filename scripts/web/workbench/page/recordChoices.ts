import { isTitle } from '../../../base/titleWords.ts';
import type { FoundRecord, RecordSummary } from '../messages.ts';
import type { Choice } from './choice.ts';
import { tableTitle } from './formFields.ts';
import { citations, dialog, otherDrafts, recordNow } from './state.ts';

/** Prefix of a choice that makes a record. */
const creating = '+';

/** The record that a choice makes; undefined if there is one already. */
export function creationOf(chosen: string): { readonly table: string; readonly name: string } | undefined {
  if (!chosen.startsWith(creating)) return undefined;
  const [table = '', name = ''] = chosen.slice(creating.length).split('\n');
  return { table, name };
}

/** A name without the title before it: `President Berg`. */
export function withoutTitle(name: string): string {
  const [first = '', ...others] = name.split(' ');
  return isTitle(first) ? others.join(' ') : name;
}

/** Whether a record is the one that the reference is in: not if it is in a dialog about another one. */
export function isOpenRecord({ table: of, id }: RecordSummary): boolean {
  const now = dialog.value === undefined ? recordNow.value : undefined;
  return now?.table === of && now.id === id && id !== '';
}

export function isAmong(all: readonly RecordSummary[], each: RecordSummary): boolean {
  return all.some(({ table, id }) => table === each.table && id === each.id);
}

/** The records of some tables that cite the source in view: of all records, these are likely meant. */
export function citingIn(tables: readonly string[]): readonly RecordSummary[] {
  const records = citations.value?.records ?? [];
  return records.filter((each) => tables.includes(each.table) && !each.withdrawn && !isOpenRecord(each));
}

export function choiceOf(
  { table, id, label, isGuess = false }: RecordSummary & Partial<FoundRecord>,
  tables: readonly string[],
): Choice {
  return { value: id, table, label: label ?? id, isGuess, description: described(table, id, tables) };
}

function described(table: string, id: string, tables: readonly string[]): string {
  return tables.length > 1 ? `${tableTitle(table)}: ${id}` : id;
}

/** The drafts of new records: a reference to one leads nowhere until it is saved. */
export function draftsIn(tables: readonly string[]) {
  const found = otherDrafts.value.flatMap(({ table, id, identifier, label }) => {
    if (id !== '' || identifier === undefined || !tables.includes(table)) return [];
    const description = described(table, identifier, tables);
    const choice: Choice = { value: identifier, label: label === '' ? identifier : label, description, isDraft: true };
    return [{ label, aliases: [], choice }];
  });
  // several drafts can have one identifier until one is saved
  return [...new Map(found.toReversed().map((each) => [each.choice.value, each])).values()].toReversed();
}

interface Creation {
  /** A record that is called so already, or that may be meant. */
  readonly existing?: { readonly id: string; readonly label: string | undefined } | undefined;
  readonly hasKey: boolean;
}

/** The choice that makes a record. If one is called so already, it says so, and takes more than a ↓. */
export function creationIn(of: string, words: string, { existing, hasKey }: Creation): Choice {
  const label = `New record in ${tableTitle(of)}${words === '' ? '' : `: ${words}`}`;
  const made = { value: `${creating}${of}\n${words}`, isNew: true };
  if (existing === undefined) return { ...made, label: `${label}…`, ...(hasKey ? { key: 'Shift+Enter' } : {}) };
  const { id, label: name } = existing;
  return { ...made, label: `${label}, although “${name ?? id}” exists`, description: '↑ goes here', isRepeated: true };
}
