import licenseIds from 'spdx-license-ids/index.json' with { type: 'json' };
import { type Json, type JsonObject, defined, unlessEmpty } from '../../json/json.ts';
import { type Contributor, type DatasetDescription, dataLicense, displayName } from '../../read/dataset.ts';
import { creators, isPerson } from './citation.ts';
import type { Described } from './described.ts';

/** DataCite's code for unknown values. */
const unavailable = '(:unav)';

/**
 * datacite.json: the metadata of a DOI (DataCite Metadata Schema 4, JSON). Undefined without contributors or without a
 * date, which it requires.
 */
export function datacite({ dataset, facts }: Pick<Described, 'dataset' | 'facts'>): Json | undefined {
  const authors = creators(dataset);
  if (authors.length === 0 || facts.date === null) return undefined;
  const publisher = dataset.contributors.find(({ roles }) => roles.some((role) => /^publisher$/i.test(role)));
  return defined({
    schemaVersion: 'http://datacite.org/schema/kernel-4',
    doi: dataset.doi,
    url: dataset.homepage,
    types: { resourceType: 'Dataset', resourceTypeGeneral: 'Dataset' },
    titles: [{ title: dataset.title ?? dataset.name }],
    creators: authors.map(agent),
    publisher: { name: publisher === undefined ? unavailable : displayName(publisher) },
    publicationYear: facts.date.slice(0, 4),
    dates: [{ date: facts.date.slice(0, 10), dateType: 'Issued' }],
    version: dataset.version,
    subjects: unlessEmpty(dataset.keywords.map((subject) => ({ subject }))),
    descriptions: unlessEmpty(
      [dataset.description].flatMap((text) =>
        text === undefined ? [] : [{ description: text, descriptionType: 'Abstract' }],
      ),
    ),
    rightsList: rightsOf(dataset),
    geoLocations: unlessEmpty(dataset.spatialCoverage.map((region) => ({ geoLocationPlace: region }))),
    relatedIdentifiers: unlessEmpty(
      dataset.sources.flatMap(({ path }) =>
        path !== undefined && /^https?:/.test(path)
          ? [{ relatedIdentifier: path, relatedIdentifierType: 'URL', relationType: 'IsDerivedFrom' }]
          : [],
      ),
    ),
    formats: ['text/csv', 'application/vnd.apache.parquet', 'application/vnd.duckdb'],
  });
}

function rightsOf(dataset: DatasetDescription): readonly JsonObject[] | undefined {
  const license = dataLicense(dataset);
  if (license === undefined) return undefined;
  const known = licenseIds.includes(license.name);
  return [
    defined({
      rights: license.title ?? license.name,
      rightsUri: license.path,
      rightsIdentifier: known ? license.name : undefined,
      rightsIdentifierScheme: known ? 'SPDX' : undefined,
      schemeUri: known ? 'https://spdx.org/licenses/' : undefined,
    }),
  ];
}

/** A person by family name and given name, as in lists of references. */
function sortedName(contributor: Contributor): string {
  const { givenName, familyName } = contributor;
  if (!isPerson(contributor)) return displayName(contributor);
  return [familyName, givenName].filter((part) => part !== undefined).join(', ');
}

function agent(contributor: Contributor): JsonObject {
  const { givenName, familyName, organization } = contributor;
  return defined({
    name: sortedName(contributor),
    nameType: isPerson(contributor) ? 'Personal' : 'Organizational',
    givenName,
    familyName,
    affiliation: organization === undefined ? undefined : [{ name: organization }],
  });
}

/** .zenodo.json: what Zenodo asks for in a deposit. Undefined without contributors. */
export function zenodo({ dataset, facts }: Pick<Described, 'dataset' | 'facts'>): Json | undefined {
  const authors = creators(dataset);
  if (authors.length === 0 || facts.date === null) return undefined;
  const license = dataLicense(dataset)?.name;
  return defined({
    upload_type: 'dataset',
    title: dataset.title ?? dataset.name,
    version: dataset.version,
    publication_date: facts.date.slice(0, 10),
    // Zenodo reads HTML
    description: escaped(dataset.description ?? dataset.title ?? dataset.name),
    creators: authors.map((each) => defined({ name: sortedName(each), affiliation: each.organization })),
    license: license !== undefined && licenseIds.includes(license) ? license.toLowerCase() : undefined,
    keywords: unlessEmpty([...new Set(dataset.keywords)]),
    doi: dataset.doi,
  });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
