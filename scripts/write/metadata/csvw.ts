import type { Column, Table } from '../../compile/model.ts';
import { documentation } from '../../engine/duckdb/sql.ts';
import { type Json, type JsonObject, defined, unlessEmpty } from '../../json/json.ts';
import { addressOf, dataLicense, doiAddress } from '../../read/dataset.ts';
import type { Described } from './described.ts';

/** csvw.json: CSV on the Web, a table group with a schema for each CSV file (W3C Recommendation of 2015). */
export function csvw({ dataset, tables, derived }: Described): Json {
  const license = dataLicense(dataset);
  return defined({
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    '@type': 'TableGroup',
    '@id': doiAddress(dataset),
    'dc:title': dataset.title ?? dataset.name,
    'dc:description': dataset.description,
    'dc:license': license?.path ?? license?.name,
    dialect: {
      header: true,
      encoding: 'utf-8',
      lineTerminators: ['\n'],
      quoteChar: '"',
      doubleQuote: true,
      trim: false,
    },
    tables: [...tables, ...derived].map((table) =>
      defined({
        '@type': 'Table',
        url: addressOf(dataset, csvOf(table.name)),
        'dc:description': documentation(table),
        tableSchema: defined({
          '@type': 'Schema',
          columns: table.columns.map(describedColumn),
          primaryKey: unlessEmpty(table.primaryKey.map(variableName)),
          foreignKeys: unlessEmpty(
            table.foreignKeys.map((key) => ({
              columnReference: key.columns.map(variableName),
              reference: {
                resource: addressOf(dataset, csvOf(key.table)),
                columnReference: key.tableColumns.map(variableName),
              },
            })),
          ),
        }),
      }),
    ),
  });
}

function csvOf(table: Table['name']): string {
  return `csv/${table}.csv`;
}

/** A name in the form for a URI template (RFC 6570): the title has it as in the header of the CSV. */
function variableName(name: string): string {
  return encodeURIComponent(name)
    .replaceAll(/[-!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/^_/, '%5F');
}

const dataTypes: Readonly<Record<Column['type'], Json>> = {
  string: 'string',
  integer: 'integer',
  number: 'double',
  boolean: { base: 'boolean', format: 'true|false' },
  date: 'date',
  timestamp: 'dateTimeStamp',
  json: 'json',
};

function describedColumn(column: Column): JsonObject {
  return defined({
    name: variableName(column.name),
    titles: column.name,
    'dc:description': documentation(column),
    datatype: dataTypes[column.type],
    required: column.nullable || column.type === 'string' ? undefined : true,
  });
}
