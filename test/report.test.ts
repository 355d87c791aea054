import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { crossing, here } from './fixture.ts';
import { outsideCode, render } from './markdown.ts';
import { commit, git, repository } from './repository.ts';
import { run, writeFiles } from './run.ts';

const report = async (folder: string, base = 'main'): Promise<string> => {
  const { out, status } = await run(folder, 'report', [...here, '--base', base]);
  expect(status).toBe(0);
  return out;
};

describe('report', () => {
  test('tells counts, the bump, and samples with the edges of their evidence; derived columns follow from theirs', async () => {
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

      Least bump of the version: **minor** (\`ships: 1 record added\`).

      ### \`ships\`

      - **\`bea\`** added
        - \`name: "Bea"\`

      ### \`crossings\`

      - **\`monday-ystad\`** changed
        - \`on: "2022-02-28" → "2022-03"\`
        - \`cars: 40 → 41\` — evidence: \`gazette: “left … cars.”\`
        - \`− stops [1]: port "trelleborg"\`
        - \`crossings_stops_crew [0,0] value: "Ida" → "Bo"\`
        - \`− stops_crew [0,1]: "Öland, \\"Bo\\""\`

      <details>
      <summary>Every change</summary>


      **\`ships\`**

      - \`bea\` added
        - \`name: "Bea"\`

      **\`crossings\`**

      - \`monday-ystad\` changed
        - \`on: "2022-02-28" → "2022-03"\`
        - \`cars: 40 → 41\` — evidence: \`gazette: “left … cars.”\`
        - \`− stops [1]: port "trelleborg"\`
        - \`crossings_stops_crew [0,0] value: "Ida" → "Bo"\`
        - \`− stops_crew [0,1]: "Öland, \\"Bo\\""\`

      </details>
      "
    `);
  });

  test('shows all that a new record says, its lists too, and that evidence was not compared', async () => {
    const folder = repository();
    writeFiles(folder, { 'raw/crossings/tuesday-ystad.json': { ...crossing, id: 'tuesday-ystad' } });
    expect(await report(folder)).not.toMatch(/not compared/);
    fs.rmSync(path.join(folder, 'sources/gazette.txt'));
    const told = await report(folder);
    expect(told).toMatch(/^> Evidence not compared, because the text is not available here: `gazette`\. If you have/);
    const [, fold = ''] = told.split('<summary>Every change</summary>');
    expect(fold).toContain('- `tuesday-ystad` added\n  - `kind: "departure"`\n');
    expect(fold).toContain('  - `stops [0]: port "ystad"`\n');
    expect(fold).toContain('  - `stops_crew [0,0]: "Ida"`\n');
  });

  test('a record that says much does not hide the others', async () => {
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

  test('nothing has changed', async () => {
    expect(await report(repository())).toBe('**No change of the data.**\n');
  });

  test('stays below 60,000 characters, and counts what it leaves out', async () => {
    const folder = repository();
    const ships = Array.from({ length: 1500 }, (_, i) => [
      `raw/ships/s${i}.json`,
      { id: `s${i}`, name: 'x'.repeat(300) },
    ]);
    writeFiles(folder, Object.fromEntries(ships) as Record<string, object>);
    commit(folder, 'Add', {});
    for (const [file, ship] of ships)
      writeFiles(folder, { [String(file)]: { ...(ship as object), name: 'y'.repeat(300) } });
    const text = await report(folder, 'HEAD');
    expect(text.length).toBeLessThan(60_000);
    expect(text).toMatch(/^\*\*`ships`: 1500 records changed\.\*\*/);
    expect(text).toMatch(/… and \d+ parts more than a comment holds/);
    expect(text.trimEnd()).toMatch(/<\/details>$/);
  });

  test('is told where a record is gone, and nothing from data is markup', async () => {
    const folder = repository({ 'raw/ships/bea.json': { id: 'bea', name: 'Bea' } });
    git(folder, 'rm', '-q', 'raw/ships/bea.json');
    writeFiles(folder, {
      'raw/ships/anna.json': { id: 'anna', name: '</details><img src=x> @ida <!-- ![x](https://example.org/x)' },
    });
    const text = await report(folder);
    expect(text).toMatch(/^> 1 record deleted or renamed\. Withdraw a published record in its file instead\./);
    const html = outsideCode(render(text));
    expect(html).not.toMatch(/<img|<!--|<a|@ida|https:/);
    expect(html.match(/<\/details>/g)).toHaveLength(1);
  });
});
