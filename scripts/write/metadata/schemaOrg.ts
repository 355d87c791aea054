import { type Json, type JsonObject, defined, unlessEmpty } from '../../json/json.ts';
import { type License, dataLicense } from '../../read/dataset.ts';
import { agents, citation, creators } from './citation.ts';
import type { Described, WrittenFile } from './described.ts';

const mediaTypes = {
  csv: 'text/csv',
  parquet: 'application/vnd.apache.parquet',
  duckdb: 'application/vnd.duckdb',
} as const;

/** What schema.org and Croissant say alike of a dataset as a whole. */
export function datasetTerms({ dataset, facts }: Described): JsonObject {
  const { title, name, description, version, homepage, keywords, sources } = dataset;
  return defined({
    name: title ?? name,
    alternateName: title === undefined ? undefined : name,
    description,
    version,
    license: licenseTerm(dataLicense(dataset)),
    creator: unlessEmpty(agents(creators(dataset))),
    contributor: unlessEmpty(agents(dataset.contributors.filter((each) => !creators(dataset).includes(each)))),
    datePublished: facts.date ?? undefined,
    url: homepage,
    keywords: unlessEmpty(keywords),
    isBasedOn: unlessEmpty(
      sources.map((each) =>
        defined({ '@type': 'CreativeWork', name: each.title, url: each.path, version: each.version }),
      ),
    ),
  });
}

function licenseTerm(license: License | undefined): string | undefined {
  return license === undefined ? undefined : (license.path ?? license.name);
}

/** schema.jsonld: a schema.org Dataset whose context is in the file, so that nothing has to be fetched to read it. */
export function schemaOrg(described: Described): Json {
  const { dataset, facts, tables, derived, file, parquetFiles, database } = described;
  const named = (what: string, format: keyof typeof mediaTypes, written: WrittenFile): JsonObject => ({
    ...download(written.path, format, what),
    contentSize: `${written.bytes} B`,
    sha256: written.sha256,
  });
  return {
    '@context': { '@vocab': 'https://schema.org/' },
    '@type': 'Dataset',
    ...datasetTerms(described),
    creditText: citation(dataset, facts),
    distribution: [
      ...[...tables, ...derived].map((table) => named(table.name, 'csv', file(`csv/${table.name}.csv`))),
      ...[...tables, ...derived].flatMap((table) =>
        parquetFiles(table.name).map((name) => named(table.name, 'parquet', file(name))),
      ),
      // the bytes of a database differ from build to build: no digest of them stands in a file that does not
      download(database.file, 'duckdb', dataset.name),
    ],
  };
}

/** Paths in a release are made of letters, digits, `_`, `-` and `.`, so that they are relative references as they are (RFC 3987). */
function download(path: string, format: keyof typeof mediaTypes, name: string): JsonObject {
  return { '@type': 'DataDownload', name, encodingFormat: mediaTypes[format], contentUrl: path };
}
