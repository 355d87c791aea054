import { useEffect, useState } from 'preact/hooks';
import { type Json, below, isArray, isObject, member } from '../../../json/json.ts';
import type { ActionMessage, Field, ProblemMessage, PropertyMessage } from '../messages.ts';
import { ask } from './api.ts';
import { type Choice, Combobox, fitting } from './Combobox.tsx';
import { DateField } from './DateField.tsx';
import { createFor } from './createInPlace.ts';
import { addElement } from './addElement.ts';
import { duplicate, isIn, move, removeAt, unciting, valueAt } from './edit.ts';
import { spansOfField } from './left.ts';
import { focusField } from './focus.ts';
import { citeFocused } from './cite.ts';
import { edit, isCited, setField } from './editing.ts';
import { isFixed, isKeyOf, needsEvidence, titleOf } from './formFields.ts';
import { openSource } from './openSource.ts';
import { reveal, unreveal } from './reveal.ts';
import { wordsOf } from './sourceText.ts';
import { checked, content, fields, focused, opened, source, spansNow, table } from './state.ts';
import { showWords } from './TextPane.tsx';

/** Up to so many codes are radio buttons. */
const mostRadios = 4;

interface FieldProps {
  readonly pointer: string;
  readonly name: string;
  readonly field: Field;
  readonly value: Json | undefined;
  readonly required: boolean;
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
      id="form"
      aria-label={`${of.title}: form`}
      onSubmit={(event) => event.preventDefault()}
      onFocusIn={(event) => {
        const at = event.target instanceof Element ? event.target.closest('[data-pointer]') : null;
        if (at instanceof HTMLElement && at.dataset['pointer'] !== undefined) focused.value = at.dataset['pointer'];
      }}
    >
      <Problems list={stray.filter(({ message }) => !isMissingNote(message))} pointer="" />
      <Properties pointer="" field={root} value={now.value} hidden={of.hidden} />
    </form>
  );
}

/** Whether a problem says only that a member is missing: the empty field says that already. */
function isMissingNote(message: string): boolean {
  return (checked.value?.missing ?? []).some((pointer) =>
    message.includes(JSON.stringify(pointer.slice(pointer.lastIndexOf('/') + 1))),
  );
}

interface PropertiesProps {
  readonly pointer: string;
  readonly field: Field;
  readonly value: Json | undefined;
  readonly hidden?: readonly string[];
}

/** The fields of an object: those that it has or must have, and buttons for the others. */
function Properties({ pointer, field, value, hidden = [] }: PropertiesProps) {
  const missing = checked.value?.missing ?? [];
  const valueOf = (name: string): Json | undefined => (isObject(value) ? member(value, name) : undefined);
  const isShown = ({ name, required }: PropertyMessage): boolean => {
    const at = below(pointer, name);
    return required || valueOf(name) !== undefined || opened.value.has(at) || missing.includes(at);
  };
  const all = field.properties.filter(({ name }) => !hidden.includes(name));
  const others = all.filter((property) => !isShown(property));
  const named = new Set(field.properties.map(({ name }) => name));
  const free = isObject(value) ? Object.keys(value).filter((key) => !named.has(key)) : [];
  return (
    <>
      {all.filter(isShown).map((property) => {
        const inner = fields.value[property.field];
        if (inner === undefined) return null;
        const at = below(pointer, property.name);
        return (
          <FieldView
            key={property.name}
            pointer={at}
            name={property.name}
            field={inner}
            value={valueOf(property.name)}
            required={property.required || missing.includes(at)}
          />
        );
      })}
      {free.map((key) => {
        const inner = field.members === undefined ? anyField : (fields.value[field.members] ?? anyField);
        const at = below(pointer, key);
        return <FieldView key={key} pointer={at} name={key} field={inner} value={valueOf(key)} required={false} />;
      })}
      {others.length === 0 ? null : (
        <div class="more" role="group" aria-label="Fields that can be added">
          {others.map(({ name, field: inner }) => (
            <button
              key={name}
              type="button"
              class="add"
              title={fields.value[inner]?.description}
              onClick={() => add(below(pointer, name))}
            >
              + {fields.value[inner]?.title ?? name}
            </button>
          ))}
        </div>
      )}
      {field.members === undefined ? null : <AddMember pointer={pointer} />}
    </>
  );
}

function add(pointer: string): void {
  reveal(pointer);
  focusField(pointer);
}

/** A member whose name the schema leaves open. */
function AddMember({ pointer }: { readonly pointer: string }) {
  const [name, setName] = useState('');
  return (
    <div class="more">
      <input
        aria-label="Name of a further field"
        placeholder="further field"
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button
        type="button"
        class="add"
        disabled={name === ''}
        onClick={() => {
          setField(below(pointer, name), '');
          focusField(below(pointer, name));
          setName('');
        }}
      >
        + Add
      </button>
    </div>
  );
}

/** What the schema says nothing of. */
const anyField: Field = {
  kind: 'any',
  title: undefined,
  description: undefined,
  unit: undefined,
  whole: false,
  format: undefined,
  longest: undefined,
  codes: [],
  tables: [],
  properties: [],
  element: undefined,
  members: undefined,
  evidence: false,
  verbatim: false,
};

function problemsAt(pointer: string): readonly ProblemMessage[] {
  return (checked.value?.problems ?? []).filter(
    (problem) => problem.pointer === pointer && problem.rule !== 'evidence-missing' && !isMissingNote(problem.message),
  );
}

function idOf(pointer: string): string {
  return `field${pointer}`;
}

/** A field with its title, evidence and problems. */
function FieldView(props: FieldProps) {
  const { pointer, name, field, value, required } = props;
  const title = field.title ?? name;
  const isGroup = field.kind === 'object' || field.kind === 'list';
  const isRemovable = (value !== undefined || opened.value.has(pointer)) && !isFixed(pointer, value);
  const head = (
    <>
      <span class="title">
        {/^\d+$/.test(name) ? `${field.title ?? 'Element'} ${Number(name) + 1}` : title}
        {required ? (
          <span class="required" title="required" aria-hidden="true">
            *
          </span>
        ) : null}
        {field.unit === undefined ? null : <span class="unit">{field.unit}</span>}
      </span>
      <Evidence pointer={pointer} isGroup={isGroup} value={value} />
      {isRemovable && (!required || value !== undefined) ? (
        <button
          type="button"
          class="small"
          tabIndex={-1}
          title="Take out"
          aria-label={`Take out ${title}`}
          onClick={() => takeOut(pointer)}
        >
          ✕
        </button>
      ) : null}
    </>
  );
  const details = (
    <>
      <p class="description" id={`${idOf(pointer)}-about`}>
        {field.description}
      </p>
      <Problems list={problemsAt(pointer)} pointer={pointer} />
    </>
  );
  if (isGroup)
    return (
      <fieldset class="group" data-pointer={pointer} aria-describedby={`${idOf(pointer)}-problems`}>
        <legend>{head}</legend>
        {field.kind === 'list' ? <List {...props} /> : <Properties pointer={pointer} field={field} value={value} />}
        {details}
      </fieldset>
    );
  return (
    <div class={`field ${focused.value === pointer ? 'now' : ''}`} data-pointer={pointer}>
      <div class="head">{head}</div>
      <Input {...props} />
      {details}
    </div>
  );
}

function takeOut(pointer: string): void {
  edit((before) => removeAt(before, pointer));
  unreveal(pointer);
}

/** The control of a field without parts. */
function Input({ pointer, name, field, value, required }: FieldProps) {
  const id = idOf(pointer);
  const title = field.title ?? name;
  const describedBy = `${id}-about ${id}-problems`;
  const isInvalid = problemsAt(pointer).some(({ severity }) => severity === 'error');
  const shared = { id, 'aria-describedby': describedBy, 'aria-invalid': isInvalid, 'aria-required': required };
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  const write = (words: string): void => setField(pointer, words === '' ? emptyOf(pointer) : words);
  const isKey = isKeyOf(pointer);
  if (field.kind === 'code' && field.codes.length <= mostRadios)
    return <Radios {...{ pointer, field, value, title }} />;
  if (field.kind === 'code') {
    const choices = field.codes.map(({ code, description }): Choice => ({
      value: nameOf(code),
      label: nameOf(code),
      description,
    }));
    const codeOf = (wanted: string): Json => field.codes.find(({ code }) => nameOf(code) === wanted)?.code ?? wanted;
    return (
      <Combobox
        {...{ id, label: title, describedBy, isInvalid, isRequired: required }}
        shown={text}
        find={(words) => fitting(choices, words)}
        choose={(chosen) => setField(pointer, codeOf(chosen))}
        write={write}
      />
    );
  }
  if (field.kind === 'boolean') return <Radios {...{ pointer, value, title }} field={{ ...field, codes: yesOrNo }} />;
  if (field.kind === 'reference')
    return (
      <>
        <Combobox
          {...{ id, label: title, describedBy, isInvalid, isRequired: required }}
          shown={text}
          find={(words) => findRecords(field.tables, words)}
          choose={(chosen) => chooseRecord(pointer, chosen)}
          write={write}
        />
        <NameOf tables={field.tables} id={text} />
      </>
    );
  if (field.kind === 'date')
    return (
      <DateField
        {...{ id, label: title, text, describedBy, isInvalid, isRequired: required, write }}
        format={field.format}
      />
    );
  if (field.kind === 'number')
    return (
      <input
        {...shared}
        type="text"
        inputMode={field.whole ? 'numeric' : 'decimal'}
        aria-label={title}
        autocomplete="off"
        value={text}
        onInput={(event) => {
          const { value: words } = event.currentTarget;
          setField(pointer, words === '' ? undefined : numberIn(words));
        }}
      />
    );
  if (field.kind === 'text' && (field.longest === undefined || field.longest <= 100))
    return (
      <input
        {...shared}
        type="text"
        aria-label={title}
        autocomplete="off"
        placeholder={isKey ? checked.value?.id : undefined}
        readOnly={isFixed(pointer, value)}
        value={text}
        onInput={(event) => write(event.currentTarget.value)}
      />
    );
  if (field.kind === 'text')
    return (
      <textarea
        {...shared}
        aria-label={title}
        rows={Math.min(6, 1 + Math.floor(text.length / 60))}
        value={text}
        onInput={(event) => write(event.currentTarget.value.replaceAll('\n', ' '))}
      />
    );
  return <JsonField {...{ pointer, value, title, shared }} />;
}

/** A number as it is typed; what is none yet stays a text, and the check says so. */
function numberIn(words: string): Json {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(words) && String(Number(words)) === words ? Number(words) : words;
}

/** An element of a list that is emptied stays, a member goes. */
function emptyOf(pointer: string): Json | undefined {
  return /\/\d+$/.test(pointer) ? '' : undefined;
}

function nameOf(code: Json): string {
  return typeof code === 'string' ? code : JSON.stringify(code);
}

const yesOrNo = [
  { code: true, description: undefined },
  { code: false, description: undefined },
];

interface RadiosProps {
  readonly pointer: string;
  readonly field: Field;
  readonly value: Json | undefined;
  readonly title: string;
}

function Radios({ pointer, field, value, title }: RadiosProps) {
  const id = idOf(pointer);
  const wordOf = (code: Json): string => (code === true ? 'yes' : code === false ? 'no' : nameOf(code));
  return (
    <div class="radios" role="radiogroup" aria-label={title} aria-describedby={`${id}-about ${id}-problems`}>
      {field.codes.map(({ code, description }, i) => (
        <label key={nameOf(code)} title={description}>
          <input
            id={i === 0 ? id : undefined}
            type="radio"
            name={id}
            checked={JSON.stringify(value) === JSON.stringify(code)}
            onChange={() => setField(pointer, code)}
          />
          {wordOf(code)}
        </label>
      ))}
    </div>
  );
}

const namesKnown = new Map<string, string>();

/** The name of the record that a reference leads to, where it is another one than its identifier. */
function NameOf({ tables, id }: { readonly tables: readonly string[]; readonly id: string }) {
  const key = `${tables.join('/')} ${id}`;
  const [name, setName] = useState(namesKnown.get(key) ?? '');
  useEffect(() => {
    let isCurrent = true;
    setName(namesKnown.get(key) ?? '');
    const look = async (): Promise<void> => {
      const found = await ask('find', { tables, words: id }).catch(() => []);
      const label = found.find((record) => record.id === id)?.label;
      if (label !== undefined) namesKnown.set(key, label);
      if (isCurrent) setName(label ?? '');
    };
    if (id !== '' && !namesKnown.has(key)) void look();
    return () => void (isCurrent = false);
  }, [key]);
  return name === '' || name === id ? null : <p class="name">{name}</p>;
}

/** What a choice begins with that makes a record. */
const creating = '+';

async function findRecords(tables: readonly string[], words: string): Promise<readonly Choice[]> {
  const found = await ask('find', { tables, words }).catch(() => []);
  const several = tables.length > 1;
  const known = found
    .filter(({ withdrawn }) => !withdrawn)
    .map(({ table: of, id, label }): Choice => ({
      value: id,
      label: label ?? id,
      description: several ? `${of} ${id}` : id,
    }));
  const create = tables.map((of): Choice => ({
    value: `${creating}${of}\n${words.trim()}`,
    label: `New record in ${of}${words.trim() === '' ? '' : `: ${words.trim()}`} …`,
  }));
  return [...known, ...create];
}

function chooseRecord(pointer: string, chosen: string): void {
  if (!chosen.startsWith(creating)) return setField(pointer, chosen);
  const [of = '', words = ''] = chosen.slice(creating.length).split('\n');
  void createFor(pointer, of, { words });
}

interface JsonFieldProps {
  readonly pointer: string;
  readonly value: Json | undefined;
  readonly title: string;
  readonly shared: object;
}

/** A value of any kind, as JSON. */
function JsonField({ pointer, value, title, shared }: JsonFieldProps) {
  const print = value === undefined ? '' : JSON.stringify(value, null, 1);
  const [text, setText] = useState(print);
  useEffect(() => setText(print), [print]);
  const parsed = (words: string): Json | undefined => {
    try {
      return JSON.parse(words);
    } catch {
      return undefined;
    }
  };
  return (
    <textarea
      {...shared}
      class="json"
      aria-label={`${title}, as JSON`}
      rows={3}
      value={text}
      onInput={(event) => setText(event.currentTarget.value)}
      onBlur={() => setField(pointer, text.trim() === '' ? undefined : (parsed(text) ?? text))}
    />
  );
}

/** A list: one line for each object, which opens; plain values in a row. */
function List({ pointer, field, value }: FieldProps) {
  const element = field.element === undefined ? undefined : fields.value[field.element];
  const list = isArray(value) ? value : [];
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  if (element === undefined) return null;
  const toggle = (i: number, isOpen: boolean): void =>
    setOpen(new Set(isOpen ? [...open, i] : [...open].filter((each) => each !== i)));
  const onKeyDown =
    (i: number) =>
    (event: KeyboardEvent): void => {
      const to = i + (event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0);
      if (!event.altKey || to === i || to < 0 || to >= list.length) return;
      event.preventDefault();
      event.stopPropagation();
      edit((before) => move(before, pointer, i, to));
      focusField(below(pointer, to));
    };
  return (
    <div class="list">
      {list.map((each, i) => {
        const at = below(pointer, i);
        const isOpen = open.has(i) || opened.value.has(at) || Object.keys(isObject(each) ? each : {}).length === 0;
        const tools = (
          <span class="tools">
            <button
              type="button"
              class="small"
              tabIndex={-1}
              title="Move up (Alt+↑)"
              aria-label={`Move ${titleOf(at)} up`}
              disabled={i === 0}
              onClick={() => edit((before) => move(before, pointer, i, i - 1))}
            >
              ↑
            </button>
            <button
              type="button"
              class="small"
              tabIndex={-1}
              title="Move down (Alt+↓)"
              aria-label={`Move ${titleOf(at)} down`}
              disabled={i === list.length - 1}
              onClick={() => edit((before) => move(before, pointer, i, i + 1))}
            >
              ↓
            </button>
            <button
              type="button"
              class="small"
              tabIndex={-1}
              aria-label={`Duplicate ${titleOf(at)}`}
              onClick={() => edit((before) => duplicate(before, pointer, i))}
            >
              duplicate
            </button>
          </span>
        );
        if (element.kind !== 'object')
          return (
            <div key={i} class="element" onKeyDown={onKeyDown(i)}>
              <FieldView pointer={at} name={String(i)} field={element} value={each} required={false} />
              {tools}
            </div>
          );
        return (
          <div key={i} class="card" onKeyDown={onKeyDown(i)}>
            <details open={isOpen} onToggle={(event) => toggle(i, event.currentTarget.open)}>
              <summary>{summaryOf(each) || `${element.title ?? 'Element'} ${i + 1}`}</summary>
              {isOpen ? (
                <FieldView pointer={at} name={String(i)} field={element} value={each} required={false} />
              ) : null}
            </details>
            {tools}
          </div>
        );
      })}
      <button type="button" class="add" data-add={pointer} onClick={() => addElement(pointer)}>
        + {element.title ?? 'Element'}
      </button>
    </div>
  );
}

/** An object in one line: its first texts. */
function summaryOf(value: Json): string {
  const texts: string[] = [];
  const visit = (each: Json): void => {
    if (isArray(each)) for (const inner of each) visit(inner);
    else if (isObject(each)) for (const inner of Object.values(each)) visit(inner);
    else if (each !== null && each !== '') texts.push(String(each));
  };
  visit(value);
  return texts.slice(0, 4).join(' · ').slice(0, 100);
}

/** So many characters of a span are shown on its chip. */
const chipLength = 28;

/** The spans of a field: each shows its words and opens them; a field that lacks evidence says so. */
function Evidence({
  pointer,
  isGroup,
  value,
}: {
  readonly pointer: string;
  readonly isGroup: boolean;
  readonly value: Json | undefined;
}) {
  if (table.value?.spansAt === undefined) return null;
  // only the spans: what is typed into another field is no reason to draw this one again
  const spans = spansNow.value;
  const { own } = spansOfField({ spans }, pointer);
  const lacks = !isGroup && value !== undefined && needsEvidence(pointer) && !isCited({ spans }, pointer);
  return (
    <span class="evidence">
      {own.map((index) => {
        const span = spans[index];
        if (span === undefined) return null;
        const words = wordsOf(span) ?? `${span.source} ${span.start}–${span.end}`;
        const short = words.length > chipLength ? `${words.slice(0, chipLength)}…` : words;
        return (
          <span key={index} class="chip">
            <button
              type="button"
              tabIndex={-1}
              title={words}
              aria-label={`Evidence: ${words}`}
              onClick={() => void showSpan(span)}
            >
              {short}
            </button>
            <button
              type="button"
              tabIndex={-1}
              title="No evidence for this field"
              aria-label={`Take away this evidence: ${words}`}
              onClick={() => edit((before) => unciting(before, index, pointer))}
            >
              ✕
            </button>
          </span>
        );
      })}
      {lacks ? (
        <button
          type="button"
          class="lacks"
          tabIndex={-1}
          title="The selected words become its evidence (Alt+E)"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            focused.value = pointer;
            citeFocused();
          }}
        >
          needs evidence
        </button>
      ) : null}
    </span>
  );
}

async function showSpan(span: {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}): Promise<void> {
  if (source.value?.id !== span.source) await openSource(span.source);
  requestAnimationFrame(() => showWords(span.start, span.end));
}

/** Problems of a field, with what a button can do about each. */
function Problems({ list, pointer }: { readonly list: readonly ProblemMessage[]; readonly pointer: string }) {
  return (
    <ul class="problems" id={`${idOf(pointer)}-problems`}>
      {list.map(({ message, hint, severity, actions, rule }) => (
        <li key={rule + message} class={severity}>
          {message}
          {hint === undefined ? '' : ` (${hint})`}
          {actions.map((action) => (
            <button key={action.label} type="button" class="action" onClick={() => act(action, pointer)}>
              {action.label}
            </button>
          ))}
        </li>
      ))}
    </ul>
  );
}

function act(action: ActionMessage, pointer: string): void {
  if (action.kind === 'replace') return setField(pointer, action.value);
  if (action.kind === 'create') {
    const id = content.value === undefined ? undefined : valueAt(content.value.value, pointer);
    return void createFor(pointer, action.table, typeof id === 'string' ? { id } : {});
  }
  focused.value = pointer;
  citeFocused();
}
