import { useRef } from 'preact/hooks';
import type { Json } from '../../../json/json.ts';
import type { ScalarType } from '../messages.ts';
import type { Control } from './control.ts';
import { setField } from './editing.ts';
import { numberIn } from './numberIn.ts';
import { TextField } from './TextField.tsx';

/** Something that a value can be: a text or number that is typed, or one of the other values. */
interface Option {
  readonly title: string;
  readonly is: (value: Json | undefined) => boolean;
  /** The value if it is chosen instead of another one. */
  readonly from: (text: string) => Json | undefined;
}

const options: Readonly<Record<ScalarType, readonly Option[]>> = {
  number: [
    {
      title: 'Number',
      is: (value) => typeof value === 'number',
      from: (text) => (typeof numberIn(text) === 'number' ? numberIn(text) : undefined),
    },
  ],
  string: [
    { title: 'Text', is: (value) => typeof value === 'string', from: (text) => (text === '' ? undefined : text) },
  ],
  boolean: [true, false].map((each) => ({
    title: each ? 'Yes' : 'No',
    is: (value) => value === each,
    from: () => each,
  })),
  null: [{ title: 'None', is: (value) => value === null, from: () => null }],
};

/** A value of one of several types. A number stays a text if it was one, or if the user says so. */
export function ScalarField(control: Control) {
  const { id, pointer, field, value, text, label } = control;
  const isText = useRef(typeof value === 'string' && value !== '');
  const isTyped = field.scalars.some((type) => type === 'number' || type === 'string');
  const write = (words: string): void => {
    if (words === '') isText.current = false;
    if (words === '') control.write(words);
    else setField(pointer, isText.current ? words : numberIn(words));
  };
  return (
    <>
      {isTyped ? <TextField {...control} text={typeof value === 'boolean' ? '' : text} write={write} /> : null}
      <div class="radios" role="radiogroup" aria-label={`${label}: type`}>
        {field.scalars
          .flatMap((type) => options[type])
          .map(({ title, is, from }) => (
            <label key={title}>
              <input
                type="radio"
                name={`${id}-type`}
                checked={is(value)}
                onChange={() => {
                  isText.current = title === 'Text';
                  setField(pointer, from(text));
                }}
              />
              {title}
            </label>
          ))}
      </div>
    </>
  );
}
