import type { ComponentChildren } from 'preact';

interface MainButtonProps {
  /** Whether Enter makes a new line in its dialog, so that only Ctrl+Enter presses it. */
  readonly needsCtrl?: boolean;
  readonly disabled?: boolean;
  /** What it does; without it, it submits the form around it. */
  readonly onClick?: () => void;
  readonly children: ComponentChildren;
}

/** The main button of a dialog, with its key. */
export function MainButton({ needsCtrl = false, disabled, onClick, children }: MainButtonProps) {
  const isSubmit = onClick === undefined;
  return (
    <button
      type={isSubmit ? 'submit' : 'button'}
      class="primary"
      disabled={disabled}
      // without a form, its key is that of a button in focus
      autofocus={!isSubmit}
      aria-keyshortcuts={needsCtrl ? 'Control+Enter' : 'Enter'}
      onClick={onClick}
    >
      {children} <kbd aria-hidden="true">{needsCtrl ? 'Ctrl+Enter' : 'Enter'}</kbd>
    </button>
  );
}
