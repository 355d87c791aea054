import { absolutePointer, pointerSteps } from '../json/json.ts';
import type { Shape } from '../schema/shape.ts';
import type { ChildPlan, RecordPlan, TablePlan, ValuePlan } from './recordPlan.ts';

/** A field of a record, or of an element of a list in it: where its value is stored, and its title in the schema. */
export interface Field {
  /** Key of the field in its object; empty for a value that is a whole row. */
  readonly name: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** Column that holds a scalar. */
  readonly column: string | undefined;
  /** Members of an object that is in the same row. */
  readonly fields: readonly Field[];
  /** Child tables that hold the elements of a list or the members of a map. */
  readonly tables: readonly string[];
}

/** The fields of the rows of each table of a record type, in the order of the schema, by the name of the table. */
export function fieldsOf(plan: RecordPlan): ReadonlyMap<string, readonly Field[]> {
  const found = new Map<string, readonly Field[]>();
  visit(plan.root, plan.type.shape, found);
  return found;
}

function visit(table: TablePlan, shape: Shape, found: Map<string, readonly Field[]>): void {
  const { name } = table.table;
  if (found.has(name)) return;
  // added first, since a recursive table leads back to itself
  found.set(name, []);
  const whole = fieldOf('', table.value, shape, table, found);
  const ofValue = whole.column === undefined && whole.tables.length === 0 ? [] : [{ ...whole, fields: [] }];
  found.set(name, [...ofValue, ...whole.fields]);
}

function fieldOf(
  name: string,
  value: ValuePlan,
  shape: Shape,
  table: TablePlan,
  found: Map<string, readonly Field[]>,
): Field {
  const inner = (child: ChildPlan | undefined, of: Shape | undefined): string[] => {
    if (child === undefined || of === undefined) return [];
    visit(child.rows(), of, found);
    return [child.rows().table.name];
  };
  const fields = [...(value.members ?? [])].flatMap(([key, member]) => {
    const property = shape.properties.get(key);
    return property === undefined ? [] : [fieldOf(key, member, property.shape, table, found)];
  });
  const elements = value.elements?.orBare === true ? shape.oneOrItem : shape.items;
  return {
    name,
    title: shape.title,
    description: shape.description,
    column: value.cell === undefined ? undefined : table.table.columns[value.cell.index]?.name,
    fields,
    tables: [...inner(value.elements, elements), ...inner(value.entries, shape.members)],
  };
}

/** Two columns of one row where the first never exceeds the second: `x-at-most`. */
export interface Bounds {
  readonly from: string;
  readonly to: string;
}

/** The pairs of columns of one row that bound each other, by the name of the table. */
export function boundsOf(plan: RecordPlan): ReadonlyMap<string, readonly Bounds[]> {
  return new Map(plan.tables.map((table) => [table.table.name, boundsIn(table, plan.type.shape)]));
}

function boundsIn({ table }: TablePlan, root: Shape): readonly Bounds[] {
  // the bounds of an uncertain date share its pointer: the first column is the value itself
  const byPointer = new Map(
    table.columns.toReversed().flatMap((c) => (c.pointer === undefined ? [] : [[c.pointer, c]])),
  );
  return [...byPointer].flatMap(([pointer, from]) =>
    (shapeOf(root, pointer)?.atMost ?? []).flatMap((limit) => {
      const to = byPointer.get(absolutePointer(pointer, limit) ?? '');
      return to === undefined ? [] : [{ from: from.name, to: to.name }];
    }),
  );
}

/** The shape at a pointer in which `*` matches any element or member. */
function shapeOf(root: Shape, pointer: string): Shape | undefined {
  let shape: Shape | undefined = root;
  for (const step of pointerSteps(pointer) ?? []) {
    const named: Shape | undefined = shape?.properties.get(step)?.shape;
    shape = named ?? (step === '*' ? (shape?.items ?? shape?.oneOrItem ?? shape?.members) : undefined);
  }
  return shape;
}
