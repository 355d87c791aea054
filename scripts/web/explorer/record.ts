import { below } from '../../json/json.ts';
import type { ExplorerTable } from '../../write/explorer/model.ts';
import { type TableData, columnOf, valueAt } from './columns.ts';

/** A span of a source document, and the fields of a record that it supports. */
export interface Evidence {
  /** From 1, in the order of the documents. */
  readonly number: number;
  readonly source: string;
  /** Code points in the document's file. */
  readonly start: number;
  readonly end: number;
  readonly sha256: string;
  readonly begins: string;
  readonly ends: string;
  /** JSON Pointers; each includes everything below it. */
  readonly fields: readonly string[];
}

/** The spans that support a record, from the table of provenance. */
export function evidenceOf(provenance: TableData, table: string, id: string): readonly Evidence[] {
  const cells = (name: string): ((row: number) => string) => {
    const column = columnOf(provenance, name);
    return (row) => (column === undefined ? '' : String(valueAt(column, row) ?? ''));
  };
  const [tableName, recordId, field] = [cells('table_name'), cells('record_id'), cells('field')];
  const [source, start, end] = [cells('source_id'), cells('span_start'), cells('span_end')];
  const [sha256, begins, ends] = [cells('span_sha256'), cells('begins'), cells('ends')];
  const spans = new Map<string, Omit<Evidence, 'number' | 'fields'> & { readonly fields: string[] }>();
  for (let row = 0; row < provenance.rows; row++) {
    if (recordId(row) !== id || tableName(row) !== table) continue;
    const key = `${source(row)}\n${start(row)}\n${end(row)}`;
    const span = spans.get(key) ?? {
      source: source(row),
      start: Number(start(row)),
      end: Number(end(row)),
      sha256: sha256(row),
      begins: begins(row),
      ends: ends(row),
      fields: [],
    };
    span.fields.push(field(row));
    spans.set(key, span);
  }
  return [...spans.values()]
    .toSorted((a, b) => (a.source < b.source ? -1 : a.source > b.source ? 1 : a.start - b.start || a.end - b.end))
    .map((span, i) => ({ ...span, number: i + 1 }));
}

/** The spans that support the value at a pointer: those that name it, or an object or list that contains it. */
export function evidenceAt(evidence: readonly Evidence[], pointer: string): readonly Evidence[] {
  return evidence.filter(({ fields }) => fields.some((field) => pointer === field || pointer.startsWith(`${field}/`)));
}

/** The rows of a child table that belong to a row of the table above. */
export function childRows(child: TableData, parent: TableData, row: number): readonly number[] {
  const key = child.table.foreignKeys.find((fk) => fk.table === parent.table.name);
  if (key === undefined) return [];
  const pairs = key.columns.map((name, i) => {
    const above = columnOf(parent, key.tableColumns[i] ?? '');
    return { column: columnOf(child, name), value: above === undefined ? null : valueAt(above, row) };
  });
  const found: number[] = [];
  for (let each = 0; each < child.rows; each++)
    if (pairs.every(({ column, value }) => column !== undefined && valueAt(column, each) === value)) found.push(each);
  return found;
}

/** The pointer of an element, from that of its list or map and its key in the child table. */
export function elementPointer(list: string, child: ExplorerTable, data: TableData, row: number): string {
  const name = child.primaryKey.at(-1) ?? '';
  const column = columnOf(data, name);
  const step = column === undefined ? null : valueAt(column, row);
  // a value instead of a list has no step
  if (step === null || step === -1) return list;
  return name.endsWith('_pointer') ? list + String(step) : below(list, step);
}
