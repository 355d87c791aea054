import { useRef } from 'preact/hooks';
import { parseEdtf } from '../../../base/edtf.ts';
import { drawn } from './drawn.ts';

/** What a text in Extended Date/Time Format means, in words; undefined if it is not a date. */
export function boundsOf(text: string): string | undefined {
  const bounds = parseEdtf(text);
  if (bounds === undefined) return undefined;
  const { earliest, latest, precision } = bounds;
  const days = earliest === latest && earliest !== null ? earliest : `${earliest ?? 'open'} to ${latest ?? 'open'}`;
  return `${days} (${precision})`;
}

/** A button that changes a date. */
interface Builder {
  readonly label: string;
  readonly title: string;
  readonly build: (text: string) => string;
}

const builders: readonly Builder[] = [
  {
    label: 'Approximate',
    title: 'Mark the date as approximate (~)',
    build: (text) => (text.endsWith('~') ? text.slice(0, -1) : `${text}~`),
  },
  {
    label: 'Uncertain',
    title: 'Mark the date as uncertain (?)',
    build: (text) => (text.endsWith('?') ? text.slice(0, -1) : `${text}?`),
  },
  {
    label: 'Range',
    title: 'Turn the date into a range (/)',
    build: (text) => (text.includes('/') ? text : `${text}/${text}`),
  },
  {
    label: 'One of',
    title: 'One of several dates ([ , ])',
    build: (text) => (text.startsWith('[') ? text : `[${text},${text}]`),
  },
  {
    label: 'No end date',
    title: 'A range without an end (/..)',
    build: (text) => (text.includes('/') ? text : `${text}/..`),
  },
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

/** Moves to the date field and selects the last of two dates, which is still to be written. */
function goToLast(input: HTMLInputElement | null): void {
  if (input === null) return;
  const { value } = input;
  const end = value.endsWith(']') ? value.length - 1 : value.length;
  const split = Math.max(value.lastIndexOf('/'), value.lastIndexOf(','));
  input.focus();
  input.setSelectionRange(split < 0 ? end : split + 1, end);
}

/** A date as text, with its meaning below and buttons that make it uncertain. */
export function DateField({ id, label, text, format, describedBy, isInvalid, isRequired, write }: DateFieldProps) {
  const meaning = text === '' ? undefined : boundsOf(text);
  const at = useRef<HTMLInputElement>(null);
  const rewrite = async (next: string): Promise<void> => {
    write(next);
    await drawn();
    goToLast(at.current);
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
      <output id={`${id}-bounds`}>{meaning ?? (text === '' ? '' : 'Not a valid date yet')}</output>
      {format === 'edtf' && text !== '' ? (
        <div class="builders">
          {builders.map(({ label: name, title, build }) => (
            <button key={name} type="button" tabIndex={-1} title={title} onClick={() => void rewrite(build(text))}>
              {name}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
