import type { ComponentChildren, JSX } from 'preact';

/** A sentence in place of what cannot be shown yet, or at all. */
export function Message({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return (
    <p class="message" role="status">
      {children}
    </p>
  );
}
