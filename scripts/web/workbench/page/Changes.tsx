import { useEffect, useState } from 'preact/hooks';
import { count } from '../../../base/text.ts';
import type { ChangesMessage } from '../messages.ts';
import { ask } from './api.ts';
import { Dialog } from './Dialog.tsx';
import { Report } from './Report.tsx';
import { DraftList } from './Drafts.tsx';
import { keep } from './keeping.ts';
import { attempt, say } from './notice.ts';
import { refreshDrafts } from './openRecords.ts';
import { dialog, drafts, isChanged, source } from './state.ts';

/** Branches that other people share: a commit goes to a new branch instead. */
const shared: ReadonlySet<string> = new Set(['main', 'master', 'trunk', 'develop']);

/** The changed files, the report for the reviewer, and the commit. */
export function ChangesDialog() {
  const [found, setFound] = useState<ChangesMessage | undefined>(undefined);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [message, setMessage] = useState('');
  const [branch, setBranch] = useState('');
  useEffect(() => {
    const look = async (): Promise<void> => {
      if (isChanged.value) await keep();
      await refreshDrafts();
      const changes = await attempt(() => ask('changes', {}));
      if (changes === undefined) return void (dialog.value = undefined);
      const current = changes.branch ?? '';
      setFound(changes);
      setBranch(current === '' || shared.has(current) ? `curate/${source.value?.id ?? 'records'}` : current);
      setMessage(source.value === undefined ? '' : `Code ${source.value.label ?? source.value.id}`.slice(0, 72));
    };
    void look();
  }, []);
  const submit = async (): Promise<void> => {
    const made = await attempt(() => ask('commit', { message, branch }));
    if (made === undefined) return;
    if ('refused' in made) return setRefused(made.refused);
    dialog.value = undefined;
    say(`Committed ${made.commit.slice(0, 12)} on branch ${branch}. Nothing was pushed.`);
  };
  return (
    <Dialog label="Commit changes">
      <h3>Changes since the last commit{found === undefined ? '' : `: ${count(found.files.length, 'file')}`}</h3>
      {found === undefined ? <p>Comparing…</p> : null}
      {found?.files.length === 0 ? (
        <>
          <p>There are no changes to commit.</p>
          <NotCommitted />
        </>
      ) : null}
      {found === undefined || found.files.length === 0 ? null : (
        <form
          class="wide-form"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <ul class="files">
            {found.files.map((file) => (
              <li key={file}>{file}</li>
            ))}
          </ul>
          {found.report === '' ? null : (
            <details>
              <summary>Report for the reviewer</summary>
              <Report markdown={found.report} />
            </details>
          )}
          <label>
            Commit message
            <textarea rows={2} value={message} onInput={(event) => setMessage(event.currentTarget.value)} />
          </label>
          <label>
            Branch
            <input type="text" value={branch} onInput={(event) => setBranch(event.currentTarget.value)} />
          </label>
          <Refused problems={refused} />
          <NotCommitted />
          <button type="submit" class="primary" disabled={message.trim() === '' || branch === ''}>
            Commit
          </button>
        </form>
      )}
    </Dialog>
  );
}

/** Why there is no commit. */
function Refused({ problems }: { readonly problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <>
      <p class="fault">Not committed. Fix these problems first:</p>
      <ul class="problems">
        {problems.map((line) => (
          <li key={line} class="error">
            {line}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The drafts, which no commit holds. */
function NotCommitted() {
  const { length } = drafts.value;
  if (length === 0) return null;
  return (
    <div class="warning">
      Not saved, so not in this commit: {count(length, 'draft')}. Open one to finish and save it.
      <DraftList drafts={drafts.value} />
    </div>
  );
}
