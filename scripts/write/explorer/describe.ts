import type { Bounds, Field } from '../../compile/fields.ts';
import type { Column, Table } from '../../compile/model.ts';
import { dataLicense } from '../../read/dataset.ts';
import { citation } from '../metadata/citation.ts';
import type { Described } from '../metadata/described.ts';
import { licenseLine } from '../metadata/license.ts';
import type { ExplorerColumn, ExplorerFile, ExplorerModel, ExplorerTable } from './model.ts';

/** What the records of a dataset look like: the tables of records, and by the name of each table how its rows nest. */
export interface RecordStructure {
  readonly records: ReadonlySet<string>;
  readonly fields: ReadonlyMap<string, readonly Field[]>;
  readonly bounds: ReadonlyMap<string, readonly Bounds[]>;
}

/** What the page knows before it loads a table. `parts` are the scripts of each table. */
export function describeExplorer(
  { dataset, facts, tables, rowCounts, views, parquetFiles, database }: Described,
  structure: RecordStructure,
  parts: ReadonlyMap<string, readonly string[] | undefined>,
  files: readonly ExplorerFile[],
): ExplorerModel {
  const license = dataLicense(dataset);
  return {
    dataset: {
      name: dataset.name,
      title: dataset.title ?? dataset.name,
      description: dataset.description,
      version: dataset.version,
      date: facts.date ?? undefined,
      commit: facts.commit ?? undefined,
      homepage: dataset.homepage,
      license: license === undefined ? undefined : licenseLine(license),
      citation: citation(dataset, facts),
      database: database?.file ?? '',
    },
    tables: tables.map((table) => ({
      ...describeTable(table, structure),
      rows: rowCounts.get(table.name) ?? 0,
      parts: parts.has(table.name) ? parts.get(table.name) : [],
      parquet: parquetFiles(table.name),
    })),
    views: views.map(({ name, description }) => ({ name, description })),
    files,
  };
}

function describeTable(
  { name, title, description, columns, primaryKey, foreignKeys }: Table,
  { records, fields, bounds }: RecordStructure,
): Omit<ExplorerTable, 'rows' | 'parts' | 'parquet'> {
  return {
    name,
    title,
    description,
    columns: columns.map(describeColumn),
    primaryKey,
    foreignKeys,
    records: records.has(name),
    fields: fields.get(name) ?? [],
    bounds: bounds.get(name) ?? [],
  };
}

function describeColumn(column: Column): ExplorerColumn {
  const { name, type, nullable, title, description, unit, codes, pointer, references, constraints } = column;
  const limit = (key: string): number | undefined => {
    const value = constraints[key];
    return typeof value === 'number' ? value : undefined;
  };
  return {
    name,
    type,
    nullable,
    title,
    description,
    unit,
    codes,
    pointer,
    references,
    minimum: limit('minimum'),
    maximum: limit('maximum'),
  };
}
