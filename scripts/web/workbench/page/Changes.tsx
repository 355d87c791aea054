import { signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { count } from '../../../base/text.ts';
import type { ChangesMessage, CommitMessage, RefusalMessage } from '../changeMessages.ts';
import { ask } from './api.ts';
import { ChangedFiles, FileList } from './ChangedFiles.tsx';
import { proposedMessage } from './commitMessage.ts';
import { closerOfDialog } from './dialogCloser.ts';
import { Dialog } from './Dialog.tsx';
import { MainButton } from './MainButton.tsx';
import { Report } from './Report.tsx';
import { DraftList } from './Drafts.tsx';
import { tableTitle } from './formFields.ts';
import { focusField } from './focus.ts';
import { keepNow } from './keeping.ts';
import { next } from './next.ts';
import { attempt, say } from './notice.ts';
import { openRecord, refreshDrafts } from './openRecords.ts';
import { saved } from './saveUnderWay.ts';
import { dialog, drafts, source, start } from './state.ts';
import { goingOn } from './typedAhead.ts';

/** Branches that other people share: a commit goes to a new branch instead. */
const shared: ReadonlySet<string> = new Set(['main', 'master', 'trunk', 'develop']);

/** What the user has typed and ticked: it is kept until a commit has it. */
const typed = signal<{ readonly message?: string; readonly branch?: string; readonly withSchema?: boolean }>({});

/** The branch that is proposed for a commit. */
function proposedBranch({ branch = '' }: ChangesMessage): string {
  return branch === '' || shared.has(branch) ? `curate/${source.value?.id ?? 'records'}` : branch;
}

function sourceTitle(id: string): string {
  return source.value?.id === id ? (source.value.label ?? id) : id;
}

/** The changed records, the report for the reviewer, and the commit. */
export function ChangesDialog() {
  const [found, setFound] = useState<ChangesMessage | undefined>(undefined);
  useEffect(() => {
    const close = closerOfDialog();
    const look = async (): Promise<void> => {
      await saved();
      await keepNow();
      await refreshDrafts();
      const changes = await attempt(() => ask('changes', {}));
      if (changes === undefined) close();
      else setFound(changes);
    };
    void look();
  }, []);
  return (
    <Dialog isWide label="Commit changes">
      {found === undefined ? (
        <>
          <h3>Changes since the last commit</h3>
          <p role="status">Comparing…</p>
        </>
      ) : found.files.length + found.schemaFiles.length === 0 ? (
        <>
          <h3>There are no changes to commit</h3>
          <p>Everything that you have saved is in the last commit.</p>
          <NotCommitted />
        </>
      ) : (
        <CommitForm found={found} />
      )}
    </Dialog>
  );
}

function CommitForm({ found }: { readonly found: ChangesMessage }) {
  const [refused, setRefused] = useState<Refusals | undefined>(undefined);
  const [isAtWork, setAtWork] = useState(false);
  const {
    message = proposedMessage(found.records ?? [], { tableTitle, sourceTitle }),
    branch = proposedBranch(found),
    withSchema = found.files.length === 0 || found.records === undefined,
  } = typed.value;
  const first = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    // the subject is at the top: the focus scrolls to the caret
    first.current?.setSelectionRange(0, 0);
    first.current?.focus();
  }, []);
  const submit = async (): Promise<void> => {
    const close = closerOfDialog();
    setAtWork(true);
    setRefused(undefined);
    const made = await attempt(() => ask('commit', { message, branch, withSchema }));
    setAtWork(false);
    if (made === undefined) return;
    if ('refused' in made) return setRefused(made);
    typed.value = {};
    close();
    say(`Committed ${made.commit.slice(0, 12)} on branch ${branch}. ${afterwards(found, branch)}`);
  };
  return (
    <form
      class="wide-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isAtWork) void submit();
      }}
    >
      <ChangedFiles found={found} />
      <SchemaFiles
        files={found.schemaFiles}
        isIncluded={withSchema}
        include={(isIncluded) => (typed.value = { ...typed.value, withSchema: isIncluded })}
      />
      {found.report === '' ? null : (
        <details>
          <summary>Report for the reviewer</summary>
          <Report markdown={found.report} />
        </details>
      )}
      <label>
        Commit message
        <textarea
          ref={first}
          rows={4}
          value={message}
          onInput={(event) => (typed.value = { ...typed.value, message: event.currentTarget.value })}
        />
      </label>
      <label>
        Branch
        <input
          type="text"
          value={branch}
          aria-describedby="branch-meaning"
          onInput={(event) => (typed.value = { ...typed.value, branch: event.currentTarget.value })}
        />
      </label>
      <p class="meaning" id="branch-meaning">
        {branchMeaning(found, branch)} Nothing is pushed.
      </p>
      {start.value?.user === undefined ? <WhoAreYou /> : null}
      <NotCommitted />
      {refused === undefined ? null : <Refused {...refused} />}
      <MainButton needsCtrl disabled={message.trim() === '' || branch === '' || isAtWork}>
        {isAtWork ? 'Checking all records…' : 'Commit'}
      </MainButton>
    </form>
  );
}

/** What a commit on a branch does. */
function branchMeaning({ branch: current, branches }: ChangesMessage, branch: string): string {
  if (branch === '') return 'Write the name of a branch.';
  if (branch === current) return 'This is the branch that you are on.';
  const from = current === undefined ? 'You are on no branch.' : `You are on ${current}.`;
  return branches.includes(branch)
    ? `${from} The commit goes on ${branch}, which exists already, and you are on it afterwards.`
    : `${from} The commit goes on the new branch ${branch}, and you are on it afterwards.`;
}

function WhoAreYou() {
  return (
    <p class="warning">
      Git does not know your name, and a commit needs it. In a terminal, run{' '}
      <code>git config --global user.name &quot;Your Name&quot;</code> and{' '}
      <code>git config --global user.email you@example.org</code>.
    </p>
  );
}

/** How to send the commit to others. */
function afterwards({ remotes }: ChangesMessage, branch: string): string {
  const to = remotes.includes('origin') ? 'origin' : remotes[0];
  if (to === undefined) return 'Nothing was pushed: the repository has no remote.';
  return `Nothing was pushed. To send it for review, run: git push -u ${to} ${branch}`;
}

interface SchemaFilesProps {
  readonly files: readonly string[];
  readonly isIncluded: boolean;
  readonly include: (isIncluded: boolean) => void;
}

/** Changed schemas, which are in the commit only if they are included. */
function SchemaFiles({ files, isIncluded, include }: SchemaFilesProps) {
  if (files.length === 0) return null;
  return (
    <div class="warning">
      <label>
        <input type="checkbox" checked={isIncluded} onChange={(event) => include(event.currentTarget.checked)} />
        Include the changed schema in this commit: {count(files.length, 'file')}
      </label>
      <FileList files={files} />
      {isIncluded ? null : <p>Without it, the records are checked against the schema of the last commit.</p>}
    </div>
  );
}

type Refusals = Exclude<CommitMessage, { readonly commit: string }>;

/** Why there is no commit. */
function Refused({ refused: problems, needsSchema }: Refusals) {
  if (needsSchema)
    return (
      <p class="fault" role="alert">
        Not committed: the records do not fit the schema of the last commit, only the changed one. Include the changed
        schema.
      </p>
    );
  return (
    <div role="alert">
      <p class="fault">Not committed. Fix {count(problems.length, 'problem')} first:</p>
      <ul class="problems">
        {problems.map(({ where, message, record }) => (
          <li key={where + message} class="error">
            {record === undefined ? where : <ToRecord {...record} />} {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Leads to the field of a record. */
function ToRecord({ table, id, pointer }: NonNullable<RefusalMessage['record']>) {
  const go = async (): Promise<boolean> => {
    dialog.value = undefined;
    if (!(await openRecord(table, id))) return false;
    if (pointer === '') await next();
    else focusField(pointer);
    return true;
  };
  return (
    <button type="button" onClick={() => void goingOn(go)}>
      {id}
    </button>
  );
}

/** The drafts, which are in no commit. */
function NotCommitted() {
  const { length } = drafts.value;
  if (length === 0) return null;
  return (
    <div class="warning">
      Not saved, so not in this commit: {count(length, 'draft')}. Open one to finish and save it, or commit the rest.
      <DraftList drafts={drafts.value} />
    </div>
  );
}
