import { type Json, type JsonObject, isArray, isObject } from '../json/json.ts';
import { didYouMean } from '../base/suggestions.ts';
import { Failure } from '../base/problem.ts';
import { quoted } from '../base/text.ts';

/** `schema/dataset.json`: what the dataset says of itself, in the terms of the Data Package standard. */
export interface DatasetDescription {
  readonly name: string;
  readonly version: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** Web address at which the dataset is presented. */
  readonly homepage: string | undefined;
  readonly licenses: readonly License[];
  readonly contributors: readonly Contributor[];
  /** What the dataset as a whole was made from. */
  readonly sources: readonly Source[];
  readonly keywords: readonly string[];
  /** Whether there is a dataset.json: then the schemas are the project's own, and held to more. */
  readonly own: boolean;
}

export interface License {
  readonly name: string;
  readonly title: string | undefined;
  readonly path: string | undefined;
  /** What it covers: `data` or `code`. */
  readonly scope: string | undefined;
}

/** A person, where there is a given or a family name; else an organisation. */
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

/** The keys of `dataset.json`. */
export const datasetKeys: readonly string[] = [
  'name',
  'version',
  'title',
  'description',
  'homepage',
  'licenses',
  'contributors',
  'sources',
  'keywords',
];

/**
 * Reads a dataset.json; without one the dataset has the name of a folder and nothing else.
 * @throws Failure for a misspelt key, or for a value that has not the form of what it stands for
 */
export function describeDataset(given: JsonObject | undefined, folderName: string, shown: string): DatasetDescription {
  const of = reader(given ?? {}, shown, datasetKeys);
  const name = of.text('name') ?? (given === undefined ? slug(folderName) : of.missing('name'));
  const version = of.text('version') ?? (given === undefined ? '0.0.0' : of.missing('version'));
  if (given !== undefined && !/^[a-z0-9][a-z0-9._-]*$/.test(name)) {
    throw new Failure(`${shown}: "name" must be lower-case letters, digits, ".", "_" and "-"`);
  }
  if (!/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(version)) {
    throw new Failure(`${shown}: "version" must be a semantic version such as 1.2.3`);
  }
  return {
    name,
    version,
    title: of.text('title'),
    description: of.text('description'),
    homepage: of.url('homepage'),
    licenses: of.objects('licenses', license),
    contributors: of.objects('contributors', contributor),
    sources: of.objects('sources', source),
    keywords: of.texts('keywords'),
    own: given !== undefined,
  };
}

function license(given: JsonObject, at: string): License {
  const of = reader(given, at, ['name', 'title', 'path', 'scope']);
  return {
    name: of.text('name') ?? of.missing('name'),
    title: of.text('title'),
    path: of.text('path'),
    scope: of.text('scope'),
  };
}

function contributor(given: JsonObject, at: string): Contributor {
  const of = reader(given, at, ['title', 'givenName', 'familyName', 'organization', 'email', 'path', 'roles']);
  const found = {
    title: of.text('title'),
    givenName: of.text('givenName'),
    familyName: of.text('familyName'),
    organization: of.text('organization'),
    email: of.email('email'),
    path: of.url('path'),
    roles: of.texts('roles'),
  };
  if (displayName(found) === '') throw new Failure(`${at} has no name: neither "title" nor "familyName"`);
  return found;
}

function source(given: JsonObject, at: string): Source {
  const of = reader(given, at, ['title', 'path', 'email', 'version']);
  return {
    title: of.text('title') ?? of.missing('title'),
    path: of.text('path'),
    email: of.email('email'),
    version: of.text('version'),
  };
}

/** The name of a contributor as it is printed. */
export function displayName({ title, givenName, familyName }: Contributor): string {
  return title ?? [givenName, familyName].filter((part) => part !== undefined).join(' ');
}

/** The licence of the data: the one that says so, else the first that does not say what it covers. */
export function dataLicense({ licenses }: DatasetDescription): License | undefined {
  return licenses.find((each) => each.scope === 'data') ?? licenses.find((each) => each.scope === undefined);
}

interface Reader {
  readonly text: (key: string) => string | undefined;
  readonly url: (key: string) => string | undefined;
  readonly email: (key: string) => string | undefined;
  readonly texts: (key: string) => readonly string[];
  readonly objects: <T>(key: string, read: (each: JsonObject, at: string) => T) => readonly T[];
  readonly missing: (key: string) => never;
}

/** Reads the members of an object, held to what they must be. A misspelt key would be lost without a word. */
function reader(given: JsonObject, at: string, known: readonly string[]): Reader {
  for (const key of Object.keys(given).filter((k) => !known.includes(k))) {
    const hint = didYouMean(key, known);
    if (hint !== undefined) throw new Failure(`${at}: unknown key ${quoted(key)} (${hint})`);
  }
  const text = (key: string): string | undefined => {
    const value = given[key];
    if (value === undefined || (typeof value === 'string' && value !== '')) return value;
    throw new Failure(`${at}: "${key}" is not a text`);
  };
  const matching = (key: string, form: RegExp, what: string): string | undefined => {
    const value = text(key);
    if (value === undefined || form.test(value)) return value;
    throw new Failure(`${at}: "${key}" is not ${what}`);
  };
  const elements = (key: string): Json[] => {
    const value = given[key] ?? [];
    if (isArray(value)) return [...value];
    throw new Failure(`${at}: "${key}" is not a list`);
  };
  return {
    text,
    url: (key) => matching(key, /^https?:\/\/[^\s"<>\\^`{|}]+$/, 'a URL (https://example.org/)'),
    email: (key) => matching(key, /^[^\s@]+@[^\s@]+$/, 'an e-mail account (name@example.org)'),
    texts(key) {
      return elements(key).map((value) => {
        if (typeof value === 'string' && value !== '') return value;
        throw new Failure(`${at}: "${key}" is not a list of texts`);
      });
    },
    objects(key, read) {
      return elements(key).map((value, i) => {
        if (isObject(value)) return read(value, `${at}: "${key}", number ${i + 1}`);
        throw new Failure(`${at}: "${key}" is not a list of objects`);
      });
    },
    missing(key) {
      throw new Failure(`${at}: "${key}" is missing`);
    },
  };
}

function slug(name: string): string {
  const made = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_-]+/gu, '_')
    .replace(/^[^\p{L}\p{N}]+/u, '');
  return made === '' ? 'dataset' : made;
}
