import type { ComponentChildren, JSX } from 'preact';

/** A mark in a chart with its label and link. Without a link, the keyboard skips it. */
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
