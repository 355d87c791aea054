import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { coordinatesOf } from '../../write/explorer/coordinates.ts';
import { columnOf } from './columns.ts';
import { ChooseColumn } from './Choose.tsx';
import { Legend } from './Legend.tsx';
import { labelOf, recordOfRow } from './links.ts';
import { loadOutlines } from './load.ts';
import { codeColumns, colourClass } from './pictures.ts';
import { MarkLink } from './MarkLink.tsx';
import type { PictureProps } from './Pictures.tsx';
import { countValues } from './facets.ts';
import { printRoute } from './route.ts';
import { type Range, toggleValue, withRange } from './selection.ts';
import { type Spot, mainValue, sizeOf, spotsOf } from './spots.ts';
import { counted } from './words.ts';

const mostPoints = 2000;

/** The rows on a world map. A point links to its record, or to all rows at the same point. */
export function WorldMap({ release, data, selection, rows, change }: PictureProps): JSX.Element | null {
  const { table } = data;
  const [outlines, setOutlines] = useState('');
  useEffect(() => void loadOutlines().then(setOutlines), []);
  const codes = codeColumns(table);
  const [codeName, setCode] = useState(codes[0]?.name ?? '');
  const coordinates = coordinatesOf(table);
  if (coordinates === undefined) return null;
  const names = [coordinates.latitude.name, coordinates.longitude.name] as const;
  const [latitude, longitude] = names.map((name) => columnOf(data, name));
  const spots = latitude === undefined || longitude === undefined ? [] : spotsOf(latitude, longitude, rows);
  const placed = spots.flatMap((spot) => spot.rows);
  const code = codes.find(({ name }) => name === codeName);
  const codeCells = code === undefined ? undefined : columnOf(data, code.name);
  const values =
    code === undefined || codeCells === undefined
      ? []
      : countValues(code, codeCells, Uint32Array.from(placed))
          .filter(({ count }) => count > 0)
          .toSorted((a, b) => b.count - a.count);
  const view = viewOf(spots);
  const radius = view.width / 130;
  return (
    <figure>
      <div class="tools">
        <ChooseColumn label="Colour" table={table} columns={codes} value={codeName} set={setCode} />
      </div>
      <svg
        class="picture map"
        viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
        role="group"
        aria-label="World map of the rows"
      >
        <path class="land" d={outlines} />
        {spots.slice(0, mostPoints).map((spot) => {
          const value = codeCells === undefined ? null : mainValue(codeCells, spot);
          return (
            <SpotLink release={release} data={data} selection={selection} names={names} spot={spot} value={value}>
              <circle
                class={code === undefined ? 'c0' : colourClass(values.findIndex((each) => each.value === value))}
                cx={spot.longitude}
                cy={-spot.latitude}
                r={radius * sizeOf(spot)}
              />
            </SpotLink>
          );
        })}
      </svg>
      {code !== undefined && (
        <Legend values={values} toggle={(value) => change(toggleValue(selection, code.name, value))} />
      )}
      <figcaption>
        {counted(placed.length, 'row')} with coordinates, at {counted(spots.length, 'point')}
        {spots.length > mostPoints && `; the first ${mostPoints} are drawn`}. Select a point to open its record, or a
        larger one to see its rows.{code !== undefined && ' A larger point has the colour of most of its rows.'}{' '}
        Outlines: Natural Earth.
      </figcaption>
    </figure>
  );
}

interface SpotLinkProps extends Pick<PictureProps, 'release' | 'data' | 'selection'> {
  /** The columns of latitude and longitude. */
  readonly names: readonly [string, string];
  readonly spot: Spot;
  readonly value: string | null;
  readonly children: ComponentChildren;
}

/** Links to the record of a point, or to its rows if there are several. */
function SpotLink({ release, data, selection, names, spot, value, children }: SpotLinkProps): JSX.Element {
  const [row = 0, ...others] = spot.rows;
  const record = recordOfRow(release, data, row);
  const words = [record?.id, labelOf(data, row), value]
    .filter((each) => each !== undefined && each !== null)
    .join(', ');
  if (others.length === 0) {
    const href = record === undefined ? undefined : printRoute({ page: 'record', ...record });
    return (
      <MarkLink href={href} text={words}>
        {children}
      </MarkLink>
    );
  }
  const bound = (degrees: number): Range => ({ from: String(degrees), to: String(degrees) });
  const north = withRange(selection, names[0], bound(spot.latitude));
  const here = { ...withRange(north, names[1], bound(spot.longitude)), picture: undefined };
  return (
    <MarkLink
      href={printRoute({ page: 'table', table: data.table.name, selection: here })}
      text={`${counted(spot.rows.length, 'row')}: ${words} …`}
    >
      {children}
    </MarkLink>
  );
}

/** The part of the world around the points, in degrees, twice as wide as high. */
function viewOf(points: readonly Spot[]): {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
} {
  const world = { x: -180, y: -90, width: 360, height: 180 };
  if (points.length === 0) return world;
  const extent = (of: (point: Spot) => number): readonly [number, number] =>
    points.reduce(
      ([least, most], point) => [Math.min(least, of(point)), Math.max(most, of(point))],
      [Infinity, -Infinity],
    );
  const [west, east] = extent(({ longitude }) => longitude);
  const [north, south] = extent(({ latitude }) => -latitude);
  const width = Math.min(360, 1.2 * Math.max(east - west, 2 * (south - north), 20));
  const height = width / 2;
  return { x: (west + east - width) / 2, y: (north + south - height) / 2, width, height };
}
