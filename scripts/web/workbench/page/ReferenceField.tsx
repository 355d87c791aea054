import { useEffect, useRef, useState } from 'preact/hooks';
import type { RecordKey, RecordSummary } from '../messages.ts';
import { ask } from './api.ts';
import { Combobox } from './Combobox.tsx';
import type { Control } from './control.ts';
import { createFor } from './createInPlace.ts';
import { say } from './notice.ts';
import { problemsAt } from './fieldProblems.ts';
import { isFindingMore } from './findRecords.ts';
import { namesKnown } from './namesKnown.ts';
import { creationOf } from './recordChoices.ts';
import { choicesOf } from './referenceChoices.ts';
import { referTo } from './sameInRecord.ts';
import { type Words, source } from './state.ts';
import {
  type Meant,
  isBesideAnother,
  likelyBeside,
  ofCountryAt,
  takenBeside,
  unusualAt,
  usedElsewhere,
} from './takenBeside.ts';
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
  const support = useRef<ReadonlyMap<string, readonly Words[]>>(new Map());
  // what the words in hand name by its country needs no words of another record
  const named = useRef<readonly RecordSummary[]>([]);
  const findMeant = async (of: readonly RecordKey[]): Promise<Meant> => {
    const shown = source.value?.id ?? '';
    const [likely, unusual, called] = await Promise.all([
      likelyBeside(pointer),
      unusualAt(pointer, of),
      ofCountryAt(pointer),
    ]);
    support.current = new Map(
      likely.map((each) => [each.id, each.support.map((words) => ({ source: shown, ...words }))]),
    );
    named.current = called.isInWords ? called.records : [];
    return { likely, unusual, called };
  };
  const supportOf = (chosen: string): readonly Words[] | undefined =>
    named.current.some(({ id: own }) => own === chosen) ? undefined : support.current.get(chosen);
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
        find={(words, later) =>
          choicesOf(
            {
              tables: field.tables,
              words,
              taken: takenBeside(pointer),
              used: usedElsewhere(pointer),
              findMeant,
              isBeside: isBesideAnother(pointer),
            },
            later,
          )
        }
        choose={(chosen) => chooseRecord(pointer, chosen, supportOf(chosen))}
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

function chooseRecord(pointer: string, chosen: string, support?: readonly Words[]): void {
  const made = creationOf(chosen);
  if (made === undefined) void goingOn(() => choose(pointer, chosen, support));
  else void goingOn(() => createFor(pointer, made.table, { words: made.name }));
}

async function choose(pointer: string, id: string, support?: readonly Words[]): Promise<void> {
  const besides = await referTo(pointer, id, { support });
  if (besides !== '') say(besides);
}
