/** A field that text is typed into. */
export type TextControl = HTMLInputElement | HTMLTextAreaElement;

/** A change of text, as the Input Events specification names it. */
export interface TextChange {
  readonly inputType: string;
  /** The inserted text; empty for a deletion. */
  readonly text: string;
}

export function isTextControl(at: EventTarget | null): at is TextControl {
  return at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && at.type === 'text');
}

/** Makes a change in a field as a browser does; any other element stays as it is. */
export function changeText(at: Element, { inputType, text }: TextChange): void {
  if (!isTextControl(at) || at.readOnly) return;
  const { start, end } = selectionOf(at);
  if (inputType.startsWith('insert')) return replace(at, start, end, textFor(at, inputType, text));
  if (start < end) return replace(at, start, end, '');
  const until = Object.hasOwn(deletions, inputType) ? deletions[inputType] : undefined;
  if (until === undefined) return;
  const other = until(at.value, start);
  replace(at, Math.min(start, other), Math.max(start, other), '');
}

/** A field of one line has spaces instead of line ends. */
function textFor(at: TextControl, inputType: string, text: string): string {
  const whole = inputType === 'insertLineBreak' || inputType === 'insertParagraph' ? '\n' : text;
  return at instanceof HTMLInputElement ? whole.replaceAll(/\r?\n/g, ' ') : whole;
}

function selectionOf(at: TextControl): { readonly start: number; readonly end: number } {
  return { start: at.selectionStart ?? 0, end: at.selectionEnd ?? at.value.length };
}

function replace(at: TextControl, start: number, end: number, text: string): void {
  if (start === end && text === '') return;
  at.setRangeText(text, start, end, 'end');
  at.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

type Until = (text: string, from: number) => number;

const before = (text: string, from: number): number =>
  Math.max(0, from - (/[\uDC00-\uDFFF]/.test(text[from - 1] ?? '') ? 2 : 1));
const after = (text: string, from: number): number =>
  Math.min(text.length, from + (/[\uD800-\uDBFF]/.test(text[from] ?? '') ? 2 : 1));
const lineStart = (text: string, from: number): number => text.lastIndexOf('\n', from - 1) + 1;

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

/** How far a deletion goes from the caret. */
const deletions: Readonly<Record<string, Until>> = {
  deleteContentBackward: before,
  deleteContentForward: after,
  deleteWordBackward: (text, from) => text.slice(0, from).search(/\S*\s*$/u),
  deleteWordForward: (text, from) => from + (/^\s*\S*/u.exec(text.slice(from))?.[0].length ?? 0),
  deleteSoftLineBackward: lineStart,
  deleteHardLineBackward: lineStart,
  deleteSoftLineForward: lineEnd,
  deleteHardLineForward: lineEnd,
};

/** Where a key moves the caret. */
const moves: Readonly<Record<string, Until>> = {
  ArrowLeft: before,
  ArrowRight: after,
  ArrowUp: (text, from) => lineAbove(text, from),
  ArrowDown: (text, from) => lineBelow(text, from),
  Home: lineStart,
  End: lineEnd,
};

function lineAbove(text: string, from: number): number {
  const own = lineStart(text, from);
  if (own === 0) return 0;
  const above = lineStart(text, own - 1);
  return Math.min(above + (from - own), own - 1);
}

function lineBelow(text: string, from: number): number {
  const end = lineEnd(text, from);
  if (end === text.length) return end;
  return Math.min(end + 1 + (from - lineStart(text, from)), lineEnd(text, end + 1));
}

/** Moves the caret as a key does, or extends the selection. Returns whether the key does that. */
export function moveCaret(at: TextControl, key: string, isExtending: boolean): boolean {
  const to = Object.hasOwn(moves, key) ? moves[key] : undefined;
  if (to === undefined) return false;
  const { start, end } = selectionOf(at);
  const isBackward = at.selectionDirection === 'backward';
  if (isExtending) {
    const [anchor, caret] = isBackward ? [end, start] : [start, end];
    const next = to(at.value, caret);
    at.setSelectionRange(Math.min(anchor, next), Math.max(anchor, next), next < anchor ? 'backward' : 'forward');
    return true;
  }
  // an arrow leaves a selection at its end
  const leaves = start < end && (key === 'ArrowLeft' || key === 'ArrowRight');
  const caret = key === 'ArrowLeft' || key === 'ArrowUp' || key === 'Home' ? start : end;
  const next = leaves ? caret : to(at.value, caret);
  at.setSelectionRange(next, next);
  return true;
}
