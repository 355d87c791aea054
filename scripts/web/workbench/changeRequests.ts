import type { Problem } from '../../base/problem.ts';
import { renderReport } from '../../comment/render.mjs';
import { commitChanges, pendingChanges } from '../../verbs/commit.ts';
import { indexRecord, sourceTables } from '../../project/recordIndex.ts';
import type { ChangedRecordMessage, ChangesMessage, CommitMessage, RefusalMessage } from './changeMessages.ts';
import { nameOf } from '../../schema/recordName.ts';
import type { OpenDataset } from './openDataset.ts';

/** The page's requests to git. */
export interface ChangeRequests {
  /** Uncommitted changes, with the Markdown report that a reviewer will see. */
  readonly changes: () => ChangesMessage;
  readonly commit: (message: string, branch: string, withSchema?: boolean) => Promise<CommitMessage>;
}

/** `other`: the folder of the second coding that is compared, which is committed too. */
export function changeRequests(dataset: OpenDataset, other?: string): ChangeRequests {
  return {
    changes() {
      dataset.reopen();
      const { report, records, ...changes } = pendingChanges(dataset.project, other);
      return {
        ...changes,
        records: records?.map((each) => ({ ...each, ...namedIn(dataset, each.table, each.id) })),
        report: report === undefined ? '' : renderReport(report),
      };
    },
    async commit(message, branch, withSchema = false) {
      dataset.reopen();
      const { project, optionsIn } = dataset;
      const made = await commitChanges(project, { message, branch, other, withSchema, optionsIn });
      if ('commit' in made) return made;
      return { refused: refusalMessages(dataset, made.problems), needsSchema: made.needsSchema };
    },
  };
}

/** The name of a record, and the sources that it cites, or its own identifier if it is one; none if it is gone. */
function namedIn(
  { project, openAt }: OpenDataset,
  table: string,
  id: string,
): Pick<ChangedRecordMessage, 'label' | 'sources'> {
  const record = openAt(table, id);
  const isSource = sourceTables(project).includes(table);
  if (record === undefined) return { label: undefined, sources: isSource ? [id] : [] };
  const { spans } = indexRecord(record.type, record.file, record.value);
  const label = nameOf(record.type, record.value);
  return { label, sources: isSource ? [id] : [...new Set(spans.map(({ source }) => source))] };
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
