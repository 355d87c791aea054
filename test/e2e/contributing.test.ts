import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, root, run } from '../support/run.ts';

const guide = fs.readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8').split('## Mending what is there')[0] ?? '';
const blocks = (language: string): string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code]) => code ?? '');

/** The words of a shell line, of which some stand in double quotes. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''));
}

test('the way from fork to merge: every command shown works, and what comes of them has no fault', async () => {
  const folder = path.join(freshFolder(), 'demarche');
  for (const part of ['schema', 'raw']) fs.cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  const [article] = blocks('text');
  fs.writeFileSync(path.join(folder, '../article.txt'), article ?? '');
  fs.mkdirSync(path.join(folder, 'sources'));
  const lines = blocks('sh').join('').trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(15);
  // `report` needs the repository, which the other blocks (git) make
  for (const line of lines.filter((each) => !each.includes('demarche report'))) {
    const [, , name = '', ...args] = wordsOf(line);
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
  // the source, the person, the meeting and the statement of the guide
  expect(err).toMatch(new RegExp(`^validate: ${shipped.length + 4} records`, 'm'));
});
