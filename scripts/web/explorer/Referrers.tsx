import type { JSX } from 'preact';
import type { ExplorerModel } from '../../write/explorer/model.ts';
import { headingOf, headingText } from './headings.ts';
import { Waiting } from './Evidence.tsx';
import { type Referrer, recordIdOf, recordTableOf, referrersOf, rowsWith } from './links.ts';
import { RecordLink } from './RecordLink.tsx';
import { printRoute } from './route.ts';
import { everything } from './selection.ts';
import { isWaiting, smallTable } from './state.ts';
import { counted, tableTitle } from './words.ts';

const mostListed = 12;

/** The records that refer to one. */
export function Referrers({
  release,
  name,
  id,
}: {
  readonly release: ExplorerModel;
  readonly name: string;
  readonly id: string;
}): JSX.Element | null {
  const parts = referrersOf(release, name);
  const held = parts.filter(({ table, column }) => {
    const data = smallTable(table);
    return data === undefined ? isWaiting(table) : rowsWith(data, column.name, id).length > 0;
  });
  if (held.length === 0) return null;
  return (
    <section aria-labelledby="referrers">
      <h2 id="referrers">Referred to by</h2>
      {held.map((referrer) => (
        <ReferrerList release={release} referrer={referrer} id={id} />
      ))}
    </section>
  );
}

function ReferrerList({
  release,
  referrer: { table, column },
  id,
}: {
  readonly release: ExplorerModel;
  readonly referrer: Referrer;
  readonly id: string;
}): JSX.Element {
  const data = smallTable(table);
  const owner = recordTableOf(release, table);
  const heading = headingText(headingOf(table, column));
  if (data === undefined || owner === undefined)
    return <Waiting table={table} what={`${tableTitle(table)}, ${heading}`} />;
  const rows = rowsWith(data, column.name, id);
  const ids = [...new Set(rows.map((row) => String(recordIdOf(data, row))))];
  const selection = { ...everything, values: new Map([[column.name, new Set([id])]]) };
  return (
    <>
      <h3>
        {table === owner ? tableTitle(owner) : `${tableTitle(owner)}, ${tableTitle(table)}`}, {heading}{' '}
        <a class="count" href={printRoute({ page: 'table', table: table.name, selection })}>
          {counted(rows.length, 'row')}
        </a>
      </h3>
      <ul>
        {ids.slice(0, mostListed).map((each) => (
          <li key={each}>
            <RecordLink release={release} tables={[owner.name]} id={each} labelled />
          </li>
        ))}
      </ul>
      {ids.length > mostListed && <p class="faint">and {counted(ids.length - mostListed, 'more', 'more')}</p>}
    </>
  );
}
