import { type FieldProps, aboutId, controlOf } from './control.ts';
import { useState } from 'preact/hooks';
import { type Json, below, isArray, isObject, member } from '../../../json/json.ts';
import type { Field, PropertyMessage } from '../messages.ts';
import { addField } from './addField.ts';
import { addElement } from './addElement.ts';
import { AddMember } from './AddMember.tsx';
import { anyField } from './anyField.ts';
import { BranchChoice } from './BranchChoice.tsx';
import { settled, toldField } from './branches.ts';
import { setField } from './editing.ts';
import { summaryOf } from './elementSummary.ts';
import { type Place, ElementTools, addByKey, moveByKey } from './ElementTools.tsx';
import { Evidence } from './Evidence.tsx';
import { idOf, problemsAt } from './fieldProblems.ts';
import { takeByEnter } from './firstOffer.ts';
import { isElement, isFixed, titleOf } from './formFields.ts';
import { Explanation, Input } from './Input.tsx';
import { JsonField } from './JsonField.tsx';
import { Problems } from './Problems.tsx';
import { takeOut } from './removing.ts';
import { addedIn } from './reveal.ts';
import { checked, dialog, fields, focused, opened } from './state.ts';
import { QuantityOffers } from './QuantityOffers.tsx';

interface PropertiesProps {
  readonly pointer: string;
  readonly field: Field;
  readonly value: Json | undefined;
  readonly hidden?: readonly string[];
}

/** The fields of an object; if it has alternatives that no code tells apart, first the choice between them. */
export function Properties(props: PropertiesProps) {
  if (props.field.branches.length === 0 || props.field.told !== undefined) return <ChosenProperties {...props} />;
  return <BranchChoice {...props}>{() => <ChosenProperties {...props} />}</BranchChoice>;
}

/** Those that it has or must have, and buttons for the others. */
function ChosenProperties({ pointer, field: whole, value, hidden = [] }: PropertiesProps) {
  const isAdded = (name: string): boolean => opened.value.has(below(pointer, name));
  const field = settled(fields.value, whole, value, isAdded);
  const missing = checked.value?.missing ?? [];
  const valueOf = (name: string): Json | undefined => (isObject(value) ? member(value, name) : undefined);
  const isShown = ({ name, required }: PropertyMessage): boolean => {
    const at = below(pointer, name);
    return required || valueOf(name) !== undefined || opened.value.has(at) || missing.includes(at);
  };
  const all = field.properties.filter(({ name }) => !hidden.includes(name));
  const others = all.filter((property) => !isShown(property));
  // what the schema does not name, also of an alternative that is not chosen
  const named = new Set(field.properties.map(({ name }) => name));
  const free = [...new Set([...Object.keys(isObject(value) ? value : {}), ...addedIn(pointer)])].filter(
    (key) => !named.has(key),
  );
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
            field={property.name === field.told ? toldField(inner, field) : inner}
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
        <div class="more" role="group" aria-label="Optional fields">
          {others.map(({ name, field: inner }) => (
            <button
              key={name}
              type="button"
              class="add"
              title={fields.value[inner]?.description}
              onClick={() => addField(below(pointer, name))}
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

/** A field with its title, evidence and problems. */
function FieldView(props: FieldProps & { readonly isCard?: boolean }) {
  const { pointer, name, field, value, required, isCard = false } = props;
  const title = isElement(pointer) ? `${field.title ?? 'Entry'} ${Number(name) + 1}` : (field.title ?? name);
  const isGroup = isGroupOf(field, value);
  const isRemovable = (value !== undefined || opened.value.has(pointer)) && !isFixed(pointer, value);
  const head = (
    <>
      {/* the line that opens a card has its title, and the buttons beside it remove it */}
      <span class={isCard ? 'unseen' : 'title'} id={`${idOf(pointer)}-title`} title={field.description}>
        {title}
        {required ? (
          <span class="required" title="required" aria-hidden="true">
            *
          </span>
        ) : null}
        {field.unit === undefined ? null : <span class="unit">{field.unit}</span>}
      </span>
      <Evidence pointer={pointer} isGroup={isGroup} value={value} />
      {isFixed(pointer, value) ? (
        <button type="button" class="small" onClick={() => (dialog.value = 'rename')}>
          Change…
        </button>
      ) : null}
      {isRemovable && !isCard && (!required || value !== undefined) ? (
        <button
          type="button"
          class="small"
          tabIndex={-1}
          title="Remove (Alt+Shift+Delete)"
          aria-label={`Remove ${titleOf(pointer)}`}
          onClick={() => takeOut(pointer)}
        >
          ✕
        </button>
      ) : null}
    </>
  );
  const problems = <Problems list={problemsAt(pointer)} pointer={pointer} />;
  // a text that describes both the list and its elements is shown once
  const element = field.element === undefined ? undefined : fields.value[field.element];
  const isSaidOfElement = element?.description === field.description && element?.kind !== 'object';
  if (isGroup)
    return (
      <fieldset
        class="group"
        data-pointer={pointer}
        aria-labelledby={`${idOf(pointer)}-title`}
        aria-describedby={`${aboutId(pointer)} ${idOf(pointer)}-problems`}
      >
        <legend>{head}</legend>
        <p class="description" id={aboutId(pointer)}>
          {isSaidOfElement ? '' : field.description}
        </p>
        <Content {...props} />
        {problems}
      </fieldset>
    );
  return (
    <div
      class={`field ${focused.value === pointer ? 'now' : ''}`}
      data-pointer={pointer}
      onKeyDown={(event) => takeByEnter(event, field.kind === 'date')}
    >
      <div class="head">{head}</div>
      <Input {...props} />
      {/* next to the control: what explains it can be long */}
      {problems}
      <QuantityOffers pointer={pointer} />
      <Explanation {...props} />
    </div>
  );
}

/** What is in an object, in a list, or in the alternative that the user chooses. */
function Content(props: FieldProps) {
  const { pointer, field, value } = props;
  if (field.kind === 'list') return <List {...props} />;
  if (field.kind === 'object') return <Properties pointer={pointer} field={field} value={value} />;
  return (
    <BranchChoice {...props}>
      {(branch) => {
        const chosen = branch === undefined ? undefined : fields.value[branch.field];
        if (chosen === undefined) return value === undefined ? null : <JsonField {...controlOf(props)} />;
        return isGroupOf(chosen, value) ? (
          <Content {...props} field={chosen} />
        ) : (
          <Input {...props} field={{ ...chosen, title: chosen.title ?? field.title }} />
        );
      }}
    </BranchChoice>
  );
}

/** Whether a field shows what is in an object or list. A value of another kind is shown as it is, as JSON. */
function isGroupOf({ kind, branches, told }: Field, value: Json | undefined): boolean {
  if (branches.length > 0 && told === undefined) return true;
  if (kind === 'object') return value === undefined || isObject(value);
  // an element of a list that was just added has no value yet
  return kind === 'list' && (value === undefined || isArray(value));
}

/** A list: a line for each object, which opens; plain values in a row. */
function List({ pointer, field, value, required }: FieldProps) {
  const element = field.element === undefined ? undefined : fields.value[field.element];
  const list = isArray(value) ? value : [];
  if (element === undefined) return null;
  return (
    <div class="list">
      {list.map((each, i) => (
        <ListElement key={i} list={pointer} index={i} count={list.length} field={element} value={each} />
      ))}
      <button type="button" class="add" data-add={pointer} onClick={() => addElement(pointer)}>
        + {element.title ?? 'Entry'}
      </button>
      {required && value === undefined && field.canBeEmpty ? (
        <button type="button" class="add" onClick={() => setField(pointer, [])}>
          + none
        </button>
      ) : null}
      {isArray(value) && list.length === 0 ? <span class="none">None</span> : null}
    </div>
  );
}

interface ListElementProps extends Place {
  readonly field: Field;
  readonly value: Json;
}

/** An element of a list: an object is a card that opens. */
function ListElement({ field, value, ...spot }: ListElementProps) {
  const { list, index } = spot;
  const [isOpened, setOpened] = useState(false);
  const at = below(list, index);
  const isCard = field.kind === 'object' && isObject(value);
  const inner = (
    <FieldView pointer={at} name={String(index)} field={field} value={value} required={false} isCard={isCard} />
  );
  if (!isCard)
    return (
      <div class="element" onKeyDown={(event) => (addByKey(event, spot, value) ? undefined : moveByKey(event, spot))}>
        {inner}
        <ElementTools {...spot} />
      </div>
    );
  const isOpen = isOpened || opened.value.has(at) || Object.keys(isObject(value) ? value : {}).length === 0;
  return (
    <div class="card" onKeyDown={(event) => moveByKey(event, spot)}>
      <details open={isOpen} onToggle={(event) => setOpened(event.currentTarget.open)}>
        <summary>{summaryOf(value) || `${field.title ?? 'Entry'} ${index + 1}`}</summary>
        {isOpen ? inner : null}
      </details>
      <ElementTools {...spot} isRemovable />
    </div>
  );
}
