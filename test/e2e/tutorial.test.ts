import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { git } from '../support/repository.ts';
import { freshFolder, root, run, writeFiles } from '../support/run.ts';

const tutorial = fs.readFileSync(path.join(root, 'TUTORIAL.md'), 'utf8');
const blocks = [...tutorial.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map(([, language, code = '']) => ({
  language,
  code,
}));
const codeIn = (language: string): readonly string[] =>
  blocks.flatMap((block) => (block.language === language ? [block.code] : []));

/** The words of a shell line, some of them in double quotes. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''));
}

/** Does what a line says; the package test installs the toolkit and its hook. Fails for an unknown line. */
async function follow(folder: string, line: string): Promise<void> {
  const [program = '', ...args] = wordsOf(line);
  if (/^npm (?:pack|install) |demarche hooks$/.test(line)) return;
  if (line === 'mkdir ../lights && cd ../lights && git init') return void git(folder, 'init');
  if (program === 'mkdir') {
    for (const each of args) fs.mkdirSync(path.join(folder, each));
    return;
  }
  if (program === 'git') return void git(folder, ...args);
  const [toolkit, name = '', ...given] = args;
  const { status, out, err } = await run(folder, name, given);
  if (`${program} ${toolkit}` !== 'npx demarche' || status !== 0) throw new Error(`${line}\n${out}${err}`);
}

test('every command of the tutorial works', async () => {
  const folder = path.join(freshFolder(), 'lights');
  fs.mkdirSync(folder);
  const [schema = '', sources = '', repairs = ''] = codeIn('json');
  const [text = ''] = codeIn('text');
  const [view = '', check = ''] = codeIn('sql');
  const lines = codeIn('sh').join('').trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(20);
  for (const line of lines.filter((each) => !each.includes('--from'))) {
    if (line === 'mkdir raw/keepers') writeFiles(folder, { 'schema/keepers.schema.json': schema });
    if (line === 'mkdir raw/sources raw/repairs')
      writeFiles(folder, {
        'schema/sources.schema.json': sources,
        'schema/repairs.schema.json': repairs,
        '../log.txt': text,
      });
    if (line.includes('--checks'))
      writeFiles(folder, { 'schema/views/keepers_by_light.sql': view, 'schema/checks/kept_before_lit.sql': check });
    if (line.includes('Release 0.2.0')) {
      const description = fs.readFileSync(path.join(folder, 'schema/dataset.json'), 'utf8');
      writeFiles(folder, { 'schema/dataset.json': description.replace('"0.1.0"', '"0.2.0"') });
    }
    await follow(folder, line);
  }
  expect(fs.readFileSync(path.join(folder, 'dist/0.1.0/csv/keepers_by_light.csv'), 'utf8')).toMatch(
    /^light,keepers\n.+,1\n$/,
  );
  expect(git(folder, 'tag').trim().split('\n')).toEqual(['v0.1.0', 'v0.2.0']);
  expect(git(folder, 'status', '--porcelain')).toBe('');
  const spans = fs.readFileSync(path.join(folder, 'dist/0.2.0/csv/provenance.csv'), 'utf8');
  expect(spans).toMatch(/^repairs,lens-1911,\/work,log-1911,.*,fitted,lens$/m);
  const changelog = fs.readFileSync(path.join(folder, 'dist/0.2.0/CHANGELOG.md'), 'utf8');
  expect(changelog).toContain('keepers');
  // the check finds something
  await run(folder, 'new', ['keepers', '--set', 'name=Cy Bell', '--set', 'light=eddystone', '--set', 'since=1700']);
  expect((await run(folder, 'validate', ['--checks'])).out).toContain('before the light was first lit');
});

test('README creates a dataset as the tutorial does', () => {
  const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
  const section = readme.slice(readme.indexOf('## Use it for your own dataset'), readme.indexOf('## How it compares'));
  const [, commands = ''] = /^```sh\n([\s\S]*?)^```/m.exec(section) ?? [];
  expect(commands.split('\n').length).toBeGreaterThan(5);
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  expect(commands).toContain(`/demarche-${version}.tgz\n`);
  expect(codeIn('sh').join('').startsWith(commands)).toBe(true);
});

test('init --from, as the tutorial shows it', async () => {
  const folder = freshFolder();
  writeFiles(folder, { 'path/to/records/ships.json': [{ id: 'anna' }] });
  await follow(folder, codeIn('sh').find((code) => code.includes('--from')) ?? '');
  expect(fs.existsSync(path.join(folder, 'schema/ships.schema.json'))).toBe(true);
});

test('the tutorial names each property of the configuration, and no other', () => {
  const file = path.join(root, 'scripts/project/config.schema.json');
  const { properties } = JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly properties: object };
  const rows = [...tutorial.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  expect(rows).toEqual(Object.keys(properties).filter((name) => name !== '$schema'));
});

test('other people’s records, with their own folders and names', async () => {
  const top = freshFolder();
  const [config = ''] = codeIn('jsonc');
  const of = (folder: string): string => path.join(root, 'test/cases/advisories', folder);
  fs.cpSync(of('raw'), path.join(top, 'database'), { recursive: true });
  fs.cpSync(of('schema'), path.join(top, 'specification'), { recursive: true });
  const version = (number: string): Readonly<Record<string, object>> => ({
    'specification/dataset.json': {
      name: 'advisories',
      version: number,
      title: 'Advisories',
      licenses: [{ name: 'CC0-1.0', scope: 'data' }],
    },
  });
  writeFiles(top, {
    'demarche.config.json': config.replaceAll(/,(?=\s*\})/g, ''),
    '.gitignore': '/dist/\n',
    ...version('1.0.0'),
  });
  git(top, 'init', '--quiet');
  const commit = (subject: string): void => {
    git(top, 'add', '--all');
    // the hook calls the toolkit that is installed, and none is here
    git(top, 'commit', '--quiet', '--no-verify', '--message', subject);
  };
  const inside = path.join(top, 'database/advisories/2023');
  const call = async (name: string, ...args: readonly string[]): Promise<string> => {
    const { status, out, err } = await run(inside, name, args);
    expect(status, `${name}\n${out}${err}`).toBe(0);
    return out;
  };
  await call('fix');
  commit('Begin');
  for (const name of ['validate', 'build', 'verify', 'hooks', 'staged', 'release']) await call(name);
  const [file] = fs.readdirSync(inside);
  const at = path.join(inside, file ?? '');
  fs.writeFileSync(at, fs.readFileSync(at, 'utf8').replace(/"summary": "/, '"summary": "Corrected: '));
  writeFiles(top, version('1.0.1'));
  commit('Correct a summary');
  expect(await call('report', '--base', 'v1.0.0')).toContain('Corrected: ');
  expect(await call('diff', '--base', 'v1.0.0')).toContain('advisories: 1 record');
  await call('release');
  await call('verify', '--release', '../../../dist/1.0.1');
  await call('trace', `advisories/${path.basename(file ?? '', '.json')}`);
});
