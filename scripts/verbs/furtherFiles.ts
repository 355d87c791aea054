import type { Compilation } from '../compile/compile.ts';
import { mappingOf } from '../compile/mapping.ts';
import type { Project } from '../project/openProject.ts';
import { schemaFiles } from '../write/schemaFiles.ts';

/** Files of a release by their path in it, given the tables that it has. */
export type FurtherFiles = (present: ReadonlySet<string>) => ReadonlyMap<string, string | Uint8Array>;

/**
 * The other files of a release, besides tables and their descriptions: the schemas, which are read now, and
 * mapping.json.
 */
export function furtherFiles(
  { fs, schemaPath, folder }: Pick<Project, 'fs' | 'schemaPath' | 'folder'>,
  { plans }: Pick<Compilation, 'plans'>,
): FurtherFiles {
  const schemas = schemaFiles(fs, schemaPath, folder.schemas);
  return (present) =>
    new Map<string, string | Uint8Array>([
      ...schemas,
      ['mapping.json', `${JSON.stringify(mappingOf(plans.values(), present), null, 2)}\n`],
    ]);
}
