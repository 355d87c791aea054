import { useEffect, useRef, useState } from 'preact/hooks';
import { list } from '../../../base/text.ts';
import type { GivenText, TableMessage, TextFacts } from '../messages.ts';
import { AboutAsked } from './AboutAsked.tsx';
import { addSource } from './addSource.ts';
import { ask } from './api.ts';
import { type Answer, type Answers, askedNow, askedTitle, offersFor } from './asked.ts';
import { AskedFields, enterTakes } from './AskedFields.tsx';
import { begunSource, keepBegun, whenLookedUp } from './begunSource.ts';
import { Dialog } from './Dialog.tsx';
import { MainButton } from './MainButton.tsx';
import { say } from './notice.ts';
import { given, readPasted, readSourceFile } from './sourceFile.ts';
import { start } from './state.ts';
import { goingOn } from './typedAhead.ts';

const noAnswers: Answers = new Map();

/** Asks for the text of a source, for its origin, and for what the schema wants to know about it. */
export function AddSourceDialog() {
  const tables = (start.value?.tables ?? []).filter(({ hasDocument }) => hasDocument);
  const { table: name, url, id, answers: all } = begunSource.value;
  const chosen = tables.find((table) => table.name === name) ?? tables[0];
  const { text, facts, type, paste } = useText();
  const found = useTextFacts(text);
  const proposed = useProposed(chosen, text, url);
  const ownId = id || proposed;
  const [focusedAt, setFocused] = useState<string | undefined>(undefined);
  const isTold = useRef(false);
  const answers = all.get(chosen?.name ?? '') ?? noAnswers;
  const answer = (pointer: string, made: Answer | undefined): void => {
    const before = begunSource.value.answers;
    const others = [...(before.get(chosen?.name ?? '') ?? [])].filter(([at]) => at !== pointer);
    const own = new Map(made === undefined ? others : [...others, [pointer, made]]);
    keepBegun({ answers: new Map([...before, [chosen?.name ?? '', own]]) });
  };
  useFollowing(ownId, (before) => {
    for (const { about, pointer } of chosen?.asked ?? []) {
      const own = answers.get(pointer);
      if (about !== 'identifier' || own === undefined || !('value' in own) || own.value !== before) continue;
      answer(pointer, { value: ownId });
    }
  });
  if (chosen === undefined) return null;
  return (
    <Dialog isWide label="Add a source">
      <form
        class="wide-form add-source"
        onKeyDown={submitNothing}
        onSubmit={(event) => {
          event.preventDefault();
          void goingOn(async () => {
            await whenLookedUp();
            const known = begunSource.value.answers.get(chosen.name) ?? noAnswers;
            if (!isTold.current && tellOfEmpty(chosen, known)) return (isTold.current = true);
            return addSource({ table: chosen.name, text, url, id, answers: known });
          });
        }}
      >
        <h3>Add a source</h3>
        <div class="columns" onFocusIn={({ target }) => setFocused(pointerOf(target))}>
          <div>
            {tables.length < 2 ? null : (
              <TableChoice tables={tables} chosen={chosen.name} choose={(table) => keepBegun({ table })} />
            )}
            <TextInput {...{ text, type, paste }} />
            <AboutAsked table={chosen} asked={chosen.asked.find(({ pointer }) => pointer === focusedAt)} />
          </div>
          <div>
            <Origin
              {...{ url, id, facts }}
              setUrl={(next) => keepBegun({ url: next })}
              setId={(next) => keepBegun({ id: next })}
            />
            <AskedFields
              key={chosen.name}
              {...{ table: chosen, answers, text }}
              offers={(asked) => offersFor(asked, { all: chosen.asked, text, facts, found, id: ownId })}
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

/** Says which required fields are still empty, and goes to the first. Returns whether there are any. */
function tellOfEmpty({ asked, field }: TableMessage, answers: Answers): boolean {
  const empty = askedNow(asked, answers).filter(({ pointer, required }) => required && !answers.has(pointer));
  const [first] = empty;
  if (first === undefined) return false;
  const titles = list(empty.map((each) => askedTitle(each, field)));
  say(`Still empty: ${titles}. Fill in what you know. Ctrl+Enter adds the source as it is.`, true);
  const control = `[data-pointer="${CSS.escape(first.pointer)}"] :is(input, select)`;
  document.querySelector<HTMLElement>(`.add-source ${control}`)?.focus();
  return true;
}

/** Enter in a field submits nothing: other fields may be empty, and Ctrl+Enter does. */
function submitNothing(event: KeyboardEvent): void {
  const { key, ctrlKey, metaKey, target } = event;
  const isOfField = target instanceof HTMLInputElement && target.type === 'text';
  if (key === 'Enter' && isOfField && !ctrlKey && !metaKey) event.preventDefault();
}

/** The field of the source that an element belongs to. */
function pointerOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('.asked')?.dataset['pointer'] : undefined;
}

interface Typing {
  readonly text: string;
  readonly type: (text: string) => void;
  readonly paste: (event: ClipboardEvent) => void;
}

/** The text: typed, pasted, or of a file. A pasted page is read as a file is. */
function useText(): Typing & { readonly facts: GivenText['facts'] } {
  const incoming = given.value ?? start.value?.incoming;
  const { typed, pasted } = begunSource.value;
  const type = (words: string): void => keepBegun({ typed: words });
  const paste = (event: ClipboardEvent): void => {
    const words = event.clipboardData?.getData('text/plain') ?? '';
    const html = event.clipboardData?.getData('text/html') ?? '';
    if (/^\s*<(?:!doctype html|html[\s>])/i.test(words)) {
      event.preventDefault();
      void readSourceFile(new File([words], 'pasted.html'));
    } else void readPasted(html);
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

/** Calls a function with the identifier before, when the identifier has changed: what repeats it follows. */
function useFollowing(id: string, follow: (before: string) => void): void {
  const before = useRef(id);
  useEffect(() => {
    if (before.current !== '' && before.current !== id && id !== '') follow(before.current);
    if (id !== '') before.current = id;
  }, [id]);
}

/** What an identifier is made from is at the beginning. Code units. */
const longestBeginning = 5000;

/** The identifier that the record of the text would get, if a field asks for one; empty if that is not known. */
function useProposed(table: TableMessage | undefined, text: string, url: string): string {
  const [proposed, setProposed] = useState('');
  const isAsked = table?.asked.some(({ about }) => about === 'identifier') === true && text.trim() !== '';
  useEffect(() => {
    let isCurrent = true;
    const look = async (): Promise<void> => {
      const about = { table: table?.name ?? '', text: text.slice(0, longestBeginning), ...(url === '' ? {} : { url }) };
      const made = isAsked ? await ask('proposedId', about).catch(() => undefined) : undefined;
      if (isCurrent) setProposed(made?.id ?? '');
    };
    void look();
    return () => void (isCurrent = false);
  }, [table?.name, text.slice(0, longestBeginning), url]);
  return proposed;
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
      <div class="asked" onKeyDown={enterTakes(offered === undefined ? undefined : () => setUrl(offered))}>
        <label for="new-url">Web address</label>
        <input id="new-url" type="text" value={url} onInput={(event) => setUrl(event.currentTarget.value)} />
        {offered === undefined ? null : (
          <div class="builders" role="group" aria-label="Offers for Web address">
            <button type="button" aria-pressed={url === offered} onClick={() => setUrl(url === offered ? '' : offered)}>
              {offered}
              {url === '' ? <kbd aria-hidden="true">Enter</kbd> : null}
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
