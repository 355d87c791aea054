import { foldedId } from '../../base/text.ts';
import type { UnlistedProject } from '../../project/openProject.ts';
import { type RecordLine, recordLines } from '../../project/recordLines.ts';
import type { RecordFile } from '../../read/records.ts';

/** The names of all records. Files are listed when a question needs that, since there can be many. */
export interface RecordNames {
  /** The file that contains only this record. */
  readonly fileOf: (table: string, id: string) => RecordFile | undefined;
  readonly lines: () => readonly RecordLine[];
  /** Whether a record exists, in its own file or in a line. */
  readonly has: (table: string, id: string) => boolean;
  /** The identifiers of a table, with case and accents folded. */
  readonly taken: (table: string) => ReadonlySet<string>;
  /** The records of all tables with an identifier, which has case and accents folded. */
  readonly named: (id: string) => readonly RecordFile[];
  /** Adds the file of a record that was saved. */
  readonly add: (file: RecordFile) => void;
  /** Collects all names before they are needed, without blocking this thread. Calls `breathe` in between. */
  readonly learn: (breathe: () => Promise<void>) => Promise<void>;
}

/** Records by their identifiers, with case and accents folded. */
type ById = Map<string, RecordFile[]>;

/** The number of files after which other work gets its turn. */
const several = 1000;

/** The names of the records of a project. */
export function recordNames({ project, listing }: UnlistedProject): RecordNames {
  const { fs, types } = project;
  const linesIn = perTable((table) => recordLines(fs, { files: listing.of(table), types }));
  const lines = (): readonly RecordLine[] => types.flatMap(({ name }) => linesIn(name));
  const idsInLines = perTable((table) => new Set(linesIn(table).map(({ named }) => named.stem)));
  const takenIn = perTable((table) => foldedIds([...listing.of(table), ...linesIn(table).map(({ named }) => named)]));
  const added: RecordFile[] = [];
  let known: ById | undefined;
  const all = function* (): Generator<RecordFile> {
    for (const file of project.files) if (file.holds === 'record') yield file;
    for (const { named } of lines()) yield named;
  };
  const byId = (): ById => {
    if (known !== undefined) return known;
    known = new Map();
    for (const file of all()) put(known, file);
    return known;
  };
  const fileOf = (table: string, id: string): RecordFile | undefined => {
    const isWanted = (file: RecordFile): boolean => file.holds === 'record' && file.table === table && file.stem === id;
    const inKnown = known?.get(foldedId(id))?.findLast(isWanted);
    if (inKnown !== undefined) return inKnown;
    const alone = listing.named(new Set([`${table}/${id}.json`]))?.find(isWanted);
    return known !== undefined || alone !== undefined ? alone : listing.of(table).findLast(isWanted);
  };
  return {
    fileOf,
    lines,
    has: (table, id) => fileOf(table, id) !== undefined || idsInLines(table).has(id),
    taken: takenIn,
    named: (id) => byId().get(id) ?? [],
    add(file) {
      takenIn(file.table).add(foldedId(file.stem));
      listing.add(file);
      added.push(file);
      if (known !== undefined) put(known, file);
    },
    async learn(breathe) {
      await listing.ahead();
      const found: ById = new Map();
      let count = 0;
      for (const file of known === undefined ? all() : []) {
        put(found, file);
        if (++count % several === 0) await breathe();
      }
      // those that were saved in the meantime
      for (const file of added) put(found, file);
      known ??= found;
    },
  };
}

function foldedIds(files: readonly RecordFile[]): Set<string> {
  return new Set(files.map(({ stem }) => foldedId(stem)));
}

function put(records: ById, file: RecordFile): void {
  const id = foldedId(file.stem);
  const before = records.get(id);
  if (before === undefined) records.set(id, [file]);
  else if (!before.some(({ path, stem }) => path === file.path && stem === file.stem)) before.push(file);
}

/** Computes something once for each table. */
function perTable<T>(work: (table: string) => T): (table: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (table) => {
    const found = known.get(table) ?? { value: work(table) };
    known.set(table, found);
    return found.value;
  };
}
