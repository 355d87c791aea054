import { useEffect } from 'preact/hooks';
import { AlikeList } from './AlikeList.tsx';
import { type Address, addressIn, isAddress, showAddress } from './address.ts';
import { ask } from './api.ts';
import { CodingMark } from './CodingMark.tsx';
import { comparingNow } from './comparing.ts';
import { CompareCodings } from './CompareCodings.tsx';
import { Dialogs } from './Dialogs.tsx';
import { DraftCount } from './Drafts.tsx';
import { Form } from './Form.tsx';
import { isCommand, onKeyDown } from './keyCommands.ts';
import { keepAtEnd } from './keeping.ts';
import { Keys } from './Keys.tsx';
import { LeftList } from './LeftList.tsx';
import { attempt } from './notice.ts';
import { Notice } from './Notice.tsx';
import { goToRecord, openDraft } from './openRecords.ts';
import { openSource } from './openSource.ts';
import { countPress, holdFocus, moveFocus } from './pressing.ts';
import { RecordHead } from './RecordHead.tsx';
import { RecordList } from './RecordList.tsx';
import { RecordsPane } from './RecordsPane.tsx';
import { RepeatList } from './RepeatList.tsx';
import { restFocus } from './restFocus.ts';
import { SourcePicker } from './SourcePicker.tsx';
import { dialog, drafts, hasSources, opening, start } from './state.ts';
import { readDropped } from './sourceFile.ts';
import { TextPane } from './TextPane.tsx';
import { goingOn, listenFirst } from './typedAhead.ts';

/** Prevents the browser from replacing the page with a dropped file. */
function preventDefault(event: Event): void {
  event.preventDefault();
}

export function App() {
  useEffect(() => {
    const endListening = listenFirst(isCommand);
    const endResting = restFocus();
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('mousedown', countPress, { capture: true });
    document.addEventListener('dragover', preventDefault);
    document.addEventListener('drop', readDropped);
    addEventListener('pagehide', keepAtEnd);
    addEventListener('hashchange', followAddress);
    void begin();
    return () => {
      endListening();
      endResting();
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
  return (
    <>
      <header>
        <h1 title={start.value?.title}>{start.value?.title ?? 'Workbench'}</h1>
        <SourcePicker />
        <CodingMark />
        <DraftCount />
        <Notice />
      </header>
      <main class={hasSources.value ? '' : 'alone'}>
        <section id="source" aria-label={hasSources.value ? 'Source' : 'All records'}>
          {hasSources.value ? <TextPane /> : <RecordsPane />}
        </section>
        <section id="records" aria-label="Records" onMouseDownCapture={holdFocus} onClickCapture={moveFocus}>
          {comparingNow.value === undefined ? <FormPane /> : <CompareCodings />}
        </section>
      </main>
      {start.value === undefined ? null : <Keys />}
      <Dialogs />
    </>
  );
}

/** The records of the source, and the open one. */
function FormPane() {
  return (
    <>
      <RecordList />
      <RecordHead />
      <RepeatList />
      <AlikeList />
      <Form />
      <LeftList />
    </>
  );
}

async function begin(): Promise<void> {
  const found = await attempt(() => ask('start', {}));
  if (found !== undefined) {
    start.value = found;
    drafts.value = found.drafts;
    document.title = found.title;
    await openAddress(isAddress(location.hash) ? addressIn(location.hash.slice(1)) : found);
  }
  opening.value = false;
  if (found === undefined) return;
  showAddress();
  if (found.incoming !== undefined) dialog.value ??= 'add source';
}

async function openAddress({ source: named, record }: Address): Promise<void> {
  if (named !== undefined) await openSource(named);
  const { table = '', id = '', draftName = '' } = record ?? {};
  if (record === undefined) return;
  await (id === '' ? openDraft({ table, id, draftName, label: '' }) : goToRecord(table, id));
}

/** Follows an address that was typed or pasted: it has the token of another workbench, or another record. */
function followAddress(): void {
  if (!isAddress(location.hash)) location.reload();
  else void goingOn(() => openAddress(addressIn(location.hash.slice(1))));
}
