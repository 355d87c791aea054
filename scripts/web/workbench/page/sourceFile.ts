import { batch, signal } from '@preact/signals';
import type { Start } from '../messages.ts';
import { ask } from './api.ts';
import { keepBegun } from './begunSource.ts';
import { newest } from './newest.ts';
import { attempt } from './notice.ts';
import { dialog } from './state.ts';

/** A document that was dropped or passed to the command, unchanged: a text field would change its line ends. */
export const given = signal<Start['incoming']>(undefined);

/** Reads a file as base64, which JSON can hold. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('error', () => reject(new Error(`${file.name} could not be read`)));
    reader.addEventListener('load', () =>
      resolve(typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,/, '') : ''),
    );
    reader.readAsDataURL(file);
  });
}

const beginText = newest();

/** Gets the text of a file, and shows it in the dialog in place of any other, unless another one was given since. */
export async function readSourceFile(file: File): Promise<void> {
  const isLast = beginText();
  const found = await attempt(async () => ask('toText', { name: file.name, base64: await base64Of(file) }));
  if (found === undefined || !isLast()) return;
  batch(() => {
    given.value = { name: file.name, ...found };
    keepBegun({ typed: undefined, pasted: undefined });
    dialog.value = 'add source';
  });
}

/** Notes what pasted HTML says about itself: a whole page, or the part that was copied; empty for a plain text. */
export async function readPasted(html: string): Promise<void> {
  const isLast = beginText();
  keepBegun({ pasted: undefined });
  if (html === '') return;
  const file = new File([html], 'pasted.html');
  // nothing is wrong with a text that says nothing about itself
  const found = await ask('toText', { name: file.name, base64: await base64Of(file) }).catch(() => undefined);
  if (isLast()) keepBegun({ pasted: found?.facts });
}

/** Reads a file that is dropped anywhere on the page. */
export function readDropped(event: DragEvent): void {
  const file = event.dataTransfer?.files[0];
  if (file === undefined) return;
  event.preventDefault();
  void readSourceFile(file);
}
