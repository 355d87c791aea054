import type { Field } from '../../compile/fields.ts';
import type { ExplorerColumn, ExplorerTable } from '../../write/explorer/model.ts';

/** The titles of a column: its own, after those of the objects that contain it. */
export interface Heading {
  readonly group: string;
  readonly title: string;
}

const known = new WeakMap<ExplorerTable, ReadonlyMap<string, Heading>>();

/** The heading of a column of a table. */
export function headingOf(table: ExplorerTable, column: ExplorerColumn): Heading {
  const headings = known.get(table) ?? headingsOf(table);
  known.set(table, headings);
  return headings.get(column.name) ?? { group: '', title: column.title ?? column.name };
}

/** A heading in one line. */
export function headingText({ group, title }: Heading): string {
  return group === '' ? title : `${group}: ${title}`;
}

function headingsOf(table: ExplorerTable): ReadonlyMap<string, Heading> {
  const groups = new Map<string, string>();
  const visit = (fields: readonly Field[], above: readonly string[]): void => {
    for (const field of fields) {
      if (field.column !== undefined) groups.set(field.column, above.join(', '));
      visit(field.fields, field.name === '' ? above : [...above, field.title ?? field.name]);
    }
  };
  visit(table.fields, []);
  return new Map(
    table.columns.map((column) => {
      // the bounds of an uncertain date are next to it
      const own = table.columns.find((each) => each.pointer === column.pointer && groups.has(each.name));
      const group = column.pointer === undefined || own === undefined ? '' : (groups.get(own.name) ?? '');
      return [column.name, { group, title: column.title ?? column.name }];
    }),
  );
}
