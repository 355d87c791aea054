import { firstSentence } from '../../../base/text.ts';
import { Combobox } from './Combobox.tsx';
import { fitting } from './fitting.ts';
import { Dialog } from './Dialog.tsx';
import { next } from './next.ts';
import { beginRecord } from './openRecords.ts';
import { dialog, start } from './state.ts';
import { goingOn } from './typedAhead.ts';

export function NewDialog() {
  const tables = start.value?.tables ?? [];
  const choices = tables.map(({ name, title, description }) => ({ value: name, label: title, description }));
  const choose = (name: string): void => {
    dialog.value = undefined;
    void goingOn(async () => {
      if (!(await beginRecord(name))) return false;
      await next();
      return true;
    });
  };
  return (
    <Dialog label="New record">
      <h3>New record</h3>
      <div
        onKeyDown={(event) => {
          const chosen = /^[1-9]$/.test(event.key) ? tables[Number(event.key) - 1] : undefined;
          if (chosen === undefined) return;
          event.preventDefault();
          choose(chosen.name);
        }}
      >
        <Combobox label="Table" shown="" find={(words) => fitting(choices, words)} choose={choose} />
        <ol class="choices">
          {tables.map(({ name, title, description }) => (
            <li key={name}>
              <button type="button" tabIndex={-1} title={description} onClick={() => choose(name)}>
                {title}
                <span class="meaning">{firstSentence(description ?? '')}</span>
              </button>
            </li>
          ))}
        </ol>
      </div>
    </Dialog>
  );
}
