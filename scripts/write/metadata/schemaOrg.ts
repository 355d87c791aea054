import { type Json, type JsonObject, defined, unlessEmpty } from '../../json/json.ts';
import type { Table } from '../../compile/model.ts';
import { documentation } from '../../engine/duckdb/sql.ts';
import { type License, addressOf, dataLicense, doiAddress } from '../../read/dataset.ts';
import { reserved } from '../../schema/extensions.ts';
import { agents, citation, creators } from './citation.ts';
import type { Described, WrittenFile } from './described.ts';

const mediaTypes = { csv: 'text/csv', duckdb: 'application/vnd.duckdb' } as const;

/** The properties of a dataset that schema.org and Croissant share. */
export function datasetTerms({ dataset, facts }: Described): JsonObject {
  const { title, name, description, version, homepage, baseUrl, keywords, sources } = dataset;
  return defined({
    name: title ?? name,
    alternateName: title === undefined ? undefined : name,
    description,
    version,
    license: licenseTerm(dataLicense(dataset)),
    creator: unlessEmpty(agents(creators(dataset))),
    contributor: unlessEmpty(agents(dataset.contributors.filter((each) => !creators(dataset).includes(each)))),
    datePublished: facts.date ?? undefined,
    url: homepage ?? (baseUrl === undefined ? undefined : addressOf(dataset, '')),
    identifier: doiAddress(dataset),
    temporalCoverage: dataset.temporalCoverage,
    spatialCoverage: unlessEmpty(dataset.spatialCoverage.map((region) => ({ '@type': 'Place', name: region }))),
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
  const { dataset, facts, tables, derived, file, formats, exportedFiles, database } = described;
  const named = (what: string, mediaType: string, written: WrittenFile): JsonObject => ({
    ...download(addressOf(dataset, written.path), mediaType, what),
    contentSize: `${written.bytes} B`,
    sha256: written.sha256,
  });
  return defined({
    '@context': { '@vocab': 'https://schema.org/' },
    '@type': 'Dataset',
    ...datasetTerms(described),
    creditText: citation(dataset, facts),
    variableMeasured: unlessEmpty(tables.flatMap(variables)),
    distribution: [
      ...[...tables, ...derived].map((table) => named(table.name, mediaTypes.csv, file(`csv/${table.name}.csv`))),
      ...formats.flatMap((format) =>
        [...tables, ...derived].flatMap((table) =>
          exportedFiles(format.name, table.name).map((name) => named(table.name, format.mediaType, file(name))),
        ),
      ),
      // the bytes of a database differ from build to build: files that do not differ cannot contain its digest
      ...(database === undefined ? [] : [download(addressOf(dataset, database.file), mediaTypes.duckdb, dataset.name)]),
    ],
  });
}

const toolkitTables: ReadonlySet<string> = new Set(Object.values<string>(reserved));

/** The columns that hold values of records, except keys. */
function variables({ name: table, columns, primaryKey, foreignKeys }: Table): readonly JsonObject[] {
  if (toolkitTables.has(table)) return [];
  const keys = new Set([...primaryKey, ...foreignKeys.flatMap((key) => key.columns)]);
  return columns
    .filter(({ name, pointer }) => pointer !== undefined && !keys.has(name))
    .map((column) =>
      defined({
        '@type': 'PropertyValue',
        name: `${table}.${column.name}`,
        description: documentation(column),
        unitText: column.unit,
      }),
    );
}

/**
 * Paths in a release consist of letters, digits, `_`, `-` and `.`, so they are valid relative references (RFC 3987).
 */
function download(path: string, mediaType: string, name: string): JsonObject {
  return { '@type': 'DataDownload', name, encodingFormat: mediaType, contentUrl: path };
}
