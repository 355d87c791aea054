import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { crossing, dataset, document, here, sha256 } from '../support/fixture.ts';
import { freshFolder, root, run, script, writeFiles } from '../support/run.ts';

const file = 'raw/crossings/monday-ystad.json';
const [span] = crossing.evidence;
const bad = { [file]: { ...crossing, kind: 'de%part,ure:\n', ship: 'ana' } };

/** Runs a command as a process of its own, as npm does. */
function start(
  name: string,
  args: readonly string[],
  cwd: string,
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [...script(name), ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, SOURCES: '', NO_COLOR: '1' },
  });
}

const flagged = String.raw`(?:\[<file>…\] )?\[flags\]$`;

describe('as a process', () => {
  test('validate prints problems on stdout, the summary on stderr, and ends with 1', () => {
    const folder = dataset(bad);
    const { status, stdout, stderr } = start('validate', here, folder);
    expect(stdout).toMatch(
      /^raw\/crossings\/monday-ystad.json:3:11 error enum: "de%part,ure:\\u000a" is not one of the codes/,
    );
    expect(stderr).toBe(
      'validate: 5 records in 4 tables; all 1 span compared with the sources; 2 errors and 0 warnings\n',
    );
    expect(status).toBe(1);
  });

  test('output that is not a terminal gets no colours, even in CI', () => {
    const env = { ...process.env, SOURCES: '', CI: 'true', NO_COLOR: undefined };
    const { stdout } = spawnSync(process.execPath, [...script('validate'), ...here], {
      cwd: dataset(bad),
      encoding: 'utf8',
      env,
    });
    expect(stdout).toMatch(/^raw\/crossings\/monday-ystad.json:3:11 error enum: /);
  });

  test('validate loads neither DuckDB nor zx', () => {
    const folder = dataset();
    const { stderr } = spawnSync(
      process.execPath,
      [...script('validate'), ...here],
      // Node's messages about loading exceed the default buffer: what comes after would be lost
      { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, NODE_DEBUG: 'esm,module' } },
    );
    expect(stderr).toMatch(/demarche\.[cm]js|validate\.ts/);
    expect(stderr).not.toMatch(/node_modules\/(?:@duckdb|zx)\//);
  });

  test.each(['validate', 'docs'])('%s --help prints its flags and ends with 0', (name) => {
    const { status, stdout } = start(name, ['--help'], root);
    expect(stdout).toMatch(new RegExp(`^Usage: (?:npx demarche|npm run -s) ${name} (?:-- )?${flagged}`, 'm'));
    expect(stdout).toContain('--help');
    expect(status).toBe(0);
  });

  test('setup --help prints its usage, and an unknown flag ends it with 2', () => {
    const setup = (arg: string): ReturnType<typeof spawnSync> =>
      spawnSync(process.execPath, [path.join(root, 'scripts/setup.mjs'), arg], { encoding: 'utf8' });
    expect(setup('--help').stdout).toContain('npm run -s setup');
    expect(setup('--hlep').status).toBe(2);
  });
});

describe('flags', () => {
  test.each(['validate', 'fix', 'build', 'verify', 'check', 'docs'])('%s --help prints them', async (name) => {
    const { status, out, err } = await run(root, name, ['--help']);
    expect(out).toMatch(new RegExp(`^Usage: ${name} ${flagged}`, 'm'));
    expect(out).toContain('--help');
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  test.each(['validate', 'fix', 'build'])('%s accepts the flags of all commands', async (name) => {
    const folder = dataset();
    const outcome = await run(folder, name, [...here, '--dist', 'dist', '--format', 'json', '--quiet']);
    expect(outcome).toEqual({ status: 0, out: '', err: '' });
  });
});

describe('formats of problems', () => {
  test('json: one object a line', async () => {
    const folder = dataset(bad);
    const { out } = await run(folder, 'validate', [...here, '--format', 'json']);
    const problems = out
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(problems).toHaveLength(2);
    expect(problems[1]).toEqual({
      file,
      line: 4,
      column: 11,
      pointer: '/ship',
      rule: 'reference',
      severity: 'error',
      message: 'no ship "ana"',
      hint: 'did you mean "anna"?',
    });
  });

  test('github: annotations that data cannot break out of', async () => {
    const folder = dataset({ ...bad, 'raw/ships/a,b:c%.json': { id: 'x', name: 'X' } });
    const { out } = await run(folder, 'validate', [...here, '--format', 'github']);
    expect(out).toContain(
      '::error file=raw/crossings/monday-ystad.json,line=3,col=11,title=enum::"de%25part,ure:\\u000a" is not one of the codes',
    );
    expect(out).toContain('::error file=raw/ships/a%2Cb%3Ac%25.json,line=2,col=9,title=file-name::');
  });

  test('the first thousand are printed, sorted by file and position, and all are counted', async () => {
    const ships = Object.fromEntries(Array.from({ length: 1005 }, (_, i) => [`raw/ships/s${i}.json`, { id: `s${i}` }]));
    const folder = dataset(ships);
    const { out, err } = await run(folder, 'validate', here);
    const files = out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(':')[0]);
    expect(files).toHaveLength(1000);
    expect(files).toEqual(files.toSorted());
    expect(err).toMatch(/1005 errors and 0 warnings, the first 1000 printed/);
  });

  test('--quiet prints problems only', async () => {
    const folder = dataset();
    expect(await run(folder, 'validate', [...here, '--quiet'])).toEqual({ status: 0, out: '', err: '' });
    expect(await run(folder, 'build', [...here, '--quiet', '--dist', 'dist'])).toEqual({ status: 0, out: '', err: '' });
  });

  test('a reference in a list of records in one file is reported at its place', async () => {
    const folder = dataset({
      'raw/crossings/more.json':
        '[\n{"id":"a","kind":"arrival","ship":"anna","on":"2022"},\n{"id":"b","kind":"arrival","ship":"ana","on":"2022"}\n]\n',
    });
    const { out } = await run(folder, 'validate', [...here, '--layout', 'any']);
    expect(out).toBe('raw/crossings/more.json:3:35 error reference: no ship "ana" (did you mean "anna"?)\n');
  });

  test('a failed format is a warning with --layout any, and an error with --strict', async () => {
    const folder = dataset({ [file]: { ...crossing, on: 'Monday' } });
    const lenient = await run(folder, 'validate', [...here, '--layout', 'any']);
    expect(lenient.out).toMatch(/:6:9 warning format: "Monday" is not a date/);
    expect(lenient.status).toBe(0);
    expect((await run(folder, 'validate', [...here, '--layout', 'any', '--strict'])).status).toBe(1);
  });

  test('SOURCES replaces --sources; empty means unset', async () => {
    const folder = dataset();
    const flags = here.slice(0, 4);
    expect((await run(folder, 'validate', flags, { env: { SOURCES: 'sources' } })).err).toMatch(/all 1 span compared/);
    expect((await run(folder, 'validate', flags, { env: { SOURCES: '' } })).status).toBe(0);
    expect((await run(folder, 'validate', flags, { env: { SOURCES: 'nowhere' } })).status).toBe(2);
  });
});

describe('fix', () => {
  const fixed = async (
    content: string | object,
  ): Promise<{ text: string; status: number; out: string; err: string }> => {
    const folder = dataset({ [file]: content });
    const result = await run(folder, 'fix', here);
    return { ...result, text: fs.readFileSync(path.join(folder, file), 'utf8') };
  };
  const good = `${JSON.stringify(crossing, null, 2)}\n`;

  test('puts lines in order of their ids', async () => {
    const folder = dataset({
      'raw/ships/more.ndjson': '{"id":"carla","name":"Carla"}\n{"name":"Berta","id":"berta"}\n',
    });
    expect((await run(folder, 'fix', here)).status).toBe(0);
    expect(fs.readFileSync(path.join(folder, 'raw/ships/more.ndjson'), 'utf8')).toBe(
      '{"id":"berta","name":"Berta"}\n{"id":"carla","name":"Carla"}\n',
    );
    expect((await run(folder, 'validate', here)).out).toBe('');
  });

  test.each([
    ['keys out of order', Object.fromEntries(Object.entries(crossing).toReversed())],
    ['other indentation', JSON.stringify(crossing, null, 4)],
    ['CRLF', good.replaceAll('\n', '\r\n')],
    ['escapes', good.replace('Anna', '\\u0041nna')],
    [
      'a span of words only',
      {
        ...crossing,
        evidence: [{ source: 'gazette', begins: 'left Ystad', ends: '40 cars.', supports: ['/port', '/cars'] }],
      },
    ],
    [
      'a span of all its words',
      {
        ...crossing,
        evidence: [{ source: 'gazette', begins: 'left Ystad on Monday with 40 cars.', supports: ['/port', '/cars'] }],
      },
    ],
    [
      'a span of offsets only',
      {
        ...crossing,
        evidence: [{ source: 'gazette', start: span?.start, end: span?.end, supports: ['/port', '/cars'] }],
      },
    ],
  ])('%s becomes canonical', async (_, content) => {
    const { text, status } = await fixed(content);
    expect(text).toBe(good);
    expect(status).toBe(0);
  });

  test.each([
    ['a duplicate key', good.replace('"cars": 40', '"cars": 39,\n  "cars": 40'), /:8:3 error duplicate-key: /],
    ['lost digits', good.replace('172.5', '12345678901234567890'), /:8:13 error number: /],
    ['another spelling of a number', good.replace('40,', '4.0e1,'), /:7:11 error number: 4\.0e1 is read as 40 /],
    [
      'thousands with a point, and other spacing',
      JSON.stringify(crossing).replace('172.5', '3.000'),
      / error number: 3\.000 is read as 3 \(write 3000 if the point separates thousands, else 3\)/,
    ],
    ['no JSON', good.slice(0, 50), /^$/],
  ])('%s is left alone, since a rewrite could lose data', async (_, content, says) => {
    const { text, out, err } = await fixed(content);
    expect(text).toBe(content);
    expect(out).toMatch(says);
    expect(err).toMatch(/1 file left unchanged/);
  });

  test.each([
    [
      'words that are not there',
      { begins: 'left Trelleborg', ends: 'cars.' },
      /the words of "begins" are not in the source/,
    ],
    ['words with other spaces', { begins: 'left\u00a0Ystad', ends: 'cars.' }, /with other quotes or spaces/],
    ['words that occur twice', { begins: 'a', ends: 'a' }, /the words occur \d times/],
    ['no words', {}, /neither "start" and "end" nor "begins"/],
  ])('says why it cannot complete a span: %s', async (_, words, says) => {
    const { out, status } = await fixed({
      ...crossing,
      evidence: [{ source: 'gazette', ...words, supports: ['/port', '/cars'] }],
    });
    expect(out).toMatch(
      /^raw\/crossings\/monday-ystad.json:22:5 error span-incomplete: the span cannot be completed: /,
    );
    expect(out).toMatch(says);
    expect(status).toBe(1);
  });

  test('validate says once how to fill in what a span lacks', async () => {
    const folder = dataset({
      [file]: {
        ...crossing,
        evidence: [{ source: 'gazette', begins: 'left', ends: 'cars.', supports: ['/port', '/cars'] }],
      },
    });
    const { out } = await run(folder, 'validate', here);
    expect(out).toMatch(
      /^raw\/crossings\/monday-ystad.json:22:5 error span-incomplete: the span lacks "start", "end" and "sha256" \(`npx demarche fix` fills it in\)\n$/,
    );
  });

  test('--check writes nothing and ends with 1', async () => {
    const folder = dataset({ [file]: JSON.stringify(crossing) });
    expect((await run(folder, 'fix', [...here, '--check'])).status).toBe(1);
    expect(fs.readFileSync(path.join(folder, file), 'utf8')).toBe(JSON.stringify(crossing));
  });
});

describe('build', () => {
  test('replaces next, removes its old target, and leaves other versions alone', async () => {
    const folder = dataset();
    const args = [...here, '--dist', 'dist'];
    await run(folder, 'build', args);
    const first = fs.readlinkSync(path.join(folder, 'dist/next'));
    fs.mkdirSync(path.join(folder, 'dist/1.0.0'));
    writeFiles(folder, { 'raw/ships/berta.json': { id: 'berta', name: 'Berta' } });
    await run(folder, 'build', args);
    const second = fs.readlinkSync(path.join(folder, 'dist/next'));
    expect(second).not.toBe(first);
    expect(fs.readdirSync(path.join(folder, 'dist')).toSorted()).toEqual(['1.0.0', second, 'next'].toSorted());
  });

  test.each([' ', "it's id=1", '[x]{a,b}*#%20'])('writes and reads below a folder called %j', async (name) => {
    const folder = dataset();
    const { out, err, status } = await run(folder, 'build', [...here, '--dist', path.join(name, 'dist')]);
    expect({ out, status }, err).toEqual({ out: '', status: 0 });
    expect((await run(folder, 'verify', ['--release', path.join(name, 'dist/next')])).status).toBe(0);
  });

  test('says where DuckDB cannot write', async () => {
    const folder = dataset();
    const { err, status } = await run(folder, 'build', [...here, '--dist', 'what?/dist']);
    expect(err).toBe(
      `build: DuckDB cannot write below a folder with ? in its name: rename ${folder}/what?, or choose another with --dist\n`,
    );
    expect(status).toBe(2);
  });

  test('works outside git, without a dataset.json and without evidence', async () => {
    const folder = freshFolder();
    writeFiles(folder, {
      'pond/schema/frogs.json': {
        type: 'object',
        properties: { id: { type: 'string' }, legs: { type: 'integer' } },
        required: ['id'],
      },
      'pond/raw/frogs/a.json': '{"id":"a","legs":4}',
    });
    const { status } = await run(path.join(folder, 'pond'), 'build', [
      '--schema',
      'schema',
      '--raw',
      'raw',
      '--dist',
      'out',
      '--layout',
      'any',
    ]);
    expect(status).toBe(0);
    const descriptor = JSON.parse(
      fs.readFileSync(path.join(folder, 'pond/out/next/datapackage.json'), 'utf8'),
    ) as object;
    expect(descriptor).toMatchObject({ name: 'pond', version: '0.0.0-next' });
    expect(descriptor).not.toHaveProperty('commit');
  });

  test('one schema, and record files in sub-folders of other names', async () => {
    const folder = freshFolder();
    const schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
    writeFiles(folder, {
      'schema/frog.schema.json': schema,
      'raw/a/1.json': '{"name":"Ida"}',
      'raw/b/c/2.ndjson': '{"name":"Bo"}\n{"name":"Eva"}\n',
      'raw/3.json': '[{"name":"Kai"}]',
    });
    const { status, err } = await run(folder, 'build', [
      '--schema',
      'schema',
      '--raw',
      'raw',
      '--dist',
      'out',
      '--layout',
      'any',
    ]);
    expect(err).toMatch(/4 records in 1 table/);
    expect(status).toBe(0);
    const csv = fs.readFileSync(path.join(folder, 'out/next/csv/frog.csv'), 'utf8');
    expect(csv).toBe(
      '_file,_index,name,_rest\n3.json,0,Kai,\na/1.json,0,Ida,\nb/c/2.ndjson,0,Bo,\nb/c/2.ndjson,1,Eva,\n',
    );
  });

  test('a span counts code points of the file, beyond the first plane too', () => {
    expect(span?.sha256).toBe(sha256('left Ystad on Monday with 40 cars.'));
    expect(span?.start).toBe(document.indexOf('left') - 1);
  });
});
