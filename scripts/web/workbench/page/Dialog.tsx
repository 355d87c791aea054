import type { ComponentChildren, TargetedEvent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { notice, noticeNow, settleNotice } from './notice.ts';
import { wrapTab } from './pressKey.ts';
import { dialog } from './state.ts';

/** After a click beside its fields, a dialog has the focus itself: what is typed goes into its first field. */
function typeInFirst(event: KeyboardEvent, at: HTMLDialogElement): void {
  const { key, altKey, ctrlKey, metaKey, target } = event;
  if (target !== at || key.length !== 1 || altKey || ctrlKey || metaKey) return;
  at.querySelector<HTMLElement>('input:not([type="file"]), textarea')?.focus();
}

/**
 * Focuses the first control of a dialog that has just opened. Chromium focuses what scrolls before it; until there is
 * something to fill in, Enter must not close the dialog.
 */
function focusFirst(at: HTMLDialogElement | null): void {
  const now = document.activeElement;
  if (now?.matches('.close') === true) return at?.focus();
  if (now === null || now.matches(`${controls}, [tabindex]`)) return;
  at?.querySelector<HTMLElement>(`form :is(${controls})`)?.focus();
}

const controls = 'input, select, textarea, button, a, summary';

function close(): void {
  dialog.value = undefined;
}

/** Closes the dialog with the browser, which reports it late: another one may be shown by then. */
function closeToo({ currentTarget: at, target }: TargetedEvent<HTMLDialogElement>): void {
  // the choice of a file inside is cancelled by an event of the same name
  if (target === at && at.isConnected) close();
}

interface DialogProps {
  readonly label: string;
  /** Whether it needs more room than beside the text, which it then covers. */
  readonly isWide?: boolean;
  readonly children: ComponentChildren;
}

/** A dialog that takes the focus and returns it. */
export function Dialog({ label, isWide = false, children }: DialogProps) {
  const at = useRef<HTMLDialogElement>(null);
  // before the next key press, which must not reach the field behind
  useLayoutEffect(() => {
    const before = document.activeElement;
    at.current?.showModal();
    focusFirst(at.current);
    // an earlier error has nothing to do with this dialog
    if (notice.value?.isFault === true && dialog.value !== 'conflict') notice.value = undefined;
    settleNotice();
    return () => {
      // nothing behind a modal dialog can take the focus before the dialog is gone
      queueMicrotask(() => {
        const isElsewhere = document.activeElement !== null && document.activeElement !== document.body;
        if (before instanceof HTMLElement && !isElsewhere) before.focus();
      });
    };
  }, []);
  return (
    <dialog
      ref={at}
      class={isWide ? '' : 'beside'}
      tabIndex={-1}
      aria-label={label}
      onCancel={closeToo}
      onClose={closeToo}
      onKeyDown={(event) => {
        typeInFirst(event, event.currentTarget);
        wrapTab(event, event.currentTarget);
      }}
    >
      {children}
      {/* the notice of the page is behind the dialog */}
      {noticeNow.value?.isFault === true && dialog.value !== 'conflict' ? (
        <p class="fault" role="alert">
          {noticeNow.value.text}
        </p>
      ) : null}
      {/* not in the Tab order: Escape closes it too, and the fields come first */}
      <button
        type="button"
        class="close"
        tabIndex={-1}
        aria-label="Close"
        title="Close (Esc)"
        // a list would close first, and the dialog move away below the pointer
        onMouseDown={(event) => event.preventDefault()}
        onClick={close}
      >
        ✕
      </button>
    </dialog>
  );
}
