/** Records that rows join, and how often. */
export interface Graph {
  /** Identifiers. */
  readonly nodes: readonly string[];
  readonly edges: readonly Edge[];
}

export interface Edge {
  /** Indices of nodes. */
  readonly from: number;
  readonly to: number;
  /** The value of a code, if there is one. */
  readonly value: string | null;
  readonly rows: number;
}

/** A graph of pairs; those with the same ends and the same value are one edge. */
export function graphOf(pairs: readonly (readonly [from: string, to: string, value: string | null])[]): Graph {
  const nodes = new Map<string, number>();
  const indexOf = (id: string): number => {
    const index = nodes.get(id) ?? nodes.size;
    nodes.set(id, index);
    return index;
  };
  const edges = new Map<string, Edge>();
  for (const [from, to, value] of pairs) {
    const edge = { from: indexOf(from), to: indexOf(to), value };
    const key = `${edge.from} ${edge.to} ${value ?? ''}`;
    edges.set(key, { ...edge, rows: (edges.get(key)?.rows ?? 0) + 1 });
  }
  return { nodes: [...nodes.keys()], edges: [...edges.values()] };
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const steps = 200;

/**
 * Where to draw the nodes, between 0 and 1 in each direction: joined nodes attract each other, all others repel each
 * other (Fruchterman and Reingold, 1991). The layout starts from a spiral, so that a graph always looks the same.
 */
export function layOut({ nodes, edges }: Graph): readonly Point[] {
  const count = nodes.length;
  const x = Float64Array.from(nodes, (_, i) => spiral(i, count) * Math.cos(i * golden));
  const y = Float64Array.from(nodes, (_, i) => spiral(i, count) * Math.sin(i * golden));
  const ideal = 1 / Math.sqrt(count);
  for (let step = 0; step < steps; step++) move(x, y, edges, ideal, 0.1 * (1 - step / steps));
  const [xs, ys] = [spread(x), spread(y)];
  return nodes.map((_, i) => ({ x: xs(x[i] ?? 0), y: ys(y[i] ?? 0) }));
}

/** The golden angle, in radians. */
const golden = Math.PI * (3 - Math.sqrt(5));

function spiral(index: number, count: number): number {
  return Math.sqrt((index + 0.5) / count) / 2;
}

/** One step: moves each node by the forces on it, at most `limit` far. */
function move(x: Float64Array, y: Float64Array, edges: readonly Edge[], ideal: number, limit: number): void {
  const [dx, dy] = [new Float64Array(x.length), new Float64Array(x.length)];
  const push = (i: number, j: number, strength: (distance: number) => number): void => {
    const [ax, ay] = [(x[i] ?? 0) - (x[j] ?? 0), (y[i] ?? 0) - (y[j] ?? 0)];
    const distance = Math.max(1e-3, Math.hypot(ax, ay));
    const by = strength(distance) / distance;
    dx[i]! += ax * by;
    dy[i]! += ay * by;
    dx[j]! -= ax * by;
    dy[j]! -= ay * by;
  };
  for (let i = 0; i < x.length; i++)
    for (let j = i + 1; j < x.length; j++) push(i, j, (distance) => (ideal * ideal) / distance);
  for (const { from, to } of edges) if (from !== to) push(from, to, (distance) => -(distance * distance) / ideal);
  for (let i = 0; i < x.length; i++) {
    // a little towards the middle, so that unconnected parts stay visible
    const [mx, my] = [(dx[i] ?? 0) - (x[i] ?? 0) * 0.5, (dy[i] ?? 0) - (y[i] ?? 0) * 0.5];
    const length = Math.max(1e-9, Math.hypot(mx, my));
    x[i]! += (mx / length) * Math.min(length, limit);
    y[i]! += (my / length) * Math.min(length, limit);
  }
}

function spread(values: Float64Array): (value: number) => number {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return (value) => (most > least ? (value - least) / (most - least) : 0.5);
}

/** The side of its point where a name fits; undefined if it would cover another name. */
export type Side = 'left' | 'right';

/** Distance of a name from the centre of its point, and its letter size, in units of the chart. */
const [gap, letter, line] = [7, 5.6, 11] as const;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Places the names of points, in order, so that none covers a point or another name. */
export function labelSides(
  points: readonly Point[],
  names: readonly string[],
  width: number,
): readonly (Side | undefined)[] {
  const taken: Box[] = points.map(({ x, y }) => ({ left: x - gap, right: x + gap, top: y - gap, bottom: y + gap }));
  return points.map(({ x, y }, i) => {
    const length = (names[i]?.length ?? 0) * letter;
    const [top, bottom] = [y - line / 2, y + line / 2];
    const boxes = [
      ['right', { left: x + gap, right: x + gap + length, top, bottom }],
      ['left', { left: x - gap - length, right: x - gap, top, bottom }],
    ] as const;
    const free = boxes.find(
      ([, box]) => box.left >= 0 && box.right <= width && !taken.some((each, j) => j !== i && overlap(each, box)),
    );
    if (free === undefined) return undefined;
    taken.push(free[1]);
    return free[0];
  });
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
