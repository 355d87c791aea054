import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../base/problem.ts';
import { list } from '../base/text.ts';
import { gitCalls } from './repository/calls.ts';
import { type Commits, commitsOf } from './repository/commits.ts';
import { type History, historyOf } from './repository/history.ts';
import { type Staged, stagedOf } from './repository/staged.ts';
import { type Tags, tagsOf } from './repository/tags.ts';
import { type WorkTree, workTreeOf } from './repository/workTree.ts';
import { runGit } from './runGit.ts';

/** What git knows about the folders of a dataset. Only what says so changes the work tree or the index. */
export interface Repository extends History, Tags, WorkTree, Commits {
  /** Top of the work tree, spelled as the folder was given. */
  readonly root: string;
  /** The hash with which objects are named. */
  readonly objectFormat: 'sha1' | 'sha256';
  /** What is staged for the next commit. */
  readonly staged: Staged;
}

/** Why folders have no repository that commands can work with. */
export interface NoRepository {
  readonly why: string;
  /** Whether there simply is none, which is not an error. */
  readonly plain: boolean;
}

export interface RepositoryOptions {
  /** Works on the repository and the index that git passes to a hook. */
  readonly inHook?: boolean;
}

/** The repository whose work tree holds folders. @throws Failure if there is none, or git refuses it */
export function openRepository(folders: readonly string[], options: RepositoryOptions = {}): Repository {
  const found = findRepository(folders, options);
  if ('why' in found) throw new Failure(found.why);
  return found;
}

/** The repository whose work tree holds folders, or why there is none. */
export function findRepository(folders: readonly string[], options: RepositoryOptions = {}): Repository | NoRepository {
  const answers: (PlaceInTree | NoRepository)[] = [];
  for (const folder of folders) {
    const [known] = answers;
    const same = known !== undefined && 'top' in known && isPlainlyIn(known, folder);
    answers.push(same ? known : placeOf(folder, options));
  }
  const [first] = answers;
  if (first === undefined || answers.every((answer) => 'plain' in answer && answer.plain)) return noneHere;
  const refused = answers.find((answer) => 'plain' in answer && !answer.plain);
  if (refused !== undefined && 'plain' in refused) return refused;
  const tops = answers.map((answer) => ('top' in answer ? answer.top : undefined));
  if (!('top' in first) || tops.some((top) => top !== first.top)) return { why: apart(folders, tops), plain: false };
  return repositoryAt(first, options);
}

const noneHere: NoRepository = { why: 'there is no git repository here', plain: true };

function apart(folders: readonly string[], tops: readonly (string | undefined)[]): string {
  const each = folders.map((folder, i) => `${folder} is in ${tops[i] === undefined ? 'none' : `that of ${tops[i]}`}`);
  return `the folders are not in the same git repository: ${list(each)}`;
}

/** Where a folder is in a work tree. */
interface PlaceInTree {
  /** Top of the work tree, without links. */
  readonly top: string;
  /** The same, spelled as the folder was given. */
  readonly root: string;
  readonly objectFormat: 'sha1' | 'sha256';
  readonly shallow: boolean;
}

const questions = ['--show-toplevel', '--show-prefix', '--is-shallow-repository', '--show-object-format'];

function placeOf(folder: string, options: RepositoryOptions): PlaceInTree | NoRepository {
  // a missing folder is reported by the code that reads it
  if (!existsSync(folder)) return noneHere;
  // to start git takes longer than to validate a small dataset; a hook can name a repository that is elsewhere
  if (options.inHook !== true && !holdsGit(folder) && !holdsGit(realpathSync(folder))) return noneHere;
  const { status, bytes, words } = runGit(folder, ['rev-parse', ...questions], options);
  if (status === undefined) return holdsGit(folder) ? { why: words, plain: false } : noneHere;
  if (status !== 0) {
    if (/not a git repository/.test(words) && !holdsGit(folder)) return noneHere;
    return { why: `git refuses the repository here: ${words}`, plain: false };
  }
  const [top = '', prefix = '', shallow, format] = bytes.toString('utf8').split('\n');
  const inside = prefix.replace(/\/$/, '').split('/').join(path.sep);
  const root = inside === '' ? folder : folder.slice(0, -inside.length - 1);
  if (path.join(root, inside) !== path.join(folder) || realpathSync(root) !== realpathSync(top))
    return {
      why: `${folder} is reached through a link inside its git repository: name the folder itself`,
      plain: false,
    };
  return {
    top,
    root,
    objectFormat: format === 'sha256' ? 'sha256' : 'sha1',
    shallow: shallow === 'true',
  };
}

/** Whether a folder is certainly in a work tree: no link and no other repository is on the way to it. */
function isPlainlyIn({ root, top }: PlaceInTree, folder: string): boolean {
  const inside = path.relative(root, folder);
  if (inside === '') return true;
  if (inside.startsWith('..') || path.isAbsolute(inside) || !existsSync(folder)) return false;
  if (realpathSync(folder) !== path.join(realpathSync(top), inside)) return false;
  const steps = inside.split(path.sep).map((_, i, all) => all.slice(0, i + 1).join(path.sep));
  return !steps.some((step) => existsSync(path.join(root, step, '.git')));
}

/**
 * Whether a folder, or one above it, looks like a repository: it holds `.git`, or is a bare repository itself. Then it
 * is an error if git does not find one.
 */
function holdsGit(folder: string): boolean {
  const above = path.dirname(folder);
  const has = (name: string): boolean => existsSync(path.join(folder, name));
  return has('.git') || (has('HEAD') && has('objects')) || (above !== folder && holdsGit(above));
}

function repositoryAt({ root, objectFormat, shallow }: PlaceInTree, options: RepositoryOptions): Repository {
  const calls = gitCalls(root, shallow, options);
  return {
    root,
    objectFormat,
    ...historyOf(calls),
    ...tagsOf(calls),
    ...workTreeOf(calls),
    ...commitsOf(calls),
    staged: stagedOf(calls),
  };
}
