import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { type Evaluated, evaluateModule } from '../../scripts/base/commonJs.ts';
import { bundleCache, cacheIn } from '../../scripts/project/cache.ts';
import { type Json, isArray, isObject } from '../../scripts/json/json.ts';
import { nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { linkSchemas } from '../../scripts/schema/schemaSet.ts';
import { recordTypes } from '../../scripts/schema/recordTypes.ts';
import { schemaChecks } from '../../scripts/validate/ajv/schemaCheck.ts';
import { projectAt, recordsOf } from '../support/projectAt.ts';
import { freshFolder, root, run, script, writeFiles } from '../support/run.ts';
import { dataset, here } from '../support/fixture.ts';
import { spawnSync } from 'node:child_process';

const cases = path.join(root, 'test/cases');
const folders = [
  root,
  ...fs.readdirSync(cases, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? [path.join(cases, e.name)] : [])),
];

/** The value itself, and the value with each of its parts missing or replaced, in turn. */
function* bent(value: Json): Generator<Json> {
  yield value;
  if (isArray(value)) {
    yield [...value, ...value];
    for (const [i, element] of value.entries()) for (const other of bent(element)) yield value.with(i, other);
  } else if (isObject(value)) {
    yield { ...value, more: 1 };
    for (const [key, member] of Object.entries(value)) {
      const { [key]: _, ...less } = value;
      yield less;
      for (const other of bent(member)) yield { ...value, [key]: other };
    }
  } else yield* [null, true, -0.5, '', '\u0000', '2022-02-30', [], {}];
}

test.each(folders)('kept code of a schema finds the same as the compiled schema: %s', (folder) => {
  const args = path.join(folder, 'args.json');
  const own = fs.existsSync(args) ? (JSON.parse(fs.readFileSync(args, 'utf8')) as string[]) : [];
  const project = projectAt(folder, ['--schema', 'schema', '--raw', 'raw', ...own]);
  const records = [...recordsOf(project)];
  const cache = cacheIn(nodeFileSystem(), path.join(freshFolder(), 'kept'));
  const noSet = (): never => expect.unreachable('compiled again');
  const [fresh, first, kept] = [undefined, cache, { get: cache.get, set: noSet }].map((c) =>
    schemaChecks(project.folder.schemas, c),
  );
  let faults = 0;
  const differing: object[] = [];
  for (const type of project.types) {
    const check = fresh?.(type);
    first?.(type);
    const again = kept?.(type);
    if (check === undefined || again === undefined) throw new Error('no check');
    const record = records.find((r) => r.type === type);
    for (const value of bent(record?.value ?? {})) {
      const [found, wanted] = [again(value), check(value)];
      faults += wanted.length;
      // `expect` for each of them takes longer than both checks
      if (!isDeepStrictEqual(found, wanted)) differing.push({ value, found, wanted });
    }
  }
  expect(differing).toEqual([]);
  expect(faults).toBeGreaterThan(50);
});

test('code is found again from another folder, and not for another schema', () => {
  const cache = cacheIn(nodeFileSystem(), freshFolder());
  const made: string[] = [];
  const noting = {
    get: cache.get,
    set(key: string, text: string): void {
      made.push(text);
      cache.set(key, text);
    },
  };
  const check = (shown: string, maximum: number): void => {
    const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', maxProperties: maximum };
    const schemas = linkSchemas([{ name: 'x.json', shown, schema }], false);
    const [type] = recordTypes(schemas, [{ name: 'x', file: 'x.json', pointer: '', key: undefined }]);
    if (type === undefined) throw new Error('no type');
    expect(schemaChecks(schemas, noting)(type)({ a: 1, b: 2 })).toHaveLength(maximum < 2 ? 1 : 0);
  };
  check('schema/x.json', 1);
  check('../other/schema/x.json', 1);
  expect(made).toHaveLength(1);
  check('schema/x.json', 2);
  expect(made).toHaveLength(2);
});

test('patterns that are not Unicode expressions, and formats, mean the same in kept code', () => {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: {
      code: { type: 'string', pattern: '^[\\w-.]+$' },
      name: { type: 'string', pattern: '^\\p{Lu}.$', maxLength: 2 },
      on: { type: 'string', format: 'edtf' },
      at: { type: 'string', format: 'date-time' },
      page: { type: 'string', format: 'uri' },
      odd: { enum: [{ a: [1] }, 'constructor'] },
    },
    propertyNames: { pattern: '^[a-z]+$' },
  };
  const schemas = linkSchemas([{ name: 'x.json', shown: 'x.json', schema }], false);
  const [type] = recordTypes(schemas, [{ name: 'x', file: 'x.json', pointer: '', key: undefined }]);
  if (type === undefined) throw new Error('no type');
  const cache = cacheIn(nodeFileSystem(), freshFolder());
  const [fresh, , kept] = [undefined, cache, cache].map((c) => schemaChecks(schemas, c)(type));
  if (fresh === undefined || kept === undefined) throw new Error('no check');
  const good = { code: 'a-.', name: 'Ä𝄞', on: '2022-01~', at: '2022-01-14T12:00:00Z', odd: { a: [1] } };
  for (const check of [kept, fresh]) expect(check(good)).toEqual([]);
  const texts = ['', '~', 'ä', '2022-13', '2022-01-14 12:00:00Z', 'http://', 'constructor', '𝄞𝄞𝄞'];
  for (const key of ['code', 'name', 'on', 'at', 'page', 'odd', 'Key'])
    for (const text of texts) expect(kept({ [key]: text })).toEqual(fresh({ [key]: text }));
});

test('a property that every object inherits counts as missing unless an object has it', () => {
  const names = ['constructor', 'toString', '__proto__', 'name', 'a-b', 'a"b', 'é'];
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
  const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', properties, required: names };
  const schemas = linkSchemas([{ name: 'x.json', shown: 'x.json', schema }], false);
  const [type] = recordTypes(schemas, [{ name: 'x', file: 'x.json', pointer: '', key: undefined }]);
  if (type === undefined) throw new Error('no type');
  const cache = cacheIn(nodeFileSystem(), freshFolder());
  for (const check of [undefined, cache, cache].map((c) => schemaChecks(schemas, c)(type))) {
    expect(check({})).toHaveLength(names.length);
    expect(check({ constructor: 1, 'a-b': 1, 'a"b': 1, é: 1 })).toHaveLength(names.length);
    expect(check(Object.fromEntries(names.map((name) => [name, ''])))).toEqual([]);
  }
});

test('a damaged or read-only cache causes no error', () => {
  const project = projectAt(root, []);
  const [type] = project.types;
  if (type === undefined) throw new Error('no type');
  for (const text of ['', 'module.exports = (', 'throw 1', 'require("fs")']) {
    const check = schemaChecks(project.folder.schemas, { get: () => text, set: () => {} })(type);
    expect(check({}).length).toBeGreaterThan(0);
  }
  const folder = freshFolder();
  writeFiles(folder, { kept: 'in the way' });
  const cache = cacheIn(nodeFileSystem(), path.join(folder, 'kept'));
  cache.set('a', 'b');
  expect(cache.get('a')).toBe(undefined);
});

test('the code that V8 compiled fits the same text only', () => {
  const text = 'module.exports = () => 42;';
  const evaluate = (code?: Uint8Array): Evaluated => evaluateModule(text, {}, code);
  const code = evaluate().compiled();
  expect(evaluate().fits).toBe(false);
  expect(evaluate(code).fits).toBe(true);
  expect(evaluateModule(`${text} `, {}, code).fits).toBe(false);
});

test('the code that V8 compiled is kept when the process ends, and used if it is intact', () => {
  const folder = dataset();
  const project = projectAt(folder, here);
  const keptFolder = path.join(folder, 'kept');
  const tasks = new Map<string, () => void>();
  const cache = cacheIn(nodeFileSystem(), keptFolder, (name, task) => tasks.set(name, task));
  const validate = (): number => {
    tasks.clear();
    for (const type of project.types) schemaChecks(project.folder.schemas, cache)(type)({});
    return tasks.size;
  };
  validate();
  const tables = validate();
  expect(tables).toBe(project.types.length);
  const without = fs.readdirSync(keptFolder);
  for (const task of tasks.values()) task();
  const code = fs.readdirSync(keptFolder).filter((name) => !without.includes(name));
  expect(code).toHaveLength(tables);
  expect(validate()).toBe(0);
  for (const name of code) fs.truncateSync(path.join(keptFolder, name), 100);
  expect(validate()).toBe(tables);
});

test('the cache is bounded, and another key gives another text', () => {
  const folder = freshFolder();
  const cache = cacheIn(nodeFileSystem(), folder);
  for (let i = 0; i < 260; i++) cache.set(`key ${i}`, `text ${i}`);
  expect(cache.get('key 259')).toBe('text 259');
  expect(cache.get('key')).toBe(undefined);
  expect(fs.readdirSync(folder).length).toBeLessThan(250);
});

test('code without a folder of its own keeps texts as long as the process, up to a bound', () => {
  const cache = bundleCache(nodeFileSystem());
  cache.set('first', 'kept');
  expect(bundleCache(nodeFileSystem()).get('first')).toBe('kept');
  for (let i = 0; i < 260; i++) cache.set(`key ${i}`, `text ${i}`);
  expect(cache.get('key 259')).toBe('text 259');
  expect(cache.get('first')).toBeUndefined();
});

test('a changed schema is compiled again', async () => {
  const folder = dataset();
  const validate = (): string =>
    spawnSync(process.execPath, [...script('validate'), ...here], { cwd: folder, encoding: 'utf8' }).stdout;
  expect(validate()).toBe('');
  expect(validate()).toBe('');
  const file = path.join(folder, 'schema/ships.schema.json');
  const schema = JSON.parse(fs.readFileSync(file, 'utf8')) as { properties: { name: object } };
  schema.properties.name = { ...schema.properties.name, maxLength: 1 };
  writeFiles(folder, { 'schema/ships.schema.json': schema });
  expect(validate()).toMatch(/"name" is longer than 1 character/);
  expect(validate()).toBe((await run(folder, 'validate', here)).out);
});
