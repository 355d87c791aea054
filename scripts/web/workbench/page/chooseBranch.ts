import { below } from '../../../json/json.ts';
import type { BranchMessage, Field } from '../messages.ts';
import { firstNames, withBranch } from './branches.ts';
import { edit } from './editing.ts';
import { reveal, unreveal } from './reveal.ts';
import { fields } from './state.ts';

/** Makes the value at a pointer one of its alternatives. What only the others have goes, in one step of undo. */
export function chooseBranch(pointer: string, field: Field, branch: BranchMessage): void {
  edit((before) => withBranch(before, pointer, { fields: fields.value, field, branch }));
  if (pointer !== '') unreveal(pointer);
  if (fields.value[branch.field]?.kind !== 'object') return;
  for (const name of firstNames(fields.value, field, branch)) reveal(below(pointer, name));
}
