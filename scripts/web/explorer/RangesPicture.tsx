import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { compareText } from '../../base/text.ts';
import { Choose, ChooseColumn } from './Choose.tsx';
import { columnOf } from './columns.ts';
import { headingOf, headingText } from './headings.ts';
import { Legend } from './Legend.tsx';
import { recordOfRow } from './links.ts';
import { Message } from './Message.tsx';
import { colourClass, quantitiesOf } from './pictures.ts';
import { MarkLink } from './MarkLink.tsx';
import type { PictureProps } from './Pictures.tsx';
import { rangesOf, scaleOf, type RangeLine } from './ranges.ts';
import { printRoute } from './route.ts';
import { toggleValue } from './selection.ts';
import { counted, formatted, shortened } from './words.ts';

const mostLines = 200;
const [width, left, lineHeight, top] = [900, 300, 20, 26] as const;

/** Quantities as lines from the least to the most; a missing end is open. Each line links to its record. */
export function RangesPicture({ release, data, selection, rows, change }: PictureProps): JSX.Element {
  const { table } = data;
  const all = quantitiesOf(table);
  const [name, setName] = useState(all[0]?.least.name ?? '');
  const chosen = all.find(({ least }) => least.name === name) ?? all[0];
  const [panelName, setPanel] = useState(chosen?.qualities[0]?.name ?? '');
  const [colourName, setColour] = useState(chosen?.qualities[1]?.name ?? chosen?.qualities[0]?.name ?? '');
  if (chosen === undefined) return <Message>No numbers.</Message>;
  const { qualities } = chosen;
  const lines = rangesOf(data, chosen, rows, panelName, colourName);
  const panels = [...new Set(lines.map(({ panel }) => panel))].toSorted((a, b) => compareText(a ?? '', b ?? ''));
  const colour = columnOf(data, colourName);
  const counts = new Map<string | null, number>();
  for (const line of lines) counts.set(line.colour, (counts.get(line.colour) ?? 0) + 1);
  const values = [...counts].map(([value, count]) => ({ value, count })).toSorted((a, b) => b.count - a.count);
  const hrefOf = (row: number): string | undefined => {
    const record = recordOfRow(release, data, row);
    return record === undefined ? undefined : printRoute({ page: 'record', ...record });
  };
  return (
    <figure>
      <div class="tools">
        {all.length > 1 && (
          <Choose
            label="Quantity"
            value={name}
            options={all.map(({ least }) => [least.name, headingText(headingOf(table, least))])}
            set={setName}
          />
        )}
        <ChooseColumn label="Split by" table={table} columns={qualities} value={panelName} set={setPanel} />
        <ChooseColumn label="Colour" table={table} columns={qualities} value={colourName} set={setColour} />
      </div>
      {lines.length === 0 && <Message>None of the selected rows has a value.</Message>}
      {panels.map((panel) => (
        <Panel
          key={panel}
          title={panel}
          lines={lines.filter((line) => line.panel === panel)}
          colourOf={(value) => colourClass(values.findIndex((each) => each.value === value))}
          labelOf={(row) => recordOfRow(release, data, row)?.id ?? `row ${formatted(row + 1)}`}
          hrefOf={hrefOf}
        />
      ))}
      {colour !== undefined && lines.length > 0 && (
        <Legend values={values} toggle={(value) => change(toggleValue(selection, colourName, value))} />
      )}
      <figcaption>
        {counted(lines.length, 'row')} with a value
        {chosen.least.unit === undefined ? '' : ` in ${chosen.least.unit}`}. An arrow means that the range has no limit
        on that side. Select a line to open its record.
      </figcaption>
    </figure>
  );
}

interface PanelProps {
  readonly title: string | null;
  readonly lines: readonly RangeLine[];
  readonly colourOf: (value: string | null) => string;
  readonly labelOf: (row: number) => string;
  readonly hrefOf: (row: number) => string | undefined;
}

function Panel({ title, lines, colourOf, labelOf, hrefOf }: PanelProps): JSX.Element {
  const shown = lines.slice(0, mostLines);
  const scale = scaleOf(shown);
  const x = (value: number): number => left + scale.share(value) * (width - left - 30);
  const height = top + shown.length * lineHeight + 6;
  return (
    <>
      {title !== null && title !== '' && <h2>{title}</h2>}
      <svg class="picture" viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`Ranges ${title ?? ''}`}>
        {scale.ticks.map((tick) => (
          <g aria-hidden="true">
            <line class="grid" x1={x(tick)} x2={x(tick)} y1={top - 6} y2={height} />
            <text x={x(tick)} y={12} text-anchor="middle">
              {formatted(tick)}
            </text>
          </g>
        ))}
        {shown.map((line, i) => {
          const y = top + i * lineHeight + lineHeight / 2;
          const [from, to] = [
            line.least === undefined ? left : x(line.least),
            line.most === undefined ? width - 12 : x(line.most),
          ];
          const name = shortened(labelOf(line.row), 40);
          const text = `${name.full}: ${rangeWords(line)}`;
          return (
            <MarkLink href={hrefOf(line.row)} text={text}>
              <text x={left - 8} y={y + 4} text-anchor="end" aria-hidden="true">
                {name.shown}
              </text>
              <g class={`range ${colourOf(line.colour)}`}>
                <line x1={from} x2={to} y1={y} y2={y} />
                {line.least === undefined ? (
                  <path d={`M${from + 8},${y - 5} L${from},${y} L${from + 8},${y + 5}`} />
                ) : (
                  <circle cx={from} cy={y} r={4} />
                )}
                {line.most === undefined ? (
                  <path d={`M${to - 8},${y - 5} L${to},${y} L${to - 8},${y + 5}`} />
                ) : (
                  <circle cx={to} cy={y} r={4} />
                )}
                {line.best !== undefined && <rect x={x(line.best) - 3} y={y - 6} width={6} height={12} />}
              </g>
            </MarkLink>
          );
        })}
      </svg>
      {lines.length > mostLines && (
        <p class="faint">{counted(lines.length - mostLines, 'more row')}. Filter the rows to see them.</p>
      )}
    </>
  );
}

/** A range in words. */
function rangeWords({ least, best, most, colour }: RangeLine): string {
  const quality = colour === null ? '' : `, ${colour}`;
  const middle = best === undefined ? '' : `, best ${formatted(best)}`;
  if (least !== undefined && most !== undefined) {
    return `${least === most ? formatted(least) : `${formatted(least)} to ${formatted(most)}`}${middle}${quality}`;
  }
  const end = least === undefined ? `up to ${formatted(most ?? 0)}` : `from ${formatted(least)}`;
  return `${end}${middle}${quality}`;
}
