import type { ExplorerModel, ExplorerTable, PackedRows } from '../../write/explorer/model.ts';
import { hrefOf } from '../../write/explorer/page.ts';
import { type TableData, unpack } from './columns.ts';

/** What data scripts push: a name, and a value as base64 of its gzipped JSON. */
type Parcel = readonly [name: string, base64: string];

declare global {
  var demarcheData: { push: (parcel: Parcel) => unknown } | undefined;
}

const arrived = new Map<string, string>();

/** Takes what the data scripts before this program have brought, and what later ones will. */
export function receive(): void {
  const before = globalThis.demarcheData;
  globalThis.demarcheData = { push: ([name, base64]) => arrived.set(name, base64) };
  if (Array.isArray(before)) for (const parcel of before) globalThis.demarcheData.push(parcel);
}

/** Loads a data script: a page from the disk may not fetch, but it may run scripts beside it. */
async function fetchScript(path: string): Promise<void> {
  const script = document.createElement('script');
  script.src = hrefOf(path);
  await new Promise((resolve, reject) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', () => reject(new Error(`${path} could not be loaded`)));
    document.head.append(script);
  });
  script.remove();
}

async function valueOf(name: string, path: string): Promise<unknown> {
  if (!arrived.has(name)) await fetchScript(path);
  const base64 = arrived.get(name);
  if (base64 === undefined) throw new Error(`${path} does not have the expected content`);
  arrived.delete(name);
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const unzipped = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(unzipped).json();
}

/** What the release says of itself. @throws Error where the script beside the page is not there */
export async function loadModel(): Promise<ExplorerModel> {
  const value = await valueOf('model', 'explorer/model.js');
  if (!isModel(value)) throw new Error('explorer/model.js does not have the expected content');
  return value;
}

function isModel(value: unknown): value is ExplorerModel {
  return typeof value === 'object' && value !== null && 'dataset' in value && 'tables' in value;
}

function isRows(value: unknown): value is PackedRows {
  return typeof value === 'object' && value !== null && 'columns' in value && Array.isArray(value.columns);
}

/** The rows of a table. `onPart` is told how many of its scripts are loaded. */
export async function loadTable(table: ExplorerTable, onPart: (done: number) => void): Promise<TableData> {
  const parts: PackedRows[] = [];
  for (const part of table.parts ?? []) {
    const rows = await valueOf(part, part);
    if (!isRows(rows)) throw new Error(`${part} does not have the expected content`);
    parts.push(rows);
    onPart(parts.length);
  }
  return unpack(table, parts);
}

/** The coastlines of the world as the path of a picture, in degrees. */
export async function loadOutlines(): Promise<string> {
  const value = await valueOf('outlines', 'explorer/outlines.js');
  return typeof value === 'string' ? value : '';
}
