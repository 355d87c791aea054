import { effect } from '@preact/signals';
import { opening, recordNow, source } from './state.ts';

/** What the fragment of the page's address says is open, so that it is open again when the page is loaded again. */
export interface Address {
  readonly source?: string | undefined;
  /** Its draft if it has no identifier. */
  readonly record?: { readonly table: string; readonly id: string; readonly draftName?: string } | undefined;
}

/** Whether a fragment is an address. The other kind is the token of a workbench, which has no such character. */
export function isAddress(fragment: string): boolean {
  return fragment.includes('=');
}

export function addressIn(fragment: string): Address {
  const given = new URLSearchParams(fragment);
  const [record, draft] = [placeIn(given.get('record')), placeIn(given.get('draft'))];
  return {
    source: given.get('source') ?? undefined,
    record: record ?? (draft === undefined ? undefined : { table: draft.table, id: '', draftName: draft.id }),
  };
}

function placeIn(text: string | null): { readonly table: string; readonly id: string } | undefined {
  const slash = text?.indexOf('/') ?? -1;
  return text === null || slash < 0 ? undefined : { table: text.slice(0, slash), id: text.slice(slash + 1) };
}

/** Keeps the address up to date from when the first source and record are open. */
export function showAddress(): void {
  effect(() => {
    const [shown, now] = [source.value, recordNow.value];
    if (opening.value) return;
    const parts = new URLSearchParams();
    if (shown !== undefined) parts.set('source', shown.id);
    if (now !== undefined && now.id !== '') parts.set('record', `${now.table}/${now.id}`);
    if (now !== undefined && now.id === '') parts.set('draft', `${now.table}/${now.draftName}`);
    const fragment = parts.toString().replaceAll('%2F', '/');
    history.replaceState(undefined, '', fragment === '' ? location.pathname : `#${fragment}`);
  });
}
