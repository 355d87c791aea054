import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ExplorerColumn } from '../../write/explorer/model.ts';
import { columnOf } from './columns.ts';
import { Choose, ChooseColumn } from './Choose.tsx';
import { headingOf, headingText } from './headings.ts';
import { Legend } from './Legend.tsx';
import { Message } from './Message.tsx';
import { stacksOverTime } from './overTime.ts';
import { codeColumns, colourClass, dayColumns } from './pictures.ts';
import { MarkLink } from './MarkLink.tsx';
import type { PictureProps } from './Pictures.tsx';
import { printRoute } from './route.ts';
import { toggleValue, withRange } from './selection.ts';
import { counted, formatted } from './words.ts';

const [width, height, left, bottom] = [900, 260, 45, 24] as const;

/** The number of rows in each period, coloured by a code. A bar links to its rows. */
export function OverTime({ data, selection, rows, change }: PictureProps): JSX.Element {
  const { table } = data;
  const days = dayColumns(table);
  const codes = codeColumns(table);
  const [dayName, setDay] = useState(days[0]?.name ?? '');
  const [codeName, setCode] = useState(codes[0]?.name ?? '');
  const day = columnOf(data, dayName);
  const code = codes.find(({ name }) => name === codeName);
  const words = (column: ExplorerColumn): string => headingText(headingOf(table, column));
  const picture =
    day === undefined
      ? undefined
      : stacksOverTime(day, code === undefined ? undefined : columnOf(data, code.name), code, rows);
  return (
    <figure>
      <div class="tools">
        <Choose label="Date" value={dayName} options={days.map((each) => [each.name, words(each)])} set={setDay} />
        <ChooseColumn label="Colour" table={table} columns={codes} value={codeName} set={setCode} />
      </div>
      {picture === undefined || picture.periods.length === 0 ? (
        <Message>None of the selected rows has this date.</Message>
      ) : (
        <>
          <Bars
            picture={picture}
            hrefOf={(from, to) =>
              printRoute({ page: 'table', table: table.name, selection: withRange(selection, dayName, { from, to }) })
            }
          />
          {code !== undefined && (
            <Legend values={picture.values} toggle={(value) => change(toggleValue(selection, code.name, value))} />
          )}
          <figcaption>
            {counted(rows.length - picture.undated, 'row')} by{' '}
            {words(days.find(({ name }) => name === dayName) ?? days[0]!)}
            {picture.undated > 0 && `; ${counted(picture.undated, 'row')} without this date`}. Select a bar to see its
            rows.
          </figcaption>
        </>
      )}
    </figure>
  );
}

function Bars({
  picture: { periods, most, values },
  hrefOf,
}: {
  readonly picture: NonNullable<ReturnType<typeof stacksOverTime>>;
  readonly hrefOf: (from: string, to: string) => string;
}): JSX.Element {
  const step = (width - left) / periods.length;
  const scale = (height - bottom - 10) / most;
  const everyLabel = Math.ceil(70 / step);
  return (
    <svg class="picture" viewBox={`0 0 ${width} ${height}`} role="group" aria-label="Rows over time">
      {[0, 0.5, 1].map((share) => {
        const y = height - bottom - share * most * scale;
        return (
          <g aria-hidden="true">
            <line class="grid" x1={left} x2={width} y1={y} y2={y} />
            <text x={left - 6} y={y + 4} text-anchor="end">
              {share * most === Math.round(share * most) ? formatted(share * most) : ''}
            </text>
          </g>
        );
      })}
      {periods.map(({ label, from, to, counts, total }, i) => {
        const x = left + i * step;
        let y = height - bottom;
        const text = `${label}: ${counted(total, 'row')}`;
        return (
          <>
            {total > 0 && (
              <MarkLink href={hrefOf(from, to)} text={text}>
                {counts.map((count, value) => {
                  y -= count * scale;
                  return count === 0 ? null : (
                    <rect
                      class={values.length === 0 ? 'c0' : colourClass(value)}
                      x={x + step * 0.08}
                      y={y}
                      width={step * 0.84}
                      height={count * scale}
                    />
                  );
                })}
              </MarkLink>
            )}
            {i % everyLabel === 0 && (
              <text x={x + step / 2} y={height - 8} text-anchor="middle" aria-hidden="true">
                {label}
              </text>
            )}
          </>
        );
      })}
    </svg>
  );
}
