import path from 'node:path';
import { mostSchemaBytes } from '../base/limits.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { below } from '../json/json.ts';
import { type Position, placeJson, positionAt } from '../json/positions.ts';
import { partsOfLocation, schemaUri } from '../schema/location.ts';
import type { SchemaSet } from '../schema/schemaSet.ts';

/** A keyword in a schema file. */
interface KeywordPosition extends Position {
  /** The file as the user knows it. */
  readonly shown: string;
  /** JSON Pointer in the file. */
  readonly pointer: string;
}

/** Where a keyword of the schema at a location is; undefined if no file of the folder has it. */
export function keywordPosition(
  fs: FileSystem,
  folder: string,
  { files }: Pick<SchemaSet, 'files'>,
  { location, keyword }: { readonly location: string; readonly keyword: string },
): KeywordPosition | undefined {
  const [uri, inside] = partsOfLocation(location);
  const file = files.find(({ name }) => schemaUri(name) === uri);
  if (file === undefined || file.isStandard === true) return undefined;
  const text = Buffer.from(fs.read(path.join(folder, file.name), mostSchemaBytes) ?? []).toString('utf8');
  const placed = placeJson(text);
  const pointer = below(inside, keyword);
  return { shown: file.shown, pointer, ...positionAt(text, 'offsetOf' in placed ? placed.offsetOf(pointer) : 0) };
}
