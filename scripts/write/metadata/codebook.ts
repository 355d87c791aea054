import type { CodeOfText, Column, PolymorphicKey, Table } from '../../compile/model.ts';
import { count, groupBy, list } from '../../base/text.ts';
import { documentation } from '../../engine/duckdb/sql.ts';
import { type Described, foldersOfRows, placesOfRows } from './described.ts';
import { code, markdown, paragraphs } from './markdown.ts';

/** CODEBOOK.md: every table, column and code, from the schemas. */
export function codebook(described: Described): string {
  const { dataset, tables, derived, rowCounts } = described;
  const lines = [
    `# Codebook: ${markdown(dataset.title ?? dataset.name)}`,
    '',
    ...paragraph(dataset.description),
    `Version ${markdown(dataset.version)}. Every table is in ${placesOfRows(described)} with the same rows ` +
      'in the same order.',
    '',
    ...tables.flatMap((table) => tableLines(table, rowCounts.get(table.name) ?? 0)),
    ...(derived.length === 0
      ? []
      : ['## Views', '', `A view is made from the tables. Its rows are in ${list(foldersOfRows(described))} too.`, '']),
    ...derived.flatMap((view) => viewLines(view, rowCounts.get(view.name) ?? 0)),
    ...codeLists(tables),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function tableLines(table: Table, rows: number): string[] {
  const polymorphic = table.columns.flatMap(({ name, tableFor }) =>
    tableFor === undefined ? [] : [polymorphicLine(name, tableFor)],
  );
  return [
    `## ${markdown(table.name)}`,
    '',
    ...paragraph([table.title, table.description].filter((t) => t !== undefined).join(': ') || undefined),
    `${count(rows, 'row')}. ` +
      (table.primaryKey.length === 0 ? 'No key.' : `Key: ${table.primaryKey.map(code).join(', ')}.`),
    '',
    ...table.foreignKeys.map(
      (fk) => `- ${fk.columns.map(code).join(', ')} → ${code(fk.table)} (${fk.tableColumns.map(code).join(', ')})`,
    ),
    ...polymorphic,
    ...(table.foreignKeys.length + polymorphic.length === 0 ? [] : ['']),
    '| column | type | empty | pointer | description |',
    '|---|---|---|---|---|',
    ...table.columns.map(columnLine),
    '',
  ];
}

function polymorphicLine(name: string, { column, targets }: PolymorphicKey): string {
  const tables = targets.map((target) => `${code(target.table)} (${code(target.column)})`);
  return `- ${code(column)} → ${list(tables, 'or')}: ${code(name)} says which`;
}

function viewLines(view: Table, rows: number): string[] {
  return [
    `### ${markdown(view.name)}`,
    '',
    ...paragraph(view.description),
    `${count(rows, 'row')}.`,
    '',
    '| column | type | description |',
    '|---|---|---|',
    ...view.columns.map((each) => `| ${code(each.name)} | ${each.type} | ${documented(each)} |`),
    '',
  ];
}

function columnLine(column: Column): string {
  const refers = column.references.length === 0 ? '' : ` ${markdown(`Refers to ${column.references.join(', ')}.`)}`;
  const cells = [
    code(column.name),
    column.codes === undefined ? column.type : 'code',
    column.nullable ? 'yes' : 'no',
    column.pointer === undefined ? '' : code(column.pointer),
    documented(column) + refers,
  ];
  return `| ${cells.join(' | ')} |`;
}

function documented(column: Column): string {
  const unit = column.unit === undefined ? '' : ` Unit: ${column.unit}.`;
  return markdown((documentation(column) ?? '') + unit);
}

/** Every code list once, with the columns that use it. */
function codeLists(tables: readonly Table[]): string[] {
  const columns = tables.flatMap((table) => table.columns.map((column) => ({ table: table.name, column })));
  const coded = columns.flatMap(({ table, column: { name, codes } }) =>
    codes === undefined ? [] : [{ column: `${table}.${name}`, codes }],
  );
  if (coded.length === 0) return [];
  const lists = groupBy(coded, ({ codes }) => JSON.stringify(codes));
  return ['## Codes', '', ...[...lists.values()].flatMap((alike) => codeLines(alike))];
}

function codeLines(alike: readonly { readonly column: string; readonly codes: readonly CodeOfText[] }[]): string[] {
  const [first] = alike;
  return [
    `Codes of ${list(alike.map(({ column }) => code(column)))}:`,
    '',
    ...(first?.codes ?? []).map(
      (c) => `- ${code(c.code)}${c.description === undefined ? '' : `: ${markdown(c.description)}`}`,
    ),
    '',
  ];
}

function paragraph(text: string | undefined): string[] {
  return text === undefined ? [] : [paragraphs(text), ''];
}
