import { isArray, isObject } from '../../../json/json.ts';
import { CodeField } from './CodeField.tsx';
import type { Field } from '../messages.ts';
import { type FieldProps, aboutId, controlOf } from './control.ts';
import { DateField, DateHelp, DateMeaning } from './DateField.tsx';
import { DateOffers } from './DateOffers.tsx';
import { JsonField } from './JsonField.tsx';
import { OfficeOffer } from './OfficeOffer.tsx';
import { NumberField } from './NumberField.tsx';
import { Meanings, Radios } from './Radios.tsx';
import { ReferenceField } from './ReferenceField.tsx';
import { ScalarField } from './ScalarField.tsx';
import { TextField } from './TextField.tsx';

/** The most codes that are shown as radio buttons. */
const mostRadios = 4;

/** The control of a field that is not an object or a list. */
export function Input(props: FieldProps) {
  const control = controlOf(props);
  const { kind } = props.field;
  if (kind !== 'code' && isTree(props.value)) return <JsonField {...control} />;
  if (kind === 'code') return isFew(props.field) ? <Radios {...control} /> : <CodeField {...control} />;
  if (kind === 'boolean') return <Radios {...control} field={{ ...props.field, codes: yesOrNo }} />;
  if (kind === 'reference') return <ReferenceField {...control} />;
  if (kind === 'date') return <DateField {...control} />;
  if (kind === 'number') return <NumberField {...control} />;
  if (kind === 'scalar') return <ScalarField {...control} />;
  if (kind === 'text') return <TextField {...control} />;
  return <JsonField {...control} />;
}

/** Whether a value cannot be edited as a text. */
function isTree(value: FieldProps['value']): boolean {
  return isArray(value) || isObject(value);
}

/** What explains a control, in the order below its problems: its meaning and its description. */
export function Explanation(props: FieldProps) {
  const { field, value, pointer } = props;
  if (field.kind === 'date') {
    const control = controlOf(props);
    return (
      <>
        <DateMeaning {...control} />
        <DateOffers {...control} />
        <DateHelp {...control} />
      </>
    );
  }
  return (
    <>
      <OfficeOffer {...controlOf(props)} />
      <p class="description" id={aboutId(pointer)}>
        {field.description}
      </p>
      {field.kind === 'code' && isFew(field) ? <Meanings field={field} value={value} /> : null}
    </>
  );
}

function isFew({ codes }: Field): boolean {
  return codes.length <= mostRadios;
}

const yesOrNo = [
  { code: true, description: undefined },
  { code: false, description: undefined },
];
