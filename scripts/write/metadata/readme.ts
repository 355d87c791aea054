import type { Column, Table } from '../../compile/model.ts';
import { dataLicense } from '../../read/dataset.ts';
import { compareText, count } from '../../base/text.ts';
import { isUnreleased } from '../../release/unreleased.ts';
import { reserved } from '../../schema/extensions.ts';
import { citation } from './citation.ts';
import { type Described, placesOfRows } from './described.ts';
import { licenseLine } from './license.ts';
import { code, markdown, paragraphs } from './markdown.ts';
import { frontMatter } from './datasetCard.ts';
import { mostTelling } from './mostTelling.ts';
import { identifier, literal } from '../../engine/duckdb/sql.ts';

/**
 * README.md of a release: what it is, what is in it, how to open, check and cite it. It links to those of `files` that
 * exist.
 */
export function readme(described: Described, files: ReadonlySet<string>): string {
  const { dataset, facts, tables, derived, documents, examples } = described;
  const commit = facts.commit === null ? '' : `, commit ${code(facts.commit)}`;
  const date = facts.date === null ? '' : ` of ${facts.date.slice(0, 10)}`;
  const license = dataLicense(dataset);
  const sections: readonly (readonly string[])[] = [
    [frontMatter(described)],
    [`# ${markdown(dataset.title ?? dataset.name)}`],
    [sizeLine(described)],
    dataset.description === undefined ? [] : [paragraphs(dataset.description)],
    [`Version ${markdown(dataset.version)}${date}${commit}.`],
    isUnreleased(dataset.version) ? ['This is a build and not a release. Its content can change: cite a release.'] : [],
    dataset.homepage === undefined ? [] : [`Home: <${dataset.homepage}>`],
    ['Open [index.html](index.html) in a browser to explore it.'],
    ['## Tables'],
    [
      `Each table is in ${placesOfRows(described)}, with the same rows in the same order. ` +
        '[CODEBOOK.md](CODEBOOK.md) explains every column and code, [MAPPING.md](MAPPING.md) the way back ' +
        'from rows to records.',
    ],
    [contents(tables, described)],
    derived.length === 0 ? [] : ['Views, which are made from these tables:', contents(derived, described)],
    ...keyDiagram(tables),
    documents.size === 0
      ? []
      : [`Rules of the dataset: ${[...documents.keys()].map((name) => `[${name}](${name})`).join(', ')}.`],
    ...opening(described),
    examples.size === 0
      ? []
      : ['Scripts that answer questions. Run them in the folder of this release:', examplesList(examples)],
    ...cautions(described),
    ...provenance(described, files),
    ['## Check it'],
    [fenced('sh', 'sha256sum -c SHA256SUMS')],
    [
      `${code('datapackage.json')} (Data Package 2.0) describes every file, field and key; ` +
        `${code('croissant.json')} (Croissant 1.1) and ${code('schema.jsonld')} (schema.org) describe the ` +
        'same for other tools.',
    ],
    ['## Cite it'],
    [`> ${markdown(citation(dataset, facts))}`],
    files.has('CITATION.cff') ? [`${code('CITATION.cff')} is for reference managers.`] : [],
    ['## Licence'],
    [license === undefined ? 'The dataset does not state a licence.' : `${markdown(licenseLine(license))}.`],
    files.has('LICENSE') ? ['See [LICENSE](LICENSE).'] : [],
  ];
  return `${sections.flat().join('\n\n')}\n`;
}

/** The first line: the kind of dataset, and its size. */
function sizeLine({ tables, derived, rowCounts, file, formats, exportedFiles }: Described): string {
  const rows = tables.reduce((sum, { name }) => sum + (rowCounts.get(name) ?? 0), 0);
  const sizeOf = (title: string, names: readonly string[]): string =>
    `${megabytes(names.reduce((sum, name) => sum + file(name).bytes, 0))} as ${title}`;
  const views = derived.length === 0 ? '' : ` and ${count(derived.length, 'view')}`;
  const sizes = [
    sizeOf(
      'CSV',
      tables.map(({ name }) => `csv/${name}.csv`),
    ),
    ...formats.map((format) =>
      sizeOf(
        format.title,
        tables.flatMap(({ name }) => exportedFiles(format.name, name)),
      ),
    ),
  ];
  const traced = tables.some(({ name }) => name === reserved.provenance)
    ? ' Values are traced to the words of their sources.'
    : '';
  const numbers = `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'} in ${count(tables.length, 'table')}`;
  return `A relational dataset: ${numbers}${views} (${sizes.join(', ')}).${traced}`;
}

function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** The tables, with a sentence each. */
function contents(tables: readonly Table[], { rowCounts }: Described): string {
  const lines = tables.map(
    (table) => `| ${code(table.name)} | ${rowCounts.get(table.name) ?? 0} | ${markdown(whatItHolds(table))} |`,
  );
  return ['| table | rows | what it holds |', '|---|---|---|', ...lines].join('\n');
}

/** The first sentence of a table's description, else its title, else where its rows belong. */
function whatItHolds({ title, description, foreignKeys: [key] }: Table): string {
  const [sentence] = (description ?? '').split(/(?<=[.!?])\s/u, 1);
  if (sentence !== undefined && sentence !== '') return sentence;
  return title ?? (key === undefined ? '' : `Belongs to ${key.table}.`);
}

/** A diagram with more keys than this is unreadable. */
const mostDrawn = 60;

/** The foreign keys as a Mermaid diagram. */
function keyDiagram(tables: readonly Table[]): readonly (readonly string[])[] {
  const keys = tables.flatMap((table) => table.foreignKeys.map((key) => ({ from: table.name, ...key })));
  if (keys.length === 0 || keys.length > mostDrawn) return [];
  const lines = keys.map(({ from, table, columns }) => {
    const label = columns.join(', ');
    // a name can contain what ends a label, or the diagram
    return `  "${table}" ||--o{ "${from}" : "${/^[\p{L}\p{N}_, -]*$/u.test(label) ? label : ''}"`;
  });
  return [
    ['Each line leads from a table to one whose rows name a row of it:'],
    [fenced('mermaid', ['erDiagram', ...lines].join('\n'))],
  ];
}

/** The scripts by name, each with the question in its first line. */
function examplesList(examples: Described['examples']): string {
  return [...examples]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([name, text]) => `- [${name}](examples/${name})${after(question(text))}`)
    .join('\n');
}

/** The comment in the first line of a script; empty if it does not begin with one. */
function question(script: string): string {
  return /^(?:--|#|\/\/)\s*(.*)/u.exec(script)?.[1]?.trim() ?? '';
}

function after(text: string): string {
  return text === '' ? '' : `: ${markdown(text)}`;
}

function fenced(info: string, text: string): string {
  return `\`\`\`${info}\n${text}\n\`\`\``;
}

/** The same first look at one table in each tool; empty if there is no table. */
function opening({ tables, rowCounts, exportedFiles, database }: Described): readonly (readonly string[])[] {
  const table = mostTelling(tables, rowCounts);
  if (table === undefined) return [];
  const [first = '', ...others] = exportedFiles('parquet', table.name);
  const several = others.length > 0;
  const files: TableFiles = {
    table: table.name,
    database: database?.file,
    csv: `csv/${table.name}.csv`,
    parquet: several ? `parquet/${table.name}/*.parquet` : first,
    parquetFolder: several ? `parquet/${table.name}` : first,
    firstParquet: first,
  };
  return [
    ['## Open it'],
    ...tools.flatMap(({ words, info, code: lines }) => [[words(files)], [fenced(info, lines(files).join('\n'))]]),
  ];
}

/** The files of a table, as examples name them. */
interface TableFiles {
  readonly table: string;
  readonly database: string | undefined;
  readonly csv: string;
  /** All Parquet files: a pattern if there are several. */
  readonly parquet: string;
  /** The same for tools that read a folder. */
  readonly parquetFolder: string;
  readonly firstParquet: string;
}

const tools: readonly {
  readonly words: (files: TableFiles) => string;
  readonly info: string;
  readonly code: (files: TableFiles) => readonly string[];
}[] = [
  {
    words: ({ database }) =>
      'From the folder of this release. DuckDB, ' +
      `${database === undefined ? 'a single file' : 'the database, and then a single file'}:`,
    info: 'sql',
    code: ({ table, database, parquet }) => [
      ...(database === undefined
        ? []
        : [
            `ATTACH ${literal(database)} AS release (READ_ONLY);`,
            `SELECT * FROM release.${identifier(table)} LIMIT 5;`,
          ]),
      `SELECT * FROM ${literal(parquet)} LIMIT 5;`,
    ],
  },
  {
    words: () => 'Python, with pandas, polars or DuckDB:',
    info: 'python',
    code: ({ table, database, parquet, parquetFolder }) => [
      'import duckdb',
      'import pandas as pd',
      'import polars as pl',
      '',
      `with_pandas = pd.read_parquet("${parquetFolder}")`,
      `with_polars = pl.read_parquet("${parquet}")`,
      database === undefined
        ? `with_duckdb = duckdb.read_parquet("${parquet}").df()`
        : `with_duckdb = duckdb.connect("${database}", read_only=True).table("${table}").df()`,
    ],
  },
  {
    words: () => 'R, without packages:',
    info: 'r',
    code: ({ csv }) => [`rows <- read.csv("${csv}", na.strings = "", encoding = "UTF-8")`],
  },
  {
    words: () => 'Spark, from CSV:',
    info: 'scala',
    // the mark for NULL must not be a text in the data: otherwise the empty text would become NULL
    code: ({ csv }) => [
      'val rows = spark.read.option("header", true).option("multiLine", true).option("escape", "\\"")',
      `  .option("nullValue", "\\u0000").csv("${csv}")`,
    ],
  },
  {
    words: () => 'Hugging Face `datasets`, a configuration for each table:',
    info: 'py',
    code: ({ table }) => [
      'from datasets import load_dataset',
      '',
      `rows = load_dataset(".", "${table}", split="train")`,
    ],
  },
  {
    words: () => 'JavaScript, with hyparquet and hyparquet-compressors:',
    info: 'js',
    code: ({ firstParquet }) => [
      "import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';",
      "import { compressors } from 'hyparquet-compressors';",
      '',
      `const file = await asyncBufferFromFile('${firstParquet}');`,
      'const rows = await parquetReadObjects({ file, compressors });',
    ],
  },
];

/** What can surprise readers of such data, for the features that this dataset has. */
function cautions({ tables }: Described): readonly (readonly string[])[] {
  const columns = tables.flatMap((table) => table.columns);
  const has = (type: Column['type']): boolean => columns.some((column) => column.type === type);
  const uncertain = columns.find(({ name }) => columns.some((column) => column.name === `${name}_precision`))?.name;
  const either = columns.find(({ tableFor }) => tableFor !== undefined);
  const lines = [
    either?.tableFor === undefined
      ? undefined
      : `A column such as ${code(either.tableFor.column)} names records of several tables: ` +
        `${code(either.name)} says which table, so a join needs both.`,
    uncertain === undefined
      ? undefined
      : `Dates such as ${code(uncertain)} can be uncertain or approximate: they are texts in Extended ` +
        `Date/Time Format, and \`2022-02~\` is not a day. To sort or compare, use ` +
        `${code(`${uncertain}_earliest`)} and ${code(`${uncertain}_latest`)}; they are empty if an end is ` +
        'open or unknown.',
    has('date') || has('timestamp')
      ? 'pandas reads days from Parquet as objects. `pd.read_parquet(file, dtype_backend="pyarrow")` keeps ' +
        'them as days, and whole numbers with gaps as whole numbers.'
      : undefined,
    has('integer')
      ? 'JavaScript gets whole numbers from Parquet and DuckDB as `BigInt`: use `Number(value)` before arithmetic.'
      : undefined,
    'In CSV only an empty field is missing. `NA` is text, for example the code of Namibia: ' +
      'in pandas pass `keep_default_na=False, na_values=[""]`, in R `na.strings = ""`.',
    'R reads a CSV column without values as logical: give `colClasses` if the type matters.',
    has('json') ? 'Columns of JSON, such as `_rest`, are text in CSV and have their own type in Parquet.' : undefined,
  ];
  const told = lines.filter((line) => line !== undefined);
  return [['## Before you compute'], [told.map((line) => `- ${line}`).join('\n')]];
}

/** A query for the spans that support fields of the table in the other examples. */
function evidenceQuery(table: Table | undefined): string {
  const lines = ['SELECT record_id, field, source_id, span_start, span_end, "begins", "ends"', 'FROM provenance'];
  if (table !== undefined) lines.push(`WHERE table_name = ${literal(table.name)}`);
  return `${[...lines, 'LIMIT 5'].join('\n')};`;
}

function provenance({ tables, rowCounts }: Described, files: ReadonlySet<string>): readonly (readonly string[])[] {
  const spans = tables.find((table) => table.name === reserved.provenance);
  if (spans === undefined) return [];
  const rows = count(rowCounts.get(spans.name) ?? 0, 'row');
  const prov = files.has('prov.jsonld')
    ? ` ${code('prov.jsonld')} (W3C PROV-O) says which record was derived from which source.`
    : '';
  return [
    ['## From a value to its source'],
    [
      `${code(spans.name)} (${rows}) has a row for each record, field and span of a source document that ` +
        'supports it. A field is a JSON Pointer and includes everything below it; the codebook gives the ' +
        'pointer of each column. This lists the evidence for the records of a table:',
    ],
    [fenced('sql', evidenceQuery(mostTelling(tables, rowCounts)))],
    [
      'The documents themselves are not in the release. If you have them, the offsets lead to the whole ' +
        `passage: they count Unicode code points in the document's file. ${code('begins')} and ` +
        `${code('ends')} are the span's first and last words.${prov}`,
    ],
  ];
}
