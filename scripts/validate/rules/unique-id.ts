import { option, sentence } from '../../base/sentence.ts';
import type { Fault } from '../../base/problem.ts';
import { quoted, written } from '../../base/text.ts';
import { below } from '../../json/json.ts';
import { type Patterns, SlowMatch, unicodeWherePossible } from '../../pattern/matcher.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import type { SeenRecord } from '../context.ts';
import { type Declared, inForms, sameText } from '../declaredIds.ts';
import type { RuleDefinition } from './rule.ts';

/** `twin` is the record that already has the id. */
function check({ raw, type, run }: SeenRecord, id: string, twin: Declared | undefined): readonly Fault[] {
  if (type.key === undefined || twin === undefined) return [];
  const where = twin.file === raw.file ? 'earlier in this file' : `in ${twin.file.shown}`;
  return [
    {
      rule: 'unique-id',
      message:
        twin.id === id
          ? `the id ${quoted(id)} is also ${where}`
          : sameText(twin.id, id)
            ? `the id ${quoted(id)} is the same text as one ${where} in another Unicode form: ${inForms(id, twin.id)}`
            : `the id ${quoted(id)} differs only in case from ${quoted(twin.id)} ${where}`,
      pointer: below('', type.key),
      hint:
        run.options.layout === 'any'
          ? sentence`if ${quoted(type.key)} does not identify records, say that the table has no key: ${option('keys', type.name)}`
          : 'an id must be unique in its table, ignoring case',
    },
  ];
}

/** The fault of a record whose id is the name of another file: it was copied, and the id left unchanged. */
export function copiedFrom({ raw, type, run }: SeenRecord, id: string): Fault | undefined {
  const { layout, fileNamed } = run.options;
  if (type.key === undefined || layout !== 'canonical' || raw.line !== 0 || id === raw.file.stem) return undefined;
  const original = fileNamed(type.name, id);
  if (original === undefined || original.path === raw.file.path || original.stem !== id) return undefined;
  return {
    rule: 'unique-id',
    message: `the id ${quoted(id)} belongs to ${original.shown}: this file looks like a copy of it`,
    pointer: below('', type.key),
    hint: fitsKey(raw.file.stem, type, run.options.patterns)
      ? `give the record its own id, the name of its file: ${written(raw.file.stem)}`
      : 'give the record its own id, and its file the same name',
  };
}

/** Whether, of two records with one id, this one was first: the other has a wrong form, or is newer in git. */
export function isOlderTwin({ raw, type, run }: SeenRecord, id: string, twin: Declared): boolean {
  if (raw.line !== 0 || twin.file.holds !== 'record' || twin.file.select !== undefined) return false;
  const [own, other] = [id, twin.id].map((each) => fitsKey(each, type, run.options.patterns));
  if (own !== other) return own === true;
  // if each record has a file, a record whose file has another name was copied
  if (run.options.layout === 'canonical' && (id === raw.file.stem) !== (twin.id === twin.file.stem))
    return id === raw.file.stem;
  return run.options.isNewer(twin.file, raw.file) === true;
}

/** Whether the record with this id already has a fault for it: a copied id, or one of a wrong form. */
export function isToldAlready({ type, run }: SeenRecord, twin: Declared): boolean {
  return twin.file.stem !== twin.id || !fitsKey(twin.id, type, run.options.patterns);
}

/** Whether a text has the form that the schema requires for an identifier. */
export function fitsKey(id: string, { key, shape }: RecordType, { matcherOf }: Patterns): boolean {
  const pattern = key === undefined ? undefined : shape.properties.get(key)?.shape.constraints['pattern'];
  if (id.length > Number(shape.properties.get(key ?? '')?.shape.constraints['maxLength'] ?? Infinity)) return false;
  if (typeof pattern !== 'string') return true;
  try {
    return matcherOf(pattern, unicodeWherePossible(pattern)).test(id);
  } catch (error) {
    if (error instanceof SlowMatch) return false;
    throw error;
  }
}

export const rule = {
  name: 'unique-id',
  phase: 'project',
  severity: 'error',
  description:
    'No two records of a table have the same id, or ids that differ only in case or in the Unicode form of their ' +
    'letters: some file systems and programs treat those as equal.',
  bad: {
    files: { 'raw/authors/others.ndjson': '{"id":"eva","name":"Eva"}\n{"id":"eva","name":"Eva B."}\n' },
    at: 'raw/authors/others.ndjson:2:7',
  },
  good: { 'raw/authors/others.ndjson': '{"id":"eva","name":"Eva"}\n{"id":"eva-b","name":"Eva B."}\n' },
  check,
} as const satisfies RuleDefinition;
