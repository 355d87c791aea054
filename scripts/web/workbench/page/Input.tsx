import { CodeField } from './CodeField.tsx';
import { type FieldProps, controlOf } from './control.ts';
import { DateField } from './DateField.tsx';
import { JsonField } from './JsonField.tsx';
import { NumberField } from './NumberField.tsx';
import { Radios } from './Radios.tsx';
import { ReferenceField } from './ReferenceField.tsx';
import { TextField } from './TextField.tsx';

/** The most codes that are shown as radio buttons. */
const mostRadios = 4;

/** The control of a field that is not an object or a list. */
export function Input(props: FieldProps) {
  const control = controlOf(props);
  const { kind, codes } = props.field;
  if (kind === 'code') return codes.length <= mostRadios ? <Radios {...control} /> : <CodeField {...control} />;
  if (kind === 'boolean') return <Radios {...control} field={{ ...props.field, codes: yesOrNo }} />;
  if (kind === 'reference') return <ReferenceField {...control} />;
  if (kind === 'date') return <DateField {...control} format={props.field.format} />;
  if (kind === 'number') return <NumberField {...control} />;
  if (kind === 'text') return <TextField {...control} />;
  return <JsonField {...control} />;
}

const yesOrNo = [
  { code: true, description: undefined },
  { code: false, description: undefined },
];
