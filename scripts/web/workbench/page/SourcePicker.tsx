import type { FoundRecord } from '../messages.ts';
import type { Choice } from './choice.ts';
import { Combobox } from './Combobox.tsx';
import { findRecords } from './findRecords.ts';
import { openSource } from './openSource.ts';
import { sourceLabel } from './sourceLabel.ts';
import { start } from './state.ts';
import { goingOn } from './typedAhead.ts';

export function SourcePicker() {
  const tables = (start.value?.tables ?? []).filter(({ isSource }) => isSource).map(({ name }) => name);
  if (tables.length === 0) return null;
  const shown = sourceLabel.value;
  return (
    <Combobox
      label="Source"
      shown={shown}
      tooltip={shown === '' ? undefined : shown}
      placeholder="Choose a source"
      find={async (words, later) =>
        (await findRecords({ tables, words }, (all) => later(all.map(choiceOf)))).map(choiceOf)
      }
      choose={(id) => void goingOn(() => openSource(id))}
    />
  );
}

function choiceOf({ id, label, isGuess }: FoundRecord): Choice {
  return { value: id, label: label ?? id, description: id, isGuess };
}
