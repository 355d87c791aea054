import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { type Json, below, isObject, member } from '../../../json/json.ts';
import type { Field } from '../messages.ts';
import { ask } from './api.ts';
import { Dialog } from './Dialog.tsx';
import { attempt, say } from './notice.ts';
import { show } from './openRecords.ts';
import { openSource } from './openSource.ts';
import { reveal } from './reveal.ts';
import { dialog, fields, start, table } from './state.ts';

/** A document that was dropped or given with the command, as it is: a text field would change its line ends. */
const given = signal<{ readonly name: string; readonly text: string } | undefined>(undefined);

/** Reads a file as base64, which JSON can hold. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('error', () => reject(new Error(`${file.name} cannot be read`)));
    reader.addEventListener('load', () =>
      resolve(typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,/, '') : ''),
    );
    reader.readAsDataURL(file);
  });
}

async function takeFile(file: File): Promise<void> {
  const found = await attempt(async () => ask('toText', { name: file.name, base64: await base64Of(file) }));
  if (found === undefined) return;
  given.value = { name: file.name, text: found.text };
  dialog.value = 'take in';
}

/** Takes in a file that is dropped anywhere on the page. */
export function takeDropped(event: DragEvent): void {
  const file = event.dataTransfer?.files[0];
  if (file === undefined) return;
  event.preventDefault();
  void takeFile(file);
}

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
  const submit = async (): Promise<void> => {
    const known = { ...(id === '' ? {} : { id }), ...(url === '' ? {} : { url }) };
    const record = await attempt(() => ask('takeIn', { table: chosen, text, ...known }));
    if (record === undefined) return;
    given.value = undefined;
    if (start.value !== undefined) start.value = { ...start.value, incoming: undefined };
    dialog.value = undefined;
    show(record);
    const key = table.value?.key;
    const own = key === undefined ? undefined : member(record.value, key);
    if (typeof own === 'string') await openSource(own);
    for (const pointer of webFields(table.value?.field ?? 0, record.value)) reveal(pointer);
    say('The text is kept. Now say what the source is: Alt+J goes to the next field.');
  };
  return (
    <Dialog label="Take in a text">
      <form
        class="take-in"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h3>Take in a text</h3>
        {tables.length < 2 ? null : (
          <label>
            Table
            <select value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
              {tables.map(({ name, title }) => (
                <option key={name} value={name}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        )}
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

/** Pointers of the fields for addresses: they are asked for, required or not. */
function webFields(root: number, value: Json | undefined): readonly string[] {
  const found: string[] = [];
  const visit = (field: Field | undefined, pointer: string, inner: Json | undefined): void => {
    if (field?.format === 'uri') found.push(pointer);
    if (field?.kind !== 'object' || pointer.split('/').length > 2) return;
    for (const { name, field: at } of field.properties)
      visit(fields.value[at], below(pointer, name), isObject(inner) ? member(inner, name) : undefined);
  };
  visit(fields.value[root], '', value);
  return found;
}
