import { useState } from 'preact/hooks';
import { type Json, below } from '../../../json/json.ts';
import type { BranchMessage, Field } from '../messages.ts';
import { branchOf } from './branches.ts';
import { chooseBranch } from './chooseBranch.ts';
import { idOf } from './fieldProblems.ts';
import { fields, opened } from './state.ts';

interface BranchProps {
  readonly pointer: string;
  readonly field: Field;
  readonly value: Json | undefined;
}

/** The alternative that a field is now; undefined if that is open. */
export function branchNow({ pointer, field, value }: BranchProps): BranchMessage | undefined {
  return branchOf(fields.value, field, value, (name) => opened.value.has(below(pointer, name)));
}

/** A choice between the alternatives of a field, and what the chosen one needs. */
export function BranchChoice(
  props: BranchProps & { readonly children: (branch: BranchMessage | undefined) => unknown },
) {
  const [picked, setPicked] = useState<BranchMessage | undefined>(undefined);
  // an alternative that is a text or number has no mark before it is filled in
  const branch = branchNow(props) ?? (props.value === undefined ? picked : undefined);
  return (
    <>
      <BranchRadios {...props} branch={branch} pick={setPicked} />
      {props.children(branch)}
    </>
  );
}

interface RadiosProps extends BranchProps {
  readonly branch: BranchMessage | undefined;
  readonly pick: (branch: BranchMessage) => void;
}

function BranchRadios({ pointer, field, branch, pick }: RadiosProps) {
  const id = `${idOf(pointer)}-branch`;
  return (
    <div class="radios" role="radiogroup" aria-label={field.title ?? 'Kind'}>
      {field.branches.map((each) => (
        <label key={each.field} title={each.description}>
          <input
            type="radio"
            name={id}
            checked={each === branch}
            onChange={() => {
              pick(each);
              chooseBranch(pointer, field, each);
            }}
          />
          {each.title}
        </label>
      ))}
    </div>
  );
}
