import { Failure } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import type { GitCalls } from './calls.ts';

/** What git knows about tags. */
export interface Tags {
  /** Names of the tags that are reachable from a commit. */
  readonly tags: (from: string) => readonly string[];
  /**
   * Why this clone may lack tags of releases, and the command that fetches them; undefined if it has those of its
   * origin.
   */
  readonly tagsLeftOut: () => { readonly why: string; readonly command: string } | undefined;
  /** Full hash of a tag's commit, undefined if there is no such tag. @throws Failure for a tag of something else */
  readonly tag: (name: string) => string | undefined;
  /** Creates a tag on a commit. */
  readonly createTag: (name: string, commit: string) => void;
}

/** The tags of a repository. */
export function tagsOf({ shallow, ask, text, lookUp }: GitCalls): Tags {
  return {
    tags(from) {
      const args = ['for-each-ref', `--merged=${from}`, '--format=%(refname:lstrip=2)', 'refs/tags'];
      const { status, bytes, words } = ask(args);
      const lines = bytes.toString('utf8').split('\n');
      if (status === 0) return lines.filter((name) => name !== '');
      // before the first commit, no tag can be reached
      if (lookUp(from, quoted(from)) === undefined) return [];
      throw new Failure(`git could not list the tags: ${words}`);
    },
    tagsLeftOut() {
      if (shallow) return { why: 'this clone is shallow', command: 'git fetch --unshallow --tags' };
      const { bytes } = ask(['config', '--get-regexp', String.raw`^remote\..*\.tagopt$`]);
      if (!/ --no-tags$/m.test(bytes.toString('utf8'))) return undefined;
      return { why: 'this clone was made without tags', command: 'git fetch --tags' };
    },
    tag(name) {
      const ref = `refs/tags/${name}`;
      if (lookUp(ref, `the tag ${quoted(name)}`) === undefined) return undefined;
      const hash = lookUp(`${ref}^{commit}`, `the tag ${quoted(name)}`);
      if (hash !== undefined) return hash;
      throw new Failure(`the tag ${quoted(name)} does not point to a commit: remove it with \`git tag -d ${name}\``);
    },
    createTag: (name, hash) =>
      void text(`create the tag ${quoted(name)}`, ['update-ref', '--', `refs/tags/${name}`, hash, '']),
  };
}
