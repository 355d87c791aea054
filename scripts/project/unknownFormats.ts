import path from 'node:path';
import { didYouMean } from '../base/suggestions.ts';
import type { Problem } from '../base/problem.ts';
import { quoted } from '../base/text.ts';
import { mostSchemaBytes } from '../base/limits.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { placeJson, positionAt } from '../json/positions.ts';
import { partsOfLocation, schemaUri } from '../schema/location.ts';
import type { SchemaSet } from '../schema/schemaSet.ts';
import { formats } from '../validate/ajv/formats.ts';

/** A warning for each unknown format, at one schema that uses it: its texts are not checked. */
export function unknownFormats(fs: FileSystem, folder: string, schemas: SchemaSet): readonly Problem[] {
  const unknown = [...schemas.formats].filter(([format]) => !Object.hasOwn(formats, format));
  return unknown.flatMap(([format, location]) => {
    const [uri, pointer] = partsOfLocation(location);
    const file = schemas.files.find(({ name }) => schemaUri(name) === uri);
    if (file === undefined || file.isStandard === true) return [];
    const text = Buffer.from(fs.read(path.join(folder, file.name), mostSchemaBytes) ?? []).toString('utf8');
    const placed = placeJson(text);
    const at = `${pointer}/format`;
    const { line, column } = positionAt(text, 'offsetOf' in placed ? placed.offsetOf(at) : 0);
    return [
      {
        file: file.shown,
        line,
        column,
        pointer: at,
        rule: 'format',
        severity: 'warning',
        message: `the format ${quoted(format)} is not known, so nothing is checked`,
        hint: didYouMean(format, Object.keys(formats)),
      },
    ];
  });
}
