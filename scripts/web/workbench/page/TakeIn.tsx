import { useState } from 'preact/hooks';
import type { TableMessage } from '../messages.ts';
import { Dialog } from './Dialog.tsx';
import { start } from './state.ts';
import { given, takeFile } from './takeFile.ts';
import { takeText } from './takeText.ts';

/** Asks for the text of a source, and what is known of where it is from. */
export function TakeInDialog() {
  const incoming = given.value ?? start.value?.incoming;
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const [url, setUrl] = useState('');
  const [id, setId] = useState('');
  const tables = (start.value?.tables ?? []).filter(({ hasDocument }) => hasDocument);
  const [chosen, setChosen] = useState(tables[0]?.name);
  const text = typed ?? incoming?.text ?? '';
  if (chosen === undefined) return null;
  return (
    <Dialog label="Take in a text">
      <form
        class="take-in"
        onSubmit={(event) => {
          event.preventDefault();
          void takeText({ table: chosen, text, url, id });
        }}
      >
        <h3>Take in a text</h3>
        {tables.length < 2 ? null : <TableChoice tables={tables} chosen={chosen} choose={setChosen} />}
        <label>
          Text: paste it, or drop a file (text, HTML, PDF)
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
              if (file !== undefined) void takeFile(file);
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
            placeholder="made from the first line"
            onInput={(event) => setId(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="primary" disabled={text.trim() === ''}>
          Take in
        </button>
      </form>
    </Dialog>
  );
}

interface TableChoiceProps {
  readonly tables: readonly TableMessage[];
  readonly chosen: string;
  readonly choose: (name: string) => void;
}

/** The table of sources that the text belongs to, where there are several. */
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
