import type { ExplorerModel, ExplorerTable } from '../../write/explorer/model.ts';
import { hrefOf } from '../../write/explorer/page.ts';
import type { TableData } from './columns.ts';
import { readParquet } from './readParquet.ts';

/** What a data script pushes: a name, and bytes in base64. */
type Parcel = readonly [name: string, base64: string];

declare global {
  var demarcheData: { push: (parcel: Parcel) => unknown } | undefined;
}

const arrived = new Map<string, string>();

/** Receives what data scripts pushed before this program started, and what later ones push. */
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

/** The bytes that a data script delivers under a name. */
async function bytesOf(name: string, path: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!arrived.has(name)) await fetchScript(path);
  const base64 = arrived.get(name);
  if (base64 === undefined) throw new Error(`${path} does not have the expected content`);
  arrived.delete(name);
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** The value that a data script delivers: gzipped JSON. */
async function valueOf(name: string, path: string): Promise<unknown> {
  const unzipped = new Blob([await bytesOf(name, path)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(unzipped).json();
}

/** The description of the release. @throws Error if the script beside the page is missing */
export async function loadModel(): Promise<ExplorerModel> {
  const value = await valueOf('model', 'explorer/model.js');
  if (!isModel(value)) throw new Error('explorer/model.js does not have the expected content');
  return value;
}

function isModel(value: unknown): value is ExplorerModel {
  return typeof value === 'object' && value !== null && 'dataset' in value && 'tables' in value;
}

/** Milliseconds after which the page yields to other work, and after which it reports progress. */
const [longest, untilDrawn] = [50, 300] as const;

/** The rows of a table. `onRows` gets the number read so far. */
export async function loadTable(table: ExplorerTable, onRows: (rows: number) => void): Promise<TableData> {
  const files: ArrayBuffer[] = [];
  for (const parts of table.parts ?? []) {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for (const part of parts) pieces.push(await bytesOf(part, part));
    files.push(await new Blob(pieces).arrayBuffer());
  }
  let looked = performance.now();
  let drawn = looked;
  return readParquet(table, files, async (rows) => {
    const now = performance.now();
    if (now - looked < longest) return;
    // the browser redraws the page each time
    if (now - drawn >= untilDrawn) {
      drawn = now;
      onRows(rows);
    }
    await nextTask();
    looked = performance.now();
  });
}

/** Lets the browser redraw and handle input. A timer would wait longer, up to a second in a background tab. */
async function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  await new Promise((resolve) => {
    port1.addEventListener('message', resolve);
    port1.start();
    port2.postMessage(undefined);
  });
  port1.close();
}

/** The coastlines of the world as the path of a picture, in degrees. */
export async function loadOutlines(): Promise<string> {
  const value = await valueOf('outlines', 'explorer/outlines.js');
  return typeof value === 'string' ? value : '';
}
