import { useEffect, useState } from 'preact/hooks';
import type { FoundRecord, RecordSummary } from '../messages.ts';
import { namesInText } from '../namesInText.ts';
import { ask } from './api.ts';
import type { Choice } from './choice.ts';
import { Combobox } from './Combobox.tsx';
import type { Control } from './control.ts';
import { createFor } from './createInPlace.ts';
import { setField } from './editing.ts';
import { problemsAt } from './fieldProblems.ts';
import { findRecords, isFindingMore } from './findRecords.ts';
import { fitting } from './fitting.ts';
import { tableTitle } from './formFields.ts';
import { fillInAsRecord } from './sameInRecord.ts';
import { codes, wordsOf } from './sourceText.ts';
import { citations, inHand, otherDrafts, selection } from './state.ts';
import { namesKnown } from './namesKnown.ts';
import { goingOn } from './typedAhead.ts';

/** A reference: a list of records that match, and the name of the chosen one. */
export function ReferenceField({
  id,
  pointer,
  field,
  text,
  label,
  describedBy,
  isInvalid,
  isRequired,
  write,
}: Control) {
  const isUnknown = problemsAt(pointer).some(({ rule }) => rule === 'reference');
  return (
    <>
      <Combobox
        {...{ id, label, describedBy, isInvalid, isRequired, write }}
        shown={text}
        isNoChoice={isUnknown}
        creates
        placeholder="Type, or press ↓ for the list"
        unmatched={
          isFindingMore.value
            ? 'No record with these words yet: records are still being read.'
            : `No record has these words. Try another spelling, or press ${keysToMake(field.tables)} to make one.`
        }
        find={(words, later) => choicesOf(field.tables, words, later)}
        choose={(chosen) => chooseRecord(pointer, chosen)}
      />
      {/* the name of a record that is gone would say that it is there */}
      {isUnknown ? null : <NameOf tables={field.tables} id={text} />}
    </>
  );
}

/** Of several tables, the second press takes the one that the first highlights. */
function keysToMake(tables: readonly string[]): string {
  return tables.length > 1 ? 'Shift+Enter twice' : 'Shift+Enter';
}

/** The name of the record that a reference points to, if it differs from the identifier. */
function NameOf({ tables, id }: { readonly tables: readonly string[]; readonly id: string }) {
  const key = `${tables.join('/')} ${id}`;
  const [name, setName] = useState(namesKnown.get(key) ?? '');
  useEffect(() => {
    let isCurrent = true;
    setName(namesKnown.get(key) ?? '');
    const look = async (): Promise<void> => {
      const found = (await ask('find', { tables, words: id }).catch(() => undefined))?.records ?? [];
      const label = found.find((record) => record.id === id)?.label;
      if (label !== undefined) namesKnown.set(key, label);
      if (isCurrent) setName(label ?? '');
    };
    if (id !== '' && !namesKnown.has(key)) void look();
    return () => void (isCurrent = false);
  }, [key]);
  return name === '' || name === id ? null : <p class="name">{name}</p>;
}

/** Prefix of a choice that makes a record. */
const creating = '+';

/**
 * The records that match some words, and a choice for each table that makes one. Without words, those that the selected
 * text names are first, and the names in it can get records.
 */
export async function choicesOf(
  tables: readonly string[],
  words: string,
  later: (all: readonly Choice[]) => void,
): Promise<readonly Choice[]> {
  const text = words === '' ? textMeant() : '';
  const withOthers = async (found: readonly FoundRecord[]): Promise<readonly Choice[]> => {
    const named = text === '' ? [] : await ask('named', { tables, text }).catch(() => []);
    return choicesAmong(found, named, tables, words);
  };
  const all = await findRecords({ tables, words }, (more) => void withOthers(more).then(later));
  return withOthers(all);
}

/** The most of a text whose names are offered. Code units. */
const longestText = 2000;

/** The selected text, or else that which fields will cite. */
function textMeant(): string {
  const words = [selection.value, inHand.value].find((each) => each !== undefined);
  return (words === undefined ? undefined : wordsOf(words))?.slice(0, longestText) ?? '';
}

function choicesAmong(
  found: readonly FoundRecord[],
  named: readonly RecordSummary[],
  tables: readonly string[],
  words: string,
): readonly Choice[] {
  const several = tables.length > 1;
  const usable = found.filter(({ withdrawn }) => !withdrawn);
  const here = citingIn(tables);
  const isAmong = (all: readonly RecordSummary[], each: RecordSummary): boolean =>
    all.some(({ table, id }) => table === each.table && id === each.id);
  // of statements and the like, those of the same text are meant; a name is found by how well it matches
  const first: readonly (RecordSummary & Partial<FoundRecord>)[] =
    words === ''
      ? [...named, ...here.filter((each) => !isAmong(named, each))]
      : usable.filter((each) => isAmong(here, each) && codes(each.table));
  const others = usable.filter((each) => !isAmong(first, each));
  const known = [...first, ...others].map(({ table: of, id, label, onlySounds = false }): Choice => ({
    value: id,
    label: label ?? id,
    isGuess: onlySounds,
    description: several ? `${tableTitle(of)}: ${id}` : id,
  }));
  return [...known, ...draftsFor(tables, words), ...newIn(tables, words, usable, named)];
}

/** The choices that make records: of the words, or else of the names in the selected text that no record has. */
function newIn(
  tables: readonly string[],
  words: string,
  usable: readonly FoundRecord[],
  named: readonly RecordSummary[],
): readonly Choice[] {
  const isKnown = (name: string): boolean => {
    const all = [...named.map(({ label }) => label), ...otherDrafts.value.map(({ label }) => label)];
    return all.some((label) => label?.split(' ').at(-1) === name.split(' ').at(-1));
  };
  const names = words === '' ? namesInText(textMeant()).filter((name) => !isKnown(name)) : [];
  const isOnly = tables.length === 1 && names.length < 2;
  return tables.flatMap((of) => {
    const existing = usable.find(({ table, isCalledSo }) => isCalledSo && table === of);
    const whole = creationIn(of, words.trim(), { existing, isOnly: isOnly && names.length === 0 });
    return [...names.map((name) => creationIn(of, name, { existing: undefined, isOnly })), whole];
  });
}

/** The records of some tables that cite the source in view: of all records, these are likely meant. */
function citingIn(tables: readonly string[]): readonly RecordSummary[] {
  const records = citations.value?.records ?? [];
  return records.filter(({ table, withdrawn }) => tables.includes(table) && !withdrawn);
}

interface Creation {
  readonly existing: FoundRecord | undefined;
  /** Whether no other table is possible. */
  readonly isOnly: boolean;
}

/** The choice that makes a record. If one is called so already, it says so, and takes more than a ↓. */
function creationIn(of: string, words: string, { existing, isOnly }: Creation): Choice {
  const label = `New record in ${tableTitle(of)}${words === '' ? '' : `: ${words}`}`;
  const made = { value: `${creating}${of}\n${words}`, isNew: true };
  if (existing === undefined) return { ...made, label: `${label}…`, ...(isOnly ? { key: 'Shift+Enter' } : {}) };
  const { id, label: name } = existing;
  return { ...made, label: `${label}, although “${name ?? id}” exists`, description: '↑ goes here', isRepeated: true };
}

/** The drafts of new records that match: a reference to one leads nowhere until it is saved. */
function draftsFor(tables: readonly string[], words: string): readonly Choice[] {
  const found = otherDrafts.value.flatMap(({ table: of, id, identifier, label }): readonly Choice[] => {
    if (id !== '' || identifier === undefined || !tables.includes(of)) return [];
    const description = tables.length > 1 ? `${tableTitle(of)}: ${identifier}` : identifier;
    return [{ value: identifier, label: label === '' ? identifier : label, description, isDraft: true }];
  });
  // several drafts can have one identifier until one is saved
  return fitting([...new Map(found.toReversed().map((choice) => [choice.value, choice])).values()].toReversed(), words);
}

/** The record that a choice makes; undefined if there is one already. */
export function creationOf(chosen: string): { readonly table: string; readonly name: string } | undefined {
  if (!chosen.startsWith(creating)) return undefined;
  const [table = '', name = ''] = chosen.slice(creating.length).split('\n');
  return { table, name };
}

function chooseRecord(pointer: string, chosen: string): void {
  const made = creationOf(chosen);
  if (made === undefined) {
    setField(pointer, chosen);
    return void goingOn(() => fillInAsRecord(pointer, chosen));
  }
  void goingOn(() => createFor(pointer, made.table, { words: made.name }));
}
