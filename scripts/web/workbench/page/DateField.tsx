import { edtfInWords } from '../../../base/edtfInWords.ts';
import { partsOfMonth, thirdOfMonth } from '../../../base/thirdOfMonth.ts';
import { type Control, aboutId, attributesOf } from './control.ts';
import { drawn } from './drawn.ts';
import { editedText, shownText } from './editedText.ts';
import { leaveOpen, markDate } from './leaveOpen.ts';
import { showsDateHelp } from './state.ts';

const aMonth = /^\d{4}-\d{2}$/;

/** A button that changes a date. */
interface Builder {
  readonly label: string;
  readonly title: string;
  /** Whether it can change this date; without this, it can change any. */
  readonly isFor?: (text: string) => boolean;
  readonly build: (text: string) => string;
  /** Writes what it has built; without this, it is written as what is typed. */
  readonly set?: (pointer: string, date: string) => void;
}

const builders: readonly Builder[] = [
  {
    label: 'Approximate',
    title: 'Mark the date as approximate (~)',
    build: (text) => (text.endsWith('~') ? text.slice(0, -1) : `${text}~`),
    set: markDate,
  },
  {
    label: 'Uncertain',
    title: 'Mark the date as uncertain (?)',
    build: (text) => (text.endsWith('?') ? text.slice(0, -1) : `${text}?`),
    set: markDate,
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
  ...partsOfMonth.map((part): Builder => ({
    label: part.charAt(0).toUpperCase() + part.slice(1),
    title: `The ${part} part of the month, as a range between approximate days`,
    isFor: (text) => aMonth.test(text),
    build: (text) => thirdOfMonth(text, part),
  })),
  {
    label: 'No end date',
    title: 'A range without an end (/..)',
    isFor: (text) => !text.includes('/'),
    build: (text) => `${text}/..`,
    set: leaveOpen,
  },
];

/** Whether a button makes a date of this one: a choice of dates, for example, can be no part of another. */
function canBuild({ isFor, build }: Builder, text: string): boolean {
  return (isFor?.(text) ?? true) && edtfInWords(build(text)) !== undefined;
}

/** Moves to the date field and selects the second of two dates, which the user still has to write. */
function goToLast(id: string): void {
  const input = document.getElementById(id);
  if (!(input instanceof HTMLInputElement)) return;
  const { value } = input;
  const end = value.endsWith(']') ? value.length - 1 : value.length;
  const split = Math.max(value.lastIndexOf('/'), value.lastIndexOf(','));
  input.focus();
  input.setSelectionRange(split < 0 ? end : split + 1, end);
}

/** How to write a date that a text is not sure of. */
const examples: readonly (readonly [words: string, date: string])[] = [
  ['14 March 2022', '2022-03-14'],
  ['March 2022', '2022-03'],
  ['about 14 March', '2022-03-14~'],
  ['14 to 16 March', '2022-03-14/2022-03-16'],
  ['early March', '2022-03-01~/2022-03-10~'],
  ['14 or 15 March', '[2022-03-14,2022-03-15]'],
  ['by 14 March, day unknown', '[..2022-03-14]'],
  ['since 14 March', '2022-03-14/..'],
];

/** What a date field is about, in one line; the rest of it, and examples, on request. */
export function DateHelp({ pointer, field }: Pick<Control, 'pointer' | 'field'>) {
  const isWhole = showsDateHelp.value;
  return (
    <div class={`about ${isWhole ? 'whole' : ''}`}>
      <p class="description" id={aboutId(pointer)}>
        {field.description}
      </p>
      {field.format === 'edtf' ? (
        <button
          type="button"
          class="small"
          tabIndex={-1}
          aria-expanded={isWhole}
          onClick={() => (showsDateHelp.value = !isWhole)}
        >
          {isWhole ? 'Less' : 'How to write dates'} (Alt+X)
        </button>
      ) : null}
      {field.format === 'edtf' && isWhole ? <DateExamples /> : null}
    </div>
  );
}

function DateExamples() {
  return (
    <dl class="examples">
      {examples.map(([words, date]) => (
        <div key={date}>
          <dt>{words}</dt>
          <dd>{date}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The identifier of the element that says what a date means. */
function boundsId(id: string): string {
  return `${id}-bounds`;
}

/** A date as text. What it means is below its problems. */
export function DateField(control: Control) {
  const { id, text, describedBy, write } = control;
  return (
    <input
      {...attributesOf({ ...control, describedBy: `${boundsId(id)} ${describedBy}` })}
      type="text"
      autocomplete="off"
      placeholder="For example 2022-02-24"
      value={shownText(text, 'line')}
      onInput={(event) => write(editedText(text, event.currentTarget.value, 'line'))}
    />
  );
}

/** What a date means, and buttons that make it uncertain. */
export function DateMeaning({ id, pointer, field, text, isInvalid, write }: Control) {
  const meaning = edtfInWords(text);
  const rewrite = async ({ build, set }: Builder): Promise<void> => {
    if (set === undefined) write(build(text));
    else set(pointer, build(text));
    await drawn();
    goToLast(id);
  };
  return (
    <div class="date">
      <output id={boundsId(id)}>{meaning ?? (text === '' || isInvalid ? '' : 'Not a valid date yet')}</output>
      {field.format === 'edtf' && meaning !== undefined ? (
        <div class="builders">
          {builders
            .filter((builder) => canBuild(builder, text))
            .map((builder) => (
              <button
                key={builder.label}
                type="button"
                tabIndex={-1}
                title={builder.title}
                onClick={() => void rewrite(builder)}
              >
                {builder.label}
              </button>
            ))}
        </div>
      ) : null}
    </div>
  );
}
