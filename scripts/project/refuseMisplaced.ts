import { Failure } from '../base/problem.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { misplacedKeyword } from '../schema/placement.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import type { SchemaSet } from '../schema/schemaSet.ts';
import { keywordPosition } from './keywordPosition.ts';

/** @throws Failure for a keyword where it means nothing, with its line */
export function refuseMisplaced(
  fs: FileSystem,
  folder: string,
  types: readonly RecordType[],
  schemas: SchemaSet,
): void {
  const found = misplacedKeyword(types, schemas);
  if (found === undefined) return;
  const at = keywordPosition(fs, folder, schemas, found);
  const where = at === undefined ? found.location : `${at.shown}:${at.line}:${at.column}`;
  throw new Failure(`${where}: ${found.message}`);
}
