import { createRequire } from 'node:module';
import { lazy } from '../base/lazy.ts';
import { parseJson } from '../json/json.ts';
import { currentDraft } from './currentDraft.ts';
import { nodeFileSystem } from '../disk/fileSystem.ts';
import { mostSchemaBytes } from '../base/limits.ts';
import { withoutFragment } from '../schema/location.ts';
import type { SchemaFile } from '../schema/schemaSet.ts';

const require = createRequire(import.meta.url);

const vocabularies2019 = ['applicator', 'content', 'core', 'format', 'meta-data', 'validation'];
const vocabularies2020 = [
  'applicator',
  'content',
  'core',
  'format-annotation',
  'meta-data',
  'unevaluated',
  'validation',
];

/** The files of the schemas of JSON Schema itself, from installed packages, by URI. */
const files = lazy(
  (): ReadonlyMap<string, () => string> =>
    new Map<string, () => string>([
      [
        'http://json-schema.org/draft-04/schema',
        () => require.resolve('ajv-draft-04/dist/refs/json-schema-draft-04.json'),
      ],
      ['http://json-schema.org/draft-06/schema', () => require.resolve('ajv/dist/refs/json-schema-draft-06.json')],
      ['http://json-schema.org/draft-07/schema', () => require.resolve('ajv/dist/refs/json-schema-draft-07.json')],
      ...recent('2019-09', vocabularies2019),
      ...recent('2020-12', vocabularies2020),
    ]),
);

function recent(draft: string, vocabularies: readonly string[]): readonly (readonly [string, () => string])[] {
  return ['schema', ...vocabularies.map((name) => `meta/${name}`)].map((name) => [
    `https://json-schema.org/draft/${draft}/${name}`,
    () => require.resolve(`ajv/dist/refs/json-schema-${draft}/${name}.json`),
  ]);
}

/**
 * The schema of JSON Schema itself with this URI; undefined for any other. It comes from a package, not from the web.
 */
export function standardSchema(uri: string): SchemaFile | undefined {
  const plain = withoutFragment(uri);
  const file = files().get(plain) ?? files().get(plain.replace(/^https:/, 'http:'));
  if (file === undefined) return undefined;
  const bytes = nodeFileSystem().read(file(), mostSchemaBytes);
  const parsed = parseJson(Buffer.from(bytes ?? []).toString('utf8'));
  if (!('value' in parsed)) throw new Error(`${file()} is not JSON`);
  const name = `json-schema.org/${plain.replace(/^.*json-schema\.org\//, '')}.json`;
  return { name, shown: plain, schema: currentDraft(parsed.value, plain), isStandard: true };
}
