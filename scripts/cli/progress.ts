import type { Terminal } from './command.ts';

/** Shows the progress of a long run. */
export interface Progress {
  /** Counts a record; `done` is the share of the files that has been read, from 0 to 1. */
  readonly tick: (done: number) => void;
  /** Removes the line. */
  readonly end: () => void;
}

const silent: Progress = { tick: () => {}, end: () => {} };

/** A shorter run shows nothing. Milliseconds. */
const patience = 2000;
const every = { interactive: 200, plain: 10_000 };

/** On a terminal, one line that is overwritten; elsewhere, a line now and then; nothing if it should be quiet. */
export function createProgress(
  stage: string,
  terminal: Terminal,
  quiet: boolean,
  now: () => number = Date.now,
): Progress {
  if (quiet) return silent;
  const started = now();
  const pause = terminal.interactive ? every.interactive : every.plain;
  let shown = started + patience - pause;
  let records = 0;
  let drawn = false;
  return {
    tick(done) {
      records++;
      // the clock is checked only for every 256th record
      if ((records & 255) !== 0) return;
      const time = now();
      if (time - shown < pause || time - started < patience) return;
      shown = time;
      const line = describe(stage, records, done, (time - started) / 1000);
      terminal.err(terminal.interactive ? `\r\u001b[K${line}` : `${line}\n`);
      drawn = terminal.interactive;
    },
    end() {
      if (drawn) terminal.err('\r\u001b[K');
    },
  };
}

function describe(stage: string, records: number, done: number, seconds: number): string {
  const rate = `${Math.round(records / seconds)} records/s`;
  const left = done > 0 && done < 1 ? `, about ${Math.ceil((seconds / done) * (1 - done))} s left` : '';
  return `${stage}: ${records} records, ${rate}${left}`;
}
