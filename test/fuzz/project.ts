import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { type Schema, anySchema, instance } from '../support/anySchema.ts';
import { document, records, schemas } from '../support/fixture.ts';
import { root } from '../support/run.ts';
import type { Random } from './random.ts';

/** A dataset to try the commands on: its files by path below its folder, and the flags of the commands. */
export interface Project {
  /** What it was made from. */
  readonly origin: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly args: readonly string[];
}

const folders = ['--schema', 'schema', '--raw', 'raw'];
const anyLayout = ['--layout', 'any'];
const cases = path.join(root, 'test/cases');

/** The datasets that mutations start from, by name. */
const origins: Readonly<Record<string, (random: Random) => Project>> = {
  'golden case': goldenCase,
  fixture: () => ({
    origin: 'fixture',
    files: { ...printed(schemas), ...printed(records), 'sources/gazette.txt': document },
    args: [...folders, '--sources', 'sources'],
  }),
  'shipped dataset': shippedPart,
  'random schema': randomSchema,
};

const weighted = [
  ...Array<string>(4).fill('golden case'),
  ...Array<string>(2).fill('fixture'),
  'shipped dataset',
  ...Array<string>(4).fill('random schema'),
];

/** A dataset without faults. */
export function startingProject(random: Random): Project {
  return (origins[random.pick(weighted)] ?? goldenCase)(random);
}

function printed(files: Readonly<Record<string, object>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, value]) => [name, `${JSON.stringify(value, null, 2)}\n`]),
  );
}

/** The files below a folder by path, with `/`. */
function filesBelow(folder: string, within = ''): Record<string, string | Uint8Array> {
  return Object.fromEntries(
    fs
      .readdirSync(path.join(folder, within), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .toSorted()
      .map((file) => [path.relative(folder, file), fs.readFileSync(file)]),
  );
}

function goldenCase(random: Random): Project {
  const names = fs.readdirSync(cases, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const { name } = random.pick(names);
  const folder = path.join(cases, name);
  const args: unknown = JSON.parse(fs.readFileSync(path.join(folder, 'args.json'), 'utf8'));
  return {
    origin: `golden case ${name}`,
    files: { ...filesBelow(folder, 'schema'), ...filesBelow(folder, 'raw') },
    args: [...folders, ...(args as string[])],
  };
}

/** Some records of the shipped dataset, with everything that they refer to. */
function shippedPart(random: Random): Project {
  const all = filesBelow(root, 'raw');
  const byId = new Map(Object.keys(all).map((file) => [path.basename(file, '.json'), file]));
  const chosen = new Set([random.pick(Object.keys(all)), random.pick(Object.keys(all))]);
  // iterating over a set includes members that are added meanwhile
  for (const file of chosen) {
    for (const [, word = ''] of String(all[file]).matchAll(/"([a-z0-9-]+)"/g)) {
      const other = byId.get(word);
      if (other !== undefined) chosen.add(other);
    }
  }
  const kept = Object.fromEntries(Object.entries(all).filter(([file]) => chosen.has(file)));
  return { origin: 'shipped dataset', files: { ...filesBelow(root, 'schema'), ...kept }, args: folders };
}

const law = fc
  .record({ schema: anySchema, one: anySchema, two: anySchema, three: anySchema })
  .chain(({ schema, ...defs }: Record<'schema' | 'one' | 'two' | 'three', Schema>) =>
    fc.record({
      schema: fc.constant(schema),
      defs: fc.constant(defs),
      values: fc.array(instance(schema, defs), { minLength: 1, maxLength: 4 }),
    }),
  );

/** A schema of any form, and records that are likely to be valid. */
function randomSchema(random: Random): Project {
  const [{ schema, defs, values } = { schema: true, defs: {}, values: [] }] = fc.sample(law, {
    seed: random.below(2 ** 31),
    numRuns: 1,
  });
  const draft = random.once(4) ? 'http://json-schema.org/draft-07/schema#' : dialect;
  const keyed = random.once(2) ? { properties: { id: { type: 'string' }, it: schema }, required: ['id'] } : undefined;
  const table = { $schema: draft, type: 'object', ...(keyed ?? { properties: { it: schema } }), $defs: defs };
  const things = values.map((it, i) => [`raw/things/t${i}.json`, keyed === undefined ? { it } : { id: `t${i}`, it }]);
  return {
    origin: 'random schema',
    files: printed({ 'schema/things.schema.json': table, ...Object.fromEntries(things) }),
    args: [...folders, ...anyLayout],
  };
}

const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** Writes a project into a folder, without files that cannot exist (a file in place of a folder). */
export function writeProject(folder: string, { files }: Project): void {
  // the folders in the flags exist, even if a mutation has removed all their files
  for (const name of ['schema', 'raw', 'sources']) fs.mkdirSync(path.join(folder, name), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    if (!file.startsWith(folder + path.sep)) continue;
    try {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, content);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }
}

/** A short name for a project, from its bytes. */
export function digestOf({ files, args }: Project): string {
  const hash = createHash('sha256').update(JSON.stringify(args));
  for (const [name, content] of Object.entries(files)) hash.update(`\0${name}\0`).update(content);
  return hash.digest('hex').slice(0, 12);
}
