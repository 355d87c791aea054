import type { Table } from '../../compile/model.ts';
import { dataLicense } from '../../read/dataset.ts';
import { compareText, count } from '../../base/text.ts';
import { reserved } from '../../schema/extensions.ts';
import { citation } from './citation.ts';
import type { Described } from './described.ts';
import { licenseLine } from './license.ts';
import { code, markdown, paragraphs } from './markdown.ts';
import { identifier, literal } from '../../engine/duckdb/sql.ts';

/** README.md of a release: what it is, what is in it, how to open, check and cite it. It points to those of `files` that are there. */
export function readme(described: Described, files: ReadonlySet<string>): string {
  const { dataset, facts, tables, rowCounts, documents, examples } = described;
  const commit = facts.commit === null ? '' : `, commit ${code(facts.commit)}`;
  const date = facts.date === null ? '' : ` of ${facts.date.slice(0, 10)}`;
  const license = dataLicense(dataset);
  const sections: readonly (readonly string[])[] = [
    [`# ${markdown(dataset.title ?? dataset.name)}`],
    dataset.description === undefined ? [] : [paragraphs(dataset.description)],
    [`Version ${markdown(dataset.version)}${date}${commit}.`],
    dataset.homepage === undefined ? [] : [`Home: <${dataset.homepage}>`],
    ['## Tables'],
    [
      'Each table stands in `csv/`, in `parquet/` and in the DuckDB database, with the same rows in the same order. [CODEBOOK.md](CODEBOOK.md) explains every column and code.',
    ],
    [
      ['| table | rows | what it holds |', '|---|---|---|', ...tables.map((table) => tableLine(table, rowCounts))].join(
        '\n',
      ),
    ],
    documents.size === 0
      ? []
      : [`Rules of the dataset: ${[...documents.keys()].map((name) => `[${name}](${name})`).join(', ')}.`],
    ...opening(described),
    examples.size === 0
      ? []
      : ['Questions answered, in several languages:', examplesList([...examples.keys()].toSorted(compareText))],
    ...provenance(described, files),
    ['## Check it'],
    [fenced('sh', 'sha256sum -c SHA256SUMS')],
    [
      `${code('datapackage.json')} (Data Package 2.0) describes every file, field and key; ${code('croissant.json')} (Croissant 1.1) and ${code('schema.jsonld')} (schema.org) say the same to other tools.`,
    ],
    ['## Cite it'],
    [`> ${markdown(citation(dataset, facts))}`],
    files.has('CITATION.cff') ? [`${code('CITATION.cff')} has it for reference managers.`] : [],
    ['## Licence'],
    [license === undefined ? 'The dataset states no licence.' : `${markdown(licenseLine(license))}.`],
    files.has('LICENSE') ? ['See [LICENSE](LICENSE).'] : [],
  ];
  return `${sections.flat().join('\n\n')}\n`;
}

function tableLine(table: Table, rowCounts: ReadonlyMap<string, number>): string {
  const what = table.title ?? table.description ?? '';
  return `| ${code(table.name)} | ${rowCounts.get(table.name) ?? 0} | ${markdown(what)} |`;
}

function examplesList(names: readonly string[]): string {
  return names.map((name) => `- [${name}](examples/${name})`).join('\n');
}

function fenced(info: string, text: string): string {
  return `\`\`\`${info}\n${text}\n\`\`\``;
}

/** The same first look at one table in each tool; nothing where there is no table. */
function opening({ tables, rowCounts, parquetFiles, database }: Described): readonly (readonly string[])[] {
  const table = mostTelling(tables, rowCounts);
  if (table === undefined) return [];
  const csv = `csv/${table.name}.csv`;
  const [first] = parquetFiles(table.name);
  const several = parquetFiles(table.name).length > 1;
  const parquet = several ? `parquet/${table.name}/*.parquet` : (first ?? '');
  const inPandas = several ? `parquet/${table.name}` : (first ?? '');
  return [
    ['## Open it'],
    ['From the folder of this release. DuckDB, the database and then a file alone:'],
    [
      fenced(
        'sql',
        [
          `ATTACH ${literal(database.file)} AS release (READ_ONLY);`,
          `SELECT * FROM release.${identifier(table.name)} LIMIT 5;`,
          `SELECT * FROM ${literal(parquet)} LIMIT 5;`,
        ].join('\n'),
      ),
    ],
    ['Python, with pandas or polars:'],
    [
      fenced(
        'python',
        [
          'import pandas as pd',
          'import polars as pl',
          '',
          `with_pandas = pd.read_parquet("${inPandas}")`,
          `with_polars = pl.read_parquet("${parquet}")`,
        ].join('\n'),
      ),
    ],
    ['R, without packages:'],
    [fenced('r', `rows <- read.csv("${csv}", na.strings = "", encoding = "UTF-8")`)],
    ['JavaScript, with hyparquet and hyparquet-compressors:'],
    [
      fenced(
        'js',
        [
          "import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';",
          "import { compressors } from 'hyparquet-compressors';",
          '',
          `const file = await asyncBufferFromFile('${first ?? ''}');`,
          'const rows = await parquetReadObjects({ file, compressors });',
        ].join('\n'),
      ),
    ],
  ];
}

const toolkitTables: ReadonlySet<string> = new Set(Object.values<string>(reserved));

/** Of the tables of records, which have the shortest keys, the one with the most rows. */
function mostTelling(tables: readonly Table[], rowCounts: ReadonlyMap<string, number>): Table | undefined {
  const rows = (table: Table): number => rowCounts.get(table.name) ?? 0;
  return tables
    .filter((table) => !toolkitTables.has(table.name))
    .toSorted(
      (a, b) => a.primaryKey.length - b.primaryKey.length || rows(b) - rows(a) || compareText(a.name, b.name),
    )[0];
}

function provenance({ tables, rowCounts }: Described, files: ReadonlySet<string>): readonly (readonly string[])[] {
  const spans = tables.find((table) => table.name === reserved.provenance);
  if (spans === undefined) return [];
  const rows = count(rowCounts.get(spans.name) ?? 0, 'row');
  const prov = files.has('prov.jsonld')
    ? ` ${code('prov.jsonld')} (W3C PROV-O) tells which record was derived from which source.`
    : '';
  return [
    ['## From a value to its source'],
    [
      `${code(spans.name)} (${rows}) has a row for each record, field and span of a source document that supports it. A field is a JSON Pointer and stands for all that lies below it; the codebook gives the pointer of each column. Offsets count Unicode code points in the document's file; ${code('begins')} and ${code('ends')} are the span's first and last words.${prov}`,
    ],
  ];
}
