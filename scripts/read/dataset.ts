import datasetSchema from './dataset.schema.json' with { type: 'json' };

/** `schema/dataset.json`: the description of the dataset, in the terms of the Data Package standard. */
export interface DatasetDescription {
  readonly name: string;
  readonly version: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** Web address of the dataset's page. */
  readonly homepage: string | undefined;
  /** Without a web address in front. */
  readonly doi: string | undefined;
  /** Web address under which each version has its folder; ends with `/`. */
  readonly baseUrl: string | undefined;
  /** ISO 8601. */
  readonly temporalCoverage: string | undefined;
  readonly spatialCoverage: readonly string[];
  readonly licenses: readonly License[];
  readonly contributors: readonly Contributor[];
  /** What the dataset as a whole was made from. */
  readonly sources: readonly Source[];
  readonly keywords: readonly string[];
  /** Whether there is a dataset.json. Only a described dataset has a version, and can be released. */
  readonly described: boolean;
}

export interface License {
  readonly name: string;
  readonly title: string | undefined;
  readonly path: string | undefined;
  /** What it covers: `data` or `code`. */
  readonly scope: string | undefined;
}

/** A person if there is a given or a family name; else an organisation. */
export interface Contributor {
  readonly title: string | undefined;
  readonly givenName: string | undefined;
  readonly familyName: string | undefined;
  readonly organization: string | undefined;
  readonly email: string | undefined;
  readonly path: string | undefined;
  readonly roles: readonly string[];
}

export interface Source {
  readonly title: string | undefined;
  readonly path: string | undefined;
  readonly email: string | undefined;
  readonly version: string | undefined;
}

/** `dataset.json` as its schema allows it; the schema documents each member. */
export interface DatasetFile {
  readonly name: string;
  readonly version: string;
  readonly title?: string;
  readonly description?: string;
  readonly homepage?: string;
  readonly doi?: string;
  readonly baseUrl?: string;
  readonly temporalCoverage?: string;
  readonly spatialCoverage?: readonly string[];
  readonly licenses?: readonly (Given<License> & Pick<License, 'name'>)[];
  readonly contributors?: readonly Given<Contributor>[];
  readonly sources?: readonly Given<Source>[];
  readonly keywords?: readonly string[];
}

/** A member of a list in the file: keys that the schema does not require can be absent. */
type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The keys of `dataset.json` that describe the dataset. */
export const datasetKeys: readonly string[] = Object.keys(datasetSchema.properties).filter((key) => key !== '$schema');

/** The description in a file; without a file, the dataset has the name of a folder and nothing else. */
export function describeDataset(file: DatasetFile | undefined, folderName: string): DatasetDescription {
  const given: DatasetFile = file ?? { name: slug(folderName), version: '0.0.0' };
  return {
    name: given.name,
    version: given.version,
    title: given.title,
    description: given.description,
    homepage: given.homepage,
    doi: given.doi,
    baseUrl: given.baseUrl,
    temporalCoverage: given.temporalCoverage,
    spatialCoverage: given.spatialCoverage ?? [],
    licenses: (given.licenses ?? []).map(({ name, title, path, scope }) => ({ name, title, path, scope })),
    contributors: (given.contributors ?? []).map(contributor),
    sources: (given.sources ?? []).map(({ title, path, email, version }) => ({ title, path, email, version })),
    keywords: given.keywords ?? [],
    described: file !== undefined,
  };
}

function contributor({ roles = [], ...given }: Given<Contributor>): Contributor {
  const { title, givenName, familyName, organization, email, path } = given;
  return { title, givenName, familyName, organization, email, path, roles };
}

/** The name of a contributor for display. */
export function displayName({ title, givenName, familyName }: Contributor): string {
  return title ?? [givenName, familyName].filter((part) => part !== undefined).join(' ');
}

/** The address of a file of a release: relative to its folder if the address of the releases is unknown. */
export function addressOf({ baseUrl, version }: DatasetDescription, file: string): string {
  return baseUrl === undefined ? file : `${baseUrl}${version}/${file}`;
}

/** The web address of the DOI. */
export function doiAddress({ doi }: DatasetDescription): string | undefined {
  return doi === undefined ? undefined : `https://doi.org/${doi}`;
}

/** The licence of the data: the one marked as such, else the first without a scope. */
export function dataLicense({ licenses }: DatasetDescription): License | undefined {
  return licenses.find((each) => each.scope === 'data') ?? licenses.find((each) => each.scope === undefined);
}

function slug(name: string): string {
  const made = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_-]+/gu, '_')
    .replace(/^[^\p{L}\p{N}]+/u, '');
  return made === '' ? 'dataset' : made;
}
