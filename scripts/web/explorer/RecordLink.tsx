import type { JSX } from 'preact';
import type { ExplorerModel } from '../../write/explorer/model.ts';
import { labelOf, rowOf } from './links.ts';
import { printRoute } from './route.ts';
import { smallTable } from './state.ts';

/** A link to a record in one of some tables, with its description if its table is loaded. */
export function RecordLink({
  release,
  tables,
  id,
  labelled = false,
}: {
  readonly release: ExplorerModel;
  readonly tables: readonly string[];
  readonly id: string;
  readonly labelled?: boolean;
}): JSX.Element {
  const targets = release.tables.filter((table) => tables.includes(table.name));
  const [only] = targets;
  const found = targets
    .map((table) => ({ table, data: targets.length > 1 || labelled ? smallTable(table) : undefined }))
    .find(({ data }) => data !== undefined && rowOf(data, id) !== undefined);
  const target = targets.length === 1 ? only : found?.table;
  if (target === undefined) return <>{id}</>;
  const row = found?.data === undefined ? undefined : rowOf(found.data, id);
  const label = found?.data === undefined || row === undefined ? undefined : labelOf(found.data, row);
  return (
    <>
      <a href={printRoute({ page: 'record', table: target.name, id })}>{id}</a>
      {labelled && label !== undefined && <span class="label"> {label}</span>}
    </>
  );
}
