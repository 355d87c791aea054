import { nameFault } from '../../base/fileName.ts';
import type { Fault } from '../../base/problem.ts';
import { list, quoted, written } from '../../base/text.ts';
import { below } from '../../json/json.ts';
import type { Patterns } from '../../pattern/matcher.ts';
import type { RecordFile } from '../../read/records.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import { type SeenRecord, excuse } from '../context.ts';
import { type Declared, inForms, sameText } from '../declaredIds.ts';
import { book } from './example.ts';
import { fitsKey } from './unique-id.ts';
import type { RuleDefinition } from './rule.ts';

/** Whether the file of a single record has its id as name. `twin` is another record with the id. */
function check({ raw, type, run }: SeenRecord, id: string, twin: Declared | undefined): readonly Fault[] {
  const { layout, patterns } = run.options;
  if (type.key === undefined || layout !== 'canonical' || raw.line !== 0 || id === raw.file.stem) return [];
  excuse(raw.file, run);
  // an id of a wrong form is reported under its own rule
  if (!fitsKey(id, type, patterns) && !sameText(id, raw.file.stem)) return [];
  const ways = [
    ...(twin === undefined && fits(id, type, patterns) ? [`the file ${written(`${id}.json`)}`] : []),
    ...(fits(raw.file.stem, type, patterns) ? [`the record ${written(raw.file.stem)}`] : []),
  ];
  return [
    {
      rule: 'file-name',
      message: sameText(id, raw.file.stem)
        ? `the id ${quoted(id)} is the name of the file in another Unicode form: ${inForms(id, raw.file.stem)}`
        : `the id ${quoted(id)} is not the name of the file`,
      pointer: below('', type.key),
      hint: ways.length === 0 ? undefined : `name ${list(ways, 'or')}`,
    },
  ];
}

const none: readonly Fault[] = [];

/** The last folder whose path every system allows. */
let portableFolder: string | undefined;

/** Whether every system can check out the file: its own name, and those of its folders. */
export function portable({ name, stem, holds }: RecordFile): readonly Fault[] {
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  // nearly all files are in the same folder as the previous one
  if (folder === portableFolder && nameFault(stem) === undefined) return none;
  const folders = name.split('/').slice(0, -1);
  const fault = [stem, ...folders].map(nameFault).find((one) => one !== undefined);
  if (fault === undefined) {
    portableFolder = folder;
    return none;
  }
  const own = holds === 'record' && nameFault(stem) !== undefined;
  const hint = own ? 'rename the file and give its record the same id' : 'rename the file or its folder';
  return [{ rule: 'file-name', message: `Windows does not allow this name: ${fault}`, pointer: '', offset: 0, hint }];
}

/** Whether a text has the form that the schema requires for an identifier, and can be the name of a file. */
function fits(id: string, type: RecordType, patterns: Patterns): boolean {
  return id.length <= longestName && nameFault(id) === undefined && fitsKey(id, type, patterns);
}

/** No common file system allows a longer name, in bytes; the extension needs five. */
const longestName = 250;

export const rule = {
  name: 'file-name',
  phase: 'record',
  severity: 'error',
  description:
    'A record with a file of its own has the name of the file as its id, and every system can check out that ' +
    'name: Windows has no `con`, no `a:b`, and no name that ends in a dot. Then a reference leads to a file, and ' +
    'a clone works everywhere.',
  bad: { files: { 'raw/books/boat.json': book({ id: 'ship' }) }, at: 'raw/books/boat.json:2:9' },
  good: { 'raw/books/boat.json': book({ id: 'boat' }) },
  check,
} as const satisfies RuleDefinition;
