import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RecordSummary, Shown } from '../messages.ts';
import type { Sought } from './api.ts';
import { isListingMore } from './findRecords.ts';
import { fitting } from './fitting.ts';
import { goToRecord, openDraft } from './openRecords.ts';
import {
  type Row,
  type RowGroup,
  groups,
  checkedShare,
  keyOf,
  listed,
  look,
  looking,
  mostOfEach,
  mostOfOne,
  seek,
  showMore,
  sought,
} from './recordList.ts';
import { citations, dialog, drafts, recordNow, start } from './state.ts';
import { goingOn } from './typedAhead.ts';

interface RecordsProps {
  /** Records that come first until something is typed: those that cite the selected words. */
  readonly first?: readonly RecordSummary[];
}

/** All records by table, and the fields that choose among them. */
export function Records({ first = [] }: RecordsProps) {
  useEffect(() => void look(), [recordNow.value, drafts.value]);
  const shown = groupsWith(first);
  const rows = shown.flatMap((group) => group.rows);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const at = activeIn(rows, first, chosen);
  const field = useRef<HTMLInputElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key !== 'Enter' && step === undefined) return;
    event.preventDefault();
    if (step !== undefined) setChosen(rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.key);
    else void goingOn(() => takeActive(field, first, chosen));
  };
  return (
    <div class="record-list">
      <div class="record-search">
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label="Record"
          aria-expanded={true}
          aria-controls="record-rows"
          aria-autocomplete="list"
          aria-activedescendant={rows[at] === undefined ? undefined : `row-${at}`}
          autocomplete="off"
          spellcheck={false}
          placeholder="Name, identifier or code"
          value={sought.value.words}
          onInput={(event) => {
            setChosen(undefined);
            seek({ words: event.currentTarget.value });
          }}
          onFocus={(event) => event.currentTarget.select()}
          onKeyDown={onKeyDown}
        />
        <TableChoice />
        <ShownChoice />
      </div>
      <p class="empty" role="status">
        {sentence(rows.length)}
      </p>
      <Rows groups={shown} rows={rows} at={at} field={field} />
    </div>
  );
}

/**
 * The groups, after those that cite the selected words, or of what is typed, those that cite the open source. A record
 * of just the typed words is before them.
 */
function groupsWith(first: readonly RecordSummary[]): readonly RowGroup[] {
  const { words, shown } = sought.value;
  if (words === '') return [...groupOf('Cite the selected words', first), ...groups.value];
  const here = shown === 'all' ? citedHere(words) : [];
  const [group, ...others] = groups.value;
  const cited = groupOf('Cite the text', here.slice(0, mostOfEach));
  const isExact = isCalled(group?.rows[0]?.record, words) && !isCalled(here[0], words);
  return group !== undefined && isExact ? [group, ...cited, ...others] : [...cited, ...groups.value];
}

/** Whether a record has just some words as its identifier or name. */
function isCalled(record: RecordSummary | undefined, words: string): boolean {
  const names = [record?.id, record?.label].flatMap((name) => name?.toLowerCase() ?? []);
  return names.includes(words.trim().toLowerCase());
}

/** The records beside the text that match some words. */
function citedHere(words: string): readonly RecordSummary[] {
  const { table } = sought.value;
  const records = (citations.value?.records ?? []).filter((each) => table === undefined || each.table === table);
  const byKey = new Map(records.map((each) => [keyOf(each), each]));
  const choices = records.map((each) => ({ value: keyOf(each), label: each.label ?? each.id, names: [each.id] }));
  return fitting(choices, words).flatMap(({ value }) => byKey.get(value) ?? []);
}

function groupOf(title: string, records: readonly RecordSummary[]): readonly RowGroup[] {
  const rows = records.map((each): Row => {
    const record = { ...each, draftName: undefined, fault: undefined };
    return { key: `first ${keyOf(each)}`, table: each.table, record };
  });
  return rows.length === 0 ? [] : [{ table: '', title, count: rows.length, rows }];
}

/** The index of the chosen row, or else of the open record or the first one. */
function activeIn(rows: readonly Row[], first: readonly RecordSummary[], chosen: string | undefined): number {
  const now = recordNow.value;
  const open = now === undefined || sought.value.words !== '' || first.length > 0 ? undefined : keyOf(now);
  const at = rows.findIndex(({ key }) => key === (chosen ?? open));
  return at < 0 ? 0 : at;
}

/** Opens what Enter means, once the records have come. Returns whether it is open. */
async function takeActive(
  field: { readonly current: HTMLInputElement | null },
  first: readonly RecordSummary[],
  chosen: string | undefined,
): Promise<boolean> {
  await looking();
  // the dialog may have been closed meanwhile
  if (field.current === null) return false;
  const rows = groupsWith(first).flatMap((group) => group.rows);
  const row = rows[activeIn(rows, first, chosen)];
  return row === undefined ? false : take(row);
}

async function take({ table, record }: Row): Promise<boolean> {
  if (record === undefined) {
    showMore(table);
    return true;
  }
  dialog.value = undefined;
  const { id, label = '', draftName = '' } = record;
  return id === '' ? openDraft({ table, id, draftName, label }) : goToRecord(table, id);
}

/** What the list says if it has no rows, or not all of them yet. */
function sentence(length: number): string {
  if (listed.value === undefined) return 'Loading records…';
  if (checkedShare.value !== undefined) return checking(checkedShare.value);
  if (isListingMore.value) return 'Records are still being read: more can follow.';
  if (length > 0) return '';
  const { words, shown, table } = sought.value;
  if (words !== '') return 'No record matches. Delete some letters to see more.';
  if (shown === 'drafts') return 'There are no drafts.';
  if (shown === 'errors') return 'No record has an error.';
  return table === undefined ? 'There are no records yet.' : 'This table has no records yet.';
}

/** How far a check is, and what it has found. A screen reader should not be told of each step. */
function checking(share: number): string {
  const found = (listed.value?.tables ?? []).reduce((sum, { count }) => sum + count, 0);
  const isOfErrors = listed.value?.checked !== undefined;
  const done = `Checking all records: ${Math.floor(share * 10) * 10} %.`;
  return isOfErrors && found > 0 ? `${done} More can follow.` : done;
}

/** Buttons that list the records of one table, or of all. */
function TableChoice() {
  const tables = listed.value?.tables ?? [];
  const all = tables.reduce((sum, { count }) => sum + count, 0);
  return (
    <div role="group" aria-label="Tables">
      <Chip title="All tables" count={all} isOn={sought.value.table === undefined} change={ofAllTables} />
      {(start.value?.tables ?? []).map(({ name, title }) => (
        <Chip
          key={name}
          title={title}
          count={tables.find(({ table }) => table === name)?.count ?? 0}
          isOn={sought.value.table === name}
          change={{ table: name, most: mostOfOne }}
        />
      ))}
    </div>
  );
}

const ofAllTables = { table: undefined, most: mostOfEach };

const shownTitles: readonly (readonly [Shown, string])[] = [
  ['all', 'All records'],
  ['errors', 'With errors'],
  ['drafts', 'Drafts'],
];

function ShownChoice() {
  return (
    <div role="group" aria-label="Show">
      {shownTitles.map(([shown, title]) => (
        <Chip key={shown} title={title} isOn={sought.value.shown === shown} change={{ shown }} />
      ))}
    </div>
  );
}

interface ChipProps {
  readonly title: string;
  readonly count?: number;
  readonly isOn: boolean;
  readonly change: Partial<Sought>;
}

function Chip({ title, count, isOn, change }: ChipProps) {
  return (
    <button type="button" aria-pressed={isOn} onClick={() => seek(change)}>
      {title} {count === undefined ? null : <span>{count.toLocaleString('en')}</span>}
    </button>
  );
}

interface RowsProps {
  readonly groups: readonly RowGroup[];
  readonly rows: readonly Row[];
  readonly at: number;
  readonly field: { readonly current: HTMLInputElement | null };
}

function Rows({ groups: shown, rows, at, field }: RowsProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (document.activeElement === field.current)
      list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [rows[at]?.key]);
  return (
    <div id="record-rows" ref={list} role="listbox" aria-label="Records" hidden={rows.length === 0}>
      {shown.map((group) => (
        <div key={group.table} role="group" aria-labelledby={`records-of-${group.table}`}>
          <h3 id={`records-of-${group.table}`} role="presentation">
            {group.title} <span>{group.count.toLocaleString('en')}</span>
          </h3>
          {group.rows.map((row) => (
            <RecordRow key={row.key} row={row} of={group} index={rows.indexOf(row)} isActive={rows[at] === row} />
          ))}
        </div>
      ))}
    </div>
  );
}

interface RecordRowProps {
  readonly row: Row;
  readonly of: RowGroup;
  readonly index: number;
  readonly isActive: boolean;
}

function RecordRow({ row, of, index, isActive }: RecordRowProps) {
  const { record } = row;
  const now = recordNow.value;
  return (
    <div
      id={`row-${index}`}
      role="option"
      aria-selected={isActive}
      aria-current={record !== undefined && now !== undefined && keyOf(now) === keyOf(record)}
      // the field keeps the focus until the form takes it
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => void goingOn(() => take(row))}
    >
      {record === undefined ? <b>Show more of {of.title}</b> : <RecordName {...record} />}
    </div>
  );
}

function RecordName({ id, label = '', draftName, fault }: Row['record'] & object) {
  return (
    <>
      <b>{label === '' ? (id === '' ? 'New record' : id) : label}</b>
      {label === '' || id === '' ? null : <span>{id}</span>}
      {draftName === undefined ? null : <em>draft</em>}
      {fault === undefined ? null : <p class="fault">{fault}</p>}
    </>
  );
}
