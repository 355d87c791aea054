import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { coordinatesOf } from '../../write/explorer/coordinates.ts';
import { columnOf, valueAt } from './columns.ts';
import { Choose } from './Choose.tsx';
import { headingOf, headingText } from './headings.ts';
import { Legend } from './Legend.tsx';
import { labelOf, recordOfRow } from './links.ts';
import { loadOutlines } from './load.ts';
import { codeColumns, colourClass } from './pictures.ts';
import { MarkLink } from './MarkLink.tsx';
import type { PictureProps } from './Pictures.tsx';
import { countValues } from './facets.ts';
import { printRoute } from './route.ts';
import { toggleValue } from './selection.ts';
import { counted } from './words.ts';

const mostPoints = 2000;

interface Point {
  readonly row: number;
  /** Degrees east, and degrees south: as a picture counts. */
  readonly x: number;
  readonly y: number;
}

/** The rows where they are in the world; each leads to its record. */
export function WorldMap({ release, data, selection, rows, change }: PictureProps): JSX.Element | null {
  const { table } = data;
  const [outlines, setOutlines] = useState('');
  useEffect(() => void loadOutlines().then(setOutlines), []);
  const codes = codeColumns(table);
  const [codeName, setCode] = useState(codes[0]?.name ?? '');
  const coordinates = coordinatesOf(table);
  if (coordinates === undefined) return null;
  const [latitude, longitude] = [columnOf(data, coordinates.latitude.name), columnOf(data, coordinates.longitude.name)];
  const points = Array.from(rows).flatMap((row): Point[] => {
    const [y, x] = [latitude, longitude].map((column) => (column === undefined ? null : valueAt(column, row)));
    return typeof x === 'number' && typeof y === 'number' ? [{ row, x, y: -y }] : [];
  });
  const code = codes.find(({ name }) => name === codeName);
  const codeCells = code === undefined ? undefined : columnOf(data, code.name);
  const values =
    code === undefined || codeCells === undefined
      ? []
      : countValues(
          code,
          codeCells,
          Uint32Array.from(points, ({ row }) => row),
        )
          .filter(({ count }) => count > 0)
          .toSorted((a, b) => b.count - a.count);
  const view = viewOf(points);
  const radius = view.width / 130;
  return (
    <figure>
      {codes.length > 0 && (
        <div class="tools">
          <Choose
            label="Colour"
            value={codeName}
            options={[
              ...codes.map((each) => [each.name, headingText(headingOf(table, each))] as const),
              ['', 'none'] as const,
            ]}
            set={setCode}
          />
        </div>
      )}
      <svg
        class="picture map"
        viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
        role="group"
        aria-label="Rows on a map of the world"
      >
        <path class="land" d={outlines} />
        {points.slice(0, mostPoints).map(({ row, x, y }) => {
          const record = recordOfRow(release, data, row);
          const value = codeCells === undefined ? null : valueAt(codeCells, row);
          const text = [record?.id, labelOf(data, row), value]
            .filter((each) => each !== undefined && each !== null)
            .join(', ');
          return (
            <MarkLink href={record === undefined ? undefined : printRoute({ page: 'record', ...record })} text={text}>
              <circle
                class={code === undefined ? 'c0' : colourClass(values.findIndex((each) => each.value === value))}
                cx={x}
                cy={y}
                r={radius}
              />
            </MarkLink>
          );
        })}
      </svg>
      {code !== undefined && (
        <Legend values={values} toggle={(value) => change(toggleValue(selection, code.name, value))} />
      )}
      <figcaption>
        {counted(points.length, 'row')} with coordinates
        {points.length > mostPoints && `; the first ${mostPoints} are drawn`}. A point leads to its record. Outlines:
        Natural Earth.
      </figcaption>
    </figure>
  );
}

/** The part of the world around the points, in degrees, twice as wide as high. */
function viewOf(points: readonly Point[]): {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
} {
  const world = { x: -180, y: -90, width: 360, height: 180 };
  if (points.length === 0) return world;
  const extent = (of: (point: Point) => number): readonly [number, number] =>
    points.reduce(
      ([least, most], point) => [Math.min(least, of(point)), Math.max(most, of(point))],
      [Infinity, -Infinity],
    );
  const [west, east] = extent(({ x }) => x);
  const [north, south] = extent(({ y }) => y);
  const width = Math.min(360, 1.2 * Math.max(east - west, 2 * (south - north), 20));
  const height = width / 2;
  return { x: (west + east - width) / 2, y: (north + south - height) / 2, width, height };
}
