import { expect, test } from 'vitest';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { recordList } from '../../scripts/read/recordList.ts';
import { freshFolder, writeFiles } from '../support/run.ts';

const inOrder = [
  'ports/a.json',
  'ports/a.ndjson',
  'ports/a-b.json',
  'ports/a.b.json',
  'ports/a/c.json',
  'ports/b.json',
  'ports/\uff41.json',
  'ports/𝄞.json',
  'ships/a.json',
];

test.each([inOrder, inOrder.toReversed(), ['ports/a-b.json', 'ports/a.json'], ['ports/a.json', 'ports/a.ndjson'], []])(
  'files are in the order of their tables, then of their paths without the ending: %j',
  (...names) => {
    const folder = freshFolder();
    writeFiles(folder, Object.fromEntries(names.map((name) => [`raw/${name}`, '{}'])));
    writeFiles(folder, { 'raw/ports/README.md': '' });
    const tables = ['ports', 'ships'].map((table) => ({
      table,
      folder: table,
      matches: () => true,
      select: undefined,
    }));
    const place = { path: `${folder}/raw`, shown: 'raw', sources: tables, layout: 'canonical' } as const;
    const { files } = recordList(nodeFileSystem(), place).all();
    expect(files.map(({ name }) => name)).toEqual(inOrder.filter((name) => names.includes(name)));
  },
);
