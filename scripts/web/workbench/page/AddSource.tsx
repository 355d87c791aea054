import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { GivenText, TableMessage, TextFacts } from '../messages.ts';
import { type NewText, addSource } from './addSource.ts';
import { ask } from './api.ts';
import { type Answer, type Answers, offersFor } from './asked.ts';
import { AskedFields } from './AskedFields.tsx';
import { Dialog } from './Dialog.tsx';
import { MainButton } from './MainButton.tsx';
import { factsOfPasted, given, readSourceFile } from './sourceFile.ts';
import { start } from './state.ts';
import { goingOn } from './typedAhead.ts';

/** What was given to the dialog. Closing it loses nothing: the source is gone from here once it is added. */
interface Begun {
  readonly table: string | undefined;
  readonly url: string;
  readonly id: string;
  readonly answers: Answers;
  readonly typed: string | undefined;
  readonly pasted: GivenText['facts'];
}

const nothing: Begun = { table: undefined, url: '', id: '', answers: new Map(), typed: undefined, pasted: undefined };
const begun = signal(nothing);

function keepGiven(more: Partial<Begun>): void {
  begun.value = { ...begun.value, ...more };
}

async function add(source: NewText): Promise<void> {
  const before = begun.value;
  // it is gone before the dialog for the next one can open
  begun.value = nothing;
  if (!(await addSource(source))) begun.value = before;
}

/** Asks for the text of a source, for its origin, and for what the schema wants to know about it. */
export function AddSourceDialog() {
  const tables = (start.value?.tables ?? []).filter(({ hasDocument }) => hasDocument);
  const { table: name, url, id, answers } = begun.value;
  const chosen = tables.find((table) => table.name === name) ?? tables[0];
  const { text, facts, type, paste } = useText();
  const found = useTextFacts(text);
  if (chosen === undefined) return null;
  const answer = (pointer: string, made: Answer | undefined): void => {
    const others = [...begun.value.answers].filter(([at]) => at !== pointer);
    keepGiven({ answers: new Map(made === undefined ? others : [...others, [pointer, made]]) });
  };
  return (
    <Dialog isWide label="Add a source">
      <form
        class="wide-form add-source"
        onSubmit={(event) => {
          event.preventDefault();
          void goingOn(() => add({ table: chosen.name, text, url, id, answers }));
        }}
      >
        <h3>Add a source</h3>
        <div class="columns">
          <div>
            {tables.length < 2 ? null : (
              <TableChoice tables={tables} chosen={chosen.name} choose={(table) => keepGiven({ table })} />
            )}
            <TextInput {...{ text, type, paste }} />
          </div>
          <div>
            <Origin
              {...{ url, id, facts }}
              setUrl={(next) => keepGiven({ url: next })}
              setId={(next) => keepGiven({ id: next })}
            />
            <AskedFields
              key={chosen.name}
              root={chosen.field}
              asked={chosen.asked}
              answers={answers}
              offers={(asked) => offersFor(asked, text, facts, found)}
              answer={answer}
            />
          </div>
        </div>
        <MainButton needsCtrl disabled={text.trim() === ''}>
          Add source
        </MainButton>
      </form>
    </Dialog>
  );
}

interface Typing {
  readonly text: string;
  readonly type: (text: string | undefined) => void;
  readonly paste: (event: ClipboardEvent) => void;
}

/** The text: typed, pasted, or of a file. A pasted page is read as a file is. */
function useText(): Typing & { readonly facts: GivenText['facts'] } {
  const incoming = given.value ?? start.value?.incoming;
  const { typed, pasted } = begun.value;
  const type = (words: string | undefined): void => keepGiven({ typed: words });
  const paste = (event: ClipboardEvent): void => {
    const words = event.clipboardData?.getData('text/plain') ?? '';
    const html = event.clipboardData?.getData('text/html') ?? '';
    if (/^\s*<(?:!doctype html|html[\s>])/i.test(words)) {
      event.preventDefault();
      type(undefined);
      void readSourceFile(new File([words], 'pasted.html'));
    } else if (html !== '') void factsOfPasted(html).then((facts) => keepGiven({ pasted: facts }));
  };
  return { text: typed ?? incoming?.text ?? '', facts: pasted ?? incoming?.facts, type, paste };
}

/** What the words of the text show. The answer about an earlier text is passed over. */
function useTextFacts(text: string): TextFacts | undefined {
  const [found, setFound] = useState<TextFacts | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    const look = async (): Promise<void> => {
      const facts = text.trim() === '' ? undefined : await ask('aboutText', { text }).catch(() => undefined);
      if (isCurrent) setFound(facts);
    };
    void look();
    return () => void (isCurrent = false);
  }, [text]);
  return found;
}

function TextInput({ text, type, paste }: Typing) {
  return (
    <>
      <label>
        Text: paste it here, or drop a text, HTML or PDF file on the page
        <textarea
          rows={12}
          dir="auto"
          value={text}
          onPaste={paste}
          onInput={(event) => type(event.currentTarget.value)}
        />
      </label>
      <label>
        File
        <input
          type="file"
          accept=".txt,.md,.html,.htm,.pdf,text/*"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            type(undefined);
            if (file !== undefined) void readSourceFile(file);
          }}
        />
      </label>
    </>
  );
}

interface OriginProps {
  readonly url: string;
  readonly setUrl: (url: string) => void;
  readonly id: string;
  readonly setId: (id: string) => void;
  readonly facts: GivenText['facts'];
}

/** Where the text is from, and what its record is called. */
function Origin({ url, setUrl, id, setId, facts }: OriginProps) {
  const offered = facts?.url;
  return (
    <>
      <div class="asked">
        <label for="new-url">Web address</label>
        <input id="new-url" type="text" value={url} onInput={(event) => setUrl(event.currentTarget.value)} />
        {offered === undefined || url !== '' ? null : (
          <div class="builders" role="group" aria-label="Offers for Web address">
            <button type="button" onClick={() => setUrl(offered)}>
              {offered}
            </button>
          </div>
        )}
      </div>
      <div class="asked">
        <label for="new-id">Identifier</label>
        <input
          id="new-id"
          type="text"
          value={id}
          placeholder="Made from site, date and first line"
          onInput={(event) => setId(event.currentTarget.value)}
        />
      </div>
    </>
  );
}

interface TableChoiceProps {
  readonly tables: readonly TableMessage[];
  readonly chosen: string;
  readonly choose: (name: string) => void;
}

/** The table of sources that the text belongs to, if there are several. */
function TableChoice({ tables, chosen, choose }: TableChoiceProps) {
  return (
    <label>
      Table
      <select value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
        {tables.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
