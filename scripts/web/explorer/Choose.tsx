import type { JSX } from 'preact';

/** A choice of one of several columns. */
export function Choose({
  label,
  value,
  options,
  set,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly set: (value: string) => void;
}): JSX.Element {
  return (
    <label class="choose">
      {label}{' '}
      <select value={value} onChange={(changed) => set(changed.currentTarget.value)}>
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
