import { expect, test } from 'vitest';
import { describeDataset } from '../../scripts/read/dataset.ts';
import { citation } from '../../scripts/write/metadata/citation.ts';

const [ida, doi, date] = [[{ title: 'Ida Berg' }], '10.1234/x', '2026-05-04T10:00:00Z'];

test.each<[string, object, string | null, string]>([
  ['by creators', { contributors: ida }, date, 'Ida Berg (2026). Stations (version 1.1.0) [Data set].'],
  ['by creators, without a date', { contributors: ida }, null, 'Ida Berg. Stations (version 1.1.0) [Data set].'],
  ['by the title', {}, date, 'Stations (version 1.1.0) [Data set]. (2026).'],
  [
    'by the title, with an address',
    { doi },
    date,
    'Stations (version 1.1.0) [Data set]. (2026). https://doi.org/10.1234/x',
  ],
  ['by the title, without a date', {}, null, 'Stations (version 1.1.0) [Data set].'],
])('a dataset is cited %s', (_, more, on, cited) => {
  const dataset = describeDataset({ name: 'stations', title: 'Stations', version: '1.1.0', ...more }, 'stations');
  expect(citation(dataset, { commit: null, date: on })).toBe(cited);
});
