import type { Column, Table } from '../../compile/model.ts';
import { type Json, type JsonObject, defined, unlessEmpty } from '../../json/json.ts';
import { addressOf } from '../../read/dataset.ts';
import { citation } from './citation.ts';
import type { Described } from './described.ts';
import { datasetTerms } from './schemaOrg.ts';
import { documentation } from '../../engine/duckdb/sql.ts';

/** The context that Croissant 1.1 requires. */
const context: JsonObject = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  arrayShape: 'cr:arrayShape',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  containedIn: 'cr:containedIn',
  cr: 'http://mlcommons.org/croissant/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  description: { '@container': '@language' },
  equivalentProperty: 'cr:equivalentProperty',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileObject: 'cr:fileObject',
  fileProperty: 'cr:fileProperty',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isArray: 'cr:isArray',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  name: { '@container': '@language' },
  parentField: 'cr:parentField',
  path: 'cr:path',
  rai: 'http://mlcommons.org/croissant/RAI/',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  samplingRate: 'cr:samplingRate',
  sc: 'https://schema.org/',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
};

/**
 * croissant.json, Croissant 1.1: each table is a record set. Its fields are read from Parquet, which keeps types and
 * distinguishes the empty text from NULL; for a table in several Parquet files, from its one CSV file. The database is
 * not a file object: those need a digest, and that of a database is never the same.
 */
export function croissant(described: Described): Json {
  const { dataset, facts } = described;
  const tables = [...described.tables, ...described.derived];
  return {
    '@context': context,
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.1',
    ...datasetTerms(described),
    citeAs: citation(dataset, facts),
    distribution: tables.flatMap((table) => fileObjects(table, described)),
    recordSet: tables.map((table) => recordSet(table, described)),
  };
}

function fileObjects(table: Table, { dataset, file, exportedFiles }: Described): readonly Json[] {
  return [csvOf(table), ...exportedFiles('parquet', table.name)].map((name) => {
    const { bytes, sha256 } = file(name);
    return {
      '@type': 'cr:FileObject',
      '@id': name,
      name,
      contentUrl: addressOf(dataset, name),
      contentSize: `${bytes} B`,
      encodingFormat: name.endsWith('.csv') ? 'text/csv' : 'application/x-parquet',
      sha256,
    };
  });
}

function csvOf(table: Table): string {
  return `csv/${table.name}.csv`;
}

function recordSet(table: Table, { exportedFiles }: Described): Json {
  const parquet = exportedFiles('parquet', table.name);
  const from = (parquet.length === 1 ? parquet[0] : undefined) ?? csvOf(table);
  return defined({
    '@type': 'cr:RecordSet',
    '@id': table.name,
    name: table.name,
    description: documentation(table),
    key: unlessEmpty(table.primaryKey.map((column) => ({ '@id': fieldId(table.name, column) }))),
    field: table.columns.map((column) => field(table, column, from)),
  });
}

function fieldId(table: string, column: string): string {
  return `${table}/${column}`;
}

const dataTypes: Readonly<Record<Column['type'], string>> = {
  string: 'sc:Text',
  integer: 'sc:Integer',
  number: 'sc:Float',
  boolean: 'sc:Boolean',
  date: 'sc:Date',
  timestamp: 'sc:DateTime',
  json: 'sc:Text',
};

function field(table: Table, column: Column, from: string): Json {
  const foreign = table.foreignKeys.find((key) => key.columns.length === 1 && key.columns[0] === column.name);
  const target = foreign?.tableColumns[0];
  return defined({
    '@type': 'cr:Field',
    '@id': fieldId(table.name, column.name),
    name: column.name,
    description: documentation(column),
    dataType: dataTypes[column.type],
    source: { fileObject: { '@id': from }, extract: { column: column.name } },
    references:
      foreign === undefined || target === undefined ? undefined : { field: { '@id': fieldId(foreign.table, target) } },
  });
}
