import { mostDepth, mostDocumentBytes } from '../base/limits.ts';
import { depthOffset } from '../json/depth.ts';
import path from 'node:path';
import { type Json, below, isArray, isObject, member, parseJson } from '../json/json.ts';
import type { FileSystem } from '../disk/fileSystem.ts';
import { quoted } from '../base/text.ts';
import { citationFile } from '../write/metadata/citation.ts';
import { croissant } from '../write/metadata/croissant.ts';
import type { Described } from '../write/metadata/described.ts';
import { readme } from '../write/metadata/readme.ts';
import { csvw } from '../write/metadata/csvw.ts';
import { datacite, zenodo } from '../write/metadata/datacite.ts';
import { schemaOrg } from '../write/metadata/schemaOrg.ts';
import type { Descriptor } from './descriptor.ts';
import type { Add } from './findings.ts';

/**
 * Compares the texts about a release with its descriptor and its files. In README.md only the lines with facts count.
 * CODEBOOK.md, LICENSE, the dataset's own documents and examples have content of their own, and are not compared.
 */
export function checkMetadata(
  fs: FileSystem,
  release: string,
  descriptor: Descriptor,
  digests: ReadonlyMap<string, string>,
  add: Add,
): void {
  const described = describedOf(fs, release, descriptor, digests);
  const textOf = (name: string): string | undefined => {
    if (!digests.has(name)) return undefined;
    const bytes = fs.read(path.join(release, name), mostDocumentBytes);
    return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
  };
  for (const [name, expected] of [
    ['croissant.json', croissant(described)],
    ['schema.jsonld', schemaOrg(described)],
    ['csvw.json', csvw(described)],
    ['datacite.json', datacite(described)],
    ['.zenodo.json', zenodo(described)],
  ] as const) {
    const message = faultOfJson({ name, isThere: digests.has(name), text: textOf(name) }, expected);
    if (message !== undefined) add(name, 'release', message);
  }
  const cited = citationFile(described.dataset, described.facts);
  if (cited !== undefined && textOf('CITATION.cff') !== cited)
    add('CITATION.cff', 'release', 'it does not cite what datapackage.json describes');
  if (cited === undefined && digests.has('CITATION.cff'))
    add('CITATION.cff', 'release', 'datapackage.json names nobody to cite');
  const lines = new Set(textOf('README.md')?.split('\n'));
  for (const line of factLines(described, new Set(digests.keys())))
    if (!lines.has(line)) add('README.md', 'release', `it lacks the line ${quoted(line, 200)}`);
}

/** Formats of the first version: every release has them. A release of an older toolkit can lack the others. */
const always: ReadonlySet<string> = new Set([
  'croissant.json',
  'schema.jsonld',
  'csvw.json',
  'datacite.json',
  '.zenodo.json',
]);

/** A JSON file about a release; a file that is there has no text if it is too large. */
interface JsonFile {
  readonly name: string;
  readonly isThere: boolean;
  readonly text: string | undefined;
}

/** What is wrong with a JSON file; `expected` is undefined if the dataset lacks what its format requires. */
export function faultOfJson({ name, isThere, text }: JsonFile, expected: Json | undefined): string | undefined {
  if (expected === undefined) return isThere ? 'datapackage.json gives no creator and date for it' : undefined;
  if (!isThere && !always.has(name)) return undefined;
  if (text === undefined) return 'it is missing, or too large to be read';
  if (depthOffset(text, mostDepth) !== undefined) return `it is nested deeper than ${mostDepth} levels`;
  return jsonDifference(text, expected);
}

function describedOf(
  fs: FileSystem,
  release: string,
  { dataset, commit, date, tables, derived, formats, database, views }: Descriptor,
  digests: ReadonlyMap<string, string>,
): Described {
  const all = [...tables, ...derived];
  const exported = new Map(all.map((each) => [each.table.name, each.exported]));
  const examples = [...digests.keys()].filter((name) => name.startsWith('examples/'));
  return {
    dataset,
    facts: { commit, date },
    tables: tables.map(({ table }) => table),
    derived: derived.map(({ table }) => table),
    rowCounts: new Map(all.map(({ table, csv }) => [table.name, Number(csv.rowCount)])),
    views: views.map((view) => ({
      ...view,
      columns: new Map(),
      references: new Map(),
      shown: 'datapackage.json',
      line: 1,
    })),
    licenseText: undefined,
    documents: new Map(),
    examples: new Map(examples.map((name) => [name.slice('examples/'.length), ''])),
    file: (name) => ({ path: name, bytes: fs.size(path.join(release, name)), sha256: digests.get(name) ?? '' }),
    formats,
    exportedFiles: (format, table) => exported.get(table)?.get(format)?.paths ?? [],
    database: database === undefined ? undefined : { file: database.path, holds: database.holds, contentSha256: '' },
  };
}

/** Contexts name vocabularies, and `conformsTo` an edition of one: they say nothing about the data. */
const unread: ReadonlySet<string> = new Set(['@context', 'conformsTo']);

function jsonDifference(text: string, expected: Json): string | undefined {
  const parsed = parseJson(text);
  if (!('value' in parsed)) return `not JSON: ${parsed.message}`;
  return differenceOf(parsed.value, expected, '');
}

/** The first place where two values differ, in words. */
function differenceOf(found: Json | undefined, expected: Json | undefined, at: string): string | undefined {
  const [some, other] = [partsOf(found), partsOf(expected)];
  if (some === undefined || other === undefined || isArray(found) !== isArray(expected)) {
    if (found === expected) return undefined;
    const where = at === '' ? 'it' : at;
    return `${where} is ${shown(found)}, but by datapackage.json and the files it is ${shown(expected)}`;
  }
  for (const key of new Set([...other.keys(), ...some.keys()])) {
    if (at === '' && unread.has(key)) continue;
    const message = differenceOf(some.get(key), other.get(key), below(at, key));
    if (message !== undefined) return message;
  }
  return undefined;
}

function partsOf(value: Json | undefined): ReadonlyMap<string, Json> | undefined {
  if (isArray(value)) return new Map(value.map((each, i) => [String(i), each]));
  return isObject(value) ? new Map(Object.keys(value).map((key) => [key, member(value, key) ?? null])) : undefined;
}

function shown(value: Json | undefined): string {
  return value === undefined ? 'not there' : quotedJson(JSON.stringify(value));
}

function quotedJson(text: string): string {
  const inner = quoted(text, 120);
  return text.startsWith('"') ? inner.slice(1, -1) : inner;
}

/**
 * The lines of a README with facts: front matter, title, size, version, date, commit, rows of each table, citation,
 * licence.
 */
function factLines(described: Described, files: ReadonlySet<string>): readonly string[] {
  const { dataset } = described;
  const lines = readme(described, files).split('\n');
  const afterHeading = (heading: string): string | undefined => lines[lines.indexOf(heading) + 2];
  return [
    ...lines.slice(0, lines.indexOf('---', 1) + 1),
    lines.find((line) => line.startsWith('# ')),
    lines.find((line) => line.startsWith('A relational dataset: ')),
    lines.find((line) => line.startsWith(`Version ${dataset.version}`)),
    ...lines.filter((line) => line.startsWith('| `')),
    afterHeading('## Cite it'),
    afterHeading('## Licence'),
  ].filter((line) => line !== undefined);
}
