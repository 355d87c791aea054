import path from 'node:path';
import { findRepository } from '../../disk/git.ts';
import { cites } from '../../project/recordIndex.ts';
import type { ReviewersMessage } from './messages.ts';
import type { OpenDataset } from './openDataset.ts';

/** Who has coded a source, and who else could review it, by git. Both are empty without a repository. */
export async function reviewersOf(dataset: OpenDataset, source: string): Promise<ReviewersMessage> {
  const { index } = await dataset.citing(source);
  const { project } = dataset;
  const repository = findRepository([project.schemaPath, project.rawPath]);
  if ('why' in repository) return { coders: [], others: [] };
  const files = [...index.values()].flatMap((records) =>
    [...records.values()].filter((record) => cites(record, source)).map(({ file }) => file.path),
  );
  // whoever reviews a source changes its own record
  const coded = files.filter((file) => path.basename(file, path.extname(file)) !== source);
  const user = repository.user();
  const uncommitted = new Set(
    repository.uncommittedFiles([project.rawPath]).map((at) => path.join(repository.root, at)),
  );
  const isAtWork = coded.some((file) => uncommitted.has(file));
  const coders = new Set(repository.authors(coded));
  if (user !== undefined && isAtWork) coders.add(user);
  const all = [...(user === undefined ? [] : [user]), ...repository.authors()];
  return { coders: [...coders], others: [...new Set(all)].filter((name) => !coders.has(name)) };
}
