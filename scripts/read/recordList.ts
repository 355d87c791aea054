import path from 'node:path';
import type { Problem } from '../base/problem.ts';
import { didYouMean } from '../base/suggestions.ts';
import { compareText, printable, quoted } from '../base/text.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { type Notation, formOf, isCanonical } from './fileForm.ts';
import { type RecordFile, fileProblem } from './records.ts';

export interface Listing {
  /** In code-point order of table, then of the path without its ending. */
  readonly files: readonly RecordFile[];
  readonly problems: readonly Problem[];
}

/** Where the records of a table are. */
export interface RecordSource {
  readonly table: string;
  /** Its folder below the folder of records; empty if any file can hold its records. */
  readonly folder: string;
  /** Whether a file holds records of the table, by its path below the folder of all records, with `/`. */
  readonly matches: (name: string) => boolean;
  /** JSON Pointer of the records in a file, `*` for any element or member; undefined if the file is one record. */
  readonly select: string | undefined;
}

interface Walk {
  readonly fs: FileSystem;
  readonly inside: string;
  readonly sources: readonly RecordSource[];
  readonly layout: Layout;
  readonly files: FileInFolder[];
  readonly problems: Problem[];
}

/** Whether only the form of a canonical project is allowed, or any. */
type Layout = 'canonical' | 'any';

/** Finds the record files of each table. `shown` is the folder as the user would write it. */
export function listRecords(
  fs: FileSystem,
  folder: string,
  shown: string,
  sources: readonly RecordSource[],
  layout: Layout,
): Listing {
  const walk: Walk = { fs, inside: fs.realPath(folder), sources, layout, files: [], problems: [] };
  const { files, problems } = walk;
  if (sources.some((source) => source.folder === '')) listFolder(walk, sources, { path: folder, shown, below: '' });
  else listTables(walk, folder, shown);
  // most folders are already listed in order
  if (!areInOrder(files)) files.sort(compareFiles);
  return { files, problems };
}

/** A folder of records, for building the names of its files. */
interface Folder {
  readonly path: string;
  readonly shown: string;
  /** Path below the folder of records, with a `/` at the end; empty for that folder. */
  readonly below: string;
}

/** A file in a folder. Its names are built when needed: for a hundred thousand files few are. */
class FileInFolder implements RecordFile {
  readonly folder: Folder;
  readonly base: string;
  readonly source: RecordSource;

  constructor(folder: Folder, base: string, source: RecordSource) {
    this.folder = folder;
    this.base = base;
    this.source = source;
  }

  get table(): string {
    return this.source.table;
  }

  get select(): string | undefined {
    return this.source.select;
  }

  get path(): string {
    return this.folder.path + path.sep + this.base;
  }

  get shown(): string {
    return this.folder.shown + path.sep + this.base;
  }

  get name(): string {
    return this.folder.below + this.base;
  }

  get stem(): string {
    return this.base.slice(0, this.base.length - (formOf(this.base)?.ending.length ?? 0));
  }

  get holds(): RecordFile['holds'] {
    return formOf(this.base)?.holds ?? 'record';
  }

  get notation(): Notation {
    return formOf(this.base)?.notation ?? 'json';
  }

  get packed(): boolean {
    return formOf(this.base)?.packed ?? false;
  }
}

/** Whether files are in the order of `compareFiles`. Each stem is made once: there can be a hundred thousand. */
function areInOrder(files: readonly FileInFolder[]): boolean {
  let [before, stemBefore] = [files[0], files[0]?.stem ?? ''];
  for (const file of files) {
    const { stem } = file;
    const isBeside = before?.folder === file.folder && before.source === file.source;
    const order = isBeside
      ? compareText(stemBefore, stem) || compareText(before?.base ?? '', file.base)
      : compareFiles(before ?? file, file);
    if (order > 0) return false;
    [before, stemBefore] = [file, stem];
  }
  return true;
}

/** By table, then by the path without its ending. */
function compareFiles(a: FileInFolder, b: FileInFolder): number {
  const byStem =
    a.folder === b.folder
      ? compareText(a.stem, b.stem)
      : compareText(a.folder.shown + path.sep + a.stem, b.folder.shown + path.sep + b.stem);
  return compareText(a.table, b.table) || byStem || compareText(a.shown, b.shown);
}

/** One folder for each table; anything next to them is reported. */
function listTables(walk: Walk, folder: string, shown: string): void {
  const tables = walk.sources.map((source) => source.folder);
  for (const { name, kind } of walk.fs.list(folder)) {
    const at = path.join(shown, name);
    if (name.startsWith('.') || (kind === 'file' && formOf(name) === undefined)) continue;
    const source = walk.sources.find((s) => s.folder === name);
    if (kind !== 'folder') {
      const hint = `records are in ${path.join(shown, '<table>')}`;
      walk.problems.push(fileProblem(at, { rule: 'file', message: 'not in the folder of a table', hint }));
    } else if (source === undefined) {
      const hint = didYouMean(name, tables) ?? `the schema folder has no ${printable(name)}.schema.json`;
      walk.problems.push(fileProblem(at, { rule: 'file', message: `no table is called ${quoted(name)}`, hint }));
    } else listFolder(walk, [source], { path: path.join(folder, name), shown: at, below: `${name}/` });
  }
}

function listFolder(walk: Walk, sources: readonly RecordSource[], folder: Folder): void {
  // in the folder of a table, all files belong to the table
  const anyName = sources.some((source) => source.folder === '');
  for (const { name, kind } of walk.fs.list(folder.path)) {
    if (name.startsWith('.') || name === 'README.md') continue;
    const form = formOf(name);
    const named = form !== undefined && (walk.layout === 'any' || isCanonical(form));
    if (kind === 'folder' && form === undefined) {
      const inside = (above: string): string => above + path.sep + name;
      const below = `${folder.below}${name}/`;
      listFolder(walk, sources, { path: inside(folder.path), shown: inside(folder.shown), below });
      continue;
    }
    const claims = anyName ? sources.filter((source) => source.matches(folder.below + name)) : sources;
    if (claims.length === 0) continue;
    const fault =
      named || (anyName && form === undefined)
        ? unreadable(walk.fs, walk.inside, folder, name, kind)
        : form === undefined
          ? notARecord
          : otherForm;
    if (fault === undefined) for (const claim of claims) walk.files.push(new FileInFolder(folder, name, claim));
    else walk.problems.push(fileProblem(folder.shown + path.sep + name, { rule: 'file', ...fault }));
  }
}

interface FileFault {
  readonly message: string;
  readonly hint?: string;
}

const notARecord: FileFault = {
  message: 'not a record: its name does not end in .json or .ndjson',
  hint: 'rename or remove it',
};

const otherForm: FileFault = {
  message: 'not JSON or NDJSON, the only formats of a canonical project',
  hint: 'convert it, or set "layout": "any" to read YAML, JSON5, GeoJSON and gzip',
};

/** Why an entry must not be read: only regular files inside the folder of records are. */
function unreadable(fs: FileSystem, inside: string, folder: Folder, name: string, kind: string): FileFault | undefined {
  if (kind === 'file') return undefined;
  if (kind === 'folder') return { message: 'a folder where a record file should be', hint: 'rename or remove it' };
  if (kind === 'other')
    return { message: 'not a regular file', hint: 'only regular files are read, not FIFOs, sockets or devices' };
  let target: string;
  try {
    target = fs.realPath(folder.path + path.sep + name);
  } catch {
    return { message: 'a broken link', hint: 'remove it, or add the file that it points to' };
  }
  if (!target.startsWith(inside + path.sep))
    return { message: 'a link that points outside the folder of records', hint: 'put the file itself here' };
  return fs.kind(target) === 'file' ? undefined : { message: 'a link to something that is not a regular file' };
}
