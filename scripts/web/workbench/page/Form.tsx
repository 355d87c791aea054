import { isIn } from '../edit.ts';
import { isMissingNote } from './fieldProblems.ts';
import { Properties } from './FieldView.tsx';
import { Problems } from './Problems.tsx';
import { checked, content, fields, focused, open, table } from './state.ts';

/** Whether the last key in the form was Tab. */
let isTabbing = false;

/** Selects a text of one line that Tab leads to, as browsers do in fields that can have one line only. */
function selectAfterTab(target: EventTarget | null): void {
  if (isTabbing && target instanceof HTMLTextAreaElement && target.rows === 1) target.select();
  isTabbing = false;
}

/** The form of the record that is open. */
export function Form() {
  const of = table.value;
  const now = content.value;
  const root = of === undefined ? undefined : fields.value[of.field];
  if (of === undefined || now === undefined || root === undefined) return null;
  const stray = (checked.value?.problems ?? []).filter(
    ({ pointer, rule }) =>
      pointer === '' || (rule !== 'evidence-missing' && of.spansAt !== undefined && isIn(pointer, of.spansAt)),
  );
  return (
    <form
      key={open.value?.form}
      id="form"
      aria-label={`${of.title}: form`}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={({ key }) => void (isTabbing = key === 'Tab')}
      onFocusIn={(event) => {
        selectAfterTab(event.target);
        const at = event.target instanceof Element ? event.target.closest('[data-pointer]') : null;
        if (at instanceof HTMLElement && at.dataset['pointer'] !== undefined) focused.value = at.dataset['pointer'];
      }}
    >
      <Problems list={stray.filter(({ message }) => !isMissingNote(message))} pointer="" />
      <Properties pointer="" field={root} value={now.value} hidden={of.hidden} />
    </form>
  );
}
