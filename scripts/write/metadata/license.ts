import { type License, dataLicense } from '../../read/dataset.ts';
import type { Described } from './described.ts';

/** LICENSE: the dataset's own text, else names and addresses of its licences; undefined if it gives none. */
export function licenseFile({ dataset, licenseText }: Described): string | undefined {
  if (licenseText !== undefined) return licenseText;
  const { licenses } = dataset;
  if (dataLicense(dataset) === undefined) return undefined;
  const lines = licenses.map(
    (each) => `${each.scope === undefined ? '' : `For the ${each.scope}: `}${licenseLine(each)}`,
  );
  return `${[dataset.title ?? dataset.name, '', ...lines].join('\n')}\n`;
}

/** A licence in one line: title, name and address, as far as they are given. */
export function licenseLine({ name, title, path }: License): string {
  const named = title === undefined ? name : `${title} (${name})`;
  return path === undefined ? named : `${named}, ${path}`;
}
