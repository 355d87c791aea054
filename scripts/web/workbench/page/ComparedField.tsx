import type { TargetedKeyboardEvent } from 'preact';
import type { Row, Side } from './comparedRows.ts';
import { InSmall } from './DifferenceName.tsx';
import { wordsOf } from './sourceText.ts';
import { type Words, comparedWords, source, toShow } from './state.ts';

interface ComparedFieldProps {
  readonly row: Row;
  readonly chosen: 'first' | 'second' | undefined;
  readonly choose: (which: 'first' | 'second') => void;
  /** A reason of its own; undefined if the row is the only one, so that the common reason is enough. */
  readonly reason: string | undefined;
  readonly giveReason: (reason: string) => void;
}

/** A field with the values of both codings and the words that each cites. Left and right choose. */
export function ComparedField({ row, chosen, choose, reason, giveReason }: ComparedFieldProps) {
  const { pointer, title, isRequired } = row;
  // the words of a whole record stay highlighted
  const show = (): void => (pointer === '' ? undefined : showCited([...row.first.words, ...row.second.words]));
  return (
    <fieldset class="compared group" onFocusIn={show}>
      <legend>
        <span class="title">{title}</span>
        {isRequired ? null : <span class="unit">may differ</span>}
      </legend>
      <div class="two-sides">
        {(['first', 'second'] as const).map((which) => (
          <label key={which} class={chosen === which ? 'chosen' : ''}>
            <input
              type="radio"
              name={`compared${pointer}`}
              value={which}
              checked={chosen === which}
              onChange={() => choose(which)}
              onKeyDown={moveByArrow}
            />
            <SideView side={row[which]} />
          </label>
        ))}
      </div>
      {reason === undefined ? null : (
        <input
          type="text"
          aria-label={`Reason, for ${title}`}
          placeholder="A reason for this field alone"
          value={reason}
          onInput={(event) => giveReason(event.currentTarget.value)}
        />
      )}
    </fieldset>
  );
}

/** The words that are cited are highlighted in the text, and in view. */
export function showCited(words: readonly Words[]): void {
  comparedWords.value = words;
  const here = words.filter((each) => each.source === source.value?.id);
  toShow.value = here.toSorted((a, b) => a.start - b.start)[0];
}

/** A value, and the words that it cites. */
export function SideView({ side: { lines, words } }: { readonly side: Side }) {
  return (
    <span class="side">
      {lines.map(({ text, id }) => (
        <span key={`${text} ${id}`} dir="auto">
          {text}
          <InSmall id={id} />
        </span>
      ))}
      {words.map((each) => (
        <q key={`${each.source} ${each.start} ${each.end}`} class="citing" dir="auto">
          {wordsOf(each) ?? `${each.source} ${each.start}–${each.end}`}
        </q>
      ))}
    </span>
  );
}

/**
 * Left chooses the first coding and right the second; up and down go to another field and choose nothing. The browser
 * would go round among the radio buttons with all four.
 */
function moveByArrow(event: TargetedKeyboardEvent<HTMLInputElement>): void {
  const { key, currentTarget: at } = event;
  const side = ['ArrowLeft', 'ArrowRight'].indexOf(key);
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (side < 0 && step === undefined) return;
  event.preventDefault();
  if (step === undefined) {
    const radio = at.closest('fieldset')?.querySelectorAll<HTMLInputElement>('[type="radio"]')[side];
    radio?.focus();
    return radio?.click();
  }
  const rows = [...(at.form?.querySelectorAll<HTMLElement>('.compared') ?? [])];
  const next = rows[rows.findIndex((row) => row.contains(at)) + step];
  const last = step > 0 ? at.form?.querySelector<HTMLElement>('[name="reason"]') : undefined;
  (next === undefined ? last : (next.querySelector<HTMLElement>(':checked') ?? next.querySelector('input')))?.focus();
}
