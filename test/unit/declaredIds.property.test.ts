import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldedId } from '../../scripts/base/text.ts';
import { type RecordFile, plainFile } from '../../scripts/read/records.ts';
import { type TableIds, ascends, noIds } from '../../scripts/validate/declaredIds.ts';
import { createReferences } from '../../scripts/validate/references.ts';

function fileNamed(stem: string): RecordFile {
  const path = `/raw/ships/${stem}.ndjson`;
  const form = { holds: 'lines', notation: 'json', packed: false, select: undefined } as const;
  return plainFile({ table: 'ships', path, shown: path, name: path, stem, ...form });
}

const files = ['a', 'b'].map(fileNamed);
const id = fc.oneof(
  { weight: 8, arbitrary: fc.nat(20).map((n) => `s${100 + n}`) },
  { weight: 1, arbitrary: fc.constantFrom('S101', 'é', 'e\u0301', 'É', '', 'K', '\u212a') },
);
const step = fc.record({
  kind: fc.constantFrom('add', 'addAll', 'put', 'find', 'index'),
  ids: fc.array(id, { minLength: 1, maxLength: 8 }),
  sorted: fc.boolean(),
  file: fc.constantFrom(...files),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The same ids in an index from the start. */
function indexedIds(): TableIds {
  const index = new Map<string, { readonly id: string; readonly file: RecordFile }>();
  const put = (one: string, file: RecordFile): void => void index.set(foldedId(one), { id: one, file });
  return {
    size: () => index.size,
    index: () => index,
    find: (form) => index.get(form),
    put,
    add(one, file) {
      const twin = index.get(foldedId(one));
      if (twin === undefined) put(one, file);
      return twin;
    },
    addAll(some, _, file) {
      const forms = new Set(some.map(foldedId));
      if (forms.size < some.length || some.some((each) => index.has(foldedId(each)))) return false;
      for (const each of some) put(each, file);
      return true;
    },
  };
}

/** What steps return, and the ids after them. */
function outcomesOf(ids: TableIds, steps: readonly Step[]): readonly unknown[] {
  const outcomes = steps.map(({ kind, ids: unsorted, sorted, file }) => {
    const some = sorted ? [...new Set(unsorted)].toSorted() : unsorted;
    const [first = ''] = some;
    const ascending = some.every((each, i) => ascends(each, some[i - 1]));
    const does = {
      add: () => ids.add(first, file),
      addAll: () => ids.addAll(some, ascending, file),
      put: () => ids.put(first, file),
      find: () => {
        const found = ids.find(foldedId(first));
        return found === undefined || 'id' in found ? found : { id: foldedId(first), file: found };
      },
      index: () => ids.index().size,
    };
    return [does[kind](), ids.size()];
  });
  const index = Array.from(ids.index(), ([form, of]) => [form, 'id' in of ? of : { id: form, file: of }] as const);
  return [outcomes, new Map(index)];
}

test('ids that ascend are listed, and give what an index gives', () => {
  const law = fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
    expect(outcomesOf(noIds(), steps)).toEqual(outcomesOf(indexedIds(), steps));
  });
  fc.assert(law, { numRuns: 300 });
});

test('references are settled to ids in their own spelling, except to withdrawn ones', () => {
  const [file = fileNamed('c')] = files;
  const references = createReferences(['ships']);
  for (const each of ['anna', 'Berta', 'clara']) references.declare('ships', each, file);
  const withdrawal = { date: '2022-02-24', reason: 'twice', replacedBy: undefined };
  references.withdraw('ships', 'clara', { file, line: 3, pointer: '/withdrawn', withdrawal });
  expect(references.settledIds('ships', 3)).toEqual(['anna', 'Berta']);
  expect(references.settledIds('ships', 2)).toBeUndefined();
  expect(references.settledIds('ports', 3)).toBeUndefined();
});
