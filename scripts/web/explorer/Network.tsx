import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { ExplorerModel } from '../../write/explorer/model.ts';
import { ChooseColumn } from './Choose.tsx';
import { columnOf, valueAt } from './columns.ts';
import { Legend } from './Legend.tsx';
import { labelOf, rowOf } from './links.ts';
import { Message } from './Message.tsx';
import { type Side, graphOf, labelSides, layOut } from './network.ts';
import { codeColumns, colourClass, pairOf } from './pictures.ts';
import { MarkLink } from './MarkLink.tsx';
import type { PictureProps } from './Pictures.tsx';
import { printRoute } from './route.ts';
import { toggleValue } from './selection.ts';
import { smallTable } from './state.ts';
import { counted, shortened } from './words.ts';

/** With more nodes than this, a network is unreadable and its layout takes noticeable time. */
const mostNodes = 400;
const [width, height, margin] = [900, 560, 30] as const;
const longestName = 24;

/** The records that the rows of a table join. A node links to its record. */
export function Network({ release, data, selection, rows, change }: PictureProps): JSX.Element | null {
  const { table } = data;
  const codes = codeColumns(table);
  const [codeName, setCode] = useState(codes[0]?.name ?? '');
  const pair = pairOf(release, table);
  const graph = useMemo(() => {
    const [from, to] = [columnOf(data, pair?.from.name ?? ''), columnOf(data, pair?.to.name ?? '')];
    const code = columnOf(data, codeName);
    if (from === undefined || to === undefined) return graphOf([]);
    return graphOf(
      Array.from(rows).flatMap((row): [string, string, string | null][] => {
        const [start, end] = [valueAt(from, row), valueAt(to, row)];
        const value = code === undefined ? null : valueAt(code, row);
        return start === null || end === null
          ? []
          : [[String(start), String(end), value === null ? null : String(value)]];
      }),
    );
  }, [data, rows, codeName, pair?.from.name, pair?.to.name]);
  const points = useMemo(() => (graph.nodes.length > mostNodes ? [] : layOut(graph)), [graph]);
  if (pair === undefined) return null;
  const counts = new Map<string | null, number>();
  for (const edge of graph.edges) counts.set(edge.value, (counts.get(edge.value) ?? 0) + edge.rows);
  const values = [...counts].map(([value, count]) => ({ value, count })).toSorted((a, b) => b.count - a.count);
  const at = (i: number): { readonly x: number; readonly y: number } => ({
    x: margin + (points[i]?.x ?? 0) * (width - 2 * margin),
    y: margin + (points[i]?.y ?? 0) * (height - 2 * margin),
  });
  const labels = labelSides(
    points.map((_, i) => at(i)),
    graph.nodes.map((id) => id.slice(0, longestName)),
    width,
  );
  const named = [...pair.fromTables, ...pair.toTables];
  return (
    <figure>
      <div class="tools">
        <ChooseColumn label="Colour" table={table} columns={codes} value={codeName} set={setCode} />
      </div>
      {graph.nodes.length > mostNodes ? (
        <Message>
          {counted(graph.nodes.length, 'record')} are too many to draw. Filter the rows until at most {mostNodes} are
          left.
        </Message>
      ) : (
        <svg class="picture" viewBox={`0 0 ${width} ${height}`} role="group" aria-label="Network of records">
          {graph.edges.map(({ from, to, value }) => {
            const [a, b] = [at(from), at(to)];
            const i = values.findIndex((each) => each.value === value);
            return <line class={`edge ${colourClass(i)}`} x1={a.x} y1={a.y} x2={b.x} y2={b.y} />;
          })}
          {graph.nodes.map((id, i) => (
            <Node release={release} tables={named} id={id} labelled={labels[i]} {...at(i)} />
          ))}
        </svg>
      )}
      {codeName !== '' && (
        <Legend values={values} toggle={(value) => change(toggleValue(selection, codeName, value))} />
      )}
      <figcaption>
        {counted(graph.nodes.length, 'record')} and {counted(graph.edges.length, 'line')}. Select a point to open its
        record.
      </figcaption>
    </figure>
  );
}

interface NodeProps {
  readonly release: ExplorerModel;
  readonly tables: readonly string[];
  readonly id: string;
  /** The side with room for its name; without room, the name appears on hover. */
  readonly labelled: Side | undefined;
  readonly x: number;
  readonly y: number;
}

function Node({ release, tables, id, labelled, x, y }: NodeProps): JSX.Element {
  const found = release.tables
    .filter(({ name }) => tables.includes(name))
    .map((table) => ({ table, data: smallTable(table) }))
    .find(({ data }) => data !== undefined && rowOf(data, id) !== undefined);
  const row = found?.data === undefined ? undefined : rowOf(found.data, id);
  const label = found?.data === undefined || row === undefined ? undefined : labelOf(found.data, row);
  const { shown, full } = shortened(id, longestName);
  const text = label === undefined ? full : `${full}: ${label}`;
  return (
    <MarkLink
      href={found === undefined ? undefined : printRoute({ page: 'record', table: found.table.name, id })}
      text={text}
    >
      <circle class={colourClass(tables.indexOf(found?.table.name ?? ''))} cx={x} cy={y} r={5} />
      <text
        x={labelled === 'left' ? x - 7 : x + 7}
        y={y + 4}
        text-anchor={labelled === 'left' ? 'end' : 'start'}
        class={labelled === undefined ? 'node crowded' : 'node'}
        aria-hidden="true"
      >
        {shown}
      </text>
    </MarkLink>
  );
}
