import type { Column, Table } from '../../compile/model.ts';
import type { DatasetDescription } from '../../read/dataset.ts';
import type { View } from '../../read/schemas.ts';
import { count } from '../../base/text.ts';
import { code, markdown, paragraphs } from './markdown.ts';

/** CODEBOOK.md: every table, column and code, from the schemas. */
export function codebook(
  dataset: DatasetDescription,
  tables: readonly Table[],
  rowCounts: ReadonlyMap<string, number>,
  views: readonly View[],
): string {
  const lines = [
    `# Codebook: ${markdown(dataset.title ?? dataset.name)}`,
    '',
    ...paragraph(dataset.description),
    `Version ${markdown(dataset.version)}. Every table stands in \`csv/\`, \`parquet/\` and the DuckDB database with the same rows in the same order.`,
    '',
    ...tables.flatMap((table) => tableLines(table, rowCounts.get(table.name) ?? 0)),
    ...(views.length === 0 ? [] : ['## Views', '', 'In the DuckDB database only.', '']),
    ...views.flatMap(viewLines),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function viewLines({ name, description, columns }: View): string[] {
  return [
    `- **${markdown(name)}**${description === undefined ? '' : `: ${markdown(description)}`}`,
    ...[...columns].map(([column, text]) => `  - ${code(column)}: ${markdown(text)}`),
  ];
}

function tableLines(table: Table, rows: number): string[] {
  return [
    `## ${markdown(table.name)}`,
    '',
    ...paragraph([table.title, table.description].filter((t) => t !== undefined).join(': ') || undefined),
    `${count(rows, 'row')}. ${table.primaryKey.length === 0 ? 'No key.' : `Key: ${table.primaryKey.map(code).join(', ')}.`}`,
    '',
    ...table.foreignKeys.map(
      (fk) => `- ${fk.columns.map(code).join(', ')} → ${code(fk.table)} (${fk.tableColumns.map(code).join(', ')})`,
    ),
    ...(table.foreignKeys.length === 0 ? [] : ['']),
    '| column | type | empty | pointer | description |',
    '|---|---|---|---|---|',
    ...table.columns.map(columnLine),
    '',
    ...table.columns.flatMap((column) => codeLines(column)),
  ];
}

function columnLine(column: Column): string {
  const documentation = [column.title, column.description].filter((t) => t !== undefined).join(': ');
  const unit = column.unit === undefined ? '' : ` Unit: ${column.unit}.`;
  const refers = column.references.length === 0 ? '' : ` Refers to ${column.references.join(', ')}.`;
  const type = column.codes === undefined ? column.type : 'code';
  const cells = [
    code(column.name),
    type,
    column.nullable ? 'yes' : 'no',
    column.pointer === undefined ? '' : code(column.pointer),
    markdown(documentation + unit + refers),
  ];
  return `| ${cells.join(' | ')} |`;
}

function codeLines(column: Column): string[] {
  if (column.codes === undefined) return [];
  return [
    `Codes of ${code(column.name)}:`,
    '',
    ...column.codes.map((c) => `- ${code(c.code)}${c.description === undefined ? '' : `: ${markdown(c.description)}`}`),
    '',
  ];
}

function paragraph(text: string | undefined): string[] {
  return text === undefined ? [] : [paragraphs(text), ''];
}
