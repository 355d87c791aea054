/** How a control shows a text: a field of one line leaves out line ends, a text area has one kind of them. */
export type Showing = 'line' | 'area';

/** The parts of a text that a control shows as one code unit, or not at all. */
const parts = { line: /[\r\n]+|[^\r\n]/g, area: /\r\n|[^]/g } as const;

/** A text as a control shows it. */
export function shownText(text: string, showing: Showing): string {
  return showing === 'line' ? text.replaceAll(/[\r\n]/g, '') : text.replaceAll(/\r\n?/g, '\n');
}

/**
 * A text after it was edited in a control, which then shows `typed`. What the edit did not touch stays as it was, also
 * where the control shows something else.
 */
export function editedText(before: string, typed: string, showing: Showing): string {
  const shown = shownText(before, showing);
  if (shown === before) return typed;
  if (shown === typed) return before;
  const most = Math.min(shown.length, typed.length);
  let first = 0;
  while (first < most && shown[first] === typed[first]) first++;
  let last = 0;
  while (last < most - first && shown.at(-1 - last) === typed.at(-1 - last)) last++;
  const { starts, ends } = unitsOf(before, showing);
  const from = starts[first] ?? before.length;
  const to = last === shown.length - first ? from : (ends[shown.length - last - 1] ?? from);
  return joined(joined(before.slice(0, from), typed.slice(first, typed.length - last)), before.slice(to));
}

/** Two parts of a text in a row. Two line ends stay two: the end of one and the start of the other would make one. */
function joined(left: string, right: string): string {
  const whole = right.startsWith('\n') ? left.replace(/\r+$/, (ends) => '\n'.repeat(ends.length)) : left;
  return whole + right;
}

interface Units {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Where each code unit that a control shows begins and ends in the text. */
function unitsOf(text: string, showing: Showing): Units {
  const shown = [...text.matchAll(parts[showing])].filter(([part]) => showing === 'area' || !/^[\r\n]/.test(part));
  return {
    starts: shown.map(({ index }) => index),
    ends: shown.map(({ 0: part, index }) => index + part.length),
  };
}
