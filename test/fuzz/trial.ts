import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { script } from '../support/run.ts';
import type { Violation } from './laws.ts';
import { type Project, writeProject } from './project.ts';
import type { Message, Task } from './worker.ts';

/** The longest time for a step, in ms. On a busy machine, the processor time counts, if it is known. */
const mostTime = 10_000;
/** A step that waits, or runs processes of its own, may take so many times as long on the clock. */
const mostWaiting = 10;
/** The most memory for a process that runs the commands on one project, in MiB. */
const mostMemory = 1024;
/** From this much on, in MiB, a process is replaced: its memory can come from many projects. */
const replacedFrom = 700;

/** The result for a project. */
export interface Verdict {
  readonly violations: readonly Violation[];
  /** Each command that ended, with its status: `validate 0`. */
  readonly statuses: readonly string[];
}

/** Tries projects, one at a time, in a process that is replaced when it hangs, dies or grows. */
export interface Trial {
  readonly verdictOn: (project: Project, seed: number, commandLine: boolean) => Promise<Verdict>;
  readonly end: () => void;
}

/** @param scratch a folder in which the projects are written and removed again */
export function createTrial(scratch: string): Trial {
  let child: ChildProcess | undefined;
  let isFresh = true;
  const end = (): void => {
    child?.kill('SIGKILL');
    child = undefined;
  };
  const attempt = async (project: Project, seed: number, commandLine: boolean): Promise<Verdict> => {
    const folder = path.join(scratch, 'project');
    fs.rmSync(folder, { recursive: true, force: true });
    writeProject(folder, project);
    if (child === undefined) {
      const [launcher = ''] = script('build');
      child = fork(launcher, ['--entry', path.join(import.meta.dirname, 'worker.ts')], {
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      isFresh = true;
      await once(child, 'message');
    }
    const task: Task = { folder, args: project.args, seed, commandLine };
    const outcome = await outcomeOf(child, task);
    if (outcome.ended || outcome.peak > replacedFrom) end();
    return outcome;
  };
  return {
    end,
    async verdictOn(project, seed, commandLine) {
      const first = await attempt(project, seed, commandLine);
      const wasFresh = isFresh;
      isFresh = false;
      // what earlier projects may have caused in a process must happen in a new one too
      if (wasFresh || !first.violations.some(({ law }) => law in processLaws)) return first;
      end();
      return await attempt(project, seed, commandLine);
    },
  };
}

const processLaws = {
  'each step ends in time': true,
  'a command does not end the process': true,
  'a command takes little memory': true,
};

interface Outcome extends Verdict {
  readonly peak: number;
  /** Whether the process has ended, or must end. */
  readonly ended: boolean;
}

function outcomeOf(child: ChildProcess, task: Task): Promise<Outcome> {
  return new Promise((resolve) => {
    let step = 'start';
    const statuses: string[] = [];
    let timer: NodeJS.Timeout | undefined;
    const finish = (outcome: Omit<Outcome, 'statuses'>): void => {
      clearTimeout(timer);
      child.removeAllListeners('message');
      child.removeAllListeners('exit');
      resolve({ ...outcome, statuses });
    };
    const failed = (law: keyof typeof processLaws, seen: string): void =>
      finish({ violations: [{ law, seen }], peak: 0, ended: true });
    const wait = (before: number | undefined, waited: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const now = processorTime(child.pid);
        const used = now === undefined || before === undefined ? Infinity : now - before;
        if (used < mostTime && waited < mostWaiting) wait(before, waited + 1);
        else failed('each step ends in time', `${step}: more than ${mostTime / 1000} s`);
      }, mostTime);
    };
    child.on('exit', (status, signal) =>
      failed('a command does not end the process', `${step}: ${String(signal ?? status)}`),
    );
    child.on('message', (message: Message) => {
      if ('step' in message) {
        step = message.step;
        wait(processorTime(child.pid), 1);
        return;
      }
      if ('command' in message) {
        statuses.push(`${message.command} ${message.status}`);
        return;
      }
      const { violations, peak } = message;
      const grown: Violation = { law: 'a command takes little memory', seen: `${Math.round(peak)} MiB` };
      finish({ violations: peak > mostMemory ? [...violations, grown] : violations, peak, ended: peak > mostMemory });
    });
    wait(processorTime(child.pid), 1);
    child.send(task);
  });
}

/**
 * Processor time that a process has used, in ms; undefined if the system does not provide it (Linux does, in /proc).
 */
function processorTime(pid: number | undefined): number | undefined {
  try {
    const fields = fs
      .readFileSync(`/proc/${pid ?? 0}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    // user and system time, in ticks of 10 ms
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}
