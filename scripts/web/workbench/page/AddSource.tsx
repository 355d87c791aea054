import { useState } from 'preact/hooks';
import type { TableMessage } from '../messages.ts';
import { Dialog } from './Dialog.tsx';
import { MainButton } from './MainButton.tsx';
import { start } from './state.ts';
import { given, readSourceFile } from './sourceFile.ts';
import { addSource } from './addSource.ts';
import { goingOn } from './typedAhead.ts';

/** Asks for the text of a source, and for its origin. */
export function AddSourceDialog() {
  const incoming = given.value ?? start.value?.incoming;
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const [url, setUrl] = useState('');
  const [id, setId] = useState('');
  const tables = (start.value?.tables ?? []).filter(({ hasDocument }) => hasDocument);
  const [chosen, setChosen] = useState(tables[0]?.name);
  const text = typed ?? incoming?.text ?? '';
  if (chosen === undefined) return null;
  return (
    <Dialog isWide label="Add a source">
      <form
        class="wide-form"
        onSubmit={(event) => {
          event.preventDefault();
          void goingOn(() => addSource({ table: chosen, text, url, id }));
        }}
      >
        <h3>Add a source</h3>
        {tables.length < 2 ? null : <TableChoice tables={tables} chosen={chosen} choose={setChosen} />}
        <label>
          Text: paste it here, or drop a text, HTML or PDF file on the page
          <textarea rows={12} value={text} onInput={(event) => setTyped(event.currentTarget.value)} />
        </label>
        <label>
          File
          <input
            type="file"
            accept=".txt,.md,.html,.htm,.pdf,text/*"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              setTyped(undefined);
              if (file !== undefined) void readSourceFile(file);
            }}
          />
        </label>
        <label>
          Web address
          <input type="text" value={url} onInput={(event) => setUrl(event.currentTarget.value)} />
        </label>
        <label>
          Identifier
          <input
            type="text"
            value={id}
            placeholder="Made from the site, the date and the first line if you leave this empty"
            onInput={(event) => setId(event.currentTarget.value)}
          />
        </label>
        <MainButton needsCtrl disabled={text.trim() === ''}>
          Add source
        </MainButton>
      </form>
    </Dialog>
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
