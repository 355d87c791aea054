import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ExplorerColumn } from '../../write/explorer/model.ts';
import type { TableData } from './columns.ts';
import { type Bin, countDays, countNumbers, countValues, facetKind } from './facets.ts';
import { headingOf, headingText } from './headings.ts';
import type { Selected } from './select.ts';
import { type Range, type Selection, toggleValue, withRange } from './selection.ts';
import { counted, formatted } from './words.ts';

interface FacetsProps {
  readonly data: TableData;
  readonly selection: Selection;
  readonly selected: Selected;
  readonly change: (selection: Selection) => void;
}

/** Number of facets that are open at first. */
const openFirst = 3;

/** For each column its values, or a histogram if they are many, with the number of rows of each. */
export function Facets(props: FacetsProps): JSX.Element {
  const { data } = props;
  const offered = data.table.columns.flatMap((column, i) => {
    const cells = data.columns[i];
    const kind = cells === undefined ? undefined : facetKind(column, cells);
    return kind === undefined || isBound(data, column) || isInnerKey(data, column) ? [] : [column];
  });
  const coded = offered.filter((column) => column.codes !== undefined);
  return (
    <section class="facets" aria-label="Filters">
      <details open={!narrow}>
        <summary>Filters</summary>
        {offered.map((column) => (
          <Facet key={column.name} {...props} column={column} opened={coded.slice(0, openFirst).includes(column)} />
        ))}
      </details>
    </section>
  );
}

/** On a phone the rows come first. */
const narrow = matchMedia('(max-width: 50rem)').matches;

/** The last day of an uncertain date is filtered with its first. */
function isBound({ table }: TableData, { name }: ExplorerColumn): boolean {
  const [, base] = /^(.*)_latest$/s.exec(name) ?? [];
  return base !== undefined && table.columns.some((each) => each.name === `${base}_earliest`);
}

/** Whether a column numbers the rows of a list. */
function isInnerKey({ table }: TableData, { name }: ExplorerColumn): boolean {
  return table.primaryKey.indexOf(name) > 0 && table.fields.length > 0;
}

interface FacetProps extends FacetsProps {
  readonly column: ExplorerColumn;
  readonly opened: boolean;
}

function Facet({ column, opened, ...props }: FacetProps): JSX.Element {
  const { data, selection } = props;
  const isChosen = selection.values.has(column.name) || selection.ranges.has(column.name);
  const [open, setOpen] = useState(opened || isChosen);
  return (
    <details open={open} onToggle={(toggled) => setOpen(toggled.currentTarget.open)}>
      <summary>
        {headingText(headingOf(data.table, column))}
        {isChosen && <span class="chosen"> (filtered)</span>}
      </summary>
      {open && <FacetBody {...props} column={column} />}
    </details>
  );
}

function FacetBody({ column, data, selection, selected, change }: Omit<FacetProps, 'opened'>): JSX.Element | null {
  const cells = data.columns[data.table.columns.indexOf(column)];
  if (cells === undefined) return null;
  const rows = selected.rowsBut(column.name);
  const kind = facetKind(column, cells);
  if (kind === 'values') {
    const chosen = selection.values.get(column.name) ?? new Set();
    return (
      <Values
        column={column}
        counts={countValues(column, cells, rows)}
        chosen={chosen}
        toggle={(value) => change(toggleValue(selection, column.name, value))}
      />
    );
  }
  return (
    <Histogram
      column={column}
      bins={kind === 'days' ? countDays(cells, rows) : countNumbers(cells, rows)}
      range={selection.ranges.get(column.name)}
      set={(range) => change(withRange(selection, column.name, range))}
    />
  );
}

const firstValues = 12;

interface ValuesProps {
  readonly column: ExplorerColumn;
  readonly counts: ReturnType<typeof countValues>;
  readonly chosen: ReadonlySet<string | null>;
  readonly toggle: (value: string | null) => void;
}

function Values({ column, counts, chosen, toggle }: ValuesProps): JSX.Element {
  const [all, setAll] = useState(false);
  const held = counts.filter(({ value, count }) => count > 0 || chosen.has(value));
  const shown = all ? held : held.filter(({ value }, i) => i < firstValues || chosen.has(value));
  const meanings = new Map(column.codes?.map(({ code, description }) => [code, description]));
  return (
    <>
      <ul class="values">
        {shown.map(({ value, count }) => (
          <li key={String(value)}>
            <label title={value === null ? undefined : meanings.get(value)}>
              <input type="checkbox" checked={chosen.has(value)} onChange={() => toggle(value)} />
              <span class={value === null ? 'empty' : undefined}>{value ?? '(empty)'}</span>
              <span class="count">{formatted(count)}</span>
            </label>
          </li>
        ))}
      </ul>
      {held.length > shown.length && (
        <button type="button" class="plain" onClick={() => setAll(true)}>
          Show {counted(held.length - shown.length, 'more value')}
        </button>
      )}
    </>
  );
}

interface HistogramProps {
  readonly column: ExplorerColumn;
  readonly bins: readonly (Bin & { readonly label?: string })[];
  readonly range: Range | undefined;
  readonly set: (range: Range | undefined) => void;
}

/** Bars that filter when selected, and the bounds as text fields. */
function Histogram({ column, bins, range, set }: HistogramProps): JSX.Element {
  if (bins.length === 0) return <p class="faint">No values.</p>;
  const most = Math.max(...bins.map(({ count }) => count));
  const isDate = column.type === 'date';
  const bound = (which: 'from' | 'to'): JSX.Element => (
    <label>
      {which === 'from' ? 'From' : 'To'}
      <input
        type="text"
        inputMode={isDate ? 'text' : 'decimal'}
        size={10}
        placeholder={isDate ? 'YYYY-MM-DD' : ''}
        value={range?.[which] ?? ''}
        onChange={(changed) => {
          const given = changed.currentTarget.value.trim();
          set({ from: range?.from, to: range?.to, [which]: given === '' ? undefined : given });
        }}
      />
    </label>
  );
  return (
    <>
      <div class="bars">
        {bins.map((bin) => {
          const isIn = range !== undefined && range.from === bin.from && range.to === bin.to;
          const words = bin.label ?? (bin.from === bin.to ? bin.from : `${bin.from} to ${bin.to}`);
          return (
            <button
              key={bin.from}
              type="button"
              aria-pressed={isIn}
              aria-label={`${words}: ${counted(bin.count, 'row')}`}
              title={`${words}: ${counted(bin.count, 'row')}`}
              onClick={() => set(isIn ? undefined : { from: bin.from, to: bin.to })}
            >
              <span style={{ height: `${(100 * bin.count) / most}%` }} />
            </button>
          );
        })}
      </div>
      <div class="bounds">
        {bound('from')}
        {bound('to')}
        {range !== undefined && (
          <button type="button" class="plain" onClick={() => set(undefined)}>
            Clear
          </button>
        )}
      </div>
    </>
  );
}
