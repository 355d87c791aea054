import type { TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { list } from '../../../base/text.ts';
import type { FieldDifference } from '../differences.ts';
import { MainButton } from './MainButton.tsx';
import { titleOf } from './formFields.ts';
import { shown } from './shown.ts';

/** A field, and which of the two values it gets. */
export interface Choice {
  readonly pointer: string;
  readonly chosen: 'first' | 'second';
}

interface SettleProps {
  readonly names: readonly [first: string, second: string];
  readonly differences: readonly FieldDifference[];
  /** Whether the value before is shown. */
  readonly showsBefore: boolean;
  readonly done: (choices: readonly Choice[]) => void;
}

/** Two records side by side, field by field: the arrow keys choose. */
export function Settle({ names, differences, showsBefore, done }: SettleProps) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, 'first' | 'second'>>(new Map());
  const choose = (pointer: string, which: 'first' | 'second'): void =>
    setChosen(new Map([...chosen, [pointer, which]]));
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>('[type="radio"]')?.focus(), []);
  const open = differences.filter(({ pointer }) => !chosen.has(pointer));
  return (
    <form
      class="settle"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        done(differences.map(({ pointer }) => ({ pointer, chosen: chosen.get(pointer) ?? 'first' })));
      }}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">Field</th>
            {showsBefore ? <th scope="col">Before</th> : null}
            <th scope="col">{names[0]} (←)</th>
            <th scope="col">{names[1]} (→)</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ pointer, before, first, second }) => (
            <tr key={pointer}>
              <th scope="row">{titleOf(pointer)}</th>
              {showsBefore ? <td>{shown(before)}</td> : null}
              {(['first', 'second'] as const).map((which) => (
                <td key={which}>
                  <label class={chosen.get(pointer) === which ? 'chosen' : ''}>
                    <input
                      type="radio"
                      name={`settle${pointer}`}
                      checked={chosen.get(pointer) === which}
                      onChange={() => choose(pointer, which)}
                      onKeyDown={(event) => chooseByArrow(event)}
                    />
                    {shown(which === 'first' ? first : second)}
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <MainButton disabled={open.length > 0}>Use the chosen values</MainButton>
      <p class="meaning" role="status">
        {open.length === 0 ? '' : `Still to choose: ${list(open.map(({ pointer }) => titleOf(pointer)))}.`}
      </p>
    </form>
  );
}

/** Left chooses the first and right the second. The browser would go round: left of the first is the second. */
function chooseByArrow(event: TargetedKeyboardEvent<HTMLInputElement>): void {
  const at = ['ArrowLeft', 'ArrowRight'].indexOf(event.key);
  if (at < 0) return;
  event.preventDefault();
  const radio = event.currentTarget.closest('tr')?.querySelectorAll<HTMLElement>('[type="radio"]')[at];
  radio?.focus();
  radio?.click();
}
