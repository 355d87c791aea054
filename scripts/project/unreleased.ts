import type { Origin } from '../read/facts.ts';
import { unreleasedVersion } from '../release/unreleased.ts';
import type { Project } from './openProject.ts';
import { lastRelease } from './versionTags.ts';

/**
 * The project under the version of a build that is not released. Its files have no address: what is, or will be, at
 * that of a version is another content.
 */
export function unreleased(project: Project, { repository }: Pick<Origin, 'repository'>): Project {
  const { folder } = project;
  const last = repository === undefined ? undefined : lastRelease(repository);
  const version = unreleasedVersion(folder.dataset.version, last);
  return { ...project, folder: { ...folder, dataset: { ...folder.dataset, version, baseUrl: undefined } } };
}
