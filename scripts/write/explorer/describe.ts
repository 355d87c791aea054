import type { Bounds, Field } from '../../compile/fields.ts';
import type { Column, Table } from '../../compile/model.ts';
import type { DerivedTable } from '../../engine/duckdb/exportViews.ts';
import { dataLicense } from '../../read/dataset.ts';
import { citation } from '../metadata/citation.ts';
import type { Described } from '../metadata/described.ts';
import { licenseLine } from '../metadata/license.ts';
import type { RecordName } from '../../schema/nameIn.ts';
import type { ExplorerColumn, ExplorerFile, ExplorerLabel, ExplorerModel, ExplorerTable } from './model.ts';
import type { TableScripts } from './tableScripts.ts';

/** The structure of a dataset's records: the tables of records, and for each table, by name, how its rows nest. */
export interface RecordStructure {
  readonly records: ReadonlySet<string>;
  readonly fields: ReadonlyMap<string, readonly Field[]>;
  readonly bounds: ReadonlyMap<string, readonly Bounds[]>;
  /** Where the name of a record is. */
  readonly names: ReadonlyMap<string, RecordName>;
}

/** What a page shows besides the tables themselves. */
export interface ExplorerStructure extends RecordStructure {
  readonly derived: readonly DerivedTable[];
}

/** What the page knows before it loads a table. `parts` are the scripts of each table, by its name. */
export function describeExplorer(
  { dataset, facts, tables, rowCounts, exportedFiles, database }: Described,
  structure: ExplorerStructure,
  parts: TableScripts,
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
    tables: [
      ...tables.map((table) => describeTable(table, structure)),
      ...structure.derived.map((each) => describeView(each, structure)),
    ].map((table) => ({
      ...table,
      rows: rowCounts.get(table.name) ?? 0,
      parts: parts.get(table.name),
      parquet: exportedFiles('parquet', table.name),
    })),
    files,
  };
}

type WithoutRows = Omit<ExplorerTable, 'rows' | 'parts' | 'parquet'>;

function describeView({ known, origins, isOrdered }: DerivedTable, structure: RecordStructure): WithoutRows {
  const noRecords = { records: new Set<string>(), fields: new Map(), bounds: new Map(), names: new Map() };
  return {
    ...describeTable(known, noRecords),
    bounds: boundsOfView(origins, structure.bounds),
    view: { isOrdered },
  };
}

/** Columns of a view that bound each other, because they come from one row of a table where they do. */
function boundsOfView(origins: DerivedTable['origins'], bounds: RecordStructure['bounds']): readonly Bounds[] {
  const certain = [...origins].flatMap(([name, [origin, ...others]]) =>
    origin?.alias === undefined || others.length > 0 ? [] : [{ name, ...origin }],
  );
  return certain.flatMap((least) =>
    certain
      .filter((most) => most.table === least.table && most.alias === least.alias)
      .filter((most) =>
        bounds.get(least.table.name)?.some(({ from, to }) => from === least.column.name && to === most.column.name),
      )
      .map((most) => ({ from: least.name, to: most.name })),
  );
}

function describeTable(
  { name, title, description, columns, primaryKey, foreignKeys }: Table,
  { records, fields, bounds, names }: RecordStructure,
): WithoutRows {
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
    label: labelIn(columns, names.get(name)),
  };
}

/** The columns with the name of a record; undefined for rows that are no records. */
function labelIn(columns: readonly Column[], name: RecordName | undefined): ExplorerLabel | undefined {
  if (name === undefined) return undefined;
  const found = name.pointers.flatMap((at) => columns.filter(({ pointer }) => pointer === at));
  return { columns: found.map((column) => column.name), isWhole: name.isWhole };
}

function describeColumn(column: Column): ExplorerColumn {
  const { name, type, nullable, title, description, unit, codes, pointer, references, tableColumn, constraints } =
    column;
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
    tableColumn,
    minimum: limit('minimum'),
    maximum: limit('maximum'),
  };
}
