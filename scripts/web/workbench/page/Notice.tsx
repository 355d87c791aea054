import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { focusField } from './focus.ts';
import { notice, noticeNow } from './notice.ts';
import { focused } from './state.ts';

/** The element that had the focus before the button of the message. */
let before: EventTarget | null = null;

/** Closes the message, and returns the focus. */
function close(): void {
  notice.value = undefined;
  if (before instanceof HTMLElement && before.isConnected) before.focus();
  else if (focused.value === undefined) document.querySelector<HTMLElement>('#text')?.focus();
  else focusField(focused.value);
}

/**
 * The last message. It covers nothing: a long one has smaller letters, and its tooltip has all of it. A fault stays
 * until it is fixed or closed; while the pointer is on a long one, all of it is shown.
 */
export function Notice() {
  const room = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const [isLong, setLong] = useState(false);
  const { text, isFault = false } = noticeNow.value ?? {};
  useLayoutEffect(() => {
    const [element, height] = [words.current, room.current?.offsetHeight ?? 0];
    if (element === null) return;
    // measured in letters of the usual size
    element.classList.remove('small');
    const tooLong = element.offsetHeight > height;
    element.classList.toggle('small', tooLong);
    setLong(tooLong);
  }, [text, isFault]);
  return (
    <div class="notice-room" ref={room}>
      <div id="notice" ref={words} class={`${isFault ? 'fault' : ''} ${isLong ? 'small' : ''}`}>
        <span role="status" title={isLong ? text : undefined}>
          {text}
        </span>
        {isFault ? (
          <button
            type="button"
            class="small"
            aria-label="Close the message"
            // the mouse leaves the focus where it is
            onMouseDown={(event) => {
              event.preventDefault();
              before = document.activeElement;
            }}
            onFocus={(event) => (before = event.relatedTarget)}
            onClick={close}
          >
            ✕
          </button>
        ) : null}
      </div>
    </div>
  );
}
