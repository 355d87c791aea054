import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Field } from '../../compile/fields.ts';
import { below } from '../../json/json.ts';
import type { ExplorerColumn, ExplorerModel, ExplorerTable } from '../../write/explorer/model.ts';
import { type TableData, columnOf, valueAt } from './columns.ts';
import { EvidenceList, EvidenceMarks, Waiting } from './Evidence.tsx';
import { History, Withdrawn } from './History.tsx';
import { labelOf, rowOf, targetsOf } from './links.ts';
import { Message } from './Message.tsx';
import { type Evidence, childRows, elementPointer, evidenceAt, evidenceOf } from './record.ts';
import { RecordLink } from './RecordLink.tsx';
import { Referrers } from './Referrers.tsx';
import { printRoute } from './route.ts';
import { everything } from './selection.ts';
import { isWaiting, smallTable, tableState } from './state.ts';
import { WebLink } from './WebLink.tsx';
import { formatted, tableTitle } from './words.ts';

interface RecordPageProps {
  readonly release: ExplorerModel;
  readonly name: string;
  readonly id: string;
}

/** A record: its fields in schema order, their evidence, and the records that refer to it. */
export function RecordPage({ release, name, id }: RecordPageProps): JSX.Element {
  const table = release.tables.find((each) => each.name === name);
  if (table === undefined) return <Message>This release has no table {name}.</Message>;
  if (table.parts === undefined) return <Message>The table {name} is too large to show here.</Message>;
  const loading = tableState(table);
  if (loading.state === 'failed') return <Message>The record could not be loaded: {loading.message}.</Message>;
  if (loading.state === 'loading') return <Message>Loading {name}…</Message>;
  const row = rowOf(loading.data, id);
  if (row === undefined) return <Withdrawn release={release} table={table} id={id} />;
  return <Found release={release} data={loading.data} row={row} id={id} />;
}

/** Shared by every part of a record's page. */
interface Context {
  readonly release: ExplorerModel;
  readonly evidence: readonly Evidence[];
}

function Found({
  release,
  data,
  row,
  id,
}: {
  readonly release: ExplorerModel;
  readonly data: TableData;
  readonly row: number;
  readonly id: string;
}): JSX.Element {
  const { table } = data;
  const provenance = release.tables.find((each) => each.name === 'provenance');
  const spans = provenance === undefined ? undefined : smallTable(provenance);
  const evidence = useMemo(
    () => (spans === undefined ? [] : evidenceOf(spans, table.name, id)),
    [spans, table.name, id],
  );
  const label = labelOf(data, row);
  return (
    <article class="record">
      <p class="faint">
        <a href={printRoute({ page: 'table', table: table.name, selection: everything })}>{tableTitle(table)}</a>
      </p>
      <h1>{id}</h1>
      {label !== undefined && <p class="lead">{label}</p>}
      <div class={evidence.length > 0 ? 'beside' : undefined}>
        <div>
          <Fields context={{ release, evidence }} data={data} row={row} fields={table.fields} pointer="" />
        </div>
        {provenance !== undefined && isWaiting(provenance) && <Waiting table={provenance} what="the evidence" />}
        {evidence.length > 0 && <EvidenceList release={release} evidence={evidence} />}
      </div>
      <Referrers release={release} name={table.name} id={id} />
      <History release={release} table={table.name} id={id} />
    </article>
  );
}

interface FieldsProps {
  readonly context: Context;
  readonly data: TableData;
  readonly row: number;
  readonly fields: readonly Field[];
  /** JSON Pointer of the object with the fields. */
  readonly pointer: string;
}

/** The fields of an object that have a value. */
function Fields({ context, data, row, fields, pointer }: FieldsProps): JSX.Element | null {
  const held = fields.filter((field) => holds(context.release, field, data, row));
  if (held.length === 0) return null;
  return (
    <dl class="fields">
      {held.map((field) => {
        const at = field.name === '' ? pointer : below(pointer, field.name);
        const column = data.table.columns.find((each) => each.name === field.column);
        const label = field.title ?? column?.title ?? field.name;
        return (
          <div key={at} data-pointer={at}>
            {label !== '' && <dt title={field.description}>{label}</dt>}
            <dd>
              <FieldValue context={context} data={data} row={row} field={field} column={column} pointer={at} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Whether a field has a value, or a list that is not empty or still to be loaded. */
function holds(release: ExplorerModel, field: Field, data: TableData, row: number): boolean {
  const column = field.column === undefined ? undefined : columnOf(data, field.column);
  if (column !== undefined && valueAt(column, row) !== null) return true;
  if (field.fields.some((each) => holds(release, each, data, row))) return true;
  return childrenOf(release, field, data.table).some((child) => {
    const rows = smallTable(child);
    return rows === undefined ? child.rows > 0 : childRows(rows, data, row).length > 0;
  });
}

/** The child tables of a field; a recursive list shows all its levels at once. */
function childrenOf(release: ExplorerModel, field: Field, table: ExplorerTable): readonly ExplorerTable[] {
  return release.tables.filter((each) => field.tables.includes(each.name) && each.name !== table.name);
}

interface FieldValueProps {
  readonly context: Context;
  readonly data: TableData;
  readonly row: number;
  readonly field: Field;
  readonly column: ExplorerColumn | undefined;
  readonly pointer: string;
}

function FieldValue({ context, data, row, field, column, pointer }: FieldValueProps): JSX.Element {
  return (
    <>
      {column !== undefined && <CellValue context={context} data={data} row={row} column={column} pointer={pointer} />}
      <Fields context={context} data={data} row={row} fields={field.fields} pointer={pointer} />
      {childrenOf(context.release, field, data.table).map((child) => (
        <Elements context={context} parent={data} row={row} child={child} pointer={pointer} />
      ))}
    </>
  );
}

interface CellValueProps extends Omit<FieldValueProps, 'field' | 'column'> {
  readonly column: ExplorerColumn;
}

function CellValue({ context, data, row, column, pointer }: CellValueProps): JSX.Element | null {
  const cells = columnOf(data, column.name);
  const value = cells === undefined ? null : valueAt(cells, row);
  if (value === null) return null;
  const targets = targetsOf(data.table, column);
  const meaning = column.codes?.find(({ code }) => code === value)?.description;
  return (
    <p class="value">
      {targets.length > 0 ? (
        <RecordLink release={context.release} tables={targets} id={String(value)} labelled />
      ) : (
        <span>{typeof value === 'number' ? formatted(value) : <WebLink text={value} />}</span>
      )}
      {column.unit !== undefined && ` ${column.unit}`}
      {meaning !== undefined && <span class="label"> {meaning}</span>}
      <DayBounds data={data} row={row} column={column} />
      <EvidenceMarks evidence={evidenceAt(context.evidence, pointer)} />
    </p>
  );
}

/** The first and last possible day of an uncertain date, if they differ. */
function DayBounds({
  data,
  row,
  column,
}: {
  readonly data: TableData;
  readonly row: number;
  readonly column: ExplorerColumn;
}): JSX.Element | null {
  const [first, last] = ['earliest', 'latest'].map((which) => {
    const cells = columnOf(data, `${column.name}_${which}`);
    return cells === undefined ? undefined : valueAt(cells, row);
  });
  if (first === undefined || last === undefined || first === last) return null;
  return (
    <span class="label">
      {' '}
      {first ?? 'any day'} to {last ?? 'any day'}
    </span>
  );
}

interface ElementsProps {
  readonly context: Context;
  readonly parent: TableData;
  readonly row: number;
  readonly child: ExplorerTable;
  readonly pointer: string;
}

/** The elements of a list, or the members of a map. */
function Elements({ context, parent, row, child, pointer }: ElementsProps): JSX.Element | null {
  const rows = smallTable(child);
  if (rows === undefined) return isWaiting(child) ? <Waiting table={child} what="this list" /> : null;
  const elements = childRows(rows, parent, row);
  if (elements.length === 0) return null;
  return (
    <ol class="elements" start={0}>
      {elements.map((each) => (
        <li key={each}>
          <ElementKey child={child} data={rows} row={each} />
          <Fields
            context={context}
            data={rows}
            row={each}
            fields={child.fields}
            pointer={elementPointer(pointer, child, rows, each)}
          />
        </li>
      ))}
    </ol>
  );
}

/** The key of a member of a map, or the pointer of an element of a recursive list. */
function ElementKey({
  child,
  data,
  row,
}: {
  readonly child: ExplorerTable;
  readonly data: TableData;
  readonly row: number;
}): JSX.Element | null {
  const name = child.primaryKey.at(-1) ?? '';
  const column = columnOf(data, name);
  const value = column === undefined ? null : valueAt(column, row);
  return typeof value === 'string' ? <span class="key">{value}</span> : null;
}
