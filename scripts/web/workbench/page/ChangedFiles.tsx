import { count } from '../../../base/text.ts';
import type { ChangesMessage } from '../changeMessages.ts';
import { tableTitle } from './formFields.ts';
import { start } from './state.ts';
import { withoutStop } from './withoutStop.ts';

/** What a commit contains: records by table, and how each has changed; the files on request. */
export function ChangedFiles({ found }: { readonly found: ChangesMessage }) {
  const { files, records = [], keptBack } = found;
  const named = records.length === 0 ? count(files.length, 'file') : count(records.length, 'record');
  return (
    <>
      <h3>Changes since the last commit: {named}</h3>
      {records.length === 0 ? (
        <FileList files={files} />
      ) : (
        <>
          <ul class="files">
            {records.map((record) => (
              <li key={`${record.table} ${record.id}`}>
                {tableTitle(record.table)}: <span title={record.id}>{withoutStop(record.label ?? record.id)}</span>{' '}
                <b>{record.change}</b>
              </li>
            ))}
          </ul>
          <details>
            <summary>{count(files.length, 'file')}</summary>
            <FileList files={files} />
          </details>
        </>
      )}
      {start.value?.coding === undefined ? null : (
        <p class="meaning">
          {start.value.coding === 'second'
            ? 'This is the second coding: the commit has its folder, and nothing of the first one changes.'
            : 'The commit has the second coding too, with the decisions on the differences.'}
        </p>
      )}
      {keptBack === undefined ? null : (
        <p class="meaning">
          The texts of the sources (folder {keptBack}) are not in git, so they stay on this machine. A reviewer sees the
          spans and their digests.
        </p>
      )}
    </>
  );
}

/** Paths, one a line. */
export function FileList({ files }: { readonly files: readonly string[] }) {
  return (
    <ul class="files">
      {files.map((file) => (
        <li key={file}>{file}</li>
      ))}
    </ul>
  );
}
