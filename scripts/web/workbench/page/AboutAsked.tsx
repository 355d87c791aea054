import { codeName } from '../../../json/json.ts';
import type { AskedMessage, TableMessage } from '../messages.ts';
import { askedTitle, descriptionsOf } from './asked.ts';
import { fields } from './state.ts';

interface AboutAskedProps {
  readonly table: TableMessage;
  /** The field in focus; undefined if none is. */
  readonly asked: AskedMessage | undefined;
}

/**
 * What the schema says of the field in focus, always in one place: below its field it would move what is about to be
 * clicked. Each field has its own description for screen readers.
 */
export function AboutAsked({ table, asked }: AboutAskedProps) {
  const codes = asked === undefined ? [] : (fields.value[asked.field]?.codes ?? []);
  const described = codes.filter(({ description }) => description !== undefined);
  return (
    <div class="about-asked" aria-hidden="true">
      {asked === undefined ? null : (
        <>
          <b>{askedTitle(asked, table.field)}</b>
          <p>{descriptionsOf(asked, table.field).join(' ')}</p>
          {described.map(({ code, description }) => (
            <p key={codeName(code)}>
              <b>{codeName(code)}</b>: {description}
            </p>
          ))}
        </>
      )}
    </div>
  );
}
