import type { ComponentChildren, JSX } from 'preact';

/** A mark in a picture with what it stands for, and where it leads; a mark that leads nowhere is none to the keyboard. */
export function MarkLink({
  href,
  text,
  children,
}: {
  readonly href: string | undefined;
  readonly text: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  const titled = (
    <>
      <title>{text}</title>
      {children}
    </>
  );
  return href === undefined ? (
    <g>{titled}</g>
  ) : (
    <a href={href} aria-label={text}>
      {titled}
    </a>
  );
}
