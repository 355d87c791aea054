import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { resolvePointer } from '../../scripts/json/json.ts';
import { configuredOptions } from '../../scripts/project/configured.ts';
import type { ProjectOptions } from '../../scripts/project/options.ts';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { printCanonical } from '../../scripts/json/canonical.ts';
import { openRecord } from '../../scripts/project/recordFiles.ts';
import { spansOf } from '../../scripts/schema/recordTypes.ts';
import { structureOf } from '../../scripts/schema/walk.ts';
import { contentOf, recordOf } from '../../scripts/web/workbench/content.ts';
import { openDesk } from '../../scripts/web/workbench/desk.ts';
import { mostBody, refusal } from '../../scripts/web/workbench/guard.ts';
import type { RecordMessage } from '../../scripts/web/workbench/messages.ts';
import { setAt } from '../../scripts/web/workbench/edit.ts';
import { codedTables, prepareSecondCoding } from '../../scripts/verbs/secondCoding.ts';
import { newsroom, ukrainian } from '../support/articles.ts';
import { bells } from '../support/bells.ts';
import { crossing, dataset, document as ferry, schemas, sha256 } from '../support/fixture.ts';
import { projectAt } from '../support/projectAt.ts';
import { git, repository } from '../support/repository.ts';
import { root, run, writeFiles } from '../support/run.ts';
import { askWorkbench, deskOf, workbenchOf } from '../support/workbench.ts';

const [only] = crossing.evidence;
const file = 'raw/crossings/monday-ystad.json';

describe('a record', () => {
  test('of the shipped dataset comes back from the page byte for byte if nobody has changed it', () => {
    const project = projectAt(root, []);
    const disk = nodeFileSystem();
    let records = 0;
    for (const each of project.files) {
      const opened = openRecord(disk, project, each);
      if (opened === undefined) continue;
      const { type, value, text } = opened;
      const at = spansOf(type);
      // what crosses the wire is JSON
      const content = JSON.parse(JSON.stringify(contentOf(value, at)));
      expect(printCanonical(recordOf(project, content, value, at), structureOf(type.shape), 'file')).toBe(text);
      records++;
    }
    expect(records).toBe(project.files.length);
  });

  test('that is edited, checked and saved is what fix would print, and only that file changes', async () => {
    const folder = dataset();
    const desk = deskOf(folder, 'gazette');
    const record = desk.record('crossings', 'monday-ystad');
    expect(desk.check(record)).toEqual({ problems: [], missing: [], id: undefined });
    const wrong = { ...record, ...setAt(record, '/ship', 'ana') };
    expect(desk.check(wrong).problems).toMatchObject([
      {
        pointer: '/ship',
        rule: 'reference',
        actions: [{ kind: 'replace', value: 'anna' }, { kind: 'create' }].slice(0, 1),
      },
    ]);
    expect(desk.save(wrong, record.digest)).toMatchObject({ refused: [{ pointer: '/ship' }] });
    const right = { ...record, ...setAt(record, '/cars', 41) };
    const saved = desk.save(right, record.digest);
    expect(saved).toMatchObject({ saved: { value: { cars: 41 } } });
    expect((await run(folder, 'fix', ['--check', '--sources', 'sources'])).status).toBe(0);
    expect(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'))).toEqual({ ...crossing, cars: 41 });
  });

  test('does not overwrite one that has changed in the meantime: both can be compared', () => {
    const folder = dataset();
    const [one, two] = [deskOf(folder), deskOf(folder)];
    const [a, b] = [one.record('crossings', 'monday-ystad'), two.record('crossings', 'monday-ystad')];
    expect(one.save({ ...a, ...setAt(a, '/cars', 41) }, a.digest)).toHaveProperty('saved');
    const refused = two.save({ ...b, ...setAt(b, '/cars', 42) }, b.digest);
    expect(refused).toMatchObject({ conflict: { value: { cars: 41 } } });
    expect(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'))).toMatchObject({ cars: 41 });
  });

  test('that is new gets an identifier, its spans are completed, and the draft goes when it is saved', async () => {
    const folder = dataset();
    const desk = deskOf(folder, 'gazette');
    const fresh = desk.fresh('crossings');
    const spans = [
      { source: 'gazette', start: only?.start ?? 0, end: only?.end ?? 0, supports: ['/port'], origin: undefined },
    ];
    const value = { kind: 'arrival', ship: 'anna', port: 'ystad', on: '2022-03-01' };
    const edited = { ...fresh, value, spans };
    expect(desk.check(edited)).toEqual({ problems: [], missing: [], id: '2022-03-01-anna-ystad' });
    desk.keep(edited);
    expect(deskOf(folder).start().drafts).toMatchObject([{ table: 'crossings', draftName: fresh.draftName }]);
    expect(deskOf(folder).draft('crossings', fresh.draftName).draft).toEqual({
      value,
      spans,
      opened: [],
    });
    expect(desk.save(edited, undefined)).toMatchObject({ saved: { id: '2022-03-01-anna-ystad' } });
    expect(deskOf(folder).start().drafts).toEqual([]);
    const { supports: _, ...found } = only ?? { supports: [] };
    const made = JSON.parse(fs.readFileSync(path.join(folder, 'raw/crossings/2022-03-01-anna-ystad.json'), 'utf8'));
    expect(made.evidence).toEqual([{ ...found, supports: ['/port'] }]);
    expect((await run(folder, 'validate', ['--sources', 'sources', '--require-sources'])).out).toBe('');
  });

  test('that is a draft follows its name until another draft refers to it', () => {
    const desk = deskOf(dataset());
    const berta = { ...desk.fresh('ships'), value: { name: 'Berta' } };
    desk.keep(berta);
    expect(desk.draft('ships', berta.draftName).draft?.value).toEqual({ name: 'Berta' });
    desk.keep({ ...desk.fresh('crossings'), value: { ship: 'berta' } });
    expect(desk.draft('ships', berta.draftName).draft?.value).toEqual({ id: 'berta', name: 'Berta' });
  });

  test('that is new gets an identifier in the language of the source that it cites', () => {
    const article = 'Колона стояла біля села Ялпужани. Її бачили двічі.';
    const folder = dataset({
      'sources/article.txt': article,
      'raw/papers/article.json': { id: 'article', document: { file: 'article.txt', sha256: sha256(article) } },
    });
    const desk = deskOf(folder, 'article');
    const fresh = { ...desk.fresh('ports'), value: { name: 'Ялпужани' } };
    expect(desk.check(fresh).id).toBeUndefined();
    const span = { source: 'article', start: 24, end: 32, supports: ['/name'], origin: undefined };
    expect(desk.check({ ...fresh, spans: [span] }).id).toBe('yalpuzhany');
  });

  test('that is new is known to the next request, which does not open the project again', async () => {
    const folder = dataset();
    const desk = deskOf(folder, 'gazette');
    const spans = [
      { source: 'gazette', start: only?.start ?? 0, end: only?.end ?? 0, supports: ['/port'], origin: undefined },
    ];
    const value = { kind: 'arrival', ship: 'anna', port: 'ystad', on: '2022-03-01' };
    const edited = { ...desk.fresh('crossings'), value, spans };
    const saved = desk.save(edited, undefined);
    const id = '2022-03-01-anna-ystad';
    expect(saved).toEqual({ saved: desk.record('crossings', id), unreviewed: [], passedOver: [] });
    expect(desk.check(edited).id).toBe(`${id}-2`);
    expect(desk.save({ ...edited, value: { ...value, on: '2022-03-02' } }, undefined)).toHaveProperty('saved');
    const schema = fs.readFileSync(path.join(folder, 'schema/ports.schema.json'), 'utf8');
    writeFiles(folder, { 'schema/ports.schema.json': '{' });
    const known = { value: { on: '2022-03-02' } };
    expect(desk.record('crossings', '2022-03-02-anna-ystad')).toMatchObject(known);
    expect(() => desk.changes()).toThrow(/ports\.schema\.json:1:2: the text ends before the JSON does/);
    expect(desk.record('crossings', '2022-03-02-anna-ystad')).toMatchObject(known);
    writeFiles(folder, { 'schema/ports.schema.json': schema });
    const { records } = await desk.find([], '2022-03-02');
    expect(records.map((record) => record.id)).toEqual(['2022-03-02-anna-ystad']);
  });

  test('gets a warning where a code leads one to expect more, as from validate', async () => {
    const schema = 'schema/crossings.schema.json';
    const { properties } = schemas[schema] as { readonly properties: Readonly<Record<string, object>> };
    const { kind, ...others } = properties;
    const expected = {
      ...kind,
      'x-fewest': { arrival: { '1/stops': 2 } },
      'x-quoted': ['arrival'],
      'x-evidence': true,
    };
    const folder = dataset({ [schema]: { ...schemas[schema], properties: { kind: expected, ...others } } });
    const record = deskOf(folder, 'gazette').record('crossings', 'monday-ystad');
    const spans = record.spans.map((span) => ({ ...span, supports: [...span.supports, '/kind'] }));
    const check = (value: object): unknown =>
      deskOf(folder).check({ ...record, spans, value: { ...record.value, ...value } }).problems;
    expect(check({ kind: 'departure', stops: [{ port: 'ystad' }] })).toEqual([]);
    expect(check({ kind: 'arrival', stops: [{ port: 'ystad' }] })).toMatchObject([
      { rule: 'fewest', severity: 'warning', pointer: '/stops' },
      { rule: 'quoted', severity: 'warning', pointer: '/kind' },
    ]);
  });

  test('lacks what the schema requires: the check says what is missing', () => {
    const desk = deskOf(dataset());
    const { missing, problems } = desk.check({ ...desk.fresh('crossings'), value: { cars: 3 } });
    expect(missing).toEqual(['/kind', '/ship', '/on']);
    expect(problems.filter(({ rule }) => rule === 'evidence-missing')).toMatchObject([
      { pointer: '/cars', actions: [{ kind: 'cite' }] },
    ]);
  });
});

test('the marks of a source are known at the next start before all records are read', async () => {
  const folder = dataset();
  const first = deskOf(folder, 'gazette');
  const all = await first.marks('gazette');
  expect(all.isComplete).toBe(true);
  expect(await first.marks('gazette', true)).toEqual(all);
  // written while the workbench is closed: nothing is known of it
  const other = { ...crossing, id: 'tuesday-ystad' };
  fs.writeFileSync(path.join(folder, 'raw/crossings/tuesday-ystad.json'), JSON.stringify(other));
  // cites the source no more: its file is read again
  const [ids, known] = [['monday-ystad', 'gazette'], deskOf(folder, 'gazette')];
  expect(await known.marks('gazette', true)).toEqual({ ...all, isComplete: false });
  expect(new Set((await known.marks('gazette')).records.map(({ id }) => id))).toEqual(new Set([...ids, other.id]));
  const { evidence: _, ...uncited } = crossing;
  fs.writeFileSync(path.join(folder, file), JSON.stringify(uncited));
  const marks = await deskOf(folder, 'gazette').marks('gazette', true);
  expect(marks.records.map(({ id }) => id).toSorted()).toEqual(['gazette', 'tuesday-ystad']);
});

test('without stored marks of a source, they are found in the records that name it', async () => {
  const folder = dataset({ 'raw/crossings/other.json': { ...crossing, id: 'other', evidence: [] } });
  const { records, marks, isComplete } = await deskOf(folder, 'gazette').marks('gazette', true);
  expect(records.map(({ id }) => id).toSorted()).toEqual(['gazette', 'monday-ystad']);
  expect({ marks: marks.length, isComplete }).toEqual({ marks: 1, isComplete: false });
});

test('records are found by their identifiers before they are read, and by their names afterwards', async () => {
  const desk = deskOf(dataset());
  const byId = { table: 'ships', id: 'anna', label: undefined, withdrawn: false, isCalledSo: true, isGuess: false };
  expect(await desk.find([], 'anna', true)).toEqual({ records: [byId], isComplete: false });
  expect(await desk.find(['ports'], 'anna', true)).toEqual({ records: [], isComplete: false });
  const all = await desk.find([], 'anna');
  expect(all).toMatchObject({ records: [{ id: 'anna', label: 'Anna' }], isComplete: true });
  expect(await desk.find([], 'anna', true)).toEqual(all);
});

test.each([
  ['ystad monday', 'monday-ystad'],
  ['Monday Ystad', 'monday-ystad'],
  ['mon yst', 'monday-ystad'],
  ['Анна', 'anna'],
  ['ÁNNA', 'anna'],
  ['day ystad', undefined],
  ['Анна Monday', undefined],
])('the words %s find %s', async (words, id) => {
  const { records } = await deskOf(dataset()).find([], words);
  expect(records[0]?.id).toBe(id);
});

test('threads search for the records that name a source; without threads all records are searched', async () => {
  const folder = dataset({ 'raw/crossings/other.json': { ...crossing, id: 'other', evidence: [] } });
  const asked: (readonly [string, string])[] = [];
  const holding = async function* (at: string, words: string): AsyncGenerator<readonly string[]> {
    asked.push([path.relative(folder, at), words]);
    yield ['crossings/monday-ystad.json'];
    // what is none of a record is left out
    yield ['crossings/none.json', 'notes.txt'];
  };
  const found = await deskOf(folder, 'gazette', undefined, { ...nodeFileSystem(), holding }).marks('gazette', true);
  expect(found.records.map(({ id }) => id).toSorted()).toEqual(['gazette', 'monday-ystad']);
  // the search begins with the start, and is made once
  expect(asked).toEqual([['raw', 'gazette']]);
  const broken = async function* (): AsyncGenerator<readonly string[]> {
    yield ['crossings/other.json'];
    throw new Error('no thread');
  };
  const failing = { ...nodeFileSystem(), holding: broken };
  expect(await deskOf(folder, 'gazette', undefined, failing).marks('gazette', true)).toEqual(found);
});

test('a list of citing files that is damaged is made again', async () => {
  const folder = dataset();
  await deskOf(folder).marks('gazette');
  const kept = path.join(folder, '.demarche/citing');
  const [name = ''] = fs.readdirSync(kept);
  const before = fs.readFileSync(path.join(kept, name), 'utf8');
  expect(JSON.parse(before)).toEqual(['gazette', 'crossings/monday-ystad.json']);
  for (const damaged of ['', '{"gazette": 3}', '["gazette",3]', '["gazette","crossings/mon']) {
    fs.writeFileSync(path.join(kept, name), damaged);
    expect((await deskOf(folder).marks('gazette')).marks.length).toBe(1);
    expect(fs.readFileSync(path.join(kept, name), 'utf8')).toBe(before);
  }
});

test('a disk that is full for the list of citing files stops neither the marks nor a save', async () => {
  const folder = dataset();
  await deskOf(folder).marks('gazette');
  const kept = path.join(folder, '.demarche/citing');
  const [name = ''] = fs.readdirSync(kept);
  fs.writeFileSync(path.join(kept, name), '');
  const full = (at: string): void => {
    if (at.startsWith(kept)) throw Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write', path: at });
  };
  const disk = nodeFileSystem();
  const desk = deskOf(folder, 'gazette', undefined, {
    ...disk,
    create: (at, bytes) => (full(at), disk.create(at, bytes)),
    append: (at, bytes) => (full(at), disk.append(at, bytes)),
  });
  const record = desk.record('crossings', 'monday-ystad');
  expect(desk.save({ ...record, ...setAt(record, '/cars', 41) }, record.digest)).toHaveProperty('saved');
  expect((await desk.marks('gazette')).marks.length).toBe(1);
  expect(fs.readFileSync(path.join(kept, name), 'utf8')).toBe('');
});

test('a source comes with its text, its records, and every span that names it', async () => {
  const desk = deskOf(dataset());
  expect(desk.source('gazette')).toMatchObject({ text: 'The ferry 🛳 left Ystad on Monday with 40 cars.\n', first: 0 });
  expect(await desk.marks('gazette')).toMatchObject({
    records: [
      { table: 'crossings', id: 'monday-ystad' },
      { table: 'papers', id: 'gazette' },
    ],
    marks: [{ table: 'crossings', start: only?.start, end: only?.end, supports: only?.supports }],
  });
});

describe('the server', () => {
  const asked = (headers: object, method = 'POST', at = '/api/start'): number | undefined =>
    refusal({ method, path: at, headers: { ...headers } }, 4700, 'secret');
  const good = { host: '127.0.0.1:4700', 'x-demarche-token': 'secret', 'content-type': 'application/json' };

  test.each<[string, object, number]>([
    ['another host', { ...good, host: 'evil.example' }, 421],
    ['a host that begins like ours', { ...good, host: '127.0.0.1:4700.evil.example' }, 421],
    ['a host that begins with ours and a port', { ...good, host: '127.0.0.1.evil.example:4700' }, 421],
    ['another port', { ...good, host: '127.0.0.1:80' }, 421],
    ['no host', { ...good, host: undefined }, 421],
    ['another origin', { ...good, origin: 'http://evil.example' }, 403],
    ['an origin that begins like ours', { ...good, origin: 'http://127.0.0.1:4700.evil.example' }, 403],
    ['an opaque origin', { ...good, origin: 'null' }, 403],
    ['a page of another site', { ...good, 'sec-fetch-site': 'cross-site' }, 403],
    ['no token', { ...good, 'x-demarche-token': undefined }, 401],
    ['a wrong token', { ...good, 'x-demarche-token': 'secres' }, 401],
    ['a form of another page', { ...good, 'content-type': 'text/plain' }, 415],
    ['a body that is too large', { ...good, 'content-length': String(mostBody + 1) }, 413],
  ])('refuses %s', (_name, headers, status) => {
    expect(asked(headers)).toBe(status);
  });

  test('counts a body in pieces, and does not fail if one ends early', async () => {
    const { url, port } = await workbenchOf(dataset());
    const headers = {
      host: `127.0.0.1:${port}`,
      'content-type': 'application/octet-stream',
      'x-demarche-token': new URL(url).hash.slice(1),
      'transfer-encoding': 'chunked',
    };
    const post = (): http.ClientRequest =>
      http.request({ port, host: '127.0.0.1', method: 'POST', path: '/api/start', headers });
    const large = post();
    // the server ends the connection while the rest is sent
    large.on('error', () => {});
    const answered = once(large, 'response');
    const piece = Buffer.alloc(1 << 20);
    for (let sent = 0; sent <= mostBody; sent += piece.length) large.write(piece);
    expect(((await answered)[0] as http.IncomingMessage).statusCode).toBe(413);
    large.destroy();
    const broken = post();
    broken.on('error', () => {});
    broken.write('x');
    await once(broken, 'socket');
    broken.destroy();
    // `onFault` of the workbench under test throws
    expect((await askWorkbench({ url }, 'start', {})).status).toBe(200);
  });

  test('lets its own page in, and nothing but POST to what it answers', () => {
    expect(asked(good)).toBeUndefined();
    expect(asked({ ...good, origin: 'http://127.0.0.1:4700' })).toBeUndefined();
    expect(asked(good, 'GET')).toBe(405);
    expect(asked({ host: 'localhost:4700' }, 'GET', '/')).toBeUndefined();
    expect(asked({ host: 'localhost:4700' }, 'PUT', '/')).toBe(405);
  });

  /** Sends bytes as they are: a browser or `fetch` would put them right. */
  const raw = (
    port: number,
    options: http.RequestOptions,
    body: readonly string[] = [],
  ): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const request = http.request({ port, host: '127.0.0.1', ...options }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      request.on('error', reject);
      for (const part of body) request.write(part);
      request.end();
    });

  test('listens on this machine only, and serves no file but those of the page', async () => {
    const workbench = await workbenchOf(dataset());
    for (const at of ['/../package.json', '/%2e%2e/package.json', '/raw/ships/anna.json', '/workbench.js/../../x'])
      expect((await raw(workbench.port, { path: at })).status).toBe(404);
    expect((await raw(workbench.port, { path: '/', headers: { host: 'evil.example' } })).status).toBe(421);
    const page = await fetch(new URL('/', workbench.url));
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(page.headers.get('access-control-allow-origin')).toBeNull();
    expect(await page.text()).not.toContain(new URL(workbench.url).hash.slice(1));
  });

  test('refuses a body that is too large, even in chunks, for which no header gives the length', async () => {
    const { port, url } = await workbenchOf(dataset(), undefined, undefined, 1000);
    const token = new URL(url).hash.slice(1);
    const headers = { host: `127.0.0.1:${port}`, 'content-type': 'application/json', 'x-demarche-token': token };
    const send = (length: number): Promise<{ status: number; text: string }> =>
      raw(port, { path: '/api/start', method: 'POST', headers: { ...headers, 'transfer-encoding': 'chunked' } }, [
        '{',
        ' '.repeat(length),
        '}',
      ]);
    expect((await send(900)).status).toBe(200);
    expect((await send(999)).status).toBe(413);
    expect((await send(900)).status).toBe(200);
  });

  test.each([
    ['../../outside', 'crossings'],
    ['..%2f..%2foutside', 'crossings'],
    ['/etc/outside', 'crossings'],
    ['x', '../crossings'],
    ['x\0', 'crossings'],
  ])('writes nothing outside for the identifier %j in %j', async (id, table) => {
    const folder = dataset();
    const workbench = await workbenchOf(folder);
    const value = { id, kind: 'arrival', ship: 'anna', on: '2022-03-01' };
    const edited = { table, id: '', draftName: id, value, spans: [] };
    await askWorkbench(workbench, 'keep', edited);
    expect(await askWorkbench(workbench, 'save', edited)).not.toMatchObject({ value: { saved: {} } });
    const around = fs.readdirSync(path.dirname(folder), { recursive: true, encoding: 'utf8' });
    const stray = around.filter((name) => name.includes('outside') && !name.startsWith('ferries/.demarche/drafts/'));
    expect(stray).toEqual([]);
  });

  test('ignores a draft that a commit or a link brought', () => {
    const folder = repository();
    const draft = { value: { id: 'anna', name: 'Evil' }, spans: [] };
    const kept = '.demarche/drafts/ships/~fresh.json';
    writeFiles(folder, {
      '.demarche/drafts/ships/anna.json': draft,
      [kept]: draft,
      'away/drafts/ships/anna.json': draft,
    });
    writeFiles(folder, { '.demarche/drafts/%E0%A4%A/%.json': draft, '.demarche/drafts/ships/~dots.b.json': draft });
    git(folder, 'add', '-f', '.demarche/drafts/ships/anna.json');
    const desk = deskOf(folder);
    const record = desk.record('ships', 'anna');
    expect(record.draft).toBeUndefined();
    expect(desk.start().drafts.map(({ draftName }) => draftName)).toEqual(['~fresh']);
    expect(() => desk.keep(record)).toThrow(/anna\.json came with a commit or through a link; remove it: /);
    fs.renameSync(path.join(folder, '.demarche'), path.join(folder, 'before'));
    fs.symlinkSync('away', path.join(folder, '.demarche'));
    const linked = deskOf(folder);
    expect(linked.record('ships', 'anna').draft).toBeUndefined();
    expect(linked.start().drafts).toEqual([]);
    expect(() => linked.keep({ ...record, id: '', draftName: '~new' })).toThrow(/through a link/);
    linked.discard('ships', 'anna');
    expect(fs.readdirSync(path.join(folder, 'away/drafts/ships'))).toEqual(['anna.json']);
  });

  test.each([
    ['dates', { source: 'gazette', start: 0, end: 9, format: 'dates' }, 'format'],
    ['dates', { source: 'gazette', start: 0, end: 9, format: 'date', others: [{ day: '2022', of: '' }] }, 'others'],
    ['list', { words: '', shown: 'everything', most: 9 }, 'shown'],
  ])('refuses %s with a choice that there is not', async (name, body, member) => {
    const { status, value } = await askWorkbench(await workbenchOf(dataset()), name, body);
    expect([status, value]).toEqual([422, { failure: `the request needs a valid "${member}"` }]);
  });

  test('a request of any form ends with a sentence, and never with a fault of the program', async () => {
    const workbench = await workbenchOf(dataset());
    const names = fc.constantFrom(
      'start',
      'source',
      'record',
      'fresh',
      'draft',
      'check',
      'keep',
      'discard',
      'save',
      'find',
      'marks',
      'drafts',
      'review',
      'passOver',
      'decide',
      'other',
      'x',
    );
    const body = fc.oneof(
      fc.dictionary(
        fc.constantFrom('table', 'id', 'draftName', 'value', 'spans', 'words', 'source', 'review', 'decisions'),
        fc.jsonValue(),
      ),
      fc.record({
        table: fc.constantFrom('crossings', 'papers', 'nowhere'),
        id: fc.constantFrom('', 'monday-ystad', 'gazette', '..'),
        draftName: fc.string(),
        words: fc.string(),
        value: fc.dictionary(fc.constantFrom('id', 'kind', 'evidence', 'stops', '__proto__'), fc.jsonValue()),
        spans: fc.array(
          fc.record({
            source: fc.constantFrom('gazette', 'x'),
            start: fc.nat(60),
            end: fc.nat(60),
            supports: fc.array(fc.string()),
          }),
          { maxLength: 3 },
        ),
      }),
    );
    await fc.assert(
      fc.asyncProperty(names, body, async (name, each) => {
        const { status, value } = await askWorkbench(workbench, name, each);
        expect([200, 400, 404, 422]).toContain(status);
        expect(Object.hasOwn(Object(value), 'failure')).toBe(status !== 200);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a draft', () => {
  const changed = (desk: ReturnType<typeof deskOf>): RecordMessage => {
    const record = desk.record('crossings', 'monday-ystad');
    return { ...record, ...setAt(record, '/cars', 41) };
  };

  test('whose record was deleted is listed, opens as a new record, and can be saved or discarded', () => {
    const folder = dataset();
    const desk = deskOf(folder);
    const edited = changed(desk);
    desk.keep(edited, edited.digest);
    fs.rmSync(path.join(folder, file));
    const name = { table: 'crossings', draftName: 'monday-ystad' };
    // what has the form open is told, and what opens it later
    expect(desk.save(edited, edited.digest)).toEqual({ conflict: undefined });
    for (const each of [desk, deskOf(folder)]) {
      expect(each.drafts()).toMatchObject([name]);
      expect(() => each.record('crossings', 'monday-ystad')).toThrow('no record of crossings is called "monday-ystad"');
      expect(each.draft(name.table, name.draftName)).toMatchObject({
        ...name,
        id: '',
        digest: undefined,
        draft: { value: { id: 'monday-ystad', cars: 41 } },
      });
    }
    const again = desk.draft(name.table, name.draftName);
    const content = again.draft ?? again;
    expect(desk.check({ ...again, ...content })).toMatchObject({ problems: [], id: 'monday-ystad' });
    expect(desk.save({ ...again, ...content }, undefined)).toMatchObject({ saved: { id: 'monday-ystad' } });
    expect(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'))).toEqual({ ...crossing, cars: 41 });
    expect(desk.drafts()).toEqual([]);
    writeFiles(folder, { '.demarche/drafts/gone/x.json': { value: { name: 'X' }, spans: [] } });
    expect(desk.drafts()).toMatchObject([{ table: 'gone' }]);
    desk.discard('gone', 'x');
    expect(desk.drafts()).toEqual([]);
  });

  test('does not replace a newer version of its record: the two are shown', () => {
    const folder = dataset();
    const edited = changed(deskOf(folder));
    deskOf(folder).keep(edited, edited.digest);
    writeFiles(folder, { [file]: { ...crossing, on: '2022-03-01' } });
    const desk = deskOf(folder);
    const opened = desk.record('crossings', 'monday-ystad');
    const answer = desk.save({ ...opened, ...opened.draft }, opened.digest);
    expect(answer).toMatchObject({ conflict: { value: { on: '2022-03-01', cars: 40 }, draft: undefined } });
    expect(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'))).toMatchObject({ on: '2022-03-01', cars: 40 });
    const theirs = 'conflict' in answer ? answer.conflict : undefined;
    expect(desk.save({ ...opened, ...opened.draft }, theirs?.digest)).toHaveProperty('saved');
  });

  test('is offered where a record refers to it, by its identifier or the one that it gets', () => {
    const desk = deskOf(dataset(), 'gazette');
    const ships = [
      ['~1', { name: 'Berta' }],
      ['~2', { id: 'anne', name: 'Another' }],
    ] as const;
    for (const [draftName, value] of ships) desk.keep({ table: 'ships', id: '', draftName, value, spans: [] });
    const record = desk.record('crossings', 'monday-ystad');
    const actionsFor = (ship: string): unknown =>
      desk.check({ ...record, ...setAt(record, '/ship', ship) }).problems.map(({ actions }) => actions);
    const draft = { kind: 'draft', label: 'Open its draft', table: 'ships' };
    expect(actionsFor('berta')).toEqual([[{ ...draft, draftName: '~1' }]]);
    expect(actionsFor('anne')).toMatchObject([
      [
        { ...draft, draftName: '~2' },
        { kind: 'replace', value: 'anna' },
      ],
    ]);
    expect(actionsFor('cecilia')).toEqual([[{ kind: 'create', label: 'Add to ships', table: 'ships', id: 'cecilia' }]]);
  });

  test('of a source is not lost when its review is noted', async () => {
    const desk = deskOf(newsroom());
    const record = desk.record('papers', 'gazette');
    desk.keep({ ...record, ...setAt(record, '/url', 'https://news.example/1') }, record.digest);
    const review = { by: 'Ida', date: '2026-01-01' };
    await expect((async () => desk.review('gazette', review))()).rejects.toThrow('has unsaved changes');
    expect(desk.drafts()).toHaveLength(1);
  });
});

describe('a record that is a line of NDJSON', () => {
  const lines = [
    { id: 'monday', kind: 'departure', ship: 'berta', on: '2022-03-07' },
    { id: 'tuesday', kind: 'arrival', ship: 'anna', port: 'ystad', on: '2022-03-08', evidence: crossing.evidence },
  ].map((record) =>
    JSON.stringify({ ...record, evidence: record.evidence?.map((s) => ({ ...s, supports: ['/port'] })) }),
  );
  const more = {
    'raw/crossings/more.ndjson': `${lines.join('\n')}\n`,
    'raw/ships/more.ndjson': '{"id":"berta","name":"Berta"}\n',
  };
  const textOf = (folder: string): readonly string[] =>
    fs.readFileSync(path.join(folder, 'raw/crossings/more.ndjson'), 'utf8').split('\n');

  test('is found, marked, checked and saved like any other; the other lines do not change', async () => {
    const folder = dataset(more);
    const desk = deskOf(folder);
    expect(await desk.find(['crossings'], 'tues')).toMatchObject({ records: [{ table: 'crossings', id: 'tuesday' }] });
    expect((await desk.marks('gazette')).marks.map(({ id }) => id)).toEqual(['monday-ystad', 'tuesday']);
    const record = desk.record('crossings', 'monday');
    expect(record.shown).toBe('raw/crossings/more.ndjson:1');
    // what it refers to is a line too
    expect(desk.check(record)).toEqual({ problems: [], missing: [], id: undefined });
    expect(desk.check({ ...record, ...setAt(record, '/ship', 'bertha') }).problems).toMatchObject([
      { pointer: '/ship', rule: 'reference', actions: [{ kind: 'replace', value: 'berta' }] },
    ]);
    const saved = desk.save({ ...record, ...setAt(record, '/on', '2022-03-09') }, record.digest);
    expect(saved).toMatchObject({ saved: { value: { on: '2022-03-09' } } });
    const [first, ...rest] = textOf(folder);
    expect(first).toBe(lines[0]?.replace('2022-03-07', '2022-03-09'));
    expect(rest).toEqual([lines[1], '']);
    expect((await run(folder, 'validate', ['--sources', 'sources', '--require-sources'])).out).toBe('');
  });

  test('does not overwrite one that has changed, keeps its identifier, and is found after it has moved', () => {
    const folder = dataset(more);
    const desk = deskOf(folder);
    const record = desk.record('crossings', 'tuesday');
    const changed = { ...record, ...setAt(record, '/on', '2022-03-09') };
    expect(() => desk.save({ ...record, ...setAt(record, '/id', 'x') }, record.digest)).toThrow(/never changes/);
    const other = lines[1]?.replace('2022-03-08', '2022-03-01') ?? '';
    fs.writeFileSync(path.join(folder, 'raw/crossings/more.ndjson'), `${other}\n${lines[0]}\n`);
    expect(desk.save(changed, record.digest)).toMatchObject({ conflict: { value: { on: '2022-03-01' } } });
    expect(textOf(folder)).toEqual([other, lines[0], '']);
    const again = desk.record('crossings', 'tuesday');
    expect(again.shown).toBe('raw/crossings/more.ndjson:1');
    expect(desk.save({ ...again, ...setAt(again, '/on', '2022-03-10') }, again.digest)).toHaveProperty('saved');
    expect(textOf(folder)).toEqual([other.replace('2022-03-01', '2022-03-10'), lines[0], '']);
  });

  test('is gone with its file: the page can say so, and nothing is written', () => {
    const folder = dataset(more);
    const desk = deskOf(folder);
    const record = desk.record('crossings', 'tuesday');
    fs.rmSync(path.join(folder, 'raw/crossings/more.ndjson'));
    const changed = { ...record, ...setAt(record, '/on', '2022-03-09') };
    expect(desk.save(changed, record.digest)).toEqual({ conflict: undefined });
    expect(desk.remove('crossings', 'tuesday', record.digest ?? '')).toEqual({ conflict: undefined });
    expect(() => desk.record('crossings', 'tuesday')).toThrow('no record of crossings is called "tuesday"');
    expect(fs.readdirSync(path.join(folder, 'raw/crossings'))).toEqual(['monday-ystad.json']);
  });

  test('has a name that no new record can have', () => {
    const desk = deskOf(dataset(more));
    const fresh = { ...desk.fresh('ships'), value: { name: 'Berta' } };
    expect(desk.check(fresh).id).toBe('berta-2');
  });
});

test('what was shown as saved is on the disk: the record is read back from its file', () => {
  const folder = dataset();
  const desk = deskOf(folder);
  const record: RecordMessage = desk.record('ships', 'anna');
  const saved = desk.save({ ...record, ...setAt(record, '/name', 'Änna 🛳') }, record.digest);
  expect(saved).toMatchObject({ saved: { value: { name: 'Änna 🛳' } } });
  expect(resolvePointer(JSON.parse(fs.readFileSync(path.join(folder, 'raw/ships/anna.json'), 'utf8')), '/name')).toBe(
    'Änna 🛳',
  );
});

describe('a document', () => {
  const html =
    '<!doctype html><html><head><title>x</title><style>p{}</style></head><body><nav>Menü</nav><article><h1>Die Fähre</h1>' +
    '<p>Die <b>„Anna“</b> fuhr <a href="http://x.example">ab</a>.<br>Mit 40 Autos.</p><script>alert(1)</script></article></body></html>';

  test('of HTML becomes the text of its article, without its markup', async () => {
    const { text } = await deskOf(dataset()).toText({ name: 'a.html', bytes: Buffer.from(html) });
    expect(text).toBe('Die Fähre\n\nDie „Anna“ fuhr ab.\nMit 40 Autos.\n');
  });

  test('of PDF becomes its words', async () => {
    const { text } = await deskOf(dataset()).toText({
      name: 'a.pdf',
      bytes: Buffer.from(pdfOf('The ferry left Ystad.')),
    });
    expect(text).toBe('The ferry left Ystad.\n');
  });

  test('of text stays as it is, byte for byte', async () => {
    const text = 'Zeile\r\n\r\n🛳 e\u0301 \n';
    const given = await deskOf(dataset()).toText({ name: 'a.txt', bytes: Buffer.from(text) });
    expect(given).toEqual({ text, facts: undefined });
  });

  test.each([
    ['what is not a text', Buffer.from([0xff, 0xfe, 0])],
    ['no words', Buffer.from(' \n')],
    ['a broken PDF', Buffer.from('%PDF-1.4 broken')],
  ])('with %s is refused with a sentence', async (_name, bytes) => {
    await expect(deskOf(dataset()).toText({ name: 'a', bytes })).rejects.toThrow(/"a"/);
  });

  const dispatch = 'Talks to go on, envoy says\n\nYSTAD, 3 March 2022. The envoy spoke.\n';
  const memory = `Talks went on\n\n${'The envoy spoke for hours. '.repeat(3)}It was like on 3 March 1922.\n`;

  test.each([
    ['https://www.nordic-wire.example/talks', dispatch, 'nordic-wire-2022-03-03'],
    ['https://news.example/2022/03/04/talks', dispatch.replace(/YSTAD[^.]*\. /, ''), 'news-2022-03-04'],
    [undefined, dispatch, 'talks-to-go-2022-03-03'],
    // a date in the middle of a text is not that of the text
    ['https://news.example/talks', memory, 'news-talks-went-on'],
    [undefined, memory, 'talks-went-on'],
    [undefined, ukrainian, 'porom-anna-vyishov-2022-02-28'],
  ])('from %j gets a short identifier: site and date, or words of its title', (url, text, id) => {
    const desk = deskOf(newsroom());
    expect(desk.addSource({ table: 'papers', id: undefined, text, url }).value).toMatchObject({ id });
    // the next one of the same day is told apart by words of its title, and then by a number
    const ids = ['A second text', 'A second text, longer'].map((first) => {
      const next = { table: 'papers', id: undefined, text: `${first}\n${text}`, url };
      return desk.addSource(next).value['id'];
    });
    expect(new Set([id, ...ids]).size).toBe(3);
    for (const each of ids) expect(each).not.toMatch(/[a-z]-$|--/);
  });

  test('that is a draft is called by the title of its draft', () => {
    const desk = deskOf(newsroom());
    const record = desk.addSource({ table: 'papers', id: 'talks', text: dispatch, url: undefined });
    expect(desk.source('talks').label).toBeUndefined();
    desk.keep({ ...record, value: { ...record.value, title: 'Talks to go on' } });
    expect(desk.source('talks').label).toBe('Talks to go on');
  });

  test('that is a draft shows the language of a name that it is cited for', () => {
    const desk = deskOf(newsroom());
    desk.addSource({ table: 'papers', id: 'talks', text: ukrainian, url: undefined });
    const spans = [{ source: 'talks', start: 0, end: 5, supports: ['/name'], origin: undefined }];
    const named = { ...desk.fresh('ships'), value: { name: 'Олена Гнатюк' } };
    expect(desk.check({ ...named, spans }).id).toBe('olena-hnatiuk');
    expect(desk.check(named).id).toBeUndefined();
  });

  test('is added: its text can be cited before its record is saved, and survives a restart', async () => {
    const folder = dataset();
    const text = 'Fähre „Anna“ fährt\r\n\r\nDie Fähre 🛳 legte ab.\r\n';
    const begun = deskOf(folder).addSource({ table: 'papers', id: undefined, text, url: undefined });
    expect(begun.value).toMatchObject({ id: 'faehre-anna-faehrt', document: { file: 'faehre-anna-faehrt.txt' } });
    expect(fs.readFileSync(path.join(folder, 'sources/faehre-anna-faehrt.txt'), 'utf8')).toBe(text);
    const desk = deskOf(folder);
    expect(desk.source('faehre-anna-faehrt')).toMatchObject({ table: 'papers', text });
    const again = desk.draft('papers', desk.start().drafts[0]?.draftName ?? '');
    const saved = desk.save({ ...again, value: again.draft?.value ?? {} }, undefined);
    expect(saved).toMatchObject({ saved: { id: 'faehre-anna-faehrt' } });
    expect((await run(folder, 'validate', ['--sources', 'sources', '--require-sources'])).out).toBe('');
    expect(() => desk.addSource({ table: 'papers', id: 'faehre-anna-faehrt', text: 'other', url: undefined })).toThrow(
      /taken/,
    );
  });
});

/** The least PDF that holds a line of words. */
function pdfOf(words: string): string {
  const stream = `BT /F1 12 Tf 72 720 Td (${words}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return `${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`;
}

describe('a commit', () => {
  test('contains the changes below the records, on its own branch, and nothing else', async () => {
    const folder = repository({ 'notes.txt': 'a' });
    git(folder, 'config', 'user.name', 'Ida');
    git(folder, 'config', 'user.email', 'ida@example.org');
    const desk = deskOf(folder);
    expect(desk.changes().files).toEqual([]);
    const record = desk.record('ships', 'anna');
    desk.save({ ...record, ...setAt(record, '/name', 'Änna') }, record.digest);
    fs.writeFileSync(path.join(folder, 'notes.txt'), 'b');
    const { files, branch, branches, records, keptBack, report } = desk.changes();
    expect([files, branch, branches]).toEqual([['raw/ships/anna.json'], 'main', ['main']]);
    expect(records).toEqual([{ table: 'ships', id: 'anna', change: 'changed', label: 'Änna', sources: [] }]);
    // git ignores the texts
    expect(keptBack).toMatch(/sources$/);
    fs.writeFileSync(path.join(folder, '.gitignore'), '');
    expect(desk.changes().keptBack).toBeUndefined();
    git(folder, 'checkout', '-q', '.gitignore');
    expect(report).toContain('Änna');
    expect(await desk.commit('Name the ship', 'curate/ships')).toMatchObject({
      commit: git(folder, 'rev-parse', 'HEAD').trim(),
    });
    expect(git(folder, 'show', '--format=%s', '--name-only', 'HEAD')).toBe('Name the ship\n\nraw/ships/anna.json\n');
    expect(git(folder, 'status', '--porcelain')).toBe(' M notes.txt\n');
    expect(git(folder, 'branch', '--show-current')).toBe('curate/ships\n');
    await expect(desk.commit('x', '--force')).rejects.toThrow(/has changed|name of a branch/);
  });

  test('is refused while a record has a problem, and says where', async () => {
    const folder = repository();
    fs.writeFileSync(path.join(folder, 'raw/ships/anna.json'), '{}\n');
    const record = { table: 'ships', id: 'anna', pointer: '' };
    expect(await deskOf(folder).commit('x', 'main')).toMatchObject({
      refused: [{ where: 'raw/ships/anna.json:1', record }, { record }],
    });
  });
});

describe('what the page shows of a dataset', () => {
  test('sources come with how far they are coded: sentences that no span touches count', async () => {
    const text = 'The ferry left. It rained. Nobody came.\n';
    const other = { 'raw/papers/log.json': { id: 'log', document: { file: 'log.txt', sha256: sha256(text) } } };
    const folder = dataset({ ...other, 'sources/log.txt': text });
    expect(await deskOf(folder).queue()).toEqual([
      { table: 'papers', id: 'log', label: undefined, records: 0, sentences: 3, uncovered: 3, state: 'open' },
      { table: 'papers', id: 'gazette', label: undefined, records: 1, sentences: 1, uncovered: 0, state: 'coded' },
    ]);
  });

  test('a sentence that only records of an authority file cite is not coded', async () => {
    const crossings: unknown = schemas['schema/crossings.schema.json'];
    const schema = { ...Object(crossings), 'x-authority': true };
    expect(await deskOf(dataset({ 'schema/crossings.schema.json': schema })).queue()).toEqual([
      { table: 'papers', id: 'gazette', label: undefined, records: 1, sentences: 1, uncovered: 1, state: 'begun' },
    ]);
  });

  test('a code comes with what people write instead of it', () => {
    const codes = Array.from({ length: 20 }, (_, i) => `C${String(i)}`);
    const flag = { type: 'string', enum: codes, 'x-synonyms': { Seaside: 'C3', Atlantis: 'not a country', sea: 'C3' } };
    const ships = { type: 'object', properties: { id: { type: 'string' }, flag } };
    const { fields } = deskOf(dataset({ 'schema/ships.schema.json': ships })).start();
    const named = fields.flatMap((field) => field.codes).filter(({ names }) => names !== undefined);
    expect(named).toEqual([{ code: 'C3', description: undefined, names: ['Seaside', 'sea'] }]);
  });

  test('suggestions are known names, dates and numbers, by code points', async () => {
    const text = '🛳 Anna left Ystad on March 7, 2022 with 40 cars. Annals are no name.\n';
    const folder = dataset({
      'raw/papers/log.json': { id: 'log', document: { file: 'log.txt', sha256: sha256(text) } },
      'sources/log.txt': text,
    });
    const words = Array.from(text);
    const found = await deskOf(folder).suggest('log');
    expect(found.map(({ kind, start, end, meaning }) => [kind, words.slice(start, end).join(''), meaning])).toEqual([
      ['name', 'Anna', 'ships/anna'],
      ['name', 'Ystad', 'ports/ystad'],
      ['date', 'March 7, 2022', '2022-03-07'],
      ['number', '40', '40'],
    ]);
  });

  test('a record that may repeat others is shown these: by values, by name, by words', async () => {
    const crossings = schemas['schema/crossings.schema.json'];
    const folder = dataset({
      'schema/crossings.schema.json': { ...crossings, 'x-distinct': ['/ship', '/on'] },
      'raw/crossings/other.json': { id: 'other', kind: 'arrival', ship: 'anna', on: '2022-03-01' },
    });
    const desk = deskOf(folder);
    const fresh = desk.fresh('crossings');
    const cites = (start: number, end: number) => [
      { source: 'gazette', start, end, supports: ['/port'], origin: undefined },
    ];
    const spans = cites(20, 45);
    const value = { kind: 'departure', ship: 'anna', on: '2022-03-01' };
    expect((await desk.alike({ ...fresh, value, spans })).map(({ id, why }) => [id, why])).toEqual([
      ['other', 'values'],
      ['monday-ystad', 'words'],
    ]);
    // with the same words too, `validate` warns
    const monday = desk.record('crossings', 'monday-ystad');
    const same = { ...monday, id: '', draftName: fresh.draftName };
    const [first] = await desk.alike(same);
    expect(first).toMatchObject({ id: 'monday-ystad', why: 'values and words' });
    expect(await desk.alike({ ...same, spans: cites(0, 3) })).toMatchObject([{ id: 'monday-ystad', why: 'values' }]);
    const other = { ...value, on: '2022-03-02' };
    expect(await desk.alike({ ...fresh, value: other, spans: [] })).toEqual([]);
    // a few words in common, such as a date, make no duplicate
    expect(await desk.alike({ ...fresh, value: other, spans: cites(20, 30) })).toEqual([]);
    const ship = { ...desk.fresh('ships'), value: { name: 'ÀNNA' } };
    expect(await desk.alike(ship)).toMatchObject([{ id: 'anna', why: 'name' }]);
    expect(await desk.alike(desk.record('ships', 'anna'))).toEqual([]);
  });

  test('a record with another name of a record is shown it; a description is no name', async () => {
    const also = { type: 'array', items: { type: 'string' } };
    const ships = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' }, also } };
    const folder = dataset({
      'schema/ships.schema.json': { ...ships, required: ['name'] },
      'raw/ships/berta.json': { id: 'berta', name: 'Berta', also: ['Old Lady', 'our ship'] },
    });
    const desk = deskOf(folder);
    const alike = (...names: readonly string[]) =>
      desk.alike({ ...desk.fresh('ships'), value: { name: 'Clara', also: names } });
    expect(await alike('The Old', 'old Lady')).toMatchObject([{ id: 'berta', why: 'other name' }]);
    expect(await alike('our ship')).toEqual([]);
  });

  test('a passage that needs no record is kept in the record of its source, once for each reason', async () => {
    const folder = newsroom();
    const desk = deskOf(folder);
    const note = (start: number, end: number): ReturnType<typeof desk.passOver> =>
      desk.passOver({ source: 'gazette', start, end, reason: 'background' });
    expect(await note(0, 9)).toHaveProperty('saved');
    expect(await note(12, 16)).toHaveProperty('saved');
    expect(JSON.parse(fs.readFileSync(path.join(folder, 'raw/papers/gazette.json'), 'utf8'))).toMatchObject({
      uncoded: ['background'],
      evidence: [
        { start: 0, supports: ['/uncoded/0'] },
        { start: 12, supports: ['/uncoded/0'] },
      ],
    });
    // another reason for the same words replaces it
    await desk.passOver({ source: 'gazette', start: 0, end: 9, reason: 'weather' });
    await desk.passOver({ source: 'gazette', start: 12, end: 16, reason: 'weather' });
    expect(JSON.parse(fs.readFileSync(path.join(folder, 'raw/papers/gazette.json'), 'utf8'))).toMatchObject({
      uncoded: ['weather'],
      evidence: [
        { start: 0, supports: ['/uncoded/0'] },
        { start: 12, supports: ['/uncoded/0'] },
      ],
    });
    // the words need a record after all
    await desk.passOver({ source: 'gazette', start: 0, end: 9, reason: undefined });
    const { uncoded, evidence } = JSON.parse(fs.readFileSync(path.join(folder, 'raw/papers/gazette.json'), 'utf8'));
    expect([uncoded, evidence.map((span: { readonly start: number }) => span.start)]).toEqual([['weather'], [12]]);
    await expect(deskOf(dataset()).passOver({ source: 'gazette', start: 0, end: 9, reason: 'x' })).rejects.toThrow(
      /x-uncoded/,
    );
  });

  test('a save says which words that the record cites since then are marked as needing none', async () => {
    const desk = deskOf(newsroom());
    await desk.passOver({ source: 'gazette', start: 0, end: 11, reason: 'weather' });
    await desk.passOver({ source: 'gazette', start: 17, end: 40, reason: 'background' });
    const value = { kind: 'arrival', ship: 'anna', port: 'ystad', on: '2022-03-01' };
    const saveCiting = (table: string, id: string, words: readonly [number, number]): unknown => {
      const before = id === '' ? { ...desk.fresh(table), value } : desk.record(table, id);
      const [start, end] = words;
      const added = { source: 'gazette', start, end, supports: ['/port'], origin: undefined };
      const spans = [...before.spans, added];
      const saved = desk.save({ ...before, spans }, before.digest);
      return 'passedOver' in saved ? saved.passedOver : saved;
    };
    expect(saveCiting('crossings', '', [12, 16])).toEqual([]);
    const id = '2022-03-01-anna-ystad';
    expect(saveCiting('crossings', id, [4, 9])).toEqual(['weather']);
    // the words are known since the last save, and a sign is no word
    expect(saveCiting('crossings', id, [4, 11])).toEqual([]);
    expect(saveCiting('crossings', id, [4, 22])).toEqual(['background']);
  });

  test.each<[string, [number, number, string][], [number, number, string][]]>([
    [
      'another reason, and keeps its own for the rest',
      [[0, 22, 'background']],
      [
        [0, 22, 'background'],
        [23, 40, 'colour'],
      ],
    ],
    [
      'another reason in its middle',
      [[12, 22, 'background']],
      [
        [0, 11, 'colour'],
        [12, 22, 'background'],
        [23, 40, 'colour'],
      ],
    ],
    ['the same reason, and stays as it is', [[0, 22, 'colour']], [[0, 40, 'colour']]],
    [
      'another reason, without a rest of a full stop or a space',
      [
        [0, 46, 'x'],
        [0, 45, 'y'],
      ],
      [[0, 45, 'y']],
    ],
    [
      'another reason twice, and then for all of its words',
      [
        [0, 9, 'background'],
        [12, 22, 'weather'],
        [0, 40, 'background'],
      ],
      [[0, 40, 'background']],
    ],
    [
      'another reason beyond its end',
      [[33, 44, 'background']],
      [
        [0, 32, 'colour'],
        [33, 44, 'background'],
      ],
    ],
  ])('a part of a passage that needs no record gets %s', async (_, notes, expected) => {
    const desk = deskOf(newsroom());
    const all = [[0, 40, 'colour'], ...notes] as const;
    for (const [start, end, reason] of all)
      expect(await desk.passOver({ source: 'gazette', start, end, reason })).toHaveProperty('saved');
    const { value, spans } = desk.record('papers', 'gazette');
    const reasons = value['uncoded'] as readonly string[];
    expect(spans.map(({ start, end, supports }) => [start, end, reasons[Number(supports[0]?.at(-1))]])).toEqual(
      expected,
    );
    expect(reasons).toEqual([...new Set(reasons)]);
  });

  test('who has reviewed a source is kept in its record, shown in the queue, and can be taken back', async () => {
    const folder = newsroom();
    const desk = deskOf(folder);
    const review = { by: 'Ida', date: '2022-03-01' };
    const paper = path.join(folder, 'raw/papers/gazette.json');
    const before = fs.readFileSync(paper, 'utf8');
    expect(desk.review('gazette', review)).toHaveProperty('saved');
    expect(JSON.parse(fs.readFileSync(paper, 'utf8'))).toMatchObject({ reviewed: review });
    expect(desk.source('gazette')).toMatchObject({ review });
    expect(await desk.queue()).toMatchObject([{ id: 'gazette', state: 'reviewed', review }]);
    expect(desk.review('gazette', { ...review, date: 'today' })).toMatchObject({
      refused: [{ pointer: '/reviewed/date' }],
    });
    expect(desk.review('gazette', undefined)).toHaveProperty('saved');
    expect(fs.readFileSync(paper, 'utf8')).toBe(before);
    expect(await desk.queue()).toMatchObject([{ id: 'gazette', state: 'coded', review: undefined }]);
    expect(() => deskOf(dataset()).review('gazette', review)).toThrow(/x-review/);
    const schema = path.join(folder, 'schema/papers.schema.json');
    fs.writeFileSync(schema, fs.readFileSync(schema, 'utf8').replace(/"by",\s*"date"/, '"by"'));
    expect(() => deskOf(folder)).toThrow('"reviewed" is a review: it must be optional, and require "by" and "date"');
  });

  test('a dataset without spans and documents gets only the form', () => {
    const folder = dataset();
    for (const table of ['papers', 'crossings']) {
      fs.rmSync(path.join(folder, 'schema', `${table}.schema.json`));
      fs.rmSync(path.join(folder, 'raw', table), { recursive: true });
    }
    const { tables } = deskOf(folder).start();
    expect(tables.map(({ name, spansAt, isSource, hasDocument }) => [name, spansAt, isSource, hasDocument])).toEqual([
      ['ports', undefined, false, false],
      ['ships', undefined, false, false],
    ]);
    expect(deskOf(folder).record('ships', 'anna')).toMatchObject({ value: { name: 'Anna' }, spans: [] });
  });
});

test('a second coder gets the sources and lists, but nothing that the first has coded', () => {
  const folder = dataset();
  const second = path.join(folder, 'second');
  const project = projectAt(folder, ['--sources', 'sources']);
  expect(codedTables(project)).toEqual(['crossings']);
  expect(prepareSecondCoding(project, second)).toBe(4);
  const copied = fs.readdirSync(second, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  expect(copied.toSorted()).toEqual([
    'papers/gazette.json',
    'ports/trelleborg.json',
    'ports/ystad.json',
    'ships/anna.json',
  ]);
  expect(fs.existsSync(path.join(second, 'crossings'))).toBe(true);
  // what is there stays
  fs.writeFileSync(path.join(second, 'ships/anna.json'), '{}');
  expect(prepareSecondCoding(project, second)).toBe(0);
  expect(fs.readFileSync(path.join(second, 'ships/anna.json'), 'utf8')).toBe('{}');
});

test('a second coder sees neither the passages that the first left out, nor the review, nor the drafts', async () => {
  const folder = newsroom();
  const first = deskOf(folder, 'gazette');
  await first.passOver({ source: 'gazette', start: 0, end: 9, reason: 'no crossing' });
  first.review('gazette', { by: 'Ida', date: '2022-03-01' });
  first.keep({ ...first.fresh('crossings'), value: { kind: 'arrival' } });
  expect(first.drafts()).toHaveLength(1);
  const second = path.join(folder, 'second');
  prepareSecondCoding(projectAt(folder, ['--sources', 'sources']), second);
  const read = (raw: string): object =>
    JSON.parse(fs.readFileSync(path.join(folder, raw, 'papers/gazette.json'), 'utf8'));
  const { document } = read('raw') as { readonly document: object };
  expect(read('raw')).toHaveProperty('uncoded');
  expect(read('second')).toEqual({ id: 'gazette', document });
  const at = { cwd: folder, home: folder };
  const sources = path.join(folder, 'sources');
  const options = (): ProjectOptions => configuredOptions(nodeFileSystem(), at, { raw: second, sources });
  const ofFirst = (): ProjectOptions => configuredOptions(nodeFileSystem(), at, { sources });
  const blind = openDesk({
    fs: nodeFileSystem(),
    options,
    home: folder,
    source: 'gazette',
    second: { folder: second, first: ofFirst },
  });
  expect(blind.drafts()).toEqual([]);
  blind.keep({ ...blind.fresh('crossings'), value: { kind: 'departure' } });
  expect([blind.drafts(), first.drafts()].map((each) => each.map(({ label }) => label))).toEqual([
    ['departure'],
    ['arrival'],
  ]);
});

test('a difference that somebody has decided on is settled, and comes last', async () => {
  const folder = dataset();
  const second = path.join(folder, 'second');
  prepareSecondCoding(projectAt(folder, ['--sources', 'sources']), second);
  const desk = deskOf(folder, 'gazette', second);
  const pair = { table: 'crossings', first: 'monday-ystad', second: undefined };
  expect(await desk.differing('gazette')).toEqual([{ ...pair, passage: undefined, decisions: [] }]);
  const choice = { field: '', chosen: 'first', reason: 'It is there.' } as const;
  const { digest } = desk.record('crossings', 'monday-ystad');
  const about = {
    ...pair,
    passage: undefined,
    source: 'gazette',
    date: '2022-03-01',
    digest,
    withdraws: false,
    secondDigest: undefined,
  };
  expect(await desk.resolve({ ...about, by: 'Ida', choices: [choice] })).toEqual({
    resolved: 'monday-ystad',
    unreviewed: [],
  });
  // an invalid line is not a decision, and does not hide the others
  fs.appendFileSync(path.join(second, '.decisions.ndjson'), '{"table":\n{}\n');
  const decided = {
    ...choice,
    by: 'Ida',
    date: '2022-03-01',
    firstValue: undefined,
    secondValue: undefined,
    names: {},
  };
  const unnamed = { firstName: undefined, secondName: undefined, passage: undefined };
  expect(await desk.differing('gazette')).toEqual([{ ...pair, ...unnamed, decisions: [decided] }]);
});

describe('a record that should not be there', () => {
  test('is deleted if nothing refers to it, with its marks, names and drafts', async () => {
    const folder = dataset();
    const desk = deskOf(folder, 'gazette');
    const { digest = '', ...record } = desk.record('crossings', 'monday-ystad');
    expect((await desk.marks('gazette')).records.length).toBe(2);
    desk.keep(record);
    expect(desk.remove('crossings', 'monday-ystad', sha256('what it was'))).toMatchObject({ conflict: { digest } });
    expect(desk.remove('crossings', 'monday-ystad', digest)).toEqual({ removed: file, unreviewed: [] });
    expect(fs.existsSync(path.join(folder, file))).toBe(false);
    expect(fs.readdirSync(path.join(folder, '.demarche/drafts/crossings'))).toEqual([]);
    expect((await desk.marks('gazette')).records.map(({ id }) => id)).toEqual(['gazette']);
    expect(desk.fresh('crossings')).toMatchObject({ id: '' });
    expect(() => desk.record('crossings', 'monday-ystad')).toThrow('no record of crossings');
    expect(desk.remove('crossings', 'monday-ystad', digest)).toEqual({ conflict: undefined });
  });

  test('is deleted while all records are read, and the reading goes on without it', async () => {
    const desk = deskOf(dataset(), 'gazette');
    const { digest = '' } = desk.record('crossings', 'monday-ystad');
    const reading = desk.marks('gazette');
    desk.remove('crossings', 'monday-ystad', digest);
    expect((await reading).isComplete).toBe(true);
    expect((await desk.marks('gazette')).records.map(({ id }) => id)).toEqual(['gazette']);
  });

  test('stays while others refer to it: each place is named', () => {
    const desk = deskOf(dataset());
    const { digest = '' } = desk.record('ports', 'ystad');
    const place = { table: 'crossings', id: 'monday-ystad' };
    expect(desk.remove('ports', 'ystad', digest)).toEqual({
      referrers: ['/port', '/stops/0/port'].map((pointer) => ({ ...place, pointer })),
    });
    const source = desk.record('papers', 'gazette');
    expect(desk.remove('papers', 'gazette', source.digest ?? '')).toMatchObject({
      referrers: [{ ...place, pointer: '/evidence/0/source' }],
    });
  });

  test('leaves the text of a source, and names its file, unless another source has it or it is missing', () => {
    const herald = (name: string, text: string): object => ({
      id: 'herald',
      document: { file: name, sha256: sha256(text) },
    });
    const made = [
      { name: 'herald.txt', text: 'It left Lund.\n', files: { 'sources/herald.txt': 'It left Lund.\n' } },
      { name: 'gazette.txt', text: ferry, files: {} },
      { name: 'missing.txt', text: 'It left Lund.\n', files: {} },
    ];
    const found = made.map(({ name, text, files }) => {
      const folder = dataset({ ...files, 'raw/papers/herald.json': herald(name, text) });
      const desk = deskOf(folder);
      const asked = desk.ties('papers', 'herald').text;
      const removed = desk.remove('papers', 'herald', desk.record('papers', 'herald').digest ?? '');
      expect(removed).toEqual({ removed: 'raw/papers/herald.json', unreviewed: [], text: asked });
      for (const each of Object.keys(files)) expect(fs.existsSync(path.join(folder, each))).toBe(true);
      return asked;
    });
    expect(found).toEqual(['sources/herald.txt', undefined, undefined]);
    expect(deskOf(dataset()).ties('ports', 'ystad').text).toBeUndefined();
  });

  test('stays if a version has published it, and can be withdrawn instead', () => {
    const folder = repository();
    git(folder, 'tag', 'v1.2.3');
    const later = { ...crossing, id: 'tuesday-ystad' };
    fs.writeFileSync(path.join(folder, 'raw/crossings/tuesday-ystad.json'), `${JSON.stringify(later, null, 2)}\n`);
    const desk = deskOf(folder);
    const digestOf = (id: string): string => desk.record('crossings', id).digest ?? '';
    expect(desk.remove('crossings', 'monday-ystad', digestOf('monday-ystad'))).toEqual({
      version: '1.2.3',
      withdrawalAt: '/withdrawn',
    });
    expect(desk.remove('crossings', 'tuesday-ystad', digestOf('tuesday-ystad'))).toHaveProperty('removed');
  });

  test('in a line of NDJSON is deleted alone: the other lines do not change', () => {
    const lines = ['a', 'b', 'c'].map((id) => JSON.stringify({ id, name: id.toUpperCase() }));
    const folder = dataset({ 'raw/ports/more.ndjson': `${lines.join('\n')}\n` });
    const more = path.join(folder, 'raw/ports/more.ndjson');
    const desk = deskOf(folder);
    for (const [id, left] of [
      ['b', [lines[0], lines[2]]],
      ['c', [lines[0]]],
    ] as const) {
      expect(desk.remove('ports', id, desk.record('ports', id).digest ?? '')).toEqual({
        removed: 'raw/ports/more.ndjson',
        unreviewed: [],
      });
      expect(fs.readFileSync(more, 'utf8')).toBe(`${left.join('\n')}\n`);
    }
    git(folder, 'init', '-q');
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'Begin');
    git(folder, 'tag', 'v1.0.0');
    expect(desk.remove('ports', 'a', desk.record('ports', 'a').digest ?? '')).toEqual({ version: '1.0.0' });
  });
});

test('no save is lost: of many saves at once by two desks, each is there or was refused', async () => {
  const folder = dataset();
  const desks = [deskOf(folder), deskOf(folder)];
  const saved: string[] = [];
  for (let round = 0; round < 10; round++) {
    const records = desks.map((desk) => desk.record('ships', 'anna'));
    for (const [i, desk] of desks.entries()) {
      const record = records[i];
      if (record === undefined) continue;
      const name = `Anna ${round} ${i}`;
      const answer = desk.save({ ...record, ...setAt(record, '/name', name) }, record.digest);
      if ('saved' in answer) saved.push(name);
    }
  }
  expect(saved).toEqual(Array.from({ length: 10 }, (_, round) => `Anna ${round} 0`));
  expect(JSON.parse(fs.readFileSync(path.join(folder, 'raw/ships/anna.json'), 'utf8')).name).toBe('Anna 9 0');
});

test('the name given with the command opens a source or a record, or says what there is', () => {
  const folder = dataset();
  writeFiles(folder, { 'raw/ports/anna.json': { id: 'anna', name: 'Anna' } });
  const opened: readonly (readonly [name: string, opened: object])[] = [
    ['gazette', { source: 'gazette' }],
    ['papers/gazette', { source: 'gazette' }],
    ['monday-ystad', { record: { table: 'crossings', id: 'monday-ystad' } }],
    ['ships/anna', { record: { table: 'ships', id: 'anna' } }],
  ];
  for (const [name, first] of opened) expect(deskOf(folder, name).start(), name).toMatchObject(first);
  const refused = [
    ['anna', 'ports and ships each have a record called "anna": give one with its table, as "ports/anna"'],
    ['gazete', 'no source or record is called "gazete" (did you mean "gazette"?)'],
    ['ships', '"ships" is a table: give the identifier of a record, such as "anna"'],
    ['nowhere', 'no source or record is called "nowhere": `npx demarche curate` lists what there is'],
  ] as const;
  for (const [name, message] of refused) expect(() => deskOf(folder, name), name).toThrow(message);
});

test('of a source that is still a draft, the name opens it, but not in another table', () => {
  const folder = dataset();
  const desk = deskOf(folder);
  const fresh = desk.fresh('papers');
  desk.keep({ ...fresh, value: { id: 'anna', document: { file: 'gazette.txt', sha256: sha256(ferry) } } });
  expect(deskOf(folder, 'ships/anna').start()).toMatchObject({ record: { table: 'ships', id: 'anna' } });
  expect(deskOf(folder, 'papers/anna').start()).toMatchObject({ source: 'anna' });
});

test('the table with a record of just the words that are sought is first, also for another name', async () => {
  const folder = dataset({
    'raw/ports/annas-quay.json': { id: 'annas-quay', name: 'Quay of Anna' },
    'raw/crossings/of-anna.json': { id: 'of-anna', kind: 'departure', ship: 'anna', on: '2022-02-28' },
  });
  const desk = deskOf(folder);
  const listed = async (words: string) => {
    const { tables } = await desk.list({ table: undefined, words, shown: 'all', most: 50, known: false });
    return tables.filter(({ count }) => count > 0).map(({ table }) => table);
  };
  expect(await listed('ann')).toEqual(['crossings', 'ports', 'ships']);
  expect(await listed('Anna')).toEqual(['ships', 'crossings', 'ports']);
  expect(await listed('quay of anna')).toEqual(['ports']);
});

test('a record that cannot be read stays in the list; each line of a file has its first error', async () => {
  const lines = Array.from({ length: 3 }, (_, i) => JSON.stringify({ id: `wrong-${i}`, nme: 'x' }));
  const folder = dataset({
    'raw/ships/berta.json': '{ "id": "berta"',
    'raw/ships/more.ndjson': `${lines.join('\n')}\n`,
  });
  const desk = deskOf(folder);
  const listed = async (shown: 'all' | 'errors') => {
    const { tables } = await desk.list({ table: 'ships', words: '', shown, most: 50, known: false });
    return tables.find(({ table }) => table === 'ships')?.records.map(({ id, fault }) => [id, fault !== undefined]);
  };
  const wrong = lines.map((_, i) => [`wrong-${i}`, true]);
  expect(await listed('errors')).toEqual([['berta', true], ...wrong]);
  expect((await listed('all'))?.map(([id]) => id)).toEqual(['anna', 'berta', ...wrong.map(([id]) => id)]);
});

test('records with errors are listed as they are found, with the share of records that was checked', async () => {
  const lines = Array.from({ length: 300 }, (_, i) => JSON.stringify({ id: `wrong-${i}`, nme: 'x' }));
  const folder = dataset({
    'raw/ports/aarhus.json': { id: 'aarhus', nme: 'Aarhus' },
    'raw/ships/more.ndjson': `${lines.join('\n')}\n`,
  });
  const desk = deskOf(folder);
  const sought = { table: undefined, words: '', shown: 'errors', most: 500, known: true } as const;
  // a clock that runs fast: each record takes longer than the page waits
  let now = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
  const answers: { readonly checked: number; readonly ids: readonly string[] }[] = [];
  do {
    const { tables, checked = 0 } = await desk.list(sought);
    answers.push({ checked, ids: tables.flatMap(({ records }) => records.map(({ id }) => id)) });
  } while ((answers.at(-1)?.checked ?? 0) < 1);
  vi.restoreAllMocks();
  const whole = answers.at(-1)?.ids ?? [];
  expect(whole.length).toBe(301);
  expect(answers.length).toBeGreaterThan(2);
  expect(answers.some(({ checked, ids }) => checked < 1 && ids.includes('aarhus'))).toBe(true);
  for (const [i, { checked, ids }] of answers.entries()) {
    expect(checked).toBeGreaterThanOrEqual(answers[i - 1]?.checked ?? 0);
    expect(whole).toEqual(expect.arrayContaining([...ids]));
  }
  expect(await desk.list({ ...sought, known: false })).toMatchObject({ checked: 1 });
});

test('a document is refused by a dataset without sources', () => {
  const incoming = { name: 'a.txt', text: 'A text.', facts: undefined };
  const files = nodeFileSystem();
  const folder = bells();
  const options = () => configuredOptions(files, { cwd: folder, home: folder }, {});
  expect(() => openDesk({ fs: files, options, home: folder, source: undefined, incoming })).toThrow(
    '`file` adds a source, and this dataset has no table of sources (x-document)',
  );
});

describe('a record that gets another identifier', () => {
  test('keeps its draft; references in records and drafts follow, and those drafts can be saved', async () => {
    const folder = dataset();
    const desk = deskOf(folder, 'gazette');
    const port = desk.record('ports', 'ystad');
    desk.keep({ ...port, ...setAt(port, '/name', 'Ystad!') }, port.digest);
    const saved = desk.record('crossings', 'monday-ystad');
    desk.keep({ ...saved, ...setAt(saved, '/cars', 41) }, saved.digest);
    const fresh = desk.fresh('crossings');
    desk.keep({ ...fresh, value: { port: 'ystad', ship: 'anna' } });
    expect(desk.ties('ports', 'ystad')).toMatchObject({
      commit: undefined,
      referrers: [
        { table: 'crossings', id: 'monday-ystad', pointer: '/port', isCommitted: false },
        { table: 'crossings', id: 'monday-ystad', pointer: '/stops/0/port', isCommitted: false },
        { table: 'crossings', pointer: '/port', draftName: 'monday-ystad' },
        { table: 'crossings', pointer: '/stops/0/port', draftName: 'monday-ystad' },
        { table: 'crossings', id: 'ystad, anna', pointer: '/port', draftName: fresh.draftName },
      ],
    });
    expect(desk.rename('ports', 'ystad', sha256('what it was'), 'x')).toMatchObject({ conflict: { id: 'ystad' } });
    expect(desk.rename('ports', 'ystad', port.digest ?? '', 'ystad-town')).toMatchObject({
      renamed: { id: 'ystad-town' },
      references: 5,
    });
    const renamed = desk.record('ports', 'ystad-town');
    expect(renamed.draft?.value).toEqual({ id: 'ystad-town', name: 'Ystad!' });
    expect(desk.save({ ...renamed, ...renamed.draft }, renamed.digest)).toHaveProperty('saved');
    expect(desk.draft('crossings', fresh.draftName).draft?.value).toEqual({ port: 'ystad-town', ship: 'anna' });
    const draft = desk.record('crossings', 'monday-ystad');
    expect(draft.draft?.value).toMatchObject({ port: 'ystad-town', cars: 41 });
    expect(desk.save({ ...draft, ...draft.draft }, draft.digest)).toHaveProperty('saved');
    expect((await desk.find(['ports'], 'ystad', false)).records.map(({ id }) => id)).toEqual(['ystad-town']);
    expect((await run(folder, 'validate', ['--sources', 'sources', '--require-sources'])).out).toBe('');
  });

  test('and is a source keeps what drafts cite of it', () => {
    const folder = dataset();
    const desk = deskOf(folder, 'gazette');
    const { digest = '' } = desk.record('papers', 'gazette');
    const fresh = desk.fresh('crossings');
    const spans = [{ source: 'gazette', start: 0, end: 9, supports: ['/ship'], origin: undefined }];
    desk.keep({ ...fresh, value: { ship: 'anna' }, spans });
    desk.rename('papers', 'gazette', digest, 'the-gazette');
    expect(desk.draft('crossings', fresh.draftName).draft?.spans).toMatchObject([{ source: 'the-gazette' }]);
    expect(desk.source('the-gazette').text).toContain('Ystad');
  });

  test('does not, if that would replace unsaved changes of a record that is gone', () => {
    const folder = dataset({ 'raw/ships/berta.json': { id: 'berta', name: 'Berta' } });
    const desk = deskOf(folder);
    for (const id of ['anna', 'berta']) {
      const record = desk.record('ships', id);
      desk.keep({ ...record, value: { ...record.value, name: `${id}, unsaved` } });
    }
    const { digest = '' } = desk.record('ships', 'anna');
    fs.rmSync(path.join(folder, 'raw/ships/berta.json'));
    expect(() => desk.rename('ships', 'anna', digest, 'berta')).toThrow(
      'there are unsaved changes of a record that was called "berta"',
    );
    expect(desk.drafts().map(({ draftName }) => draftName)).toEqual(['anna', 'berta']);
    expect(desk.record('ships', 'anna').draft?.value).toMatchObject({ name: 'anna, unsaved' });
    desk.discard('ships', 'berta');
    expect(desk.rename('ships', 'anna', digest, 'berta')).toMatchObject({ renamed: { id: 'berta' } });
  });

  test('does not, once a commit holds it', () => {
    const desk = deskOf(repository());
    const { digest = '' } = desk.record('ships', 'anna');
    expect(desk.rename('ships', 'anna', digest, 'berta')).toHaveProperty('commit');
    expect(desk.ties('ports', 'ystad').referrers[0]).toMatchObject({ isCommitted: true });
  });

  test('stays as long as a draft refers to it', () => {
    const desk = deskOf(dataset({ 'raw/ships/berta.json': { id: 'berta', name: 'Berta' } }));
    const { digest = '' } = desk.record('ships', 'berta');
    const fresh = desk.fresh('crossings');
    desk.keep({ ...fresh, value: { ship: 'berta' } });
    expect(desk.remove('ships', 'berta', digest)).toEqual({
      referrers: [{ table: 'crossings', id: 'berta', pointer: '/ship', draftName: fresh.draftName }],
    });
    desk.discard('crossings', fresh.draftName);
    expect(desk.remove('ships', 'berta', digest)).toHaveProperty('removed');
  });
});

describe('a value that other records of a source repeat', () => {
  const when = { title: 'When', description: 'The day.', type: 'string', format: 'edtf', 'x-evidence': true };
  const kind = { title: 'Kind', type: 'string', enum: ['departure', 'arrival', 'person'] };
  const start = 'The ferry 🛳 left Ystad on '.length - 1;
  const words = [...'The ferry 🛳 left Ystad on Monday'].slice(start).join('');
  const monday = { source: 'gazette', start, end: start + words.length, sha256: sha256(words) };
  const cited = (...supports: readonly string[]): object => ({ ...monday, begins: words, ends: words, supports });
  const shapes = schemas as Readonly<Record<string, { readonly properties: Readonly<Record<string, object>> }>>;
  const withFields = (at: string, fields: object): object => {
    const properties = { ...shapes[at]?.properties, ...fields };
    return { [at]: { ...shapes[at], properties } };
  };
  const crossings = 'schema/crossings.schema.json';
  const { evidence } = shapes[crossings]?.properties ?? {};
  const made = (): string =>
    dataset({
      ...withFields(crossings, { kind, when }),
      ...withFields('schema/ships.schema.json', { kind, when, evidence }),
      ...withFields('schema/papers.schema.json', { when, evidence }),
      'raw/papers/gazette.json': {
        id: 'gazette',
        when: '2022-02-28',
        document: { file: 'gazette.txt', sha256: sha256(ferry) },
        evidence: [cited('/when')],
      },
      'raw/crossings/monday-ystad.json': { id: 'monday-ystad', kind: 'departure', ship: 'anna', on: '2022' },
      ...Object.fromEntries(
        ['berta', 'clara'].map((id) => [
          `raw/ships/${id}.json`,
          { id, name: id, kind: 'person', when: '2022-02-28', evidence: [cited('/kind', '/when')] },
        ]),
      ),
    });

  test('is offered to a record of their table', async () => {
    const offers = await deskOf(made(), 'gazette').repeated('gazette', 'ships');
    expect(offers.map(({ pointer, value }) => [pointer, value])).toEqual([
      ['/kind', 'person'],
      ['/when', '2022-02-28'],
    ]);
  });

  test('is offered to the first of another table only in a field that both share', async () => {
    const folder = made();
    const asShip = { ...kind, description: 'What sort of ship it is.' };
    writeFiles(
      folder,
      withFields('schema/ships.schema.json', { kind: asShip, when, evidence }) as Record<string, object>,
    );
    const offers = await deskOf(folder, 'gazette').repeated('gazette', 'crossings');
    expect(offers.map(({ pointer, value }) => [pointer, value])).toEqual([['/when', '2022-02-28']]);
  });
});
