import type { Problem } from '../../base/problem.ts';
import { renderReport } from '../../comment/render.mjs';
import { commitChanges, pendingChanges } from '../../verbs/commit.ts';
import type { ChangesMessage, CommitMessage } from './messages.ts';
import type { OpenDataset } from './openDataset.ts';

/** The page's requests to git. */
export interface ChangeRequests {
  /** Uncommitted changes, with the Markdown report that a reviewer will see. */
  readonly changes: () => ChangesMessage;
  readonly commit: (message: string, branch: string) => Promise<CommitMessage>;
}

export function changeRequests(dataset: OpenDataset): ChangeRequests {
  return {
    changes() {
      dataset.reopen();
      const { files, branch, report } = pendingChanges(dataset.project);
      return { files, branch, report: report === undefined ? '' : renderReport(report) };
    },
    async commit(message, branch) {
      dataset.reopen();
      const made = await commitChanges(dataset.project, { message, branch });
      return 'problems' in made ? { refused: refusalMessage(made.problems) } : made;
    },
  };
}

/** Most problems that the page lists when a commit is refused. */
const mostListed = 100;

function refusalMessage(problems: readonly Problem[]): readonly string[] {
  return problems.slice(0, mostListed).map(({ file, line, message }) => `${file}:${line}: ${message}`);
}
