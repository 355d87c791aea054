import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { type Command, root } from './child.ts';
import { type Coded, chronicle } from './coded.ts';
import type { Vast } from './vast.ts';
import { type Corpus, linesFile } from './written.ts';

const node = process.execPath;
const peers = path.join(import.meta.dirname, 'node_modules');

function toolkit(script: string, ...flags: readonly string[]): Command {
  return { program: node, args: [path.join(root, 'scripts', 'run.mjs'), script, ...flags], memory: 'node' };
}

function withoutPeak({ program, args, cwd = root }: Command): Command {
  return { program, args, cwd };
}

/** A command on a corpus, in its folder. */
function onCorpus({ schema, raw }: Corpus, script: string, ...flags: readonly string[]): Command {
  return { ...toolkit(script, '--schema', schema, '--raw', raw, ...flags), cwd: path.dirname(raw) };
}

/** No peak memory is asked for: what asks would add to the time, and the others are not asked. */
export function validateCorpus(corpus: Corpus): Command {
  return withoutPeak(onCorpus(corpus, 'validate'));
}

export function buildCorpus(corpus: Corpus, dist: string): Command {
  return onCorpus(corpus, 'build', '--dist', dist);
}

/**
 * Opens the workbench at a source until the marks are there, or until all records are read. `home` is the folder in
 * which it keeps what it learns of the records.
 */
export function openWorkbench({ schema, raw, sources }: Coded, home: string, until: 'marks' | 'all'): Command {
  const { program, args } = toolkit('curate', '--schema', schema, '--raw', raw, '--sources', sources);
  const script = path.join(import.meta.dirname, 'openWorkbench.mjs');
  return { program, args: [script, until, chronicle, ...args], cwd: home };
}

/** Builds what others have published, as it is. */
export function buildVast({ folder, flags }: Vast, dist: string): Command {
  const folders = ['--schema', path.join(folder, 'schema'), '--raw', path.join(folder, 'raw'), '--dist', dist];
  return { ...toolkit('build', ...folders, '--layout', 'any', ...flags), cwd: folder };
}

/** Checks what has changed since the last commit of the repository that the corpus is. */
export function validateChanged(corpus: Corpus): Command {
  return onCorpus(corpus, 'validate', '--changed', 'HEAD');
}

/** What a change since the last commit means. */
export function compareChanged(verb: 'report' | 'diff', corpus: Corpus): Command {
  return withoutPeak(onCorpus(corpus, verb, '--base', 'HEAD'));
}

/** What the git hook runs. */
export function checkStaged(corpus: Corpus): Command {
  return onCorpus(corpus, 'staged');
}

/** What git needs by itself to find the files that have changed. */
export function gitStatus({ raw }: Corpus): Command {
  return { program: 'git', args: ['-C', path.dirname(raw), 'status', '--porcelain'] };
}

/** Makes a repository of a corpus, all of it committed, and stages a change of one record. */
export function commitCorpus({ raw, table }: Corpus): void {
  const git = (...args: readonly string[]): void => {
    const own = ['-C', path.dirname(raw), '-c', 'user.name=Ida', '-c', 'user.email=ida@example.org', '-c', 'gc.auto=0'];
    const { status, stderr } = spawnSync('git', [...own, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args[0] ?? ''}: ${stderr}`);
  };
  git('init', '--quiet');
  git('add', '--all');
  git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--message', 'Corpus');
  git('repack', '-a', '-d', '--quiet');
  const folder = path.join(raw, table);
  const files = fs.readdirSync(folder);
  const file = path.join(folder, files[files.length >> 1] ?? '');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/"count": \d+/, '"count": 100001'));
  git('add', '--all');
}

/** Reads all files of a corpus, those of the small table too. */
export function readFloor({ raw }: Corpus): Command {
  const folders = fs.readdirSync(raw).map((name) => path.join(raw, name));
  return { program: node, args: [path.join(import.meta.dirname, 'floor.mjs'), ...folders] };
}

/** Node that does nothing. Scripts are run from a bundle, so no loader belongs to it. */
export const bareNode: Command = { program: node, args: ['-e', '0'] };

/** The dataset in this repository. No peak memory is asked for: what asks would add to a short time. */
export const validateShipped: Command = withoutPeak(toolkit('validate'));

export function buildShipped(dist: string): Command {
  return withoutPeak(toolkit('build', '--dist', dist));
}

/** The measured table alone, with formats, as the toolkit checks it. */
export function ajvOfCorpus({ schema, raw, table }: Corpus): Command {
  return ajv(path.join(schema, `${table}.schema.json`), path.join(raw, table), '-c', 'ajv-formats');
}

function shippedTables(): readonly string[] {
  const entries = fs.readdirSync(path.join(root, 'raw'), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

/** ajv-cli takes one schema a process: one process a table. EDTF is unknown to it, so it checks no formats here. */
export function ajvOfShipped(): readonly Command[] {
  const common = path.join('schema', 'common.schema.json');
  return shippedTables().map((name) =>
    ajv(path.join('schema', `${name}.schema.json`), path.join('raw', name), '-r', common, '--validate-formats=false'),
  );
}

/** The same in one process, with a schema that the dataset lacks: any of the tables. It goes into `folder`. */
export function ajvOfShippedAtOnce(folder: string): Command {
  const schema = path.join(folder, 'any.schema.json');
  const anyOf = shippedTables().map((name) => ({ $ref: `${name}.schema.json` }));
  fs.writeFileSync(schema, JSON.stringify({ anyOf }));
  return ajv(schema, path.join('raw', '*'), '-r', path.join('schema', '*.schema.json'), '--validate-formats=false');
}

function ajv(schema: string, folder: string, ...flags: readonly string[]): Command {
  const script = path.join(peers, 'ajv-cli', 'dist', 'index.js');
  const data = path.join(folder, '*.json');
  return {
    program: node,
    args: [script, 'validate', '--spec=draft2020', '--strict=false', '-s', schema, '-d', data, ...flags],
  };
}

/** The measured table alone, with formats, in the mode that its makers call fast. */
export function jsonschemaOfCorpus({ schema, raw, table }: Corpus): Command {
  const script = path.join(peers, '@sourcemeta', 'jsonschema', 'npm', 'cli.js');
  const flags = ['--fast', '--format-assertion'];
  return {
    program: node,
    args: [script, 'validate', ...flags, path.join(schema, `${table}.schema.json`), path.join(raw, table)],
  };
}

/** The measured table alone, with formats, in one process. */
export function jsonschemaRsOfLines(python: string, { schema, raw, table }: Corpus): Command {
  return peer(python, 'jsonschema-rs', path.join(schema, `${table}.schema.json`), path.join(raw, table, linesFile));
}

/** CSV and Parquet of the measured table and its lists, without any check. */
export function flattererOfLines(python: string, { raw, table }: Corpus, folder: string): Command {
  return peer(python, 'flatterer', path.join(raw, table, linesFile), folder);
}

function peer(python: string, ...args: readonly string[]): Command {
  return { program: python, args: [path.join(import.meta.dirname, 'peers.py'), ...args], memory: 'told' };
}

/** CSV, Parquet and a database of the measured table and its lists, unchecked, by the DuckDB that builds use. */
export function duckdbOfLines({ raw, table }: Corpus, folder: string): Command {
  const args = [path.join(import.meta.dirname, 'duckdb.mjs'), path.join(raw, table, linesFile), folder];
  return { program: node, args, memory: 'node' };
}

/** Whether the peers have been installed. */
export function hasPeers(): boolean {
  return fs.existsSync(peers);
}
