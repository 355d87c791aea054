// Tries the commands on mutated datasets: `make fuzz`, `SEED=1 RUNS=500 MINUTES=10 make fuzz`,
// `REPLAY=folder make fuzz`.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { Violation } from './laws.ts';
import { minimise } from './minimise.ts';
import { mutate } from './mutate.ts';
import { type Project, digestOf, startingProject, writeProject } from './project.ts';
import { seedOfRun, seeded } from './random.ts';
import { type Trial, createTrial } from './trial.ts';

const defaultMinutes = 5;
/** One run in this many uses the command line too, which takes longer. */
const commandLineOnceIn = 20;
/** How long a reproducer is minimised, in ms. */
const mostTimeToMinimise = 40_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** A number from the environment. */
function numberFrom(name: string, byDefault: number): number {
  const given = process.env[name];
  return given === undefined || given === '' ? byDefault : Number(given);
}

/** What distinguishes faults: the law, and what was found without parts from the data. */
function signature({ law, seen }: Violation): string {
  const frame = /\n\s+at (\S+)/.exec(seen)?.[1];
  const printed = seen.startsWith('status ') ? seen : '';
  const words = printed.replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '').replaceAll(/\S*[/\d]\S*/g, '');
  return `${law}: ${frame ?? words.trim().split('\n').at(-1)?.trim().slice(0, 80) ?? ''}`;
}

interface Description {
  readonly args: readonly string[];
  readonly seed: number;
  readonly origin: string;
  readonly law: string;
}

const described = 'fuzz.json';

/** Writes a reproducer outside the repository; returns its folder. */
function keep(project: Project, seed: number, { law, seen }: Violation): string {
  const folder = path.join(os.tmpdir(), 'demarche-fuzz', digestOf(project));
  fs.rmSync(folder, { recursive: true, force: true });
  writeProject(folder, project);
  const description: Description = { args: project.args, seed, origin: project.origin, law };
  fs.writeFileSync(path.join(folder, described), `${JSON.stringify(description, null, 2)}\n`);
  fs.writeFileSync(path.join(folder, 'SEEN.txt'), `${law}\n\n${seen}\n`);
  return folder;
}

/** A project as a reproducer keeps it. */
function kept(folder: string): { readonly project: Project; readonly seed: number } {
  const { args, seed, origin }: Description = JSON.parse(fs.readFileSync(path.join(folder, described), 'utf8'));
  const files = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => [path.relative(folder, file), fs.readFileSync(file)] as const);
  return { project: { origin, args, files: Object.fromEntries(files) }, seed };
}

async function smallest(trial: Trial, project: Project, seed: number, violation: Violation): Promise<Project> {
  const end = Date.now() + mostTimeToMinimise;
  const wanted = signature(violation);
  const onCommandLine = violation.law.includes('command line');
  return await minimise(project, async (smaller) => {
    if (Date.now() > end) return false;
    const { violations } = await trial.verdictOn(smaller, seed, onCommandLine);
    return violations.some((each) => signature(each) === wanted);
  });
}

async function replay(trial: Trial, folder: string): Promise<number> {
  const { project, seed } = kept(path.resolve(folder));
  const { violations } = await trial.verdictOn(project, seed, true);
  for (const { law, seen } of violations) say(`${law}\n${seen}\n`);
  say(violations.length === 0 ? 'fuzz: no law is broken any more' : `fuzz: ${violations.length} laws are broken`);
  return violations.length === 0 ? 0 : 1;
}

async function search(trial: Trial): Promise<number> {
  const seed = numberFrom('SEED', Date.now() % 1_000_000_007);
  const runs = numberFrom('RUNS', Infinity);
  const minutes = numberFrom('MINUTES', defaultMinutes);
  const end = Date.now() + minutes * 60_000;
  say(`fuzz: SEED=${seed}`);
  const seen = new Map<string, number>();
  const ended = new Map<string, number>();
  let run = 0;
  let noted = Date.now();
  for (; run < runs && Date.now() < end; run++) {
    if (Date.now() - noted > 60_000) {
      say(`fuzz: ${run} runs`);
      noted = Date.now();
    }
    const runSeed = seedOfRun(seed, run);
    const random = seeded(runSeed);
    const project = mutate(startingProject(random), random);
    const { violations, statuses } = await trial.verdictOn(project, runSeed, random.once(commandLineOnceIn));
    for (const status of statuses) ended.set(status, (ended.get(status) ?? 0) + 1);
    for (const violation of violations) {
      const fault = signature(violation);
      const times = seen.get(fault) ?? 0;
      seen.set(fault, times + 1);
      if (times > 0) continue;
      const folder = keep(await smallest(trial, project, runSeed, violation), runSeed, violation);
      say(`\nrun ${run} (${project.origin}): ${violation.law}\n${violation.seen}\nREPLAY=${folder} make fuzz`);
    }
  }
  say(`\nfuzz: ${run} runs with SEED=${seed}, ${seen.size} faults`);
  for (const [fault, times] of seen) say(`  ${times} times ${fault}`);
  say('how often each command ended with each status:');
  for (const [status, times] of [...ended].toSorted(([a], [b]) => (a < b ? -1 : 1))) say(`  ${status}: ${times}`);
  return seen.size === 0 ? 0 : 1;
}

const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'fuzz-')));
const trial = createTrial(scratch);
const asked = process.env['REPLAY'] ?? '';
try {
  process.exitCode = asked === '' ? await search(trial) : await replay(trial, asked);
} finally {
  trial.end();
  fs.rmSync(scratch, { recursive: true, force: true });
}
