import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import type { ListedPlace } from '../../scripts/read/recordFolder.ts';
import { recordList } from '../../scripts/read/recordList.ts';
import { freshFolder, writeFiles } from '../support/run.ts';

/** Two tables in folders of their own. */
function placeIn(folder: string): ListedPlace {
  const sources = ['ports', 'ships'].map((table) => ({ table, folder: table, matches: () => true, select: undefined }));
  return { path: `${folder}/raw`, shown: 'raw', sources, layout: 'canonical' };
}

/** The machine's file system, with the folders below `raw` that are listed. */
function listing(listed: string[]): FileSystem {
  const disk = nodeFileSystem();
  const note = (folder: string): string => (listed.push(path.basename(folder)), folder);
  return {
    ...disk,
    list: (folder) => disk.list(note(folder)),
    listAhead: async (folder) => disk.list(note(`${folder} ahead`).slice(0, -' ahead'.length)),
  };
}

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
    const { files } = recordList(nodeFileSystem(), placeIn(folder)).all();
    expect(files.map(({ name }) => name)).toEqual(inOrder.filter((name) => names.includes(name)));
  },
);

test('no folder is listed before its files are needed, and none twice', async () => {
  const folder = freshFolder();
  writeFiles(folder, { 'raw/ports/a.json': '{}', 'raw/ports/in/b.json': '{}', 'raw/ships/c.json': '{}' });
  const listed: string[] = [];
  const list = recordList(listing(listed), placeIn(folder));
  expect(list.named(new Set(['ports/in/b.json', 'ships/c.json']))?.map(({ stem }) => stem)).toEqual(['b', 'c']);
  expect(listed).toEqual([]);
  expect(list.of('ships').map(({ stem }) => stem)).toEqual(['c']);
  expect(listed).toEqual(['raw', 'ships']);
  await list.ahead();
  expect(listed.slice(2)).toEqual(['raw ahead', 'ports ahead', 'in ahead', 'ships ahead']);
  expect(list.all().files.map(({ name }) => name)).toEqual(['ports/a.json', 'ports/in/b.json', 'ships/c.json']);
  expect(listed.length).toBe(6);
});

test('only what a listing would contain is found by its name', () => {
  const folder = freshFolder();
  const outside = { 'other.json': '{}', 'other/x.json': '{}' };
  const hidden = {
    'raw/ports/.a.json': '{}',
    'raw/ports/a.txt': '',
    'raw/ports/b.yaml': '',
    'raw/ports/.c/d.json': '{}',
  };
  writeFiles(folder, { 'raw/ports/a.json': '{}', 'raw/planes/a.json': '{}', ...hidden, ...outside });
  fs.symlinkSync(path.join(folder, 'raw/ports/a.json'), path.join(folder, 'raw/ports/inside.json'));
  fs.symlinkSync(path.join(folder, 'other.json'), path.join(folder, 'raw/ports/outside.json'));
  fs.symlinkSync(path.join(folder, 'other'), path.join(folder, 'raw/ports/linked'));
  fs.mkdirSync(path.join(folder, 'raw/ports/folder.json'));
  const names = [
    'a.json',
    'inside.json',
    'outside.json',
    'linked/x.json',
    'folder.json',
    'gone.json',
    '../../other.json',
  ]
    .concat(['.a.json', 'a.txt', 'b.yaml', '.c/d.json', 'a.json/a.json', 'x\0.json', '/a.json', ''])
    .map((name) => `ports/${name}`)
    .concat('planes/a.json', 'a.json', `ports/${'x'.repeat(300)}.json`);
  const list = recordList(nodeFileSystem(), placeIn(folder));
  const found = list.named(new Set(names))?.map(({ name }) => name);
  expect(found).toEqual(['ports/a.json', 'ports/inside.json']);
  expect(found).toEqual(list.all().files.map(({ name }) => name));
});

test('a file that is added is in its order, whether the others are listed before or after', () => {
  const folder = freshFolder();
  writeFiles(folder, { 'raw/ports/a.json': '{}', 'raw/ports/c.json': '{}', 'raw/ships/a.json': '{}' });
  const [before, after] = [placeIn(folder), placeIn(folder)].map((each) => recordList(nodeFileSystem(), each));
  before?.all();
  writeFiles(folder, { 'raw/ports/b.json': '{}' });
  const [made] = recordList(nodeFileSystem(), placeIn(folder)).named(new Set(['ports/b.json'])) ?? [];
  for (const list of [before, after]) {
    if (made !== undefined) list?.add(made);
    expect(list?.of('ports').map(({ stem }) => stem)).toEqual(['a', 'b', 'c']);
    expect(list?.all().files.map(({ name }) => name)).toEqual([
      'ports/a.json',
      'ports/b.json',
      'ports/c.json',
      'ships/a.json',
    ]);
  }
});
