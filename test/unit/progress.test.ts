import { expect, test } from 'vitest';
import { createProgress } from '../../scripts/cli/progress.ts';

/** Ticks once a millisecond for some seconds, and gives what was shown. */
function shown(seconds: number, interactive: boolean, quiet = false): string[] {
  const lines: string[] = [];
  let time = 0;
  const terminal = {
    out: () => {},
    err: (text: string) => void lines.push(text),
    env: {},
    cwd: '/',
    processFolder: '/',
    interactive,
    coloured: false,
    stdin: () => '',
  };
  const progress = createProgress('validate', terminal, quiet, () => time);
  const records = seconds * 1000;
  for (let i = 0; i < records; i++) {
    time++;
    progress.tick(i / records);
  }
  progress.end();
  return lines;
}

test('a short run shows nothing', () => expect(shown(1, true)).toEqual([]));
test('--quiet shows nothing', () => expect(shown(60, true, true)).toEqual([]));

test('outside a terminal, a line at intervals shows records, rate and what is left', () => {
  const lines = shown(25, false);
  expect(lines.length).toBeGreaterThanOrEqual(2);
  for (const line of lines) expect(line).toMatch(/^validate: \d+ records, \d+ records\/s, about \d+ s left\n$/);
});

test('on a terminal, one line is overwritten, and removed at the end', () => {
  const lines = shown(5, true);
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) expect(line.startsWith('\r\u001b[K')).toBe(true);
  expect(lines.at(-1)).toBe('\r\u001b[K');
});
