import { useRef } from 'preact/hooks';
import { parseEdtf } from '../../../base/edtf.ts';

/** What a text in Extended Date/Time Format means, in words; undefined where it is none. */
export function boundsOf(text: string): string | undefined {
  const bounds = parseEdtf(text);
  if (bounds === undefined) return undefined;
  const { earliest, latest, precision } = bounds;
  const days = earliest === latest && earliest !== null ? earliest : `${earliest ?? 'open'} to ${latest ?? 'open'}`;
  return `${days} (${precision})`;
}

/** What a builder button makes of a date. */
interface Builder {
  readonly label: string;
  readonly title: string;
  readonly build: (text: string) => string;
}

const builders: readonly Builder[] = [
  {
    label: 'about',
    title: 'An approximate date',
    build: (text) => (text.endsWith('~') ? text.slice(0, -1) : `${text}~`),
  },
  {
    label: 'uncertain',
    title: 'An uncertain date',
    build: (text) => (text.endsWith('?') ? text.slice(0, -1) : `${text}?`),
  },
  { label: 'from … to', title: 'An interval', build: (text) => (text.includes('/') ? text : `${text}/${text}`) },
  {
    label: 'one of',
    title: 'One of several dates',
    build: (text) => (text.startsWith('[') ? text : `[${text},${text}]`),
  },
  { label: 'open end', title: 'It goes on', build: (text) => (text.includes('/') ? text : `${text}/..`) },
];

export interface DateFieldProps {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly format: string | undefined;
  readonly describedBy: string;
  readonly isInvalid: boolean;
  readonly isRequired: boolean;
  readonly write: (text: string) => void;
}

/** Goes on in the date, with the last of two dates selected: that one is still to be written. */
function goToLast(input: HTMLInputElement | null): void {
  if (input === null) return;
  const { value } = input;
  const end = value.endsWith(']') ? value.length - 1 : value.length;
  const split = Math.max(value.lastIndexOf('/'), value.lastIndexOf(','));
  input.focus();
  input.setSelectionRange(split < 0 ? end : split + 1, end);
}

/** A date as text, with what it means beneath, and buttons that make an uncertain one of it. */
export function DateField({ id, label, text, format, describedBy, isInvalid, isRequired, write }: DateFieldProps) {
  const meaning = text === '' ? undefined : boundsOf(text);
  const at = useRef<HTMLInputElement>(null);
  const rewrite = (next: string): void => {
    write(next);
    setTimeout(() => goToLast(at.current), 20);
  };
  return (
    <div class="date">
      <input
        ref={at}
        id={id}
        type="text"
        aria-label={label}
        aria-describedby={`${id}-bounds ${describedBy}`}
        aria-invalid={isInvalid}
        aria-required={isRequired}
        autocomplete="off"
        placeholder="2022-02-24"
        value={text}
        onInput={(event) => write(event.currentTarget.value)}
      />
      <output id={`${id}-bounds`}>{meaning ?? (text === '' ? '' : 'no date yet')}</output>
      {format === 'edtf' && text !== '' ? (
        <div class="builders">
          {builders.map(({ label: name, title, build }) => (
            <button key={name} type="button" tabIndex={-1} title={title} onClick={() => rewrite(build(text))}>
              {name}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
