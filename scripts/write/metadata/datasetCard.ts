import licenseIds from 'spdx-license-ids/index.json' with { type: 'json' };
import { stringify } from 'yaml';
import type { Table } from '../../compile/model.ts';
import { defined, unlessEmpty } from '../../json/json.ts';
import { dataLicense } from '../../read/dataset.ts';
import type { Described } from './described.ts';
import { mostTelling } from './mostTelling.ts';

/** Size categories by number of rows, as Hugging Face names them. */
const sizes: readonly (readonly [below: number, name: string])[] = [
  [1e3, 'n<1K'],
  [1e4, '1K<n<10K'],
  [1e5, '10K<n<100K'],
  [1e6, '100K<n<1M'],
  [1e7, '1M<n<10M'],
  [1e8, '10M<n<100M'],
  [1e9, '100M<n<1B'],
];

/** The front matter of a dataset card, which Hugging Face `datasets` reads: a configuration for each table and view. */
export function frontMatter(described: Described): string {
  const { dataset, tables, derived, rowCounts, exportedFiles } = described;
  const license = dataLicense(dataset);
  const known = license !== undefined && licenseIds.includes(license.name);
  const rows = tables.reduce((sum, { name }) => sum + (rowCounts.get(name) ?? 0), 0);
  // `datasets` says that a table without rows has no data
  const hasRows = ({ name }: Table): boolean => (rowCounts.get(name) ?? 0) > 0;
  const first = mostTelling(tables, rowCounts)?.name;
  const fields = defined({
    pretty_name: dataset.title ?? dataset.name,
    license: known ? license.name.toLowerCase() : license === undefined ? undefined : 'other',
    license_name: known ? undefined : license?.name,
    license_link: known ? undefined : license?.path,
    tags: unlessEmpty([...new Set(dataset.keywords)]),
    size_categories: [sizes.find(([below]) => rows < below)?.[1] ?? 'n>1B'],
    configs: [...tables, ...derived].filter(hasRows).map(({ name }) =>
      defined({
        config_name: name,
        data_files: [{ split: 'train', path: filesOf(exportedFiles('parquet', name), name) }],
        default: name === first ? true : undefined,
      }),
    ),
  });
  return `---\n${stringify(fields, { lineWidth: 0 })}---`;
}

/** One path for the Parquet files of a table. */
function filesOf(files: readonly string[], name: string): string {
  return files.length > 1 ? `parquet/${name}/*.parquet` : (files[0] ?? '');
}
