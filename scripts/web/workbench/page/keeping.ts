import type { RecordContent } from '../messages.ts';
import { ask } from './api.ts';
import { attempt } from './notice.ts';
import { isChanged, open, opened, source, table } from './state.ts';

interface Edited extends RecordContent {
  readonly table: string;
  readonly id: string;
  readonly draftName: string;
  /** Of the file as read; left out for a record without a file. */
  readonly digest?: string;
}

/** The record in the form, as the server takes it. */
export function edited(): Edited | undefined {
  const now = open.value;
  if (now === undefined) return undefined;
  const { table: of, id, draftName, digest } = now.record;
  return { table: of, id, draftName, ...(digest === undefined ? {} : { digest }), ...now.history.now };
}

/** The draft that is being discarded: what is typed until its record has left the form is discarded with it. */
let discarded: Pick<Edited, 'table' | 'draftName'> | undefined;

/** Keeps no draft while it is being discarded, and what showed it is replaced. */
export async function withoutKeeping<T>(draft: typeof discarded, work: () => Promise<T>): Promise<T> {
  discarded = draft;
  try {
    return await work();
  } finally {
    discarded = undefined;
  }
}

/** Keeps a draft of the record in the form. Returns whether it is kept. */
export async function keep(): Promise<boolean> {
  const now = edited();
  if (now === undefined) return true;
  if (now.table === discarded?.table && now.draftName === discarded.draftName) return true;
  const kept = await attempt(async () => {
    const cited = table.value?.spansAt === undefined ? undefined : source.value?.id;
    await ask('keep', { ...now, opened: [...opened.value], ...(cited === undefined ? {} : { source: cited }) });
    return true;
  });
  return kept === true;
}

/** Milliseconds from the last change to the draft. */
const keepPause = 400;

let keepTimer: ReturnType<typeof setTimeout> | undefined;

/** Keeps a draft after a pause in typing, if anything has changed. */
export function keepSoon(): void {
  stopKeeping();
  keepTimer = setTimeout(() => void keepNow(), keepPause);
}

export function stopKeeping(): void {
  clearTimeout(keepTimer);
  keepTimer = undefined;
}

/** Makes the draft that of the record in the form; none if everything was undone. Returns whether it is kept. */
export async function keepNow(): Promise<boolean> {
  const isDue = keepTimer !== undefined;
  stopKeeping();
  if (isChanged.value) return keep();
  if (isDue) await drop();
  return true;
}

/** Keeps what was typed last when the page is closed. */
export function keepAtEnd(): void {
  if (keepTimer !== undefined) void keepNow();
}

async function drop(): Promise<void> {
  const now = open.value;
  if (now !== undefined)
    await attempt(() => ask('discard', { table: now.record.table, draftName: now.record.draftName }));
}
