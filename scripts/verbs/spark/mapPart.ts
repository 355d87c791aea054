import { type Compilation, type PlacedRecord, compile, isWithdrawn } from '../../compile/compile.ts';
import { keyCell } from '../../compile/rows.ts';
import { mostBytes } from '../../base/limits.ts';
import { newlinesIn } from '../../base/newlines.ts';
import { foldedId } from '../../base/text.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { type Kind, type Line, keyColumns, printLine, recordText, rowText } from '../../engine/spark/mapped.ts';
import { type Project, compileOptions } from '../../project/openProject.ts';
import { type RawRecord, type RecordFile, type Unreadable, readRecords } from '../../read/records.ts';
import { reserved } from '../../schema/extensions.ts';
import type { LineBefore } from '../../validate/context.ts';
import type { Marks } from '../../validate/duplicates.ts';
import { lineIn } from '../../validate/outward.ts';
import { type References, createReferences } from '../../validate/references.ts';
import { checking, placed } from '../validate.ts';
import { type Part, readRange } from './parts.ts';

/** Maps parts of a project's records, one after another. */
export type Mapper = (part: Part, out: Out) => void;

/** Receives lines. */
type Out = (line: string) => void;

/** Prints what a part cannot decide by itself, as a line about the record being checked. */
type Emit = (kind: Kind, table: string, value: object, more?: Pick<Line, 'id' | 'form'>) => void;

/** A part that is being mapped. */
interface Task {
  readonly part: Part;
  readonly reading: Reading;
  readonly out: Out;
}

/**
 * Reads, validates and compiles the records of parts, as every build does, and prints the lines of
 * `engine/spark/mapped`. One mapper can map several parts.
 */
export function createMapper(fs: FileSystem, project: Project): Mapper {
  const compilation = compile(project.types, compileOptions(project));
  const files = new Map(project.files.map((file) => [nameIn(file.table, file.name), file]));
  return (part, out) => {
    const own = part.files.flatMap((name) => files.get(nameIn(part.table, name)) ?? []);
    if (own.length < part.files.length) throw new Error(`files of ${part.table} are gone`);
    const task: Task = { part, reading: readingOf(fs, project, part, own), out };
    const checked = checkPart(project, task);
    printRows(compilation, checked.records, task);
    out(printLine({ kind: 'summary', table: '', ...spotOf(task), text: JSON.stringify(checked.summary()) }));
  };
}

function nameIn(table: string, name: string): string {
  return `${table}\0${name}`;
}

/** The part, and the number in it of the current record. */
function spotOf({ part, reading }: Task): Pick<Line, 'part' | 'n'> {
  return { part: part.number, n: reading.current()?.n ?? 0 };
}

/** Checks the records of a part, and prints its problems and what it cannot decide by itself. */
function checkPart(
  project: Project,
  task: Task,
): { readonly records: Iterable<PlacedRecord | undefined>; readonly summary: () => object } {
  const { part, reading, out } = task;
  const emit: Emit = (kind, table, value, more) => {
    const raw = reading.current()?.raw;
    const spot = raw === undefined ? {} : { file: raw.file.name, line: 'text' in raw ? raw.line : 0 };
    out(printLine({ kind, table, ...spotOf(task), text: JSON.stringify({ ...spot, ...value }), ...more }));
  };
  let errors = 0;
  let nothingSelected = false;
  const run = checking(reading.records, {
    ...project.validation,
    references: notingReferences(project, emit, soughtPrinter(task), () => spotOf(task).n),
    marks: notingMarks((key) => emit('mark', part.table, {}, { form: JSON.stringify(key) })),
    after: reading.after,
    reread: reading.reread,
    report(problem) {
      // a fault of the whole table is reported after all records have been read
      if (reading.current() === undefined) nothingSelected = true;
      else {
        if (problem.severity === 'error') errors++;
        out(printLine({ kind: 'problem', table: '', ...spotOf(task), text: JSON.stringify(problem) }));
      }
    },
  });
  return {
    records: placed(run.records, () => errors === 0),
    summary: () => ({ ...run.summary(), lines: reading.newlines, nothingSelected }),
  };
}

/** Prints identifiers that a part needs from others. */
function soughtPrinter({ part, out }: Task): (id: string, sought: Sought) => void {
  let printed = 0;
  return (id, sought) => {
    // one line for each table that it may be in, all with one number
    const line = { part: part.number, n: printed++, id: JSON.stringify(id), form: JSON.stringify(foldedId(id)) };
    const text = JSON.stringify(sought);
    for (const table of sought.tables) out(printLine({ kind: 'reference', table, text, ...line }));
  };
}

/** Compiles records, and prints them and their rows. */
function printRows(compilation: Compilation, records: Iterable<PlacedRecord | undefined>, task: Task): void {
  const { part, out } = task;
  const keys = new Map(compilation.tables.map((table) => [table.name, keyColumns(table)]));
  let n = 0;
  for (const { table, rows } of compilation.rows(printedRecords(compilation, records, task), inAnyPart)) {
    // code lists come from the schemas, not from records
    if (table === reserved.codeLists) continue;
    const key = keys.get(table) ?? [];
    for (const row of rows) out(printLine({ kind: 'row', table, part: part.number, n: n++, text: rowText(row, key) }));
  }
}

/** The table of a record that may be in another part: the script that writes the tables adds it. */
const inAnyPart = (): undefined => undefined;

/** Prints records as they pass. */
function* printedRecords(
  { plans }: Compilation,
  records: Iterable<PlacedRecord | undefined>,
  task: Task,
): Generator<PlacedRecord> {
  for (const record of records) {
    if (record === undefined) continue;
    if (!isWithdrawn(record)) {
      const table = plans.get(record.type.name)?.root.table.name ?? record.type.name;
      const key = record.type.key === undefined ? null : keyCell(record.value, record.type.key);
      task.out(printLine({ kind: 'record', table, ...spotOf(task), text: recordText(record.value, key) }));
    }
    yield record;
  }
}

/** The records of a part while they are read. */
interface Reading {
  readonly records: Iterable<RawRecord | Unreadable>;
  /** The current record, by its number in the part; undefined after the last one. */
  readonly current: () => { readonly n: number; readonly raw: RawRecord | Unreadable } | undefined;
  readonly reread: (file: RecordFile, line: number) => RawRecord | undefined;
  readonly after: LineBefore | undefined;
  /** Newlines in the part's lines, which are counted from its own start. */
  readonly newlines: number;
}

function readingOf(fs: FileSystem, project: Project, part: Part, files: readonly RecordFile[]): Reading {
  const [first] = files;
  // the whole file is compared with the commit, once
  if (first !== undefined && part.range?.[0] === 0) for (const _ of project.fs.chunks(first.path));
  const lines = part.range === undefined || first === undefined ? undefined : readRange(fs, first.path, ...part.range);
  const partFs = lines === undefined || first === undefined ? project.fs : holding(fs, first.path, lines.bytes);
  let current: ReturnType<Reading['current']>;
  function* records(): Generator<RawRecord | Unreadable> {
    let n = 0;
    for (const file of files) {
      for (const raw of readRecords(partFs, file, mostBytes)) {
        current = { n: n++, raw };
        yield raw;
      }
    }
    current = undefined;
  }
  return {
    records: records(),
    current: () => current,
    reread(file, line) {
      for (const raw of readRecords(partFs, file, mostBytes)) if ('text' in raw && raw.line === line) return raw;
      return undefined;
    },
    after: first === undefined ? undefined : lineIn(lines?.before, first, project.types),
    newlines: newlinesIn(lines?.bytes ?? new Uint8Array()),
  };
}

/** A file system in which a file has other bytes. */
function holding(fs: FileSystem, file: string, bytes: Uint8Array): FileSystem {
  const { linesAhead: _, ...rest } = fs;
  return { ...rest, chunks: (at, from) => (at === file ? [bytes.subarray(from)] : fs.chunks(at, from)) };
}

/** An identifier that records of a part refer to and that is not in it, and the places of the references. */
interface Sought {
  readonly tables: readonly string[];
  /** Number of the record, name of its file, line and pointer. */
  readonly spots: (readonly [n: number, file: string, line: number, pointer: string])[];
}

/**
 * The references of a part. Possible targets are printed as they come; references out of the part at the end, once for
 * each identifier and table.
 */
function notingReferences(
  { types }: Project,
  emit: Emit,
  print: (id: string, sought: Sought) => void,
  numberOf: () => number,
): References {
  const own = createReferences(types.map(({ name }) => name));
  const sought = new Map<string, Map<string, Sought>>();
  return {
    ...own,
    declare(table, id, file) {
      emit('id', table, {}, { id: JSON.stringify(id), form: JSON.stringify(foldedId(id)) });
      return own.declare(table, id, file);
    },
    refer(file, line, { tables, id, pointer }) {
      if (own.settled(tables, id)) return;
      const targets = tables.join('\0');
      const byId = sought.get(targets) ?? new Map<string, Sought>();
      sought.set(targets, byId);
      const known = byId.get(id) ?? { tables, spots: [] };
      byId.set(id, known);
      known.spots.push([numberOf(), file.name, line, pointer]);
    },
    excuse(table, id) {
      emit('excused', table, {}, { id: JSON.stringify(id) });
      own.excuse(table, id);
    },
    withdraw(table, id, withdrawn) {
      const { pointer, withdrawal } = withdrawn;
      const form = withdrawal.replacedBy === undefined ? '' : JSON.stringify(withdrawal.replacedBy);
      emit('withdrawal', table, { pointer, withdrawal }, { id: JSON.stringify(id), form });
      own.withdraw(table, id, withdrawn);
    },
    unresolved() {
      for (const byId of sought.values())
        for (const [id, each] of byId) if (!own.settled(each.tables, id)) print(id, each);
      return [];
    },
  };
}

/** The marks of a part, each recorded by its key. */
function notingMarks(emit: (key: string) => void): Marks {
  const marks: Marks = new Map();
  const set = marks.set.bind(marks);
  return Object.assign(marks, {
    set(key: string, value: Parameters<typeof set>[1]) {
      emit(key);
      return set(key, value);
    },
  });
}
