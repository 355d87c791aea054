import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultOf } from '../../scripts/comment/fault.mjs';
import { printable } from '../../scripts/comment/printable.mjs';
import { type Report, renderReport } from '../../scripts/comment/render.mjs';
import type { RecordChange } from '../../scripts/compare/difference.ts';
import { reviewReport } from '../../scripts/compare/review.ts';
import { crossing, document, here, sha256 } from '../support/fixture.ts';
import { outsideCode, render } from '../support/markdown.ts';
import { commit, git, repository } from '../support/repository.ts';
import { root, run, writeFiles } from '../support/run.ts';

const schemaFile = path.join(root, 'scripts/comment/report.schema.json');
const schema = JSON.parse(fs.readFileSync(schemaFile, 'utf8')) as Parameters<typeof faultOf>[0];

const report = async (folder: string, base = 'main'): Promise<string> => {
  const { out, status } = await run(folder, 'report', [...here, '--base', base]);
  expect(status).toBe(0);
  return out;
};

describe('report', () => {
  test('shows counts, the bump, and samples with the edges of their evidence, without derived columns', async () => {
    const folder = repository();
    writeFiles(folder, {
      'raw/crossings/monday-ystad.json': {
        ...crossing,
        on: '2022-03',
        cars: 41,
        stops: [{ port: 'ystad', crew: ['Bo'] }],
      },
      'raw/ships/bea.json': { id: 'bea', name: 'Bea' },
    });
    expect(await report(folder)).toMatchInlineSnapshot(`
      "**\`ships\`: 1 record added; \`crossings\`: 1 record changed.**

      Minimum version bump: **minor** (\`ships: 1 record added\`).

      ### \`ships\`

      - **\`bea\`** added
        - \`name: "Bea"\`

      ### \`crossings\`

      - **\`monday-ystad\`** changed
        - \`on: "2022-02-28" → "2022-03"\`
        - \`cars: 40 → 41\` — evidence: \`gazette: “left Ystad on Monday with 40 cars.”\`
        - \`− stops [1]: port "trelleborg"\`
        - \`crossings_stops_crew [0,0] value: "Ida" → "Bo"\`
        - \`− stops_crew [0,1]: "Öland, \\"Bo\\""\`
      "
    `);
  });

  test('shows everything in a new record, including lists, and that evidence was not compared', async () => {
    const folder = repository();
    writeFiles(folder, { 'raw/crossings/tuesday-ystad.json': { ...crossing, id: 'tuesday-ystad' } });
    expect(await report(folder)).not.toMatch(/not compared/);
    fs.rmSync(path.join(folder, 'sources/gazette.txt'));
    const told = await report(folder);
    expect(told).toMatch(/^> Evidence not compared, because the text is not available here: `gazette`\. If you have/);
    const [, fold = ''] = told.split('### `crossings`');
    expect(fold).toContain('- **`tuesday-ystad`** added (evidence not compared)\n  - `kind: "departure"`\n');
    expect(fold).toContain('  - evidence: `gazette: “left … cars.”`\n    - `port: "ystad"`\n    - `cars: 40`\n');
    expect(fold).toContain('  - `stops [0]: port "ystad"`\n');
    expect(fold).toContain('  - `stops_crew [0,0]: "Ida"`\n');
  });

  test('a large record does not hide the others', async () => {
    const folder = repository();
    const ships = Array.from({ length: 40 }, (_, i) => [
      `raw/ships/s${String(i).padStart(2, '0')}.json`,
      { id: `s${String(i).padStart(2, '0')}`, name: `${i} `.repeat(i % 2 === 0 ? 3000 : 1) },
    ]);
    writeFiles(folder, Object.fromEntries(ships) as Record<string, object>);
    const [, fold = ''] = (await report(folder)).split('<summary>Every change</summary>');
    for (let i = 0; i < 40; i++) expect(fold).toContain(`- \`s${String(i).padStart(2, '0')}\` added\n`);
    expect(fold).toContain('- `s39` added\n  - `name: "39 "`');
  });

  test('prints JSON for the comment, and appends Markdown to the summary of the job', async () => {
    const folder = repository();
    writeFiles(folder, { 'summary.md': 'before\n', 'raw/ships/bea.json': { id: 'bea', name: '@ida' } });
    const args = [...here, '--base', 'main', '--format', 'json', '--summary', 'summary.md'];
    const { out, status } = await run(folder, 'report', args);
    expect(status).toBe(0);
    const given: unknown = JSON.parse(out);
    expect(faultOf(schema, given)).toBeUndefined();
    const summary = fs.readFileSync(path.join(folder, 'summary.md'), 'utf8');
    expect(summary).toBe(`before\n${await report(folder)}`);
    expect(renderReport(given as Report)).toBe(await report(folder));
  });

  test('never exceeds the limit of a comment, for any change', () => {
    const wide = '\u{e0041}\u202e漢`'.repeat(300);
    const records = Array.from({ length: 6000 }, (_, i): RecordChange => {
      const record = { table: `t${i % 250}${wide}`, id: i % 50 === 0 ? `${i}${wide}` : String(i) };
      const row = { change: 'changed' as const, record, table: record.table, row: [record.id], old: wide, new: wide };
      return {
        ...record,
        change: 'changed',
        rows:
          i < 9000
            ? [
                { ...row, field: wide },
                { ...row, field: 'a' },
              ]
            : [],
      };
    });
    const rows = records.flatMap((record) => record.rows);
    const changes = records
      .slice(0, 500)
      .map(({ table }) => ({ bump: 'major' as const, table, column: wide, what: wide }));
    const edition = { version: '1.0.0', tables: [], views: [], rows: new Map(), records: new Map() };
    const difference = { from: '1.0.0', to: '2.0.0', schema: changes, rows, records };
    const given = reviewReport(difference, edition, edition, {
      deleted: 1,
      unseen: Array<string>(50).fill(wide),
      outliers: [],
      broken: Array<string>(60).fill(wide),
      alike: Array<string>(60).fill(wide),
      wordsOf: () => undefined,
    });
    expect(faultOf(schema, given)).toBeUndefined();
    expect(Buffer.byteLength(printable(JSON.stringify(given)))).toBeLessThan(1024 * 1024);
    const text = renderReport(given);
    expect(text.length).toBeLessThan(60_000);
    expect(text).toMatch(/… and \d+ parts more than a comment holds/);
  });

  test('puts changed evidence first', async () => {
    const folder = repository();
    const words = 'on Monday with 40 cars.';
    const at = Array.from(document.slice(0, document.indexOf(words))).length;
    const [span] = crossing.evidence;
    const narrow = { start: at, end: at + words.length, sha256: sha256(words), begins: 'on', ends: 'cars.' };
    writeFiles(folder, {
      'raw/crossings/a.json': { ...crossing, id: 'a', cars: 1 },
      'raw/crossings/b.json': { ...crossing, id: 'b' },
    });
    git(folder, 'add', '--all');
    git(folder, 'commit', '-q', '-m', 'Add two');
    writeFiles(folder, {
      'raw/crossings/a.json': { ...crossing, id: 'a', cars: 2 },
      'raw/crossings/b.json': { ...crossing, id: 'b', evidence: [{ ...span, ...narrow }] },
    });
    const text = await report(folder, 'HEAD');
    expect(text.indexOf('**`b`**')).toBeLessThan(text.indexOf('**`a`**'));
    expect(text).toContain(
      '- **`b`** changed\n  - `/port, /cars: “left Ystad on Monday with 40 cars.” → “on Monday with 40 cars.”`\n',
    );
  });

  test('puts numbers and dates first that are far from those of the other records', async () => {
    const others = Array.from({ length: 9 }, (_, i) => [
      `raw/crossings/c${i}.json`,
      { ...crossing, id: `c${i}`, cars: 3 + i, on: `2022-03-0${i + 1}` },
    ]);
    const folder = repository(Object.fromEntries(others) as Record<string, object>);
    writeFiles(folder, {
      'raw/crossings/c8.json': { ...crossing, id: 'c8', cars: 30000 },
      'raw/crossings/new.json': { ...crossing, id: 'new', cars: 12, on: '2202-03-01' },
    });
    const [before = '', after = ''] = (await report(folder)).split('### Outliers\n\n');
    expect(before).not.toContain('###');
    expect(after.split('\n\n')[0]?.split('\n')).toEqual([
      '- `crossings/c8 cars: 30000; the others are 3 to 40`',
      '- `crossings/new on: 2202-03-01; the others are 2022-02-28 to 2022-03-08`',
    ]);
  });

  test('names records that a new one resembles, quotes two spans, and gives the length of wide ones', async () => {
    const folder = repository();
    const text = `The ship left ${'very '.repeat(60)}late. It had 7 cars.`;
    const spanOf = (words: string): object => ({
      source: 'letter',
      start: text.indexOf(words),
      end: text.indexOf(words) + words.length,
      sha256: sha256(words),
      begins: words.split(' ')[0],
      ends: words.split(' ').at(-1),
      supports: ['/port', '/cars'],
    });
    const wide = text.slice(0, text.indexOf(' It'));
    const paper = (id: string): object => ({ id, document: { file: 'letter.txt', sha256: sha256(text) } });
    writeFiles(folder, {
      'sources/letter.txt': text,
      'raw/papers/letter.json': paper('letter'),
      'raw/papers/letter-again.json': paper('letter-again'),
      'raw/crossings/c.json': { ...crossing, id: 'c', cars: 7, evidence: [spanOf(wide), spanOf('7 cars')] },
    });
    const told = await report(folder);
    expect(told).toContain(
      '### Similar to another record\n\n- `papers/letter-again: the document is the same as in "papers/letter"`\n',
    );
    expect(told).toMatch(/evidence: `letter: “The ship [^`]* … [^`]*late\.” \(319 characters\) and “7 cars”`\n/);
  });

  test('names references of changed records, and to removed ones, that lead to no record', async () => {
    const other = { id: 'other', document: { file: 'other.txt', sha256: sha256('A text.') } };
    const folder = repository({
      'raw/papers/other.json': other,
      'raw/ports/rostock.json': { id: 'rostock', name: 'R' },
    });
    git(folder, 'rm', '-q', 'raw/ships/anna.json', 'raw/papers/gazette.json');
    writeFiles(folder, {
      'raw/crossings/t.json': { id: 't', kind: 'arrival', ship: 'berta', on: '2022-03-01', port: 'rostock' },
      'raw/crossings/u.json': { id: 'u', kind: 'arrival', ship: 'clara', on: '2022-03-01', stops: [{ port: 'x' }] },
      'raw/ships/clara.json': { id: 'clara', name: 'Clara' },
    });
    const [, after = ''] = (await report(folder)).split('### References to records that do not exist\n\n');
    expect(after.split('\n\n')[0]?.split('\n')).toEqual([
      '- `crossings/t at /ship: no ships record "berta"`',
      '- `crossings/u at /stops/0/port: no ports record "x"`',
      '- `crossings/monday-ystad at /ship: no ships record "anna"`',
      '- `crossings/monday-ystad at /evidence/0/source: no papers record "gazette"`',
    ]);
  });

  test('finds records in lines, so that a reference to one is not broken', async () => {
    const folder = repository();
    git(folder, 'rm', '-q', 'raw/ships/anna.json');
    writeFiles(folder, {
      'raw/ships/all.ndjson': '{"id":"anna","name":"Anna"}\n{"id":"bea","name":"Bea"}\n',
      'raw/crossings/t.json': { id: 't', kind: 'arrival', ship: 'bea', on: '2022-03-01' },
    });
    const told = await report(folder);
    expect(told).toContain('`ships`: 1 record added');
    expect(told).not.toContain('### References');
    writeFiles(folder, { 'raw/ships/all.ndjson': '{"id":"anna","name":"Anna"}\n' });
    expect(await report(folder)).toContain('- `crossings/t at /ship: no ships record "bea"`');
  });

  test('shows every change once, and folds them if some are not among the samples', async () => {
    const folder = repository();
    const ship = (id: string, name = id): Record<string, object> => ({ [`raw/ships/${id}.json`]: { id, name } });
    writeFiles(folder, { ...ship('bea'), ...ship('cleo'), ...ship('dora') });
    const small = await report(folder);
    expect(small.match(/`bea`/g)).toHaveLength(1);
    expect(small).not.toContain('<details>');
    writeFiles(folder, ship('elsa'));
    const larger = await report(folder);
    expect(larger).toContain('- … and 1 more record below\n');
    expect(larger).toMatch(/<details>[^]*`elsa` added[^]*<\/details>\n$/);
  });

  test('nothing has changed', async () => {
    expect(await report(repository())).toBe('**No changes in the data.**\n');
  });

  test('stays below 60,000 characters, and counts what it leaves out', async () => {
    const folder = repository();
    const ships = Array.from({ length: 400 }, (_, i) => [
      `raw/ships/s${i}.json`,
      { id: `s${i}`, name: 'x'.repeat(300) },
    ]);
    writeFiles(folder, Object.fromEntries(ships) as Record<string, object>);
    commit(folder, 'Add', {});
    for (const [file, ship] of ships)
      writeFiles(folder, { [String(file)]: { ...(ship as object), name: 'y'.repeat(300) } });
    const text = await report(folder, 'HEAD');
    expect(text.length).toBeLessThan(60_000);
    expect(text).toMatch(/^\*\*`ships`: 400 records changed\.\*\*/);
    expect(text).toMatch(/… and \d+ parts more than a comment holds/);
    expect(text.trimEnd()).toMatch(/<\/details>$/);
  });

  test('reports a removed record, and nothing from data is markup', async () => {
    const folder = repository({ 'raw/ships/bea.json': { id: 'bea', name: 'Bea' } });
    git(folder, 'rm', '-q', 'raw/ships/bea.json');
    writeFiles(folder, {
      'raw/ships/anna.json': { id: 'anna', name: '</details><img src=x> @ida <!-- ![x](https://example.org/x)' },
    });
    const text = await report(folder);
    expect(text).toMatch(/^> 1 record deleted or renamed\. Withdraw a published record in its file instead\./);
    const html = outsideCode(render(text));
    expect(html).not.toMatch(/<img|<!--|<a|@ida|https:/);
    expect(html).not.toContain('</details>');
  });
});
