import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { codeBlocks, shellLines, shellWords } from '../support/markdown.ts';
import { freshFolder, root, run, writeFiles } from '../support/run.ts';

const guide = fs.readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8');
const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');

test('from fork to merge: every command shown works, and the result has no fault', async () => {
  const folder = path.join(freshFolder(), 'demarche');
  for (const part of ['schema', 'raw']) fs.cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  const [article = ''] = codeBlocks(guide, 'text');
  const [batch = ''] = codeBlocks(guide, 'yaml');
  writeFiles(path.dirname(folder), { 'article.txt': article, 'talks.yaml': batch });
  fs.mkdirSync(path.join(folder, 'sources'));
  const lines = shellLines(guide);
  expect(lines.length).toBeGreaterThan(12);
  // `report` needs the repository, which the other blocks (git) make; `curate` has tests of its own
  for (const line of lines.filter((each) => !/demarche (?:report|curate)/.test(each))) {
    const [, , name = '', ...args] = shellWords(line);
    const folders = ['--schema', 'schema', '--raw', 'raw', '--sources', 'sources'];
    const { out, err, status } = await run(folder, name, [...args, ...folders]);
    expect(status, `${line}\n${out}${err}`).toBe(0);
  }
  const { out, err } = await run(folder, 'validate', [
    '--schema',
    'schema',
    '--raw',
    'raw',
    '--sources',
    'sources',
    '--strict',
  ]);
  expect(out).toBe('');
  const shipped = fs
    .readdirSync(path.join(root, 'raw'), { recursive: true })
    .filter((name) => String(name).endsWith('.json'));
  // the source, the two persons, the meeting and the statement of the guide
  expect(err).toMatch(new RegExp(`^validate: ${shipped.length + 5} records`, 'm'));
});

test('every flag of a command shown in README and CONTRIBUTING exists', async () => {
  const lines = [...`${readme}\n${guide}`.matchAll(/npx demarche (\w+)((?:\\\n|[^\n`])*)/g)];
  expect(lines.length).toBeGreaterThan(20);
  const folder = freshFolder();
  for (const name of new Set(lines.map(([, each = '']) => each))) {
    const { out, status } = await run(folder, name, ['--help']);
    const flags = lines.flatMap(([, each, rest = '']) => (each === name ? [...rest.matchAll(/ (--[a-z-]+)/g)] : []));
    expect(status, name).toBe(0);
    for (const [, flag] of flags) expect(out, name).toContain(`${flag}`);
  }
});

test('README adds a record, and shows its evidence', async () => {
  const folder = path.join(freshFolder(), 'demarche');
  for (const part of ['schema', 'raw']) fs.cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  fs.mkdirSync(path.join(folder, 'sources'));
  const section = readme.slice(readme.indexOf('## Add a record'), readme.indexOf('## Use it for your own'));
  const files = [...section.matchAll(/^cat > (\S+) <<'END'\n([\s\S]*?)^END$/gm)];
  writeFiles(folder, Object.fromEntries(files.map(([, name = '', text = '']) => [name, text])));
  const lines = [...section.matchAll(/^npx demarche (.*)$/gm)].map(([, line = '']) => shellWords(line));
  expect([files.length, lines.length]).toEqual([2, 3]);
  const printed: string[] = [];
  for (const [name = '', ...args] of lines) {
    const { out, err, status } = await run(folder, name, [...args, '--sources', 'sources']);
    expect(status, `${name}\n${out}${err}`).toBe(0);
    printed.push(out);
  }
  const [shown = ''] = /(?<=^```text\n)[\s\S]*?(?=^```)/m.exec(readme) ?? [];
  expect(shown).not.toBe('');
  expect(printed.join('')).toContain(shown);
});
