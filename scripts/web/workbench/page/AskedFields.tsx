import type { TargetedEvent } from 'preact';
import { useId } from 'preact/hooks';
import { codeName } from '../../../json/json.ts';
import type { AskedMessage, FoundRecord, TableMessage } from '../messages.ts';
import {
  type Answer,
  type Answers,
  type Offer,
  askedNow,
  askedTitle,
  descriptionsOf,
  followingFrom,
  isTaken,
  remarkOn,
} from './asked.ts';
import { ask } from './api.ts';
import { begunSource, lookingUp } from './begunSource.ts';
import { Combobox } from './Combobox.tsx';
import { emptyAtEnter } from './enterKey.ts';
import { creationOf } from './recordChoices.ts';
import { choicesOf } from './referenceChoices.ts';
import { fields } from './state.ts';

interface AskedFieldsProps {
  readonly table: TableMessage;
  readonly answers: Answers;
  readonly text: string;
  readonly offers: (asked: AskedMessage) => readonly Offer[];
  readonly answer: (pointer: string, answer: Answer | undefined) => void;
}

/** The fields of a new source that its dialog asks for, with what is known of each. */
export function AskedFields({ table, answers, text, offers, answer }: AskedFieldsProps) {
  const take = async (asked: AskedMessage, offer: Offer): Promise<void> => {
    const isUndone = isTaken(answers.get(asked.pointer), offer);
    answer(asked.pointer, isUndone ? undefined : await answerOf(asked, offer));
    for (const [pointer, made] of followingFrom(asked, offer, table.asked)) {
      const given = answers.get(pointer);
      if (isUndone && JSON.stringify(given) === JSON.stringify(made)) answer(pointer, undefined);
      if (!isUndone && given === undefined) answer(pointer, made);
    }
  };
  const choose = async ({ pointer, field }: AskedMessage, id: string): Promise<void> => {
    answer(pointer, { value: id });
    const made = await recordChosen(id, fields.value[field]?.tables ?? []);
    const now = begunSource.value.answers.get(table.name)?.get(pointer);
    // another one may have been given meanwhile
    if (JSON.stringify(now) === JSON.stringify({ value: id })) answer(pointer, made);
  };
  return (
    <>
      {askedNow(table.asked, answers).map((each) => (
        <AskedField
          key={each.pointer}
          asked={each}
          title={askedTitle(each, table.field)}
          description={descriptionsOf(each, table.field).join(' ')}
          remark={remarkOn(each, table, answers.get(each.pointer), text)}
          given={answers.get(each.pointer)}
          offers={offers(each)}
          take={(offer) => void lookingUp(take(each, offer))}
          choose={(id) => void lookingUp(choose(each, id))}
          answer={(made) => answer(each.pointer, made)}
        />
      ))}
    </>
  );
}

async function answerOf({ about, field }: AskedMessage, { value, words }: Offer): Promise<Answer> {
  return about === 'name' ? recordCalled(value, fields.value[field]?.tables ?? []) : { value, words };
}

/** What a key does in a field with offers: Enter takes one while the field is empty. */
export function enterTakes(take: (() => void) | undefined): (event: TargetedEvent<HTMLElement, KeyboardEvent>) => void {
  return (event) => {
    if (take === undefined || emptyAtEnter(event) === undefined) return;
    event.preventDefault();
    take();
  };
}

interface AskedFieldProps {
  readonly asked: AskedMessage;
  readonly title: string;
  readonly description: string;
  readonly remark: string;
  readonly given: Answer | undefined;
  readonly offers: readonly Offer[];
  readonly take: (offer: Offer) => void;
  /** Answers with a record that is there. */
  readonly choose: (id: string) => void;
  readonly answer: (answer: Answer | undefined) => void;
}

function AskedField(props: AskedFieldProps) {
  const { asked, title, description, remark, given, offers, take, choose, answer } = props;
  const id = useId();
  const byEnter = given === undefined ? offers[0] : undefined;
  return (
    <div
      class="asked"
      data-pointer={asked.pointer}
      onKeyDown={enterTakes(byEnter === undefined ? undefined : () => take(byEnter))}
    >
      <label for={id} title={description}>
        {title}
        {asked.required ? (
          <span class="required" title="required" aria-hidden="true">
            *
          </span>
        ) : null}
      </label>
      <AskedControl {...{ id, asked, title, given, choose, answer }} describedBy={`${id}-about ${id}-remark`} />
      <span class="unseen" id={`${id}-about`}>
        {description}
      </span>
      {/* one that was taken stays where it is, so that nothing moves below the pointer */}
      {offers.length === 0 ? null : (
        <div class="builders" role="group" aria-label={`Offers for ${title}`}>
          {offers.map((offer) => (
            // with an answer, the next field is one Tab away
            <button
              key={offer.value}
              type="button"
              tabIndex={given === undefined ? 0 : -1}
              aria-pressed={isTaken(given, offer)}
              onClick={() => take(offer)}
            >
              {offer.label}
              {offer === byEnter ? <kbd aria-hidden="true">Enter</kbd> : null}
            </button>
          ))}
        </div>
      )}
      <p class="remark" role="status" id={`${id}-remark`}>
        {remark}
      </p>
    </div>
  );
}

function shown(given: Answer | undefined): string {
  if (given === undefined) return '';
  return 'value' in given ? codeName(given.value) : `${given.name} (new record)`;
}

/** The record with a name, or else that a record with it is to be made. */
async function recordCalled(name: string, tables: readonly string[]): Promise<Answer> {
  const found = await foundFor(name, tables);
  const record = found.find(({ isCalledSo, withdrawn }) => isCalledSo && !withdrawn);
  return record === undefined ? { table: tables[0] ?? '', name } : { value: record.id, words: name };
}

/** The records that match, once all have been read: one that is not known yet would be made again. */
async function foundFor(words: string, tables: readonly string[]): Promise<readonly FoundRecord[]> {
  const answer = await ask('find', { tables, words }).catch(() => undefined);
  return answer?.records ?? [];
}

/** A record that was chosen from the list; its name may be in the text. */
async function recordChosen(id: string, tables: readonly string[]): Promise<Answer> {
  const found = await foundFor(id, tables);
  return { value: id, words: found.find((record) => record.id === id)?.label };
}

interface AskedControlProps extends Pick<AskedFieldProps, 'asked' | 'title' | 'given' | 'choose' | 'answer'> {
  readonly id: string;
  readonly describedBy: string;
}

function AskedControl({ id, describedBy, asked, title, given, choose, answer }: AskedControlProps) {
  const field = fields.value[asked.field];
  const codes = field?.kind === 'boolean' ? [{ code: true }, { code: false }] : (field?.codes ?? []);
  if (field?.kind === 'reference')
    return (
      <Combobox
        {...{ id, describedBy }}
        label={title}
        shown={shown(given)}
        creates
        placeholder="Type, or press ↓ for the list"
        find={(words, later) => choicesOf({ tables: field.tables, words, text: '' }, later)}
        choose={(chosen) => {
          const made = creationOf(chosen);
          if (made === undefined) choose(chosen);
          else answer(made);
        }}
        write={(words) =>
          void (words === '' ? answer(undefined) : lookingUp(recordCalled(words, field.tables).then(answer)))
        }
      />
    );
  if (codes.length > 0)
    return (
      <select
        id={id}
        aria-describedby={describedBy}
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
      aria-describedby={describedBy}
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
