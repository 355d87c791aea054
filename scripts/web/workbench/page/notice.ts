import { computed, signal } from '@preact/signals';

interface Notice {
  readonly text: string;
  readonly isFault: boolean;
  /** Whether it is still true; always, if undefined. */
  readonly holds?: () => boolean;
  /** The parts of the text that must be read also if the next message comes at once. */
  readonly remarks?: string;
}

/** The last message, shown in the header. */
export const notice = signal<Notice | undefined>(undefined);

/** The last message, unless it is no longer true. */
export const noticeNow = computed(() => (notice.value?.holds?.() === false ? undefined : notice.value));

export function say(text: string, isFault = false): void {
  notice.value = { text, isFault };
}

/** Adds something to the message: a remark to repeat if the next message comes at once. */
export function remark(words: string): void {
  const now = notice.value;
  if (words === '') return;
  const { text, isFault, remarks = '' } = now ?? { text: '', isFault: false };
  notice.value = { ...now, text: `${text}${words}`.trim(), isFault, remarks: remarks + words };
}

/** Says something that is shown only as long as it is true. */
export function sayWhile(text: string, holds: () => boolean, isFault = false): void {
  notice.value = { text, isFault, holds };
}

/** Takes away a message of success when the next thing happens. A fault stays until it is fixed or closed. */
export function settleNotice(): void {
  const now = notice.value;
  if (now?.isFault === false && now.holds === undefined) notice.value = undefined;
}

/** Runs a task, and shows the message if it fails. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    notice.value = { text: error instanceof Error ? error.message : String(error), isFault: true };
    return undefined;
  }
}
