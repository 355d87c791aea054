import type { Problem, Rule } from '../../base/problem.ts';
import { foldedId, quoted } from '../../base/text.ts';
import { below } from '../../json/json.ts';
import { nameOf } from '../../schema/recordName.ts';
import type { RecordFile } from '../../read/records.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import { fileNameFault } from '../../verbs/identifier.ts';
import type { RecordContent } from './messages.ts';
import { identifierOf } from './newRecord.ts';
import type { OpenDataset } from './openDataset.ts';

interface NewRecord extends RecordContent {
  readonly table: string;
}

/** The problems of a new record, with those of its identifier in the words of a form: nobody has to name a file. */
export function problemsOfNew(
  dataset: OpenDataset,
  edited: NewRecord,
  id: string | undefined,
  found: readonly Problem[],
): readonly Problem[] {
  const type = dataset.typeOf(edited.table);
  const at = type.key === undefined ? '' : below('', type.key);
  const file = found[0]?.file ?? '';
  if (id === undefined) {
    const isSaid = found.some(({ pointer, severity }) => severity === 'error' && (pointer === at || pointer === ''));
    return isSaid ? found : [...found, plainProblem(file, at, 'required', 'the record needs an identifier')];
  }
  const worded = found.map((problem) =>
    problem.rule === 'unique-id' ? takenProblem(dataset, type, edited, id, problem) : problem,
  );
  const fault = fileNameFault(id);
  const isSaid = found.some(({ pointer, severity }) => severity === 'error' && pointer === at);
  if (fault === undefined || isSaid) return worded;
  // the rule about names of files says the same about Windows
  const others = worded.filter(({ rule, pointer }) => rule !== 'file-name' || pointer !== '');
  return [...others, plainProblem(file, at, 'file-name', fault)];
}

/** Says whose identifier it is, and offers one that is free. */
function takenProblem(
  dataset: OpenDataset,
  type: RecordType,
  { value, spans }: NewRecord,
  id: string,
  problem: Problem,
): Problem {
  const other = dataset.names.named(foldedId(id)).find(({ table }) => table === type.name);
  const name = other === undefined ? undefined : nameOfSaved(dataset, type, other);
  const shown = name === undefined ? '' : ` (${name})`;
  const message =
    other === undefined || other.stem === id
      ? `${quoted(id)} is taken${shown}`
      : `${quoted(id)} is too similar to ${quoted(other.stem)}${shown}`;
  const without = Object.fromEntries(Object.entries(value).filter(([key]) => key !== type.key));
  const free = identifierOf(type, { value: without, spans }, dataset);
  return { ...problem, message, hint: free === undefined ? undefined : `did you mean ${quoted(free)}?` };
}

/** The name that people use for a saved record. */
function nameOfSaved(dataset: OpenDataset, type: RecordType, { stem }: RecordFile): string | undefined {
  const record = dataset.openAt(type.name, stem);
  return record === undefined ? undefined : nameOf(type, record.value);
}

/** An error that no rule of `validate` has found. */
export function plainProblem(file: string, pointer: string, rule: Rule, message: string): Problem {
  return { file, line: 1, column: 1, pointer, rule, severity: 'error', message, hint: undefined };
}
