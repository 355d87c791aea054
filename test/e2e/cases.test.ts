import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Json, type JsonObject, isObject } from '../../scripts/json/json.ts';
import { compileOptions } from '../../scripts/project/openProject.ts';
import { projectAt, recordsOf } from '../support/projectAt.ts';
import { readModel } from '../support/explorer.ts';
import { formats, openRelease, reconstruct } from '../support/reconstruct.ts';
import { freshFolder, root, run } from '../support/run.ts';

const cases = path.join(root, 'test/cases');
const names = fs
  .readdirSync(cases, { withFileTypes: true })
  .filter((e) => e.isDirectory())
  .map((e) => e.name);

/** A copy of a case outside any checkout, so that the build records no commit. */
function copyOf(name: string): string {
  const folder = path.join(freshFolder(), name);
  fs.cpSync(path.join(cases, name), folder, { recursive: true });
  return folder;
}

function argsOf(folder: string): string[] {
  return [
    '--schema',
    'schema',
    '--raw',
    'raw',
    ...(JSON.parse(fs.readFileSync(path.join(folder, 'args.json'), 'utf8')) as string[]),
  ];
}

/** The only case whose texts are all compared; for the others the data, the descriptor and the codebook. */
const whole = 'plain';

/** The texts of a release, which are the same in every build. */
function stable(folder: string, name: string): Record<string, string> {
  const wanted =
    name === whole ? /^(?!SHA256SUMS$|parquet\/|explorer\/|.*\.duckdb$)/ : /\.csv$|^datapackage\.json$|^CODEBOOK\.md$/;
  const all = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => wanted.test(file));
  const texts = Object.fromEntries(
    all.toSorted().map((file) => [file, fs.readFileSync(path.join(folder, file), 'utf8')]),
  );
  // what the page knows, in readable form; verify checks that it shows the rows of the CSV
  const hasPage = name === whole && fs.existsSync(path.join(folder, 'explorer'));
  return hasPage ? { ...texts, 'explorer.json': `${JSON.stringify(readModel(folder), null, 2)}\n` } : texts;
}

describe.each(names)('case %s', (name) => {
  test('builds what is expected, and every record can be rebuilt from each format', async () => {
    const folder = copyOf(name);
    const args = argsOf(folder);
    const { status, out, err } = await run(folder, 'build', [...args, '--dist', 'dist']);
    expect(out + err).toMatch(/read back equal/);
    expect(status).toBe(0);
    const release = fs.realpathSync(path.join(folder, 'dist/next'));
    const expected = path.join(cases, name, 'expected');
    // UPDATE=1 writes what was built as what is expected: read the difference before you commit it
    if (process.env['UPDATE'] !== undefined) update(release, expected, name);
    expect(stable(release, name)).toEqual(stable(expected, name));

    const verified = await run(folder, 'verify', ['--release', release]);
    expect(verified.out + verified.err).toMatch(
      /^verify: \d+ files; \d+ tables with \d+ rows; 0 errors and 0 warnings\n$/,
    );

    const records = readAll(folder, args);
    const database = fs.readdirSync(release).find((file) => file.endsWith('.duckdb')) ?? '';
    const connection = await openRelease(release, database);
    for (const [type, { read, tabled }] of records) {
      expect(linesOf(path.join(release, 'records', `${type}.ndjson`)), `${type} as it was read`).toEqual(read);
      for (const format of formats)
        expect(await reconstruct(connection, release, format, type), `${type} from ${format}`).toEqual(tabled);
    }
  });
});

function update(release: string, expected: string, name: string): void {
  fs.rmSync(expected, { recursive: true, force: true });
  for (const [file, text] of Object.entries(stable(release, name))) {
    fs.mkdirSync(path.dirname(path.join(expected, file)), { recursive: true });
    fs.writeFileSync(path.join(expected, file), text);
  }
}

function withoutLink({ $schema: _, ...record }: JsonObject): JsonObject {
  return record;
}

/** The records of a table as they are read, and as its tables hold them: without the link to the schema. */
interface Records {
  readonly read: Json[];
  readonly tabled: Json[];
}

/** The records of each table of a case. */
function readAll(folder: string, args: readonly string[]): ReadonlyMap<string, Records> {
  const project = projectAt(folder, args);
  const records = new Map(project.types.map((t): [string, Records] => [t.name, { read: [], tabled: [] }]));
  for (const { type, value } of recordsOf(project)) {
    records.get(type.name)?.read.push(value);
    records.get(type.name)?.tabled.push(compileOptions(project).own && isObject(value) ? withoutLink(value) : value);
  }
  return records;
}

function linesOf(file: string): unknown[] {
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => JSON.parse(line) as unknown);
}
