import { useEffect, useState } from 'preact/hooks';
import type { RecordSummary } from '../messages.ts';
import { colourOf } from './colours.ts';
import { ChangesDialog } from './Changes.tsx';
import { Combobox } from './Combobox.tsx';
import { ask } from './api.ts';
import { Dialog } from './Dialog.tsx';
import { Form } from './Form.tsx';
import { focusField } from './focus.ts';
import { type Key, alt, control } from './keys.ts';
import {
  attempt,
  beginRecord,
  citeFocused,
  conflict,
  content,
  dialog,
  focused,
  inHand,
  isChanged,
  left,
  notice,
  open,
  openRecord,
  openSource,
  redo,
  save,
  say,
  selection,
  source,
  start,
  table,
  titleOf,
  undo,
  wordsOf,
} from './state.ts';
import { TakeInDialog, takeDropped } from './TakeIn.tsx';
import { TextPane, findInText } from './TextPane.tsx';

/** Goes to the next thing that is left to do, behind the field in focus. */
function next(): void {
  const list = left.value;
  const at = list.findIndex(({ pointer }) => pointer === focused.value);
  const following = list[at + 1] ?? list[0];
  if (following === undefined) return say('Nothing is left to do in this record.');
  const { pointer, what, words } = following;
  focusField(pointer);
  say(
    what === 'cite'
      ? `${titleOf(pointer)}: select its words in the text, then Alt+E.`
      : what === 'fill in'
        ? `${titleOf(pointer)}: fill it in.`
        : `${titleOf(pointer)}: ${words}`,
  );
}

async function saveAndNext(): Promise<void> {
  if (!(await save())) return;
  const records = source.value?.records ?? [];
  const at = records.findIndex(({ table: of, id }) => of === open.value?.record.table && id === open.value.record.id);
  const following = records[at + 1];
  if (following !== undefined) await openRecord(following.table, following.id);
}

function takeInHand(): void {
  inHand.value = inHand.value === undefined ? selection.value : undefined;
  say(
    inHand.value === undefined
      ? 'No words in hand.'
      : 'Each field that you fill in now is cited with these words. Alt+W puts them down.',
  );
}

/** Between the text and the form. */
function otherSide(): void {
  const pane = document.querySelector<HTMLElement>('#text');
  if (document.activeElement === pane) focusField(focused.value ?? left.value[0]?.pointer ?? '');
  else pane?.focus();
}

const keys: readonly Key[] = [
  alt('I', 'take in a text', () => (dialog.value = 'take in')),
  alt('N', 'new record', () => (dialog.value = 'new')),
  alt('E', 'evidence for the field', citeFocused),
  alt('W', 'words in hand', takeInHand),
  alt('J', 'next thing to do', next),
  alt('T', 'text or form', otherSide),
  alt('F', 'find in the text', () => (dialog.value = 'find')),
  alt('R', 'go to a record', () => (dialog.value = 'records')),
  alt('G', 'changes and commit', () => (dialog.value = start.value?.git === true ? 'changes' : undefined)),
  control('S', 'save', () => void save()),
  { ...control('Enter', 'save, and next', () => void saveAndNext()), shown: 'Ctrl+Enter' },
  control('Z', 'undo', undo),
  control('Z', 'redo', redo, true),
];

function onKeyDown(event: KeyboardEvent): void {
  const key = keys.find((each) => each.matches(event));
  if (key !== undefined) {
    event.preventDefault();
    key.run();
  } else if (event.key === 'Escape') dialog.value = undefined;
}

/** A file that is dropped is not opened in place of the page. */
function preventDefault(event: Event): void {
  event.preventDefault();
}

/** The whole page. */
export function App() {
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('dragover', preventDefault);
    document.addEventListener('drop', takeDropped);
    void begin();
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <>
      <header>
        <h1>{start.value?.title ?? 'Workbench'}</h1>
        <SourcePicker />
        <p id="notice" role="status" class={notice.value?.isFault === true ? 'fault' : ''}>
          {notice.value?.text}
        </p>
      </header>
      <main>
        <section id="source" aria-label="Source">
          <TextPane />
        </section>
        <section id="records" aria-label="Records">
          <RecordList />
          <RecordHead />
          <Form />
          <LeftList />
        </section>
      </main>
      <footer aria-label="Keys">
        {keys.map(({ shown, label, run }) => (
          <button key={shown} type="button" tabIndex={-1} onMouseDown={(event) => event.preventDefault()} onClick={run}>
            <kbd>{shown}</kbd> {label}
          </button>
        ))}
      </footer>
      <Dialogs />
    </>
  );
}

async function begin(): Promise<void> {
  const found = await attempt(() => ask('start', {}));
  if (found === undefined) return;
  start.value = found;
  document.title = found.title;
  if (found.source !== undefined) await openSource(found.source);
  if (found.incoming !== undefined) dialog.value = 'take in';
}

function SourcePicker() {
  const tables = (start.value?.tables ?? []).filter(({ isSource }) => isSource).map(({ name }) => name);
  if (tables.length === 0) return null;
  return (
    <Combobox
      label="Source"
      shown={source.value === undefined ? '' : (source.value.label ?? source.value.id)}
      placeholder="Choose a source"
      find={async (words) =>
        (await ask('find', { tables, words }).catch(() => [])).map(({ id, label }) => ({
          value: id,
          label: label ?? id,
          description: id,
        }))
      }
      choose={(id) => void openSource(id)}
    />
  );
}

/** The records of the source, by table. */
function RecordList() {
  const tables = start.value?.tables ?? [];
  const records = source.value?.records ?? [];
  const drafts = start.value?.drafts ?? [];
  return (
    <nav aria-label="Records of the source">
      {tables.map(({ name, title }) => {
        const own = records.filter((record) => record.table === name);
        if (own.length === 0) return null;
        return (
          <details key={name} open={own.length <= 12}>
            <summary>
              <span class={`swatch colour-${colourOf(tables, name)}`}>{title}</span> {own.length}
            </summary>
            <ul>
              {own.map((record) => (
                <li key={record.id}>
                  <RecordButton record={record} />
                </li>
              ))}
            </ul>
          </details>
        );
      })}
      {drafts.length === 0 ? null : (
        <details>
          <summary>Drafts {drafts.length}</summary>
          <ul>
            {drafts.map(({ table: of, draftName, label }) => (
              <li key={draftName}>
                <button type="button" onClick={() => void beginRecord(of, draftName)}>
                  {of}: {label === '' ? 'empty' : label}
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </nav>
  );
}

function RecordButton({ record: { table: of, id, label } }: { readonly record: RecordSummary }) {
  const now = open.value?.record;
  return (
    <button
      type="button"
      aria-current={now?.table === of && now.id === id}
      title={id}
      onClick={() => void openRecord(of, id)}
    >
      {label ?? id}
    </button>
  );
}

function RecordHead() {
  const now = open.value;
  if (now === undefined) return <p class="empty">Open a record, or select words and press Alt+N.</p>;
  const { record } = now;
  const words = inHand.value;
  return (
    <div class="record-head">
      <h2>
        {table.value?.title}: {record.id === '' ? 'new record' : record.id}
        {isChanged.value ? <span class="changed"> not saved</span> : null}
      </h2>
      {words === undefined ? null : (
        <p class="in-hand">
          In hand: “{wordsOf(words)}”{' '}
          <button type="button" onClick={takeInHand}>
            put down
          </button>
        </p>
      )}
      <button type="button" class="primary" onClick={() => void save()}>
        Save
      </button>
    </div>
  );
}

/** Everything that is left to do in the record. */
function LeftList() {
  if (content.value === undefined) return null;
  const list = left.value;
  return (
    <aside aria-label="Left to do">
      <h3>Left to do: {list.length}</h3>
      <ul>
        {list.map(({ pointer, what, words }) => (
          <li key={what + pointer + words}>
            <button type="button" class={what.replace(' ', '-')} onClick={() => focusField(pointer)}>
              {what}: {titleOf(pointer)}
              {words === '' ? '' : `: ${words}`}
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}

function Dialogs() {
  const name = dialog.value;
  if (name === 'new') return <NewDialog />;
  if (name === 'find') return <FindDialog />;
  if (name === 'changes') return <ChangesDialog />;
  if (name === 'take in') return <TakeInDialog />;
  if (name === 'records') return <RecordDialog />;
  if (name === 'conflict') return <ConflictDialog />;
  return null;
}

function NewDialog() {
  const tables = start.value?.tables ?? [];
  const choose = (name: string): void => {
    dialog.value = undefined;
    void beginRecord(name).then(() => setTimeout(next, 80));
  };
  return (
    <Dialog label="New record">
      <h3>New record</h3>
      <ol
        class="choices"
        onKeyDown={(event) => {
          const chosen = /^[1-9]$/.test(event.key) ? tables[Number(event.key) - 1] : undefined;
          if (chosen !== undefined) choose(chosen.name);
        }}
      >
        {tables.map(({ name, title, description }) => (
          <li key={name}>
            <button type="button" title={description} onClick={() => choose(name)}>
              {title}
            </button>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

function FindDialog() {
  const [words, setWords] = useState('');
  return (
    <Dialog label="Find in the text">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          dialog.value = undefined;
          setTimeout(() => findInText(words), 20);
        }}
      >
        <label>
          Words in the text
          <input type="text" value={words} onInput={(event) => setWords(event.currentTarget.value)} />
        </label>
      </form>
    </Dialog>
  );
}

function RecordDialog() {
  return (
    <Dialog label="Go to a record">
      <Combobox
        label="Record"
        shown=""
        find={async (words) =>
          (await ask('find', { words }).catch(() => [])).map(({ table: of, id, label }) => ({
            value: `${of}/${id}`,
            label: label ?? id,
            description: `${of} ${id}`,
          }))
        }
        choose={(chosen) => {
          const [of = '', id = ''] = chosen.split('/');
          dialog.value = undefined;
          void openRecord(of, id);
        }}
      />
    </Dialog>
  );
}

function ConflictDialog() {
  const theirs = conflict.value;
  const now = content.value;
  return (
    <Dialog label="The file has changed">
      <h3>The file has changed since you opened it</h3>
      <div class="sides">
        <pre aria-label="Yours">{JSON.stringify(now?.value, null, 2)}</pre>
        <pre aria-label="On the disk">
          {theirs === undefined ? 'The file is gone.' : JSON.stringify(theirs.value, null, 2)}
        </pre>
      </div>
      <button type="button" onClick={() => (dialog.value = undefined)}>
        Close
      </button>
    </Dialog>
  );
}
