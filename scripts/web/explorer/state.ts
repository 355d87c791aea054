import { computed, signal } from '@preact/signals';
import type { ExplorerModel, ExplorerTable } from '../../write/explorer/model.ts';
import type { TableData } from './columns.ts';
import { loadTable } from './load.ts';
import { parseRoute, printRoute, type Route } from './route.ts';

const fragment = signal(location.hash);
addEventListener('hashchange', () => void (fragment.value = location.hash));

/** The page that the address names. */
export const route = computed(() => parseRoute(fragment.value));

/** Goes to a page. `replace` adds no entry to the browser's history, for steps too small to go back to. */
export function go(to: Route, replace = false): void {
  const target = printRoute(to);
  if (target === location.hash) return;
  if (replace) history.replaceState(null, '', target);
  else history.pushState(null, '', target);
  fragment.value = target;
}

/** A table that is loaded, is being loaded, or could not be. */
export type Loading =
  | { readonly state: 'loading'; readonly rows: number }
  | { readonly state: 'loaded'; readonly data: TableData }
  | { readonly state: 'failed'; readonly message: string };

const tables = signal<ReadonlyMap<string, Loading>>(new Map());

/** Tables with more rows than this are loaded only when they are opened. */
export const mostUnasked = 50_000;

/** The state of a table; starts loading its rows if needed. */
export function tableState(table: ExplorerTable): Loading {
  const known = tables.value.get(table.name);
  if (known !== undefined) return known;
  // not while a component renders
  queueMicrotask(() => void load(table));
  return { state: 'loading', rows: 0 };
}

/** The rows of a table if it is loaded, or small enough to be loaded automatically. */
export function smallTable(table: ExplorerTable): TableData | undefined {
  const known = tables.value.get(table.name);
  if (known === undefined && (table.rows > mostUnasked || table.parts === undefined)) return undefined;
  const state = known ?? tableState(table);
  return state.state === 'loaded' ? state.data : undefined;
}

/** Whether a table is loaded only on request. */
export function isWaiting(table: ExplorerTable): boolean {
  return table.parts !== undefined && table.rows > mostUnasked && !tables.value.has(table.name);
}

/** Loads the rows of a table, once. */
export async function load(table: ExplorerTable): Promise<void> {
  if (tables.peek().has(table.name)) return;
  const keep = (state: Loading): void => void (tables.value = new Map([...tables.peek(), [table.name, state]]));
  keep({ state: 'loading', rows: 0 });
  try {
    keep({ state: 'loaded', data: await loadTable(table, (rows) => keep({ state: 'loading', rows })) });
  } catch (error) {
    keep({ state: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

/** The release; set before anything is drawn. */
export const model = signal<ExplorerModel | undefined>(undefined);
