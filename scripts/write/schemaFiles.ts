import path from 'node:path';
import { mostSchemaBytes } from '../base/limits.ts';
import { Failure } from '../base/problem.ts';
import { quoted } from '../base/text.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { staysInside } from '../release/sums.ts';
import type { SchemaSet } from '../schema/schemaSet.ts';

/**
 * The schemas for a release: their bytes, by path in it.
 * @throws Failure for a name that a list of digests cannot contain
 */
export function schemaFiles(
  fs: FileSystem,
  folder: string,
  { files }: Pick<SchemaSet, 'files'>,
): ReadonlyMap<string, Uint8Array> {
  return new Map(
    files.map(({ name, shown, schema, isStandard }) => {
      if (!staysInside(name) || /\p{Cc}/u.test(name))
        throw new Failure(
          `${quoted(shown)}: a release contains its schemas, but cannot contain this name: rename the file`,
        );
      if (isStandard === true) return [`schema/${name}`, Buffer.from(`${JSON.stringify(schema, null, 2)}\n`)] as const;
      // the bytes of a read are valid only until the next one
      return [`schema/${name}`, Uint8Array.from(fs.read(path.join(folder, name), mostSchemaBytes) ?? [])] as const;
    }),
  );
}
