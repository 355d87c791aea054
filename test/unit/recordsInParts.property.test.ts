import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Problem } from '../../scripts/base/problem.ts';
import { compile } from '../../scripts/compile/compile.ts';
import type { Row } from '../../scripts/compile/model.ts';
import { type FileSystem, nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { withFiles } from '../../scripts/disk/overlay.ts';
import { type Project, compileOptions, openProject } from '../../scripts/project/openProject.ts';
import { checking, placed } from '../../scripts/verbs/validate.ts';
import { type PartChecker, partChecker } from '../../scripts/verbs/threads/checkPart.ts';
import { type Division, recordsInParts } from '../../scripts/verbs/threads/recordsInParts.ts';
import { referencesOf } from '../../scripts/validate/run.ts';
import { groupsOf } from '../../scripts/write/printedRows.ts';
import { lastingFolder, writeFiles } from '../support/run.ts';
import { ports } from '../support/fleet.ts';
import { poolHere } from '../support/poolHere.ts';
import { projectAt } from '../support/projectAt.ts';

const folder = lastingFolder();
const file = path.join(folder, 'raw/ships/all.ndjson');

beforeAll(() => {
  writeFiles(folder, {
    ...ports,
    'schema/ships.schema.json': {
      type: 'object',
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        length: { type: 'number' },
        port: { type: 'string', 'x-references': ['ports'] },
        tug: { type: 'string', 'x-references': ['ships'] },
        crews: { type: 'array', items: { type: 'string' } },
        call: { type: 'string', pattern: '^LA' },
        withdrawn: {
          type: 'object',
          properties: { date: { type: 'string', format: 'date' }, reason: { type: 'string' } },
          required: ['date', 'reason'],
          'x-withdrawal': true,
        },
      },
      required: ['id', 'name'],
      additionalProperties: false,
    },
    'raw/ports/oslo.json': { id: 'oslo' },
    'raw/ships/all.ndjson': '',
  });
});

/** What a line holds, and what is wrong with it. */
const line = fc.oneof(
  { weight: 80, arbitrary: fc.constant((id: string) => `{"id":"${id}","name":"Ship ${id}"}`) },
  {
    weight: 6,
    arbitrary: fc.constant((id: string) => `{"id":"${id}","name":"É, \\"${id}\\"","crews":["a","","b\\nc"]}`),
  },
  {
    weight: 6,
    arbitrary: fc.nat(99).map((n) => (id: string) => `{"id":"${id}","name":"","length":${n / 4},"port":"oslo"}`),
  },
  { weight: 5, arbitrary: fc.nat(90).map((n) => (id: string) => `{"id":"${id}","name":"t","tug":"${idOf(n)}"}`) },
  { weight: 1, arbitrary: fc.constant(() => '') },
  {
    weight: 1,
    arbitrary: fc.constant(
      (id: string) => `{"id":"${id}","name":"gone","withdrawn":{"date":"2022-02-24","reason":"twice"}}`,
    ),
  },
  { weight: 1, arbitrary: fc.nat(60).map((n) => () => `{"id":"${idOf(n)}","name":"twin"}`) },
  { weight: 1, arbitrary: fc.constant((id: string) => `{"id":"${id.toUpperCase()}","name":"case"}`) },
  { weight: 1, arbitrary: fc.constant((id: string) => `{"id":"${id}","name":"lost","port":"nowhere"}`) },
  { weight: 1, arbitrary: fc.constant((id: string) => `{"id":"${id}"}`) },
  { weight: 1, arbitrary: fc.constant((id: string) => `{"id":"${id}","name":`) },
  { weight: 1, arbitrary: fc.constant((id: string) => `{ "id": "${id}", "name": "spaced" }`) },
  { weight: 1, arbitrary: fc.constant((id: string) => `\uFEFF{"id":"${id}","name":"mark"}`) },
  { weight: 1, arbitrary: fc.constant((id: string) => `{"id":"${id}","name":"Windows"}\r`) },
  { weight: 1, arbitrary: fc.constant(() => '\r') },
  { weight: 1, arbitrary: fc.constant((id: string) => `{"id":"${id}","name":"${notUtf8}"}`) },
  { weight: 1, arbitrary: fc.constant((id: string) => `{"id":"${id}","name":"a\\uFEFF","crews":["\uFEFFa"]}`) },
  { weight: 1, arbitrary: fc.constant((id: string) => `{"id":"${id}","name":"a","name":"b"}`) },
  { weight: 1, arbitrary: fc.constant((id: string) => `{"id":"${id}","name":"\u{1F6A2}","call":"LA-1"}`) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 200 }).map((n) => () => '\n'.repeat(n)) },
);

/** Replaced by a byte that is not UTF-8. */
const notUtf8 = '\uE000';

function bytesOf(text: string): Buffer {
  const pieces = text.split(notUtf8).map((piece) => Buffer.from(piece));
  return Buffer.concat(pieces.flatMap((piece, i) => (i === 0 ? [piece] : [Buffer.from([0xff]), piece])));
}

function idOf(n: number): string {
  return `s${100 + n}`;
}

const texts = fc
  .tuple(fc.array(line, { maxLength: 90, size: 'max' }), fc.constantFrom('', '\n'))
  .map(([lines, end]) => lines.map((make, n) => make(idOf(n))).join('\n') + end);

/** What a build gets from the records. */
interface Outcome {
  readonly problems: readonly Problem[];
  readonly counts: object;
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  readonly lines: string;
  /** How many parts have been taken as they are. */
  parts: number;
}

function outcomeOf(project: Project, division: Division | undefined): Outcome {
  const problems: Problem[] = [];
  const rows = new Map<string, Row[]>();
  const lines: string[] = [];
  let parts = 0;
  const compilation = compile(project.types, compileOptions(project));
  const order = compilation.order.map(({ name }) => name);
  const report = (problem: Problem): void => void problems.push(problem);
  const references = referencesOf({ ...project.validation, report });
  const inputs = recordsInParts(project, { tick: () => {}, order, compilation, references }, division);
  const run = checking(inputs, { ...project.validation, report, references });
  function* noted() {
    for (const record of placed(run.records, () => true)) {
      if (record !== undefined && 'lines' in record) {
        parts++;
        lines.push(Buffer.from(record.lines).toString());
      } else if (record?.type.name === 'ships') lines.push(`${record.print ?? JSON.stringify(record.value)}\n`);
      yield record;
    }
  }
  for (const batch of compilation.rows(noted(), () => undefined)) {
    const some = 'groups' in batch ? [...groupsOf(batch)].flatMap(({ json }) => rowsIn(json)) : batch.rows;
    rows.set(batch.table, [...(rows.get(batch.table) ?? []), ...some]);
  }
  return { problems, counts: run.summary(), rows, lines: lines.join(''), parts };
}

function rowsIn(json: Uint8Array): readonly Row[] {
  return JSON.parse(`[${Buffer.from(json).toString()}]`);
}

test.each(['canonical', 'any'] as const)('records of layout %s give in parts what they give one by one', (layout) => {
  const disk = nodeFileSystem();
  const { options } = projectAt(folder, ['--layout', layout]);
  let parts = 0;
  // the schemas are those of all runs
  let checker: PartChecker | undefined;
  const law = fc.property(
    texts,
    fc.integer({ min: 40, max: 700 }),
    fc.integer({ min: 1, max: 4 }),
    (text, partBytes, every) => {
      const withText: FileSystem = withFiles(disk, new Map([[file, bytesOf(text)]]));
      const project = openProject(withText, options);
      const division: Division = {
        threads: 2,
        partBytes,
        isLarge: () => true,
        start: (setup) => poolHere((checker ??= partChecker(setup)), (task) => task % every < 3),
      };
      const inParts = outcomeOf(project, division);
      parts += inParts.parts;
      expect({ ...inParts, parts: 0 }).toEqual(outcomeOf(project, undefined));
    },
  );
  // the order of the ids goes on behind a line that cannot be read
  const behindFaulty = '{"id":"s105","name":"a"}\n{"id":\n{"id":"s101","name":"b"}\n';
  const blank = `{"id":"s105","name":"a"}\n${'\n'.repeat(200)}{"id":"s106","name":"b"}`;
  fc.assert(law, {
    numRuns: 20,
    examples: [
      [behindFaulty, 34, 1],
      [blank, 60, 1],
      [blank.replace('s106', 's101'), 60, 1],
    ],
  });
  expect(parts).toBeGreaterThan(40);
});
