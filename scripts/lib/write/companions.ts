import path from 'node:path';
import type { Table } from '../compile/model.ts';
import type { CommitFacts } from '../read/facts.ts';
import type { DatasetDescription, License, SchemaFolder } from '../read/schemas.ts';
import { count, printable } from '../text.ts';
import { reserved } from '../vocabulary.ts';
import { code, markdown } from './markdown.ts';
import { identifier, literal } from './sql.ts';

export interface CompanionsInput {
  readonly folder: SchemaFolder;
  readonly facts: CommitFacts;
  readonly tables: readonly Table[];
  readonly rowCounts: ReadonlyMap<string, number>;
  readonly databaseFile: string;
  readonly parquetFiles: (table: string) => readonly string[];
}

/** The files that stand beside the data for whoever opens a release first, by their path in it. */
export function companions(input: CompanionsInput): ReadonlyMap<string, string> {
  const { dataset, license, examples } = input.folder;
  const licenseText = license ?? licenseFile(dataset);
  return new Map([
    ['README.md', readme(input, licenseText !== undefined)],
    ...(licenseText === undefined ? [] : [['LICENSE', licenseText] as const]),
    ...[...examples].map(([name, text]) => [`examples/${name}`, text] as const),
  ]);
}

/** LICENSE of a dataset that brings no text of its own: what dataset.json says of its licences. */
function licenseFile({ name, title, version, licenses }: DatasetDescription): string | undefined {
  if (licenses.length === 0) return undefined;
  const lines = licenses.map((license) => `- ${printable(licenseWords(license))}\n`);
  return `${printable(title ?? name)}, version ${version}, is licensed under:\n\n${lines.join('')}`;
}

function licenseWords({ name, title, path: link, scope }: License): string {
  const called = title === undefined ? name : `${title} (${name})`;
  return `${scope === undefined ? '' : `${scope}: `}${called}${link === undefined ? '' : `, ${link}`}`;
}

/** README.md of a release: what it is, how to open it, how to check it. Names in it are those of this release. */
function readme(input: CompanionsInput, licensed: boolean): string {
  const { folder, facts, tables, rowCounts, databaseFile } = input;
  const { dataset, examples } = folder;
  const from = [facts.date, facts.commit === null ? null : `commit ${facts.commit}`].filter((fact) => fact !== null);
  const files = [databaseFile, 'datapackage.json', 'CODEBOOK.md'].map(code);
  return [
    `# ${markdown(dataset.title ?? dataset.name)}`,
    ...(dataset.description === undefined ? [] : [markdown(dataset.description)]),
    `Version ${markdown(dataset.version)}${from.length === 0 ? '' : ` (${markdown(from.join(', '))})`}.`,
    '## Tables',
    `Every table stands in ${code('csv/')}, ${code('parquet/')} and ${files[0]}, with the same rows in the same order. ${files[2]} explains every column and code; ${files[1]} says the same to programs (Data Package).`,
    [
      '| table | rows | what it holds |',
      '|---|---:|---|',
      ...tables.map(
        (t) => `| ${code(t.name)} | ${rowCounts.get(t.name) ?? 0} | ${markdown(t.description ?? t.title ?? '')} |`,
      ),
    ].join('\n'),
    ...opening(input),
    ...(examples.size === 0
      ? []
      : [
          '## Examples',
          `${count(examples.size, 'script')} in ${code('examples/')}, each to be run standing in this folder:`,
          [...examples.keys()].map((name) => `- ${code(`examples/${name}`)}`).join('\n'),
        ]),
    ...(tables.some(({ name }) => name === reserved.provenance) ? fromCellToSpan : []),
    '## Verify',
    fenced('sh', 'sha256sum -c SHA256SUMS'),
    ...(licensed
      ? [
          '## Licence',
          ...(dataset.licenses.length === 0
            ? []
            : [dataset.licenses.map((license) => `- ${markdown(licenseWords(license))}`).join('\n')]),
          `See ${code('LICENSE')}.`,
        ]
      : []),
  ]
    .join('\n\n')
    .concat('\n');
}

/** How to open the first table, in each of the languages that people analyse data in. */
function opening({ tables, databaseFile, parquetFiles }: CompanionsInput): string[] {
  const [table] = tables;
  if (table === undefined) return [];
  const csv = JSON.stringify(`csv/${table.name}.csv`);
  const files = parquetFiles(table.name);
  // a table in several files is opened by their folder
  const [only = ''] = files;
  const parquet = files.length === 1 ? only : path.posix.dirname(only);
  const query = `SELECT * FROM ${identifier(table.name)} LIMIT 5`;
  return [
    '## Open it',
    'In CSV an empty field is NULL and `""` is the empty text; Parquet and DuckDB bring the types along.',
    'pandas:',
    fenced('python', `import pandas as pd\n\ntable = pd.read_parquet(${JSON.stringify(parquet)})`),
    'polars:',
    fenced('python', `import polars as pl\n\ntable = pl.read_parquet(${JSON.stringify(parquet)})`),
    'R, without packages:',
    fenced('r', `table <- read.csv(${csv}, na.strings = "", encoding = "UTF-8")`),
    `DuckDB, in the database (${code(`duckdb ${databaseFile}`)}):`,
    fenced('sql', `${query};`),
    'or from the files:',
    fenced('sql', `SELECT * FROM ${literal(files.length === 1 ? parquet : `${parquet}/*.parquet`)} LIMIT 5;`),
    'JavaScript, with `@duckdb/node-api`:',
    fenced(
      'js',
      [
        "import { DuckDBInstance } from '@duckdb/node-api';",
        '',
        `const database = await DuckDBInstance.create(${JSON.stringify(databaseFile)}, { access_mode: 'READ_ONLY' });`,
        'const connection = await database.connect();',
        `const reader = await connection.runAndReadAll(${JSON.stringify(query)});`,
        'console.log(reader.getRowObjectsJson());',
      ].join('\n'),
    ),
  ];
}

const fromCellToSpan: readonly string[] = [
  '## From a cell to its source',
  `Each row of ${code(reserved.provenance)} is a span of a source document that supports a field of a record: ${code('table_name')} and ${code('record_id')} name the record, ${code('field')} the field as a JSON Pointer. The pointer of a column stands in ${code('CODEBOOK.md')}; a span supports the field that it names and all below it. ${code('span_start')} and ${code('span_end')} count Unicode code points of the document ${code('source_id')}; ${code('begins')} and ${code('ends')} are the span's first and last words, ${code('span_sha256')} is the digest of its UTF-8 bytes.`,
  fenced(
    'sql',
    `SELECT table_name, record_id, field, source_id, span_start, span_end, "begins", "ends"\nFROM ${reserved.provenance}\nORDER BY table_name, record_id, field\nLIMIT 10;`,
  ),
];

function fenced(info: string, text: string): string {
  return `\`\`\`${info}\n${text}\n\`\`\``;
}
