import type { Json } from '../../json/json.ts';
import { codebook } from './codebook.ts';
import { citationFile } from './citation.ts';
import { croissant } from './croissant.ts';
import { csvw } from './csvw.ts';
import { datacite, zenodo } from './datacite.ts';
import { dataPackage } from './dataPackage.ts';
import type { Described } from './described.ts';
import { licenseFile } from './license.ts';
import { mappingPage } from './mappingPage.ts';
import { readme } from './readme.ts';
import { schemaOrg } from './schemaOrg.ts';

/**
 * The texts that describe a release, by their path in it, without those that would be meaningless or invalid for the
 * dataset. `beside` are the files that are already in the release.
 */
export function metadataFiles(described: Described, beside: ReadonlySet<string>): ReadonlyMap<string, string> {
  const { dataset, documents, examples, facts } = described;
  const texts: readonly (readonly [string, string | undefined])[] = [
    ['datapackage.json', json(dataPackage(described))],
    ['croissant.json', json(croissant(described))],
    ['schema.jsonld', json(schemaOrg(described))],
    ['csvw.json', json(csvw(described))],
    ['datacite.json', jsonUnless(datacite(described))],
    ['.zenodo.json', jsonUnless(zenodo(described))],
    ['CITATION.cff', citationFile(dataset, facts)],
    ['CODEBOOK.md', codebook(described)],
    ['MAPPING.md', mappingPage],
    ['LICENSE', licenseFile(described)],
    ...documents,
    ...[...examples].map(([name, text]) => [`examples/${name}`, text] as const),
  ];
  const given = texts.filter((entry): entry is readonly [string, string] => entry[1] !== undefined);
  const files = new Set([...given.map(([name]) => name), ...beside]);
  return new Map([...given, ['README.md', readme(described, files)]]);
}

function jsonUnless(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : json(value);
}

function json(value: Json): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
