import licenseIds from 'spdx-license-ids/index.json' with { type: 'json' };
import { stringify } from 'yaml';
import { type Json, type JsonObject, defined, unlessEmpty } from '../../json/json.ts';
import { type Contributor, type DatasetDescription, dataLicense, displayName, doiAddress } from '../../read/dataset.ts';
import type { CommitFacts } from '../../read/facts.ts';
import { list } from '../../base/text.ts';

/** Who is cited: contributors with the role author or creator, or all if there are none. */
export function creators({ contributors }: DatasetDescription): readonly Contributor[] {
  const named = contributors.filter(({ roles }) => roles.some((each) => /^(?:author|creator)$/i.test(each)));
  return named.length === 0 ? contributors : named;
}

export function isPerson({ givenName, familyName }: Contributor): boolean {
  return givenName !== undefined || familyName !== undefined;
}

/**
 * A dataset in a list of references, by APA: creators (year). Title (version) [Data set]. Address. Without creators the
 * title comes first. Other unknown parts are left out.
 */
export function citation(dataset: DatasetDescription, { date }: CommitFacts): string {
  const names = list(creators(dataset).map(displayName));
  const year = date === null ? '' : `(${date.slice(0, 4)})`;
  const title = `${dataset.title ?? dataset.name} (version ${dataset.version}) [Data set]`;
  const parts = names === '' ? [title, year] : [`${names} ${year}`.trim(), title];
  const sentences = parts.filter((part) => part !== '').map((part) => `${part}.`);
  return [...sentences, doiAddress(dataset) ?? dataset.homepage ?? ''].filter((part) => part !== '').join(' ');
}

/** CITATION.cff, Citation File Format 1.2.0; undefined without contributors, since the format requires an author. */
export function citationFile(dataset: DatasetDescription, { commit, date }: CommitFacts): string | undefined {
  const authors = creators(dataset).map(author);
  if (authors.length === 0) return undefined;
  const license = dataLicense(dataset);
  // the format knows the SPDX list of May 2021; a later identifier would make the file invalid
  const known = license !== undefined && licenseIds.includes(license.name);
  const url = license?.path !== undefined && /^https?:/.test(license.path) ? license.path : undefined;
  const fields = defined({
    'cff-version': '1.2.0',
    message: 'If you use this dataset, please cite it as below.',
    type: 'dataset',
    title: dataset.title ?? dataset.name,
    abstract: dataset.description,
    authors,
    version: dataset.version,
    'date-released': date?.slice(0, 10),
    commit: commit ?? undefined,
    license: known ? license.name : undefined,
    'license-url': known ? undefined : url,
    doi: dataset.doi,
    url: dataset.homepage,
    keywords: unlessEmpty([...new Set(dataset.keywords)]),
  });
  return stringify(fields, { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' });
}

function author(contributor: Contributor): JsonObject {
  const { givenName, familyName, organization, email, path } = contributor;
  const reached = { email, website: path };
  if (!isPerson(contributor)) return defined({ name: displayName(contributor), ...reached });
  return defined({ 'given-names': givenName, 'family-names': familyName, affiliation: organization, ...reached });
}

/** Contributors in the terms of schema.org. */
export function agents(contributors: readonly Contributor[]): readonly Json[] {
  return contributors.map((each) => {
    const { givenName, familyName, organization, email, path } = each;
    return defined({
      '@type': isPerson(each) ? 'Person' : 'Organization',
      name: displayName(each),
      givenName,
      familyName,
      affiliation: organization === undefined ? undefined : { '@type': 'Organization', name: organization },
      email,
      url: path,
    });
  });
}
