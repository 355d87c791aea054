import { Failure } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { below, nulSeparated } from '../commitTree.ts';
import { type AskedGit, type GitAnswer, type GitOptions, runGit, runGitMeanwhile } from '../runGit.ts';

/** The calls of git in one repository. */
export interface GitCalls extends AskedGit {
  /** Whether the clone lacks older commits. */
  readonly shallow: boolean;
  /** What to do about a commit that is missing; empty if nothing helps. */
  readonly hint: string;
  /** The output of a call that must succeed; `what` completes "git could not". @throws Failure in git's words */
  readonly text: (what: string, args: readonly string[], more?: GitOptions) => string;
  /** The same, as names separated by NUL. */
  readonly names: (what: string, args: readonly string[]) => readonly string[];
  /** The same, while this process goes on. */
  readonly namesMeanwhile: (what: string, args: readonly string[]) => Promise<readonly string[]>;
  /** Folders in the form that git needs. */
  readonly inside: (folders: readonly string[]) => readonly string[];
  /** The hash of an object; undefined if there is no such name. @throws Failure if the repository is damaged */
  readonly lookUp: (name: string, what: string) => string | undefined;
  /** The hash of the commit that a name stands for. @throws Failure if there is none */
  readonly commit: (name: string) => string;
}

/** Calls of git in the work tree at `root`. */
export function gitCalls(root: string, shallow: boolean, options: GitOptions): GitCalls {
  const hint = shallow ? '; this clone is shallow: fetch what is missing with `git fetch --unshallow --tags`' : '';
  const ask: GitCalls['ask'] = (args, more = {}) => runGit(root, args, { ...options, ...more });
  const askMeanwhile: GitCalls['askMeanwhile'] = async (args) => runGitMeanwhile(root, args, options);
  const text: GitCalls['text'] = (what, args, more = {}) => textOf(what, ask(args, more));
  const lookUp: GitCalls['lookUp'] = (name, what) => {
    const { status, bytes, words } = ask(['rev-parse', '--verify', '--quiet', '--end-of-options', name]);
    if (status === 0) return bytes.toString('utf8').trim();
    if (status === 1) return undefined;
    throw new Failure(`git could not look up ${what}: ${words}${hint}`);
  };
  return {
    root,
    shallow,
    hint,
    ask,
    askMeanwhile,
    text,
    names: (what, args) => nulSeparated(text(what, args)),
    namesMeanwhile: async (what, args) => nulSeparated(textOf(what, await askMeanwhile(args))),
    inside: (folders) => folders.map((at) => below(root, at) || '.'),
    lookUp,
    commit(name) {
      const hash = lookUp(`${name}^{commit}`, quoted(name));
      if (hash !== undefined) return hash;
      const object = lookUp(name, quoted(name));
      const why = object === undefined ? '' : `: the object ${object.slice(0, 12)} is missing, or is not a commit`;
      throw new Failure(`git knows no commit called ${quoted(name)}${why}${hint}`);
    },
  };
}

function textOf(what: string, { status, bytes, words }: GitAnswer): string {
  if (status !== 0) throw new Failure(`git could not ${what}: ${words}`);
  return bytes.toString('utf8');
}
