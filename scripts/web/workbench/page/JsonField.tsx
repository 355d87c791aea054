import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Json } from '../../../json/json.ts';
import { type Control, attributesOf } from './control.ts';
import { setField } from './editing.ts';

/** A value of any kind, as JSON. */
export function JsonField(control: Control) {
  const { pointer, value, label } = control;
  const print = value === undefined ? '' : JSON.stringify(value, null, 1);
  const [text, setText] = useState(print);
  // at once: a later effect would replace what is typed meanwhile
  useLayoutEffect(() => setText(print), [print]);
  // a browser reports that a field loses the focus when it is removed: the page shows another record by then
  const isShown = useRef(true);
  useLayoutEffect(() => () => void (isShown.current = false), []);
  return (
    <textarea
      {...attributesOf(control)}
      class="json"
      aria-label={`${label}, as JSON`}
      rows={3}
      value={text}
      onInput={(event) => setText(event.currentTarget.value)}
      onBlur={() => {
        // a look at a value does not change it
        if (isShown.current && text !== print) setField(pointer, text.trim() === '' ? undefined : parsed(text));
      }}
    />
  );
}

/** What typed JSON means; a text that is none is kept as a text. */
function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
