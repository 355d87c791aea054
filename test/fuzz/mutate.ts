import { subschemas } from '../../scripts/schema/keywords.ts';
import type { Project } from './project.ts';
import type { Random } from './random.ts';
import {
  type ObjectTree,
  type Slot,
  type Tree,
  parseTree,
  printTree,
  scalar,
  slotsOf,
  toTreeOf,
  treesIn,
} from './tree.ts';
import { datasetMembers, keywordValues, oddKeys, oddNames, oddReferences, oddScalars, oddViews } from './values.ts';

type Files = Record<string, string | Uint8Array>;
/** Changes files in place; does nothing where it finds nothing to change. */
type Mutation = (files: Files, random: Random) => void;

/** The most changes; usually there are few, so that the result stays close to something sensible. */
const mostMutations = 5;

/** A project with a few things changed, which can be anything from a value to the bytes of a file. */
export function mutate(project: Project, random: Random): Project {
  const files: Files = { ...project.files };
  const times = random.below(random.below(mostMutations) + 2);
  for (let i = 0; i < times; i++) random.pick(mutations)(files, random);
  return { ...project, files };
}

const mutations: readonly Mutation[] = [
  ...Array<Mutation>(8).fill((files, random) => changeJson(files, random, recordFiles(files), changeValue)),
  ...Array<Mutation>(3).fill((files, random) => changeJson(files, random, schemaFiles(files), changeValue)),
  ...Array<Mutation>(7).fill((files, random) => changeJson(files, random, schemaFiles(files), changeSchema)),
  ...Array<Mutation>(2).fill(changeBytes),
  ...Array<Mutation>(2).fill(changeFiles),
  changeDataset,
  changeView,
  changeSource,
  toLines,
];

function recordFiles(files: Files): string[] {
  return Object.keys(files).filter((name) => name.startsWith('raw/'));
}

function schemaFiles(files: Files): string[] {
  return Object.keys(files).filter((name) => /^schema\/(?!dataset\.json$).*\.json$/.test(name));
}

function textOf(content: string | Uint8Array | undefined): string {
  return typeof content === 'string' ? content : Buffer.from(content ?? []).toString('utf8');
}

/** Changes a JSON file, or one line of NDJSON, as a tree; `pool` is another tree to take parts from. */
function changeJson(
  files: Files,
  random: Random,
  among: readonly string[],
  change: (slot: Slot, pool: Tree, random: Random, files: Files) => void,
): void {
  if (among.length === 0) return;
  const name = random.pick(among);
  const isLines = /\.(?:ndjson|jsonl)$/.test(name);
  const texts = isLines ? textOf(files[name]).split('\n') : [textOf(files[name])];
  const at = random.below(texts.length);
  let tree = parseTree(texts[at] ?? '');
  const pool = parseTree(textOf(files[random.pick(among)])) ?? scalar(null);
  if (tree === undefined) return;
  const slot = random.pick(slotsOf(tree, (whole) => (tree = whole)));
  change(slot, pool, random, files);
  texts[at] = printTree(tree, isLines ? 'line' : 'file');
  files[name] = texts.join(isLines ? '\n' : '');
}

function changeValue(slot: Slot, pool: Tree, random: Random): void {
  const tree = slot.get();
  const odd = (): Tree => parseTree(random.pick(oddScalars)) ?? scalar(null);
  const changes: (() => void)[] = [
    () => slot.set(odd()),
    () => slot.set(odd()),
    () => slot.remove(),
    () => slot.set(random.pick([...treesIn(pool)])),
    () => slot.set({ kind: 'array', elements: [tree] }),
    () => slot.set({ kind: 'object', members: [{ key: random.pick(oddKeys), value: tree }] }),
  ];
  if (tree.kind === 'scalar') changes.push(...Array<() => void>(4).fill(() => slot.set(respell(tree.spelled, random))));
  if (tree.kind === 'object') changes.push(...changesOfObject(tree, pool, random, odd));
  if (tree.kind === 'array') {
    changes.push(
      () => void tree.elements.push(...tree.elements.slice(0, 1)),
      () => void tree.elements.push(odd()),
      () => (tree.elements = tree.elements.toReversed()),
    );
    if (tree.elements.length > 0)
      changes.push(() => (tree.elements = Array.from({ length: 3000 }, () => random.pick(tree.elements))));
  }
  if (random.once(20)) changes.push(...Array<() => void>(9).fill(() => slot.set(nested(tree, random))));
  random.pick(changes)();
}

function changesOfObject(tree: ObjectTree, pool: Tree, random: Random, odd: () => Tree): (() => void)[] {
  const keys = [...treesIn(pool)].flatMap((t) => (t.kind === 'object' ? t.members.map(({ key }) => key) : []));
  const adds = [
    () => void tree.members.push({ key: random.pick([...oddKeys, ...keys]), value: odd() }),
    () => void tree.members.unshift({ key: random.pick(oddKeys), value: random.pick([...treesIn(pool)]) }),
  ];
  if (tree.members.length === 0) return adds;
  const one = random.pick(tree.members);
  const other = random.pick(tree.members);
  return [
    ...adds,
    () => (one.key = random.pick([...oddKeys, ...keys])),
    () => void tree.members.push({ key: one.key, value: random.once(2) ? one.value : odd() }),
    () => ([one.value, other.value] = [other.value, one.value]),
    () => ([one.key, other.key] = [other.key, one.key]),
    () => (tree.members = tree.members.toReversed()),
  ];
}

/** The same kind of scalar, a little different. */
function respell(spelled: string, random: Random): Tree {
  if (spelled.startsWith('"')) {
    const text: string = JSON.parse(spelled);
    const at = random.below(text.length + 1);
    const odd: unknown = JSON.parse(random.pick(oddScalars.filter((each) => /^".{0,12}"$/.test(each))));
    return random.pick([
      scalar(text.slice(0, at) + String(odd) + text.slice(at)),
      scalar(text.slice(0, at) + text.slice(at + 1)),
      scalar(text.toUpperCase()),
      scalar(text.normalize('NFD')),
      scalar(` ${text}`),
      {
        kind: 'scalar',
        spelled: `"${text.replace(/[^]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`,
      },
    ]);
  }
  if (!/^-?\d/.test(spelled)) return scalar(spelled !== 'true');
  const respelled = random.pick([
    `${spelled}0`,
    `-${spelled.replace('-', '')}`,
    `${spelled}e0`,
    `${spelled}.0`,
    `1${spelled}`,
  ]);
  return parseTree(respelled) ?? scalar(Number(spelled) + 1);
}

/** Nested so deep that recursion without a limit would fail. */
function nested(tree: Tree, random: Random): Tree {
  const depth = random.pick([190, 199, 200, 201, 1000, 20_000]);
  const spelled = '['.repeat(depth) + printTree(tree, 'line') + ']'.repeat(depth);
  return { kind: 'scalar', spelled };
}

function changeSchema(slot: Slot, _pool: Tree, random: Random, files: Files): void {
  const tree = slot.get();
  if (tree.kind !== 'object') return changeValue(slot, _pool, random);
  const keyword = random.pick(Object.keys(keywordValues));
  const set = (key: string, value: Tree): void => {
    tree.members = [...tree.members.filter((member) => member.key !== key), { key, value }];
  };
  random.pick([
    () => set(keyword, toTreeOf(random.pick(keywordValues[keyword] ?? [true]))),
    () => set(keyword, toTreeOf(random.pick(keywordValues[keyword] ?? [true]))),
    () => {
      if (tree.members.length > 0) tree.members.splice(random.below(tree.members.length), 1);
    },
    () => set('$ref', scalar(random.pick(oddReferences))),
    () => set('$ref', scalar(random.pick(referencesIn(files)))),
    () => {
      const member = tree.members.find(({ key }) => Object.hasOwn(keywordValues, key));
      if (member !== undefined) member.value = toTreeOf(random.pick(keywordValues[member.key] ?? [true]));
    },
  ])();
}

/** References to every schema of the project. */
function referencesIn(files: Files): string[] {
  const found = schemaFiles(files).flatMap((name) => {
    const below = name.slice('schema/'.length);
    const tree = parseTree(textOf(files[name]));
    if (tree === undefined) return [below];
    const schema: unknown = JSON.parse(printTree(tree, 'line'));
    const pointers = [...subschemas(schema)].map(
      ({ pointer }) => `#${pointer.split('/').map(encodeURIComponent).join('/')}`,
    );
    return [...pointers, ...pointers.map((pointer) => below + pointer)];
  });
  return ['#', ...found];
}

function changeBytes(files: Files, random: Random): void {
  const names = Object.keys(files);
  if (names.length === 0) return;
  const name = random.pick(names);
  const bytes = Buffer.from(files[name] ?? '');
  const at = random.below(bytes.length + 1);
  const insert = (...more: readonly number[]): Buffer =>
    Buffer.concat([bytes.subarray(0, at), Buffer.from(more), bytes.subarray(at)]);
  files[name] = random.pick<() => string | Uint8Array>([
    () => {
      const flipped = Buffer.from(bytes);
      if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
      return flipped;
    },
    () => bytes.subarray(0, at),
    () => bytes.subarray(at),
    () => insert(random.below(256)),
    () =>
      insert(...random.pick([[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0]])),
    () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
    () => Buffer.from(bytes.toString('utf8'), 'utf16le'),
    () => bytes.toString('utf8').replaceAll('\n', '\r\n'),
    () => bytes.toString('utf8').replaceAll('\n', '\r'),
    () => bytes.toString('utf8').replaceAll('  ', '\t'),
    () => bytes.toString('utf8').trimEnd(),
    () => `${bytes.toString('utf8')}\n\n`,
    () => Buffer.concat([bytes, bytes]),
    () => '',
  ])();
}

/** Renames, copies, moves and removes files, and adds ones that nobody expects. */
function changeFiles(files: Files, random: Random): void {
  const names = Object.keys(files);
  if (names.length === 0) return;
  const name = random.pick(names);
  const content = files[name] ?? '';
  const slash = name.lastIndexOf('/');
  const [folder, ending] = [name.slice(0, slash), /\.[^/]*$/.exec(name)?.[0] ?? ''];
  const odd = random.pick(oddNames);
  random.pick([
    () => delete files[name],
    () => (files[`${folder}/${odd}${ending}`] = content),
    () => {
      delete files[name];
      files[`${folder}/${odd}${ending}`] = content;
    },
    () => (files[`${folder}/${odd}/${name.slice(slash + 1)}`] = content),
    () => (files[random.pick(names)] = content),
    () => (files[`${name.slice(0, slash)}/${name.slice(slash + 1).toUpperCase()}`] = content),
    () => (files[`${name}.json/x.json`] = content),
    () => (files[`schema/${odd}.json`] = content),
    () => (files[`raw/${odd}/x.json`] = content),
    () => renameTable(files, name.split('/')[1] ?? '', odd),
  ])();
}

/** Gives a table another name everywhere: its folder and its schema. */
function renameTable(files: Files, table: string, name: string): void {
  for (const [file, content] of Object.entries(files)) {
    const renamed = file
      .replace(`raw/${table}/`, () => `raw/${name}/`)
      .replace(`schema/${table}.`, () => `schema/${name}.`);
    if (renamed === file) continue;
    delete files[file];
    files[renamed] = content;
  }
}

function changeDataset(files: Files, random: Random): void {
  const key = random.pick(Object.keys(datasetMembers));
  const tree = parseTree(textOf(files['schema/dataset.json'] ?? '{"name": "x", "version": "1.0.0"}'));
  if (tree?.kind !== 'object') return;
  const value = toTreeOf(random.pick(datasetMembers[key] ?? [1]));
  tree.members = [...tree.members.filter((member) => member.key !== key), { key, value }];
  files['schema/dataset.json'] = printTree(tree, 'file');
}

function changeView(files: Files, random: Random): void {
  const name = random.once(3) ? random.pick(oddNames) : random.pick(['seen', 'things', 'ships', 'codelists']);
  const described = random.once(2) ? '-- What is seen.\n' : '';
  files[`schema/views/${name}.sql`] = described + random.pick(oddViews);
}

function changeSource(files: Files, random: Random): void {
  const texts = Object.keys(files).filter((name) => name.startsWith('sources/'));
  if (texts.length === 0) return;
  const name = random.pick(texts);
  const characters = [...textOf(files[name])];
  const at = random.below(characters.length + 1);
  const odd: unknown = JSON.parse(random.pick(oddScalars.filter((each) => each.startsWith('"'))));
  files[name] = random.pick([
    [...characters.slice(0, at), String(odd), ...characters.slice(at)].join(''),
    [...characters.slice(0, at), ...characters.slice(at + 1)].join(''),
    characters.join('').normalize('NFD'),
    '',
  ]);
}

/** Puts the records of a table into one file of lines. */
function toLines(files: Files, random: Random): void {
  const names = recordFiles(files).filter((name) => /^raw\/[^/]+\/.*\.json$/.test(name));
  if (names.length === 0) return;
  const folder = random.pick(names).split('/').slice(0, 2).join('/');
  const lines = names
    .filter((name) => name.startsWith(`${folder}/`))
    .flatMap((name) => {
      const tree = parseTree(textOf(files[name]));
      delete files[name];
      return tree === undefined ? [] : [printTree(tree, 'line')];
    });
  files[`${folder}/all.ndjson`] = lines.map((line) => `${line}\n`).join('');
}
