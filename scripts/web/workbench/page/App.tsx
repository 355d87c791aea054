import { useEffect, useRef, useState } from 'preact/hooks';
import type { RecordMessage, RecordSummary } from '../messages.ts';
import { colourOf } from './colours.ts';
import { goBack, saveAndReturn } from './createInPlace.ts';
import { ChangesDialog } from './Changes.tsx';
import { Combobox, fitting } from './Combobox.tsx';
import { addElement } from './addElement.ts';
import { ask } from './api.ts';
import { Dialog } from './Dialog.tsx';
import { DifferencesDialog } from './Differences.tsx';
import { differencesOf, takingFrom, withEvidenceOf } from './differences.ts';
import { Form } from './Form.tsx';
import { HelpDialog } from './Help.tsx';
import { focusField } from './focus.ts';
import { type Key, alt, control } from './keys.ts';
import {
  addable,
  alike,
  attempt,
  beginAnother,
  beginRecord,
  checkLatest,
  checkNow,
  checked,
  citations,
  citeAllLeft,
  citeFocused,
  conflict,
  content,
  dialog,
  drafts,
  focused,
  inHand,
  isChanged,
  isCode,
  left,
  nextLeft,
  notice,
  open,
  openRecord,
  openSource,
  opening,
  rebase,
  recordNow,
  redo,
  say,
  selection,
  sentenceCount,
  showsCoverage,
  source,
  start,
  suggestions,
  table,
  titleOf,
  uncovered,
  undo,
  waiting,
  wordsOf,
} from './state.ts';
import { type Choice, Settle, fromSecond } from './Settle.tsx';
import { PassOverDialog } from './PassOver.tsx';
import { ReviewDialog } from './Review.tsx';
import { TakeInDialog, takeDropped } from './TakeIn.tsx';
import { TextPane, findInText, showWords } from './TextPane.tsx';

/** So long the next field is waited for, in milliseconds: who types on does not wait longer. */
const mostWaited = 150;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds));
}

/** Goes to the next thing that is left to do, behind the field in focus. */
async function next(): Promise<void> {
  // a code can make other fields required; whatever else was typed need not be waited for
  if (isCode(focused.value)) await Promise.race([checkLatest(), pause(mostWaited)]);
  if (nextLeft() === undefined) await checkLatest();
  const following = nextLeft();
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
  if (!(await saveAndReturn())) return;
  if (open.value?.record.id === '') return;
  const records = citations.value?.records ?? [];
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

/** Goes to the next sentence that no record is about. */
function nextUncovered(): void {
  showsCoverage.value = true;
  const list = uncovered.value;
  const at = selection.value?.end ?? -1;
  const following = list.find((sentence) => sentence.start >= at) ?? list[0];
  if (following === undefined) return say(`All ${sentenceCount.value} sentences have a record, or need none.`);
  showWords(following.start, following.end);
  say(`${list.length} of ${sentenceCount.value} sentences have no record yet. Alt+O says that one needs none.`);
}

async function toggleSuggestions(): Promise<void> {
  const shown = source.value;
  if (shown === undefined) return say('Open a source first.');
  if (suggestions.value !== undefined) {
    suggestions.value = undefined;
    void checkNow();
    return say('No suggestions.');
  }
  const found = await attempt(() => ask('suggest', { id: shown.id }));
  if (found === undefined) return;
  suggestions.value = found;
  void checkNow();
  say(`${found.length} suggestions: known names, dates and numbers. Nothing of them is saved by itself.`);
}

/** Back to the list of sources. */
function showQueue(): void {
  source.value = undefined;
}

/** Opens the differences of two codings, where there are two. */
function showDifferences(): void {
  if (start.value?.hasOther === true) dialog.value = 'differences';
  else say('There is one coding: start with --against to compare it with another.');
}

const keys: readonly Key[] = [
  alt('I', 'take in a text', () => (dialog.value = 'take in')),
  alt('N', 'new record', () => (dialog.value = 'new')),
  alt('A', 'add a field', () => (dialog.value = content.value === undefined ? undefined : 'add')),
  alt('D', 'another like this', () => void beginAnother()),
  alt('E', 'evidence for the field', citeFocused),
  alt('E', 'evidence for all that lack it', () => void citeAllLeft(), true),
  alt('W', 'words in hand', takeInHand),
  alt('J', 'next thing to do', () => void next()),
  alt('T', 'text or form', otherSide),
  alt('F', 'find in the text', () => (dialog.value = 'find')),
  alt('U', 'next sentence without a record', nextUncovered),
  alt('O', 'needs no record', () => (dialog.value = 'no record')),
  alt('Y', 'suggestions', () => void toggleSuggestions()),
  alt('V', 'reviewed', () => (dialog.value = 'review')),
  alt('Q', 'all sources', showQueue),
  alt('R', 'go to a record', () => (dialog.value = 'records')),
  alt('C', 'compare codings', showDifferences),
  alt('G', 'changes and commit', () => (dialog.value = start.value?.git === true ? 'changes' : undefined)),
  alt('H', 'help', () => (dialog.value = 'help')),
  control('S', 'save', () => void saveAndReturn()),
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
          <AlikeList />
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
  drafts.value = found.drafts;
  document.title = found.title;
  if (found.source !== undefined) await openSource(found.source);
  opening.value = false;
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
  const records = citations.value?.records ?? [];
  return (
    <nav aria-label="Records of the source">
      {source.value !== undefined && citations.value === undefined ? <p class="empty">Reading the records …</p> : null}
      {tables.map(({ name, title }) => {
        const own = records.filter((record) => record.table === name);
        if (own.length === 0) return null;
        return <RecordGroup key={name} {...{ title, colour: colourOf(tables, name), records: own }} />;
      })}
      {drafts.value.length === 0 ? null : (
        <details>
          <summary>Drafts {drafts.value.length}</summary>
          <ul>
            {drafts.value.map(({ table: of, draftName, label }) => (
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

interface RecordGroupProps {
  readonly title: string;
  readonly colour: number;
  readonly records: readonly RecordSummary[];
}

/** So many records of a table are shown at once; more have to be asked for. */
const mostShown = 12;

/** The records of one table. What is closed is not drawn: there may be thousands. */
function RecordGroup({ title, colour, records }: RecordGroupProps) {
  const [isOpen, setOpen] = useState(records.length <= mostShown);
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class={`swatch colour-${colour}`}>{title}</span> {records.length}
      </summary>
      {isOpen ? (
        <ul>
          {records.map((record) => (
            <li key={record.id}>
              <RecordButton record={record} />
            </li>
          ))}
        </ul>
      ) : null}
    </details>
  );
}

function RecordButton({ record: { table: of, id, label } }: { readonly record: RecordSummary }) {
  const now = recordNow.value;
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

function nameOf(record: RecordMessage | undefined): string {
  return record === undefined || record.id === '' ? 'the new record' : record.id;
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
      {waiting.value.length === 0 ? null : (
        <button type="button" onClick={() => void goBack()}>
          Back to {nameOf(waiting.value.at(-1)?.open.record)}
        </button>
      )}
      <button type="button" class="primary" onClick={() => void saveAndReturn()}>
        Save
      </button>
    </div>
  );
}

const agreement = { values: 'the same values', name: 'the same name', words: 'the same words' } as const;

/** Records that this one may repeat. */
function AlikeList() {
  if (alike.value.length === 0) return null;
  return (
    <aside aria-label="Perhaps the same">
      <h3>Perhaps the same</h3>
      <ul>
        {alike.value.map(({ table: of, id, label, why }) => (
          <li key={id}>
            <button type="button" onClick={() => void openRecord(of, id)}>
              {label ?? id}: {agreement[why]}
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}

/** Everything that is left to do in the record. */
function LeftList() {
  if (content.value === undefined) return null;
  const list = left.value;
  return (
    <aside aria-label="Left to do">
      <h3>Left to do: {checked.value === undefined ? '…' : list.length}</h3>
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
  if (name === 'help') return <HelpDialog />;
  if (name === 'find') return <FindDialog />;
  if (name === 'add') return <AddDialog />;
  if (name === 'differences') return <DifferencesDialog />;
  if (name === 'no record') return <PassOverDialog />;
  if (name === 'review') return <ReviewDialog />;
  if (name === 'changes') return <ChangesDialog />;
  if (name === 'take in') return <TakeInDialog />;
  if (name === 'records') return <RecordDialog />;
  if (name === 'conflict') return <ConflictDialog />;
  return null;
}

function NewDialog() {
  const tables = start.value?.tables ?? [];
  const choices = tables.map(({ name, title, description }) => ({ value: name, label: title, description }));
  const choose = (name: string): void => {
    dialog.value = undefined;
    void (async () => {
      await beginRecord(name);
      await next();
    })();
  };
  return (
    <Dialog label="New record">
      <h3>New record</h3>
      <div
        onKeyDown={(event) => {
          const chosen = /^[1-9]$/.test(event.key) ? tables[Number(event.key) - 1] : undefined;
          if (chosen === undefined) return;
          event.preventDefault();
          choose(chosen.name);
        }}
      >
        <Combobox label="Table" shown="" find={(words) => fitting(choices, words)} choose={choose} />
        <ol class="choices">
          {tables.map(({ name, title, description }) => (
            <li key={name}>
              <button type="button" tabIndex={-1} title={description} onClick={() => choose(name)}>
                {title}
              </button>
            </li>
          ))}
        </ol>
      </div>
    </Dialog>
  );
}

function FindDialog() {
  const [words, setWords] = useState('');
  const before = useRef(document.activeElement);
  return (
    <Dialog label="Find in the text">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const field = document.querySelector('#form')?.contains(before.current) === true;
          dialog.value = undefined;
          setTimeout(() => {
            findInText(words);
            // the browser moves the focus to what is selected
            if (field && focused.value !== undefined) focusField(focused.value);
          }, 20);
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

/** The fields that the record can have and has not, to be added by name. */
function AddDialog() {
  const choices = addable.value.map(({ pointer, title, description }) => ({
    value: pointer,
    label: title,
    description,
  }));
  return (
    <Dialog label="Add a field">
      <h3>Add a field</h3>
      <Combobox
        label="Field"
        shown=""
        find={(words) => fitting(choices, words)}
        choose={(pointer) => {
          dialog.value = undefined;
          const list = addable.value.find((each) => each.pointer === pointer)?.list;
          setTimeout(() => (list === undefined ? focusField(pointer) : addElement(list)), 20);
        }}
      />
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

/** What somebody else has written meanwhile beside what is in the form; nothing is written before it is settled. */
function ConflictDialog() {
  const theirs = conflict.value;
  const now = content.value;
  if (now === undefined) return null;
  const choose = (choices: readonly Choice[]): void => {
    if (theirs === undefined) return;
    rebase(theirs, withEvidenceOf(takingFrom(now, theirs, fromSecond(choices)), theirs));
    dialog.value = undefined;
    say('Settled. Save the record.');
  };
  return (
    <Dialog label="The file has changed">
      <h3>The file has changed since you opened it</h3>
      {theirs === undefined ? (
        <p>The file is gone, or its name is taken. Yours is kept as a draft.</p>
      ) : (
        <Settle
          names={['yours', 'on the disk']}
          differences={differencesOf(now.value, theirs.value, table.value?.hidden ?? [])}
          asksWhy={false}
          done={choose}
        />
      )}
      <button type="button" onClick={() => (dialog.value = undefined)}>
        Close
      </button>
    </Dialog>
  );
}
