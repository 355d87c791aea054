import type { ComponentChildren, JSX } from 'preact';

/** A sentence instead of content that is not loaded or cannot be shown. */
export function Message({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return (
    <p class="message" role="status">
      {children}
    </p>
  );
}
