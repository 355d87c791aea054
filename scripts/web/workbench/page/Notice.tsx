import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { notice } from './notice.ts';

/** The last message. One that is too long for the header extends over what is below, until it is closed. */
export function Notice() {
  const room = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLParagraphElement>(null);
  const [isLong, setLong] = useState(false);
  const { text, isFault = false } = notice.value ?? {};
  useLayoutEffect(() => {
    setLong((words.current?.offsetHeight ?? 0) > (room.current?.offsetHeight ?? 0));
  }, [text]);
  return (
    <div class="notice-room" ref={room}>
      <p id="notice" ref={words} role="status" class={`${isFault ? 'fault' : ''} ${isLong ? 'long' : ''}`}>
        <span>{text}</span>
        {isLong ? (
          <button type="button" class="small" aria-label="Close the message" onClick={() => (notice.value = undefined)}>
            ✕
          </button>
        ) : null}
      </p>
    </div>
  );
}
