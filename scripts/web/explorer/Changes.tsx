import type { JSX } from 'preact';
import { reserved } from '../../schema/extensions.ts';
import type { ExplorerModel } from '../../write/explorer/model.ts';
import { hrefOf } from '../../write/explorer/page.ts';
import { ChangeList } from './History.tsx';
import { Message } from './Message.tsx';
import { tableState } from './state.ts';
import { counted } from './words.ts';

const mostListed = 500;

/** What has changed since the release before this one. */
export function Changes({ release }: { readonly release: ExplorerModel }): JSX.Element {
  const table = release.tables.find((each) => each.name === reserved.changes);
  const changelog = release.files.find(({ path }) => path === 'CHANGELOG.md');
  if (table === undefined) return <Message>This build has no list of changes. Only releases have one.</Message>;
  const loading = table.parts === undefined ? undefined : tableState(table);
  return (
    <>
      <h1>Changes</h1>
      {table.description !== undefined && <p class="lead">{table.description}</p>}
      {changelog !== undefined && (
        <p>
          <a href={hrefOf(changelog.path)}>{changelog.path}</a> describes the changes of every release in sentences.
        </p>
      )}
      <p>{counted(table.rows, 'change')}</p>
      {loading?.state === 'loaded' && (
        <ChangeList
          data={loading.data}
          rows={Array.from({ length: Math.min(mostListed, loading.data.rows) }, (_, row) => row)}
        />
      )}
      {table.rows > mostListed && <p>See the table {table.name} for the rest.</p>}
    </>
  );
}
