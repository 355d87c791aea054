import { ask } from './api.ts';
import { Combobox } from './Combobox.tsx';
import { openSource } from './openSource.ts';
import { source, start } from './state.ts';
import { goingOn } from './typedAhead.ts';

export function SourcePicker() {
  const tables = (start.value?.tables ?? []).filter(({ isSource }) => isSource).map(({ name }) => name);
  if (tables.length === 0) return null;
  return (
    <Combobox
      label="Source"
      shown={source.value === undefined ? '' : (source.value.label ?? source.value.id)}
      placeholder="Choose a source"
      find={async (words) =>
        (await ask('find', { tables, words }).catch(() => [])).map(({ id, label }) => ({
          value: id,
          label: label ?? id,
          description: id,
        }))
      }
      choose={(id) => void goingOn(() => openSource(id))}
    />
  );
}
