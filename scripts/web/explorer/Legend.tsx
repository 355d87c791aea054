import type { JSX } from 'preact';
import { colourClass, colours } from './pictures.ts';
import { formatted } from './words.ts';

/** The colours of values; selecting one keeps only its rows. */
export function Legend({
  values,
  toggle,
}: {
  readonly values: readonly { readonly value: string | null; readonly count: number }[];
  readonly toggle: (value: string | null) => void;
}): JSX.Element {
  return (
    <ul class="legend">
      {values.slice(0, colours).map(({ value, count }, i) => (
        <li key={String(value)}>
          <button type="button" class="plain" onClick={() => toggle(value)}>
            <span class={`key ${colourClass(i)}`} /> {value ?? '(empty)'} <span class="count">{formatted(count)}</span>
          </button>
        </li>
      ))}
      {values.length > colours && (
        <li>
          <span class={`key ${colourClass(colours)}`} /> {formatted(values.length - colours)} more
        </li>
      )}
    </ul>
  );
}
