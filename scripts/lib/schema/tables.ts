import { below } from '../json/json.ts';
import { didYouMean } from '../nearest.ts';
import { Failure } from '../problem.ts';
import { quoted } from '../text.ts';
import { reserved } from '../vocabulary.ts';
import type { SchemaSet } from './schemaSet.ts';
import { schemaUri } from './schemaSet.ts';
import { type Shape, shapeAt } from './shape.ts';

/** A table of the dataset: a schema that has a folder of records of the same name. */
export interface RecordType {
  readonly name: string;
  /** The schema's file, below the schema folder. */
  readonly file: string;
  readonly shape: Shape;
  /** The property that holds a record's identifier; undefined where there is none. */
  readonly key: string | undefined;
}

/** The tables, in the order of their names. @throws Failure where a schema cannot be a table */
export function recordTypes(schemas: SchemaSet, folders: readonly string[]): readonly RecordType[] {
  const byTable = new Map(schemas.files.map((file) => [tableName(file.name), file]));
  const types: RecordType[] = [];
  for (const name of folders) {
    const file = byTable.get(name);
    if (file === undefined) continue;
    if (Object.values<string>(reserved).includes(name))
      throw new Failure(`${file.shown}: ${quoted(name)} is the name of a table that every build makes`);
    const shape = shapeAt(schemas, `${schemaUri(file.name)}#`);
    types.push({ name, file: file.name, shape, key: keyOf(file.shown, shape) });
  }
  for (const type of types) checkReferences(type, [...byTable.keys()], schemas);
  return types;
}

/** `species.schema.json` and `species.json` describe the table `species`. */
export function tableName(file: string): string {
  return file.replace(/^.*\//, '').replace(/(?:\.schema)?\.json$/, '');
}

function keyOf(shown: string, shape: Shape): string | undefined {
  const property = shape.properties.get(shape.key ?? 'id');
  if (shape.key !== undefined && property === undefined)
    throw new Failure(`${shown}: x-key names ${quoted(shape.key)}, which is no property`);
  const types = [...(property?.shape.types ?? [])].join();
  return property?.required === true && (types === 'string' || types === 'integer') ? property.name : undefined;
}

/** A reference to a table that is not there would never be checked. */
function checkReferences(type: RecordType, tables: readonly string[], schemas: SchemaSet): void {
  for (const [shape, pointer] of shapesBelow(type.shape)) {
    for (const table of shape.references) {
      if (tables.includes(table)) continue;
      const hint = didYouMean(table, tables);
      const file = schemas.files.find((f) => f.name === type.file);
      throw new Failure(
        `${file?.shown ?? type.file}: x-references at ${pointer} names ${quoted(table)}, which is no schema${hint === undefined ? '' : ` (${hint})`}`,
      );
    }
  }
}

/**
 * Every shape of a record type once, with the JSON Pointer of the first place at which it stands (`*` for any element or member).
 * @param enter whether to look below a shape
 */
export function* shapesBelow(
  shape: Shape,
  enter: (shape: Shape) => boolean = () => true,
  pointer = '',
  seen = new Set<string>(),
): Generator<[Shape, string]> {
  const identity = shape.locations.join(' ');
  if (seen.has(identity)) return;
  seen.add(identity);
  yield [shape, pointer];
  if (!enter(shape)) return;
  for (const { name, shape: inner } of shape.properties.values())
    yield* shapesBelow(inner, enter, below(pointer, name), seen);
  if (shape.members !== undefined) yield* shapesBelow(shape.members, enter, `${pointer}/*`, seen);
  if (shape.items !== undefined) yield* shapesBelow(shape.items, enter, `${pointer}/*`, seen);
}
