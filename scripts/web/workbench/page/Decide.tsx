import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DifferingRecords, ResolvedField } from '../codingMessages.ts';
import { ComparedField, showCited } from './ComparedField.tsx';
import type { Row } from './comparedRows.ts';
import { decide } from './comparing.ts';
import { MainButton } from './MainButton.tsx';
import { say } from './notice.ts';
import { type Hindrance, NotDecided } from './NotDecided.tsx';
import { sign, signerOf, today } from './signing.ts';
import type { Words } from './state.ts';
import { goingOn } from './typedAhead.ts';

interface DecideProps {
  readonly difference: DifferingRecords;
  readonly rows: readonly Row[];
  /** The words that the difference is about. */
  readonly cited: readonly Words[];
}

type Which = 'first' | 'second';

/** The choices of a difference, with the reasons. Enter or Ctrl+S decides and saves, or goes to what is missing. */
export function Decide({ difference, rows, cited }: DecideProps) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Which>>(new Map());
  const [reasons, setReasons] = useState<ReadonlyMap<string, string>>(new Map());
  const [reason, setReason] = useState('');
  const by = signerOf('decisions');
  const [hindrance, setHindrance] = useState<Hindrance | undefined>(undefined);
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    form.current?.querySelector<HTMLElement>('[type="radio"]')?.focus();
    if (cited.length > 0) showCited(cited);
  }, []);
  const choose = (pointers: readonly string[], which: Which): void =>
    setChosen(new Map([...chosen, ...pointers.map((pointer) => [pointer, which] as const)]));
  const made = rows.flatMap(({ pointer }): readonly ResolvedField[] => {
    const which = chosen.get(pointer);
    const own = reasons.get(pointer)?.trim() ?? '';
    return which === undefined ? [] : [{ field: pointer, chosen: which, reason: own === '' ? reason.trim() : own }];
  });
  const submit = async (withdraws: boolean): Promise<boolean> => {
    const missing = missingIn(rows, made, by);
    if (missing !== undefined) {
      say(missing.message, true);
      focusMissing(form.current, missing);
      return false;
    }
    setHindrance(undefined);
    const prevented = await decide({ by: by.trim(), date: today(), choices: made, withdraws });
    setHindrance(prevented);
    return prevented === undefined;
  };
  const all = rows.map(({ pointer }) => pointer);
  return (
    <form
      id="decision"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        void goingOn(() => submit(false));
      }}
    >
      <Headings />
      {rows.map((row) => (
        <ComparedField
          key={row.pointer}
          row={row}
          chosen={chosen.get(row.pointer)}
          choose={(which) => choose([row.pointer], which)}
          reason={rows.length > 1 ? (reasons.get(row.pointer) ?? '') : undefined}
          giveReason={(own) => setReasons(new Map([...reasons, [row.pointer, own]]))}
        />
      ))}
      <div class="decide">
        {rows.length === 1 ? null : (
          <p class="more">
            <button type="button" onClick={() => choose(all, 'first')}>
              All from the first coding
            </button>
            <button type="button" onClick={() => choose(all, 'second')}>
              All from the second coding
            </button>
          </p>
        )}
        <TextInput
          label={rows.length === 1 ? 'Reason' : 'Reason, for all fields without one of their own'}
          name="reason"
          value={reason}
          type={setReason}
        />
        <TextInput label="Decided by" name="by" value={by} type={(name) => sign('decisions', name)} />
        {hindrance === undefined ? null : (
          <NotDecided hindrance={hindrance} difference={difference} withdraw={() => void goingOn(() => submit(true))} />
        )}
        <MainButton>Decide and save</MainButton>
      </div>
    </form>
  );
}

function Headings() {
  return (
    <p class="two-sides" aria-hidden="true">
      <span>
        First coding <kbd>←</kbd>
      </span>
      <span>
        Second coding <kbd>→</kbd>
      </span>
    </p>
  );
}

interface TextInputProps {
  readonly label: string;
  readonly name: 'reason' | 'by';
  readonly value: string;
  readonly type: (text: string) => void;
}

function TextInput({ label, name, value, type }: TextInputProps) {
  return (
    <label>
      {label}
      <input type="text" name={name} value={value} onInput={(event) => type(event.currentTarget.value)} />
    </label>
  );
}

interface Missing {
  readonly message: string;
  /** The field without a choice, or the name of the input to fill in. */
  readonly at: { readonly pointer: string } | { readonly name: 'reason' | 'by' };
}

/** What a decision still lacks. */
function missingIn(rows: readonly Row[], made: readonly ResolvedField[], by: string): Missing | undefined {
  const open = rows.find(({ pointer, isRequired }) => isRequired && !made.some(({ field }) => field === pointer));
  if (open !== undefined)
    return { message: `${open.title}: choose one of the two with ← or →.`, at: { pointer: open.pointer } };
  if (made.length === 0) return { message: 'Choose at least one value.', at: { pointer: rows[0]?.pointer ?? '' } };
  if (made.some((each) => each.reason === ''))
    return { message: 'Say why: a decision needs a reason.', at: { name: 'reason' } };
  return by.trim() === '' ? { message: 'Say who decides.', at: { name: 'by' } } : undefined;
}

function focusMissing(form: HTMLFormElement | null, { at }: Missing): void {
  const name = 'name' in at ? at.name : `compared${at.pointer}`;
  const input = [...(form?.querySelectorAll('input') ?? [])].find((each) => each.name === name);
  input?.scrollIntoView({ block: 'nearest' });
  input?.focus();
}
