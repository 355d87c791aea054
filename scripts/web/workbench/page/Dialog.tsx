import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { dialog } from './state.ts';

/** A dialog that takes the focus and gives it back. */
export function Dialog({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  const at = useRef<HTMLDialogElement>(null);
  // before the next key: what is typed must not go to the field behind
  useLayoutEffect(() => {
    const before = document.activeElement;
    at.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={at} aria-label={label} onClose={() => (dialog.value = undefined)}>
      {children}
    </dialog>
  );
}
