import path from 'node:path';
import { lazy } from '../base/lazy.ts';
import type { Problem } from '../base/problem.ts';
import { compareText } from '../base/text.ts';
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
  readonly fs: Pick<FileSystem, 'list' | 'kind' | 'realPath'>;
  readonly inside: string;
  readonly sources: readonly RecordSource[];
  readonly layout: Layout;
  readonly files: FileInFolder[];
  readonly problems: Problem[];
}

/** Whether only the form of a canonical project is allowed, or any. */
type Layout = 'canonical' | 'any';

/** Where the record files of each table are, and in what form. */
export interface ListedPlace {
  readonly path: string;
  /** The folder as the user would write it. */
  readonly shown: string;
  readonly sources: readonly RecordSource[];
  readonly layout: Layout;
}

/** The files in a folder. `top` is the folder that holds all records. */
export function listedIn(
  fs: Walk['fs'],
  folder: Folder,
  { sources, layout, top }: Pick<Walk, 'sources' | 'layout'> & { readonly top: string },
): Listing {
  const walk: Walk = { fs, inside: fs.realPath(top), sources, layout, files: [], problems: [] };
  const { files, problems } = walk;
  listFolder(walk, sources, folder);
  // most folders are already listed in order
  if (!areInOrder(files)) files.sort(compareFiles);
  return { files, problems };
}

/** A folder of records, for building the names of its files. */
export interface Folder {
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

/** The order of files in a listing: by table, then by the path without its ending. */
export function compareFiles(a: RecordFile, b: RecordFile): number {
  const name = ({ shown }: RecordFile): string => shown.slice(0, shown.length - (formOf(shown)?.ending.length ?? 0));
  return compareText(a.table, b.table) || compareText(name(a), name(b)) || compareText(a.shown, b.shown);
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

export interface FileFault {
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
function unreadable(fs: Walk['fs'], inside: string, folder: Folder, name: string, kind: string): FileFault | undefined {
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

/** The files with some names, in the folders of their tables. What a listing would not contain is left out. */
export function namedFiles(
  fs: FileSystem,
  { path: top, shown, sources, layout }: ListedPlace,
  names: ReadonlySet<string>,
): readonly RecordFile[] | undefined {
  const { entryKind } = fs;
  if (entryKind === undefined) return undefined;
  const inside = lazy(() => fs.realPath(top));
  const folders = new Map<string, Folder | undefined>();
  const folderAt = (steps: readonly string[]): Folder | undefined => {
    const below = `${steps.join('/')}/`;
    if (folders.has(below)) return folders.get(below);
    const each = steps.map((_, i) => [top, ...steps.slice(0, i + 1)].join(path.sep));
    const isNamed = steps.every((step, i) => !isHidden(step) && (i === 0 || formOf(step) === undefined));
    const isListed = isNamed && each.every((at) => entryKind(at) === 'folder');
    const folder = { path: path.join(top, ...steps), shown: path.join(shown, ...steps), below };
    folders.set(below, isListed ? folder : undefined);
    return folders.get(below);
  };
  return [...names].flatMap((name) => {
    const steps = name.split('/');
    const base = steps.pop() ?? '';
    const source = sources.find((each) => each.folder === steps[0]);
    const form = formOf(base);
    const isNamed = form !== undefined && (layout === 'any' || isCanonical(form)) && !isHidden(base);
    const folder = isNamed && source !== undefined ? folderAt(steps) : undefined;
    const kind = folder === undefined ? undefined : entryKind(folder.path + path.sep + base);
    if (folder === undefined || source === undefined || kind === undefined) return [];
    return unreadable(fs, inside(), folder, base, kind) === undefined ? [new FileInFolder(folder, base, source)] : [];
  });
}

/** Whether a name is left out of every listing, or is none of a file. */
function isHidden(name: string): boolean {
  return name === '' || name.startsWith('.') || /[\0/\\]/.test(name);
}
