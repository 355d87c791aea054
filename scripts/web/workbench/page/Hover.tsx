import { useLayoutEffect, useRef } from 'preact/hooks';

/** Pixels between the pointer and the box that describes the words under it. */
const distance = 14;

interface HoverProps {
  readonly x: number;
  readonly y: number;
  readonly lines: readonly string[];
}

/** Describes the words under the pointer. The box stays inside the text, so that it never covers the form. */
export function Hover({ x, y, lines }: HoverProps) {
  const at = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = at.current;
    const pane = document.querySelector('#text')?.getBoundingClientRect();
    if (element === null || pane === undefined) return;
    element.style.maxWidth = `${pane.width - 2 * distance}px`;
    const { width, height } = element.getBoundingClientRect();
    const isBelow = y + distance + height <= pane.bottom;
    element.style.left = `${Math.max(pane.left, Math.min(x, pane.right - width - distance))}px`;
    element.style.top = `${isBelow ? y + distance : Math.max(pane.top, y - distance - height)}px`;
  });
  return (
    <div class="hover" ref={at}>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </div>
  );
}
