import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { compileOptions } from '../../scripts/project/openProject.ts';
import { isObject } from '../../scripts/json/json.ts';
import { groupBy } from '../../scripts/base/text.ts';
import { spanFields } from '../../scripts/schema/extensions.ts';
import { rules } from '../../scripts/validate/rules/index.ts';
import { projectAt, recordsOf } from '../support/projectAt.ts';
import { compile } from '../../scripts/compile/compile.ts';
import { formats, openRelease, reconstruct } from '../support/reconstruct.ts';
import { type Run, run, script } from '../support/run.ts';
import { oracleOf } from './oracle.ts';
import { seeded } from './random.ts';
import { parseTree, treesIn } from './tree.ts';

/** A law that a project breaks. */
export interface Violation {
  readonly law: string;
  /** What was found, for a person. */
  readonly seen: string;
}

/** Runs a command in a folder. */
export type RunCommand = (folder: string, name: string, args: readonly string[]) => Promise<Run>;

/** Receives the progress. */
export interface Listener {
  /** A step begins: if it never ends, it can be named. */
  readonly begins: (step: string) => void;
  /** A command has ended: the usual exit statuses show whether the laws are tried at all. */
  readonly ended: (command: string, status: number) => void;
}

/** Of the rejected projects, one in so many is built too. */
const buildsRefusedOnceIn = 3;

const nobody: Listener = { begins: () => {}, ended: () => {} };

/**
 * Runs the commands on the project in a folder, and reports which laws it breaks. The folder is changed: `fix` is one
 * of the commands.
 * @param seed decides what is damaged in the build before it is verified again
 */
export async function brokenLaws(
  folder: string,
  args: readonly string[],
  seed: number,
  listener = nobody,
  runCommand: RunCommand = run,
): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  const report = (law: string, seen: string): void => void violations.push({ law, seen });
  const start = async (name: string, more: readonly string[]): Promise<Run> => {
    listener.begins(name);
    const ended = await runCommand(folder, name, more);
    listener.ended(name, ended.status);
    for (const [law, seen] of faultsOfRun(name, ended)) report(law, seen);
    return ended;
  };
  const session: Session = { folder, args, start, report };
  const validated = await start('validate', [...args, '--format', 'json']);
  listener.begins('judge the records');
  for (const [law, seen] of misjudged(folder, args, validated)) report(law, seen);
  // a build takes longer than everything else: for rejected projects, a few must do
  if (validated.status === 0 || seed % buildsRefusedOnceIn === 0) {
    const release = await build(session, validated);
    if (release !== undefined) await inspect(session, release, seed);
  }
  await fix(session, validated.status === 0);
  return violations;
}

/** What the laws are tried with: a project, the commands, and where to report. */
interface Session {
  readonly folder: string;
  readonly args: readonly string[];
  readonly start: (command: string, args: readonly string[]) => Promise<Run>;
  readonly report: (law: string, seen: string) => void;
}

/** The laws of `build`. Gives the folder of the release; undefined where there is none. */
async function build({ folder, args, start, report }: Session, validated: Run): Promise<string | undefined> {
  const built = await start('build', [...args, '--dist', 'dist']);
  if (built.status === 0 && validated.status !== 0) report('build refuses what validate refuses', shown(validated));
  // views are run, and columns named, only if there is something to build
  const hasViews = fs.existsSync(path.join(folder, 'schema/views'));
  const namesClash = / would both be the column /.test(built.err);
  if (validated.status === 0 && built.status !== 0 && !hasViews && !namesClash)
    report('what validate passes, build builds', shown(built));
  return built.status === 0 ? fs.realpathSync(path.join(folder, 'dist/next')) : undefined;
}

/** The laws of a release: `verify`, `diff`, and reading it back. The release is damaged in the end. */
async function inspect({ folder, args, start, report }: Session, release: string, seed: number): Promise<void> {
  const sources = args.includes('--sources') ? ['--sources', 'sources'] : [];
  const verified = await start('verify', ['--release', release, ...sources]);
  if (verified.status !== 0) report('what is built, verify passes', shown(verified));
  for (const seen of await lostRecords(folder, args, release)) report('records can be read back from a build', seen);
  const difference = await start('diff', [...args, '--base', release]);
  if (difference.status !== 0 || !/ 0 changes of the schemas, 0 records changed/.test(difference.err))
    report('a project does not differ from its build', shown(difference));
  damage(release, seed);
  const damaged = await start('verify', ['--release', release]);
  if (damaged.status === 0) report('verify refuses a release of which a byte was changed', shown(damaged));
}

/** The laws of `fix`, which rewrites the records. */
async function fix({ folder, args, start, report }: Session, wasValid: boolean): Promise<void> {
  const before = recordTexts(folder);
  const fixed = await start('fix', withoutLayout(args));
  const once = recordTexts(folder);
  for (const seen of changedValues(before, once)) report('fix changes no value', seen);
  if (wasValid) {
    const again = await start('validate', args);
    if (again.status !== 0) report('what is fixed is as valid as before', shown(again));
  }
  await start('fix', withoutLayout(args));
  if (fixed.status !== 2 && !isDeepStrictEqual(recordTexts(folder), once))
    report('fix has nothing left to do after fix', shown(fixed));
}

/**
 * Whether the command line gives the same results as the commands inside this process, with a cold cache and a warm
 * one.
 */
export async function differsOnCommandLine(folder: string, args: readonly string[]): Promise<readonly Violation[]> {
  const { spawnSync } = await import('node:child_process');
  const inside = await run(folder, 'validate', args);
  return [1, 2].flatMap(() => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...script('validate'), ...args], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      timeout: 20_000,
      killSignal: 'SIGKILL',
    });
    const same = status === inside.status && stdout === inside.out && stderr === inside.err;
    const seen = `inside: ${shown(inside)}\non the command line: ${status ?? 'killed'}\n${cut(stdout)}${cut(stderr)}`;
    return same ? [] : [{ law: 'the command line says what the command says', seen }];
  });
}

const stack =
  /\n\s+at .*:\d+:\d+|\b(?:Type|Range|Reference|Syntax|Internal)Error\b|INTERNAL Error|\bundefined\b|\[object /;

function* faultsOfRun(name: string, ended: Run): Generator<[law: string, seen: string]> {
  const { status, out, err } = ended;
  if (![0, 1, 2].includes(status)) yield ['a command ends with 0, 1 or 2', shown(ended)];
  if (stack.test(withoutQuotes(err))) yield [`${name} prints no stack`, shown(ended)];
  if (stack.test(withoutQuotes(out))) yield [`${name} prints no stack`, shown(ended)];
  if (status === 2 && err.trim() === '') yield ['a command that could not run says why', shown(ended)];
  if (status === 1 && !/error/.test(out)) yield ['a command that finds problems names them', shown(ended)];
}

/** A program's own words: without quotes from the data. */
function withoutQuotes(text: string): string {
  return text.replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '""');
}

function cut(text: string): string {
  return text.length > 2000 ? `${text.slice(0, 1000)}\n…\n${text.slice(-900)}` : text;
}

function shown({ status, out, err }: Run): string {
  return `status ${status}\n${cut(out)}${cut(err)}`;
}

function withoutLayout(args: readonly string[]): string[] {
  return args.filter((arg, i) => arg !== '--layout' && args[i - 1] !== '--layout');
}

interface RecordText {
  readonly table: string;
  readonly file: string;
  readonly text: string;
}

/** The texts of all records of a folder a table, a text a line where there are several in a file. */
function recordTexts(folder: string): RecordText[] {
  const raw = path.join(folder, 'raw');
  return fs
    .readdirSync(raw, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && /\.(?:json|ndjson|jsonl)$/.test(entry.name))
    .flatMap((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const below = path.relative(raw, file);
      const text = fs.readFileSync(file, 'utf8');
      const texts = entry.name.endsWith('.json') ? [text] : text.split('\n').filter((line) => line !== '');
      return texts.map((each) => ({
        table: below.split(path.sep)[0] ?? '',
        file: path.join('raw', below),
        text: each,
      }));
    });
}

/** The rules that another validator checks too; validators differ about formats. */
const keywordRules = new Set<unknown>(
  rules.filter(({ name, keywords }) => keywords !== undefined && name !== 'format').map(({ name }) => name),
);

/** Records that validate accepts and another judge rejects, or the other way round. */
function* misjudged(folder: string, args: readonly string[], { status, out }: Run): Generator<[string, string]> {
  // if tables and folders differ, it is not known here which record belongs to which
  if (status === 2 || args.includes('--table')) return;
  const judge = oracleOf(schemaTexts(folder));
  const problems = out
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Readonly<Record<string, unknown>> => JSON.parse(line));
  const all = out.split('\n').length <= 1000;
  const errorsIn = (file: string): Readonly<Record<string, unknown>>[] =>
    problems.filter((problem) => problem['file'] === file && problem['severity'] === 'error');
  for (const [file, texts] of groupBy(recordTexts(folder), (record) => record.file)) {
    const verdicts = texts.map(({ table, text }) => verdictOn(judge, table, text));
    const errors = errorsIn(file);
    const first = texts[verdicts.indexOf(false)];
    if (first !== undefined && errors.length === 0 && all)
      yield ['validate refuses what another validator refuses', `${file}: ${cut(first.text)}`];
    if (verdicts.every((verdict) => verdict === true) && errors.some(({ rule }) => keywordRules.has(rule)))
      yield ['validate takes what another validator takes', `${file}: ${JSON.stringify(errors[0])}`];
  }
}

/** Whether a record is valid; undefined if unknown, for example for a list with the records of a table. */
function verdictOn(judge: ReturnType<typeof oracleOf>, table: string, text: string): boolean | undefined {
  const value = parsed(text);
  if (Array.isArray(value) || value === undefined) return undefined;
  const found = judge.isValid(table, value);
  // the link to the schema is the program's own: schemas do not have to name it
  if (found === false && typeof value === 'object' && value !== null && Object.hasOwn(value, '$schema'))
    return undefined;
  return found;
}

function schemaTexts(folder: string): Record<string, string> {
  const schema = path.join(folder, 'schema');
  return Object.fromEntries(
    fs
      .readdirSync(schema, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map((entry) => path.relative(schema, path.join(entry.parentPath, entry.name)))
      .filter((name) => name !== 'dataset.json')
      .map((name) => [name, fs.readFileSync(path.join(schema, name), 'utf8')]),
  );
}

/** Records that differ after being rebuilt from a format of a build. */
async function lostRecords(folder: string, args: readonly string[], release: string): Promise<readonly string[]> {
  const project = projectAt(folder, args);
  const options = compileOptions(project);
  const { plans } = compile(project.types, options);
  const records = groupBy(recordsOf(project), ({ type }) => type.name);
  const database = fs.readdirSync(release).find((file) => file.endsWith('.duckdb')) ?? '';
  const connection = await openRelease(release, database);
  const lost: string[] = [];
  try {
    for (const { name: type, withdrawal: withdrawn } of project.types) {
      const expected = (records.get(type) ?? []).map(({ value }) => {
        if (!options.own || !isObject(value)) return value;
        const { $schema: _, ...rest } = value;
        return rest;
      });
      // spans are in `provenance`, and withdrawn records in `withdrawn`
      if (withdrawn !== undefined || JSON.stringify(expected).includes('"supports"')) continue;
      for (const format of formats) {
        // if no file can have the name of a type, its table has another name
        const table = plans.get(type)?.root.table.name ?? type;
        const found = await reconstruct(connection, release, format, table);
        const at = expected.findIndex((record, i) => !isDeepStrictEqual(plain(found[i]), plain(record)));
        if (found.length === expected.length && at < 0) continue;
        lost.push(
          `${type} from ${format}: ${found.length} records of ${expected.length}; number ${at}:\n` +
            cut(`${JSON.stringify(expected[at])}\n${JSON.stringify(found[at])}`),
        );
        break;
      }
    }
  } finally {
    connection.closeSync();
  }
  return lost;
}

/** The same value without prototypes, and with keys in one order. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return new Map(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, plain(inner)]),
  );
}

/** Flips a bit of one file of a release. */
function damage(release: string, seed: number): void {
  const random = seeded(seed);
  const names = fs
    .readdirSync(release, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
  const file = random.pick(names);
  const bytes = fs.readFileSync(file);
  const at = random.below(Math.max(1, bytes.length));
  if (bytes.length === 0) fs.writeFileSync(file, 'x');
  else {
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    fs.writeFileSync(file, bytes);
  }
}

/** Files of records whose values `fix` has changed. */
function* changedValues(before: readonly RecordText[], after: readonly RecordText[]): Generator<string> {
  const now = groupBy(after, ({ file }) => file);
  for (const [file, old] of groupBy(before, (record) => record.file)) {
    const texts = now.get(file) ?? [];
    const was = old.map(({ text }) => text);
    const is = texts.map(({ text }) => text);
    if (isDeepStrictEqual(was, is)) continue;
    // a byte order mark is not part of the value: `fix` removes it
    const same = (of: readonly string[]): readonly string[] =>
      of.map((text) => essence(text.replace(/^\ufeff/, ''))).toSorted();
    if (!isDeepStrictEqual(same(was), same(is))) yield cut(`${file}:\n${was.join('\n')}\n${is.join('\n')}`);
  }
}

/** What `fix` must keep of a text: its values except those of spans, and each number to the last digit. */
function essence(text: string): string {
  const value = parsed(text);
  const tree = parseTree(text);
  if (value === undefined || tree === undefined) return text;
  const hasSpans = /"supports"/.test(text);
  const numbers = [...treesIn(tree)]
    .flatMap((each) => (each.kind === 'scalar' && /^-?\d/.test(each.spelled) ? [exactly(each.spelled)] : []))
    .toSorted();
  return JSON.stringify([sorted(value), hasSpans ? [] : numbers]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const isSpan = Object.hasOwn(value, 'supports');
  return Object.entries(value)
    .filter(([key]) => !(isSpan && spanFields.some((field) => field === key)))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}

/** A JSON number as digits and exponent, so that equal numbers are equal texts. */
function exactly(spelled: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(spelled) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  // zero has no sign in JSON
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
