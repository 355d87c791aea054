import { didYouMean } from '../base/suggestions.ts';
import type { Problem } from '../base/problem.ts';
import { quoted } from '../base/text.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import type { SchemaSet } from '../schema/schemaSet.ts';
import { formats } from '../validate/ajv/formats.ts';
import { keywordPosition } from './keywordPosition.ts';

/** A warning for each unknown format, at one schema that uses it: its texts are not checked. */
export function unknownFormats(fs: FileSystem, folder: string, schemas: SchemaSet): readonly Problem[] {
  const unknown = [...schemas.formats].filter(([format]) => !Object.hasOwn(formats, format));
  return unknown.flatMap(([format, location]) => {
    const found = keywordPosition(fs, folder, schemas, { location, keyword: 'format' });
    if (found === undefined) return [];
    const { shown: file, line, column, pointer } = found;
    return [
      {
        file,
        line,
        column,
        pointer,
        rule: 'format',
        severity: 'warning',
        message: `the format ${quoted(format)} is not known, so nothing is checked`,
        hint: didYouMean(format, Object.keys(formats)),
      },
    ];
  });
}
