import { useEffect, useState } from 'preact/hooks';
import { ask } from './api.ts';
import type { Choice } from './choosing.ts';
import { Combobox } from './Combobox.tsx';
import type { Control } from './control.ts';
import { createFor } from './createInPlace.ts';
import { setField } from './editing.ts';
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
  return (
    <>
      <Combobox
        {...{ id, label, describedBy, isInvalid, isRequired, write }}
        shown={text}
        placeholder="Type, or press ↓ for the list"
        find={(words) => findRecords(field.tables, words)}
        choose={(chosen) => chooseRecord(pointer, chosen)}
      />
      <NameOf tables={field.tables} id={text} />
    </>
  );
}

const namesKnown = new Map<string, string>();

/** The name of the record that a reference leads to, if it differs from the identifier. */
function NameOf({ tables, id }: { readonly tables: readonly string[]; readonly id: string }) {
  const key = `${tables.join('/')} ${id}`;
  const [name, setName] = useState(namesKnown.get(key) ?? '');
  useEffect(() => {
    let isCurrent = true;
    setName(namesKnown.get(key) ?? '');
    const look = async (): Promise<void> => {
      const found = await ask('find', { tables, words: id }).catch(() => []);
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

async function findRecords(tables: readonly string[], words: string): Promise<readonly Choice[]> {
  const found = await ask('find', { tables, words }).catch(() => []);
  const several = tables.length > 1;
  const known = found
    .filter(({ withdrawn }) => !withdrawn)
    .map(({ table: of, id, label }): Choice => ({
      value: id,
      label: label ?? id,
      description: several ? `${of} ${id}` : id,
    }));
  const create = tables.map((of): Choice => ({
    value: `${creating}${of}\n${words.trim()}`,
    label: `New record in ${of}${words.trim() === '' ? '' : `: ${words.trim()}`}…`,
  }));
  return [...known, ...create];
}

function chooseRecord(pointer: string, chosen: string): void {
  if (!chosen.startsWith(creating)) return setField(pointer, chosen);
  const [of = '', words = ''] = chosen.slice(creating.length).split('\n');
  void goingOn(() => createFor(pointer, of, { words }));
}
