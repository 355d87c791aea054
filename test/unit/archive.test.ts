import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { archiveOf } from '../../scripts/publish/archive.ts';
import { atomFeed } from '../../scripts/publish/feed.ts';
import { writeVersions } from '../../scripts/publish/versions.ts';
import { sha256 } from '../support/fixture.ts';
import { freshFolder, writeFiles } from '../support/run.ts';

const long = `csv/${'åäö_'.repeat(25)}.csv`;
const held = { 'a b.txt': 'x', [long]: 'y\n'.repeat(700), 'csv/empty.csv': '', 'datapackage.json': '{}' };

/** A folder with the files of a release, with another database each time. */
function release(files: Readonly<Record<string, string>>, database: string): string {
  const folder = freshFolder();
  const all = { ...files, 'bells.duckdb': database };
  const sums = Object.entries(all).map(([name, text]) => `${sha256(text)}  ${name}\n`);
  writeFiles(folder, { ...all, SHA256SUMS: sums.join(''), 'SHA256SUMS.sig': 'signature' });
  return folder;
}

test('an archive contains what is the same in every build, and is the same itself', () => {
  const [first, second] = ['one', 'two'].map((database) =>
    archiveOf(nodeFileSystem(), release(held, database), 'bells-1.0.0'),
  );
  expect(first).toEqual(second);
  const folder = freshFolder();
  fs.writeFileSync(path.join(folder, 'a.tar.gz'), first ?? '');
  execFileSync('tar', ['-xzf', 'a.tar.gz'], { cwd: folder });
  const at = path.join(folder, 'bells-1.0.0');
  for (const [name, text] of Object.entries(held)) expect(fs.readFileSync(path.join(at, name), 'utf8')).toBe(text);
  expect(fs.readdirSync(at).toSorted()).toEqual(['SHA256SUMS', 'a b.txt', 'csv', 'datapackage.json']);
  execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: at });
});

test('versions have addresses, archives and a feed if the dataset gives their base address', () => {
  const dist = freshFolder();
  const described = (version: string): Record<string, string> => ({
    'datapackage.json': JSON.stringify({
      name: 'bells',
      title: 'Bells & <towers>',
      created: `2022-0${version[0] ?? ''}-01T00:00:00Z`,
      baseUrl: 'https://example.org/bells/',
    }),
  });
  for (const version of ['1.0.0', '2.0.0'])
    fs.cpSync(release(described(version), version), path.join(dist, version), { recursive: true });
  writeVersions(nodeFileSystem(), dist);
  const versions: unknown = JSON.parse(fs.readFileSync(path.join(dist, 'versions.json'), 'utf8'));
  const archive = fs.readFileSync(path.join(dist, 'bells-2.0.0.tar.gz'));
  expect(versions).toMatchObject([
    {
      version: '2.0.0',
      url: 'https://example.org/bells/2.0.0/',
      archive: {
        path: 'bells-2.0.0.tar.gz',
        url: 'https://example.org/bells/bells-2.0.0.tar.gz',
        bytes: archive.length,
        sha256: sha256(archive),
      },
    },
    { version: '1.0.0' },
  ]);
  const feed = fs.readFileSync(path.join(dist, 'releases.atom'), 'utf8');
  expect(feed.match(/<(?:title|updated|id)>.*?</g)).toEqual([
    '<id>https://example.org/bells/<',
    '<title>Bells &amp; &lt;towers&gt;<',
    '<updated>2022-02-01T00:00:00Z<',
    '<id>https://example.org/bells/2.0.0/<',
    '<title>Bells &amp; &lt;towers&gt; 2.0.0<',
    '<updated>2022-02-01T00:00:00Z<',
    '<id>https://example.org/bells/1.0.0/<',
    '<title>Bells &amp; &lt;towers&gt; 1.0.0<',
    '<updated>2022-01-01T00:00:00Z<',
  ]);
  expect(atomFeed([])).toBeUndefined();
});
