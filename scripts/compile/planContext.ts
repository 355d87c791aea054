import { mostColumns, mostColumnsUnused, mostTables, mostTablesUnused } from '../base/limits.ts';
import { Failure } from '../base/problem.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import type { Shape } from '../schema/shape.ts';
import { quoted } from '../base/text.ts';
import { type Column } from './model.ts';
import type { Draft, Names } from './names.ts';
import type { Ancestor } from './recursion.ts';
import type { Use } from './use.ts';
import type { TablePlan } from './recordPlan.ts';

export interface Context {
  readonly type: RecordType;
  /** Columns and tables planned so far, and whether only what records use is. */
  readonly planned: { columns: number; tables: number; readonly byUse: boolean };
  readonly names: Names;
  readonly plans: TablePlan[];
  readonly spans: string[];
  readonly sources: string[];
  readonly kept: Set<string>;
  /** Shapes of rows about which nothing is assumed, and those about which everything in their schema is assumed. */
  readonly doubted: ReadonlySet<Shape['identity']>;
  readonly relied: Set<Shape['identity']>;
}

/** Where in the tables, and in the record, a value is. */
export interface Spot {
  readonly draft: Draft;
  /** Path of column names inside the row; empty for the value of the row itself. */
  readonly path: string;
  /** JSON Pointer in the record, `*` for any element, and in the row. */
  readonly pointer: string;
  readonly inRow: string;
  /** Whether every row holds the value. */
  readonly sure: boolean;
  /** Whether every valid instance has the shape that the schema gives here. */
  readonly trusted: boolean;
  /** Key columns at the start of a row below this one. */
  readonly keys: readonly Column[];
  /** Names of the lists and maps from the record to the row. */
  readonly steps: readonly string[];
  /** The rows and objects that contain the value, including itself if it is one. */
  readonly around: readonly Ancestor<() => TablePlan>[];
  /** What records use of the value; undefined if everything that its schema allows is planned. */
  readonly use: Use | undefined;
}

/** Something that may not have a shape is a row of a table that relies on it: planning has to start again. */
export class Doubt extends Error {
  readonly identity: Shape['identity'];

  constructor(identity: Shape['identity']) {
    super('a table relies on a shape that not all of its rows have');
    this.identity = identity;
  }
}

/** A schema that is not our own would need more tables or columns than are planned without looking at its use. */
export class TooWide extends Error {}

/** A `$ref` in each property of each schema doubles the columns at each step: thirty of them would give a billion. */
export function countPlanned(what: 'columns' | 'tables', { planned, type, names }: Context): void {
  planned[what]++;
  if (planned.byUse || planned[what] <= limits[what].unused) return;
  if (!names.own) throw new TooWide();
  const { most } = limits[what];
  if (planned[what] <= most) return;
  throw new Failure(
    `${type.file}: the table ${quoted(type.name)} would need more than ${most} ${what}: ` +
      'use lists or maps instead of objects inside objects, or leave "properties" out where one JSON column will do',
  );
}

const limits = {
  columns: { unused: mostColumnsUnused, most: mostColumns },
  tables: { unused: mostTablesUnused, most: mostTables },
};

/** Whether so much is used that everything else with parts stays JSON. */
export function isFull({ planned }: Context): boolean {
  return planned.byUse && (planned.columns >= mostColumns || planned.tables >= mostTables);
}
