import type { Json } from '../../../json/json.ts';
import { type Control, nameOf } from './control.ts';
import { setField } from './editing.ts';

/** A choice of a few values. */
export function Radios({ id, pointer, field, value, label, describedBy }: Control) {
  const wordOf = (code: Json): string => (code === true ? 'yes' : code === false ? 'no' : nameOf(code));
  const isChosen = (code: Json): boolean => JSON.stringify(value) === JSON.stringify(code);
  return (
    <div class="radios" role="radiogroup" aria-label={label} aria-describedby={describedBy}>
      {field.codes.map(({ code, description }, i) => (
        <label key={nameOf(code)} title={description}>
          <input
            id={i === 0 ? id : undefined}
            type="radio"
            name={id}
            checked={isChosen(code)}
            onChange={() => setField(pointer, code)}
          />
          {wordOf(code)}
        </label>
      ))}
      {field.codes.map(({ code, description }) =>
        description === undefined ? null : (
          <span key={nameOf(code)} class="meaning">
            {isChosen(code) ? <b>{wordOf(code)}</b> : wordOf(code)}: {description}
          </span>
        ),
      )}
    </div>
  );
}
