import { useId } from 'preact/hooks';
import { codeName } from '../../../json/json.ts';
import type { AskedMessage } from '../messages.ts';
import { type Answer, type Answers, type Offer, askedNow, askedTitle } from './asked.ts';
import { Combobox } from './Combobox.tsx';
import { findRecords } from './findRecords.ts';
import { choicesOf, creationOf } from './ReferenceField.tsx';
import { fields } from './state.ts';

interface AskedFieldsProps {
  readonly root: number;
  readonly asked: readonly AskedMessage[];
  readonly answers: Answers;
  readonly offers: (asked: AskedMessage) => readonly Offer[];
  readonly answer: (pointer: string, answer: Answer | undefined) => void;
}

/** The fields of a new source that its dialog asks for, with what is known of each. */
export function AskedFields({ root, asked, answers, offers, answer }: AskedFieldsProps) {
  return (
    <>
      {askedNow(asked, answers).map((each) => (
        <AskedField
          key={each.pointer}
          asked={each}
          title={askedTitle(each, root)}
          given={answers.get(each.pointer)}
          offers={offers(each)}
          answer={(made) => answer(each.pointer, made)}
        />
      ))}
    </>
  );
}

interface AskedFieldProps {
  readonly asked: AskedMessage;
  readonly title: string;
  readonly given: Answer | undefined;
  readonly offers: readonly Offer[];
  readonly answer: (answer: Answer | undefined) => void;
}

function AskedField({ asked, title, given, offers, answer }: AskedFieldProps) {
  const id = useId();
  const tables = fields.value[asked.field]?.tables ?? [];
  const take = async ({ value, words }: Offer): Promise<void> =>
    answer(asked.about === 'name' ? await recordCalled(value, tables) : { value, words });
  const open = given === undefined ? offers : [];
  return (
    <div class="asked">
      <label for={id}>
        {title}
        {asked.required ? (
          <span class="required" title="required" aria-hidden="true">
            *
          </span>
        ) : null}
      </label>
      <AskedControl {...{ id, asked, title, given, answer }} />
      {open.length === 0 ? null : (
        <div class="builders" role="group" aria-label={`Offers for ${title}`}>
          {open.map((offer) => (
            <button key={offer.value} type="button" onClick={() => void take(offer)}>
              {offer.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function shown(given: Answer | undefined): string {
  if (given === undefined) return '';
  return 'value' in given ? codeName(given.value) : `${given.name} (new record)`;
}

/** The record with a name, or else that a record with it is to be made. */
async function recordCalled(name: string, tables: readonly string[]): Promise<Answer> {
  const found = await findRecords({ tables, words: name }, () => undefined);
  const record = found.find(({ isCalledSo, withdrawn }) => isCalledSo && !withdrawn);
  return record === undefined ? { table: tables[0] ?? '', name } : { value: record.id, words: name };
}

function AskedControl({ id, asked, title, given, answer }: Omit<AskedFieldProps, 'offers'> & { readonly id: string }) {
  const field = fields.value[asked.field];
  const codes = field?.kind === 'boolean' ? [{ code: true }, { code: false }] : (field?.codes ?? []);
  if (field?.kind === 'reference')
    return (
      <Combobox
        id={id}
        label={title}
        shown={shown(given)}
        placeholder="Type, or press ↓ for the list"
        find={(words, later) => choicesOf(field.tables, words, later)}
        choose={(chosen) => answer(creationOf(chosen) ?? { value: chosen })}
        write={(words) => void (words === '' ? answer(undefined) : recordCalled(words, field.tables).then(answer))}
      />
    );
  if (codes.length > 0)
    return (
      <select
        id={id}
        value={shown(given)}
        onChange={(event) => {
          const chosen = codes.find(({ code }) => codeName(code) === event.currentTarget.value);
          answer(chosen === undefined ? undefined : { value: chosen.code });
        }}
      >
        <option value="" />
        {codes.map(({ code }) => (
          <option key={codeName(code)} value={codeName(code)}>
            {codeName(code)}
          </option>
        ))}
      </select>
    );
  const isNumber = field?.kind === 'number';
  return (
    <input
      id={id}
      type="text"
      value={shown(given)}
      placeholder={field?.kind === 'date' ? 'For example 2022-02-28' : undefined}
      onInput={({ currentTarget: { value } }) => {
        const number = Number(value);
        answer(value === '' ? undefined : { value: isNumber && !Number.isNaN(number) ? number : value });
      }}
    />
  );
}
