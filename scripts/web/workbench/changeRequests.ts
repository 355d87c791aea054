import type { Problem } from '../../base/problem.ts';
import { renderReport } from '../../comment/render.mjs';
import { commitChanges, pendingChanges } from '../../verbs/commit.ts';
import { indexRecord, sourceTables } from '../../project/recordIndex.ts';
import type { ChangesMessage, CommitMessage, RefusalMessage } from './messages.ts';
import type { OpenDataset } from './openDataset.ts';

/** The page's requests to git. */
export interface ChangeRequests {
  /** Uncommitted changes, with the Markdown report that a reviewer will see. */
  readonly changes: () => ChangesMessage;
  readonly commit: (message: string, branch: string) => Promise<CommitMessage>;
}

/** `other`: the folder of the second coding that is compared, which is committed too. */
export function changeRequests(dataset: OpenDataset, other?: string): ChangeRequests {
  return {
    changes() {
      dataset.reopen();
      const { report, records, ...changes } = pendingChanges(dataset.project, other);
      return {
        ...changes,
        records: records?.map((each) => ({ ...each, sources: sourcesOf(dataset, each.table, each.id) })),
        report: report === undefined ? '' : renderReport(report),
      };
    },
    async commit(message, branch) {
      dataset.reopen();
      const made = await commitChanges(dataset.project, {
        message,
        branch,
        ...(other === undefined ? {} : { other }),
      });
      return 'problems' in made ? { refused: refusalMessages(dataset, made.problems) } : made;
    },
  };
}

/** The sources that a record cites, or its own identifier if it is one; none if it is gone. */
function sourcesOf({ project, openAt }: OpenDataset, table: string, id: string): readonly string[] {
  if (sourceTables(project).includes(table)) return [id];
  const record = openAt(table, id);
  if (record === undefined) return [];
  const { spans } = indexRecord(record.type, record.file, record.value);
  return [...new Set(spans.map(({ source }) => source))];
}

/** The most problems that the page lists when a commit is refused. */
const mostListed = 100;

function refusalMessages({ project }: OpenDataset, problems: readonly Problem[]): readonly RefusalMessage[] {
  return problems.slice(0, mostListed).map(({ file, line, pointer, message }) => {
    const of = project.files.find(({ shown, holds }) => shown === file && holds === 'record');
    const record = of === undefined ? undefined : { table: of.table, id: of.stem, pointer };
    return { where: `${file}:${line}`, message, record };
  });
}
