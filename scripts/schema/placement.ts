import { type Json, type JsonObject, below, isArray, isObject } from '../json/json.ts';
import { keyword } from './extensions.ts';
import type { RecordType } from './recordTypes.ts';
import type { SchemaSet } from './schemaSet.ts';
import type { Shape } from './shape.ts';

/** Where a schema describes a value of a record. */
interface Spot {
  readonly type: Pick<RecordType, 'name'>;
  readonly shape: Shape;
  readonly pointer: string;
  /** The number of steps from the record; 0 for the record itself. */
  readonly depth: number;
  /** Whether the value is in a list, or in a map. */
  readonly isListed: boolean;
}

/** Where a keyword of ours means something. */
interface Placement {
  readonly name: string;
  /** Whether a value of the keyword asks for something. */
  readonly asks: (value: Json | undefined) => boolean;
  readonly fits: (spot: Spot, location: string) => boolean;
  /** Where it means something, and what to do. */
  readonly says: string;
}

const isTrue = (value: Json | undefined): boolean => value === true;
const isTable = ({ depth }: Spot): boolean => depth === 0;
/** Whether the schema is a whole file about an object: it can be that of a table whose records are elsewhere. */
const canBeTable = ({ shape }: Spot, location: string): boolean => location.endsWith('#') && shape.types.has('object');
const isOwnField = ({ depth, isListed }: Spot): boolean => depth === 1 && !isListed;
const toTable = 'move it to the root of the schema of the table, beside "properties" and outside any alternative';
const toRecord = 'move it to a property of the record itself';
const outOfList = 'move it to a value outside any list or map';

const placements: readonly Placement[] = [
  {
    name: keyword.key,
    asks: (value) => typeof value === 'string',
    fits: (spot, at) => (isTable(spot) && spot.shape.key !== undefined) || canBeTable(spot, at),
    says: `means something only on a table: ${toTable}`,
  },
  {
    name: keyword.authority,
    asks: isTrue,
    fits: (spot, at) => (isTable(spot) && spot.shape.authority) || canBeTable(spot, at),
    says: `means something only on a table: ${toTable}`,
  },
  {
    name: keyword.distinct,
    asks: isArray,
    fits: (spot, at) => isTable(spot) || canBeTable(spot, at),
    says: `with a list means something only on a table: ${toTable}, or write true on a text`,
  },
  {
    name: keyword.distinct,
    asks: isTrue,
    fits: ({ depth, shape }) => depth > 0 && shape.types.has('string'),
    says: 'with true means something only on a text: on a table, write a list of pointers',
  },
  ...[keyword.withdrawal, keyword.review].map((name) => ({
    name,
    asks: isTrue,
    fits: isOwnField,
    says: `means something only on an object directly in a record: ${toRecord}`,
  })),
  ...[keyword.issued, keyword.language, keyword.uncoded].map((name) => ({
    name,
    asks: isTrue,
    fits: ({ depth, isListed }: Spot) => depth > 0 && !isListed,
    says: `means something only on a value that a record has once: ${outOfList}`,
  })),
];

/** A keyword where it means nothing. */
interface Misplaced {
  /** The schema that has it, as `schema:/file.json#/pointer`. */
  readonly location: string;
  readonly keyword: string;
  /** What is wrong, and what to do. */
  readonly message: string;
}

/**
 * The first keyword where it means nothing: nobody would notice that it is ignored. A schema that a `$ref` uses in
 * several places, such as that of a table inside another one, only has to fit one of them.
 */
export function misplacedKeyword(types: readonly RecordType[], schemas: SchemaSet): Misplaced | undefined {
  const used = placements.filter(({ name }) => schemas.extensions.has(name));
  if (used.length === 0) return undefined;
  const asking = new Map<string, readonly Placement[]>();
  const fitting = new Set<string>();
  const astray = new Map<string, Misplaced>();
  for (const spot of types.flatMap((type) => [...spotsIn(type)]))
    for (const location of spot.shape.locations) {
      const here = asking.get(location) ?? askingIn(schemas.at(location).schema, used);
      asking.set(location, here);
      for (const { name, fits, says } of here) {
        const key = `${location} ${name} ${says}`;
        if (fits(spot, location)) fitting.add(key);
        else if (!astray.has(key)) astray.set(key, { location, keyword: name, message: messageOf(name, spot, says) });
      }
    }
  return [...astray].find(([key]) => !fitting.has(key))?.[1];
}

function messageOf(name: string, { pointer, type }: Spot, says: string): string {
  return `${name}${pointer === '' ? '' : `, at ${pointer} of a record of ${type.name},`} ${says}`;
}

function askingIn(schema: Json, used: readonly Placement[]): readonly Placement[] {
  const own: JsonObject = isObject(schema) ? schema : {};
  return used.filter(({ name, asks }) => asks(own[name]));
}

/** The spots of a record, the outer ones first. A shape that occurs again further in is given once. */
function spotsIn(type: RecordType): readonly Spot[] {
  const seen = new Set<string>();
  const spots: Spot[] = [];
  const add = (shape: Shape, spot: Omit<Spot, 'type' | 'shape'>): void => {
    const key = `${shape.identity} ${spot.isListed}`;
    if (seen.has(key)) return;
    seen.add(key);
    spots.push({ type, shape, ...spot });
  };
  add(type.shape, { pointer: '', depth: 0, isListed: false });
  // the list grows while it is walked
  for (const { shape, pointer, depth, isListed } of spots) {
    for (const { name, shape: inner } of shape.properties.values())
      add(inner, { pointer: below(pointer, name), depth: depth + 1, isListed });
    for (const inner of [shape.members, shape.items])
      if (inner !== undefined) add(inner, { pointer: `${pointer}/*`, depth: depth + 1, isListed: true });
  }
  return spots;
}
