import type { JSX } from 'preact';
import type { ExplorerColumn, ExplorerTable } from '../../write/explorer/model.ts';
import { headingOf, headingText } from './headings.ts';

/** A choice of one of several options. */
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

/** A choice of one of several columns of a table by name, or none (the empty text). Absent if there are no columns. */
export function ChooseColumn({
  label,
  table,
  columns,
  value,
  set,
}: {
  readonly label: string;
  readonly table: ExplorerTable;
  readonly columns: readonly ExplorerColumn[];
  readonly value: string;
  readonly set: (value: string) => void;
}): JSX.Element | null {
  if (columns.length === 0) return null;
  const options = columns.map((column) => [column.name, headingText(headingOf(table, column))] as const);
  return <Choose label={label} value={value} options={[...options, ['', 'None']]} set={set} />;
}
