import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { hasPeers } from './commands.ts';
import { type Extent, measureAll } from './measureAll.ts';
import { printJson, printReport, printTable, type Results } from './results.ts';

const usage = `Measures validate and build beside other validators, and writes RESULTS.md and results.json.

Usage: npm run -s bench -- [flags]

  --quick  a hundredth of the records, to try the benchmark itself; writes no results
  --help   print this and stop

The corpus needs about 3 GiB in the folder for temporary files. Exit status:
0 measured, whatever the figures; 2 could not run.
`;

const full: Extent = { files: 100_000, lines: [1000, 10_000, 100_000, 1_000_000], works: 196_000 };
const quick: Extent = { files: 1000, lines: [10, 100, 1000, 10_000], works: 1960 };

function main(args: readonly string[]): number {
  const given = flagsOf(args);
  if (typeof given === 'string') return refuse(`${given}; --help lists the flags`);
  if (given.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (!hasPeers()) return refuse('the peers are not installed; run npm ci --prefix test/bench');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  try {
    const results = measureAll(folder, given.quick ? quick : full, report);
    process.stdout.write(printTable(results.rows));
    if (!given.quick) writeResults(results);
    return 0;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The flags, or what is wrong with them. */
function flagsOf(args: readonly string[]): { readonly quick: boolean; readonly help: boolean } | string {
  try {
    const options = { quick: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** It could not run: says why. */
function refuse(why: string): number {
  report(why);
  return 2;
}

function report(line: string): void {
  process.stderr.write(`bench: ${line}\n`);
}

function writeResults(results: Results): void {
  fs.writeFileSync(path.join(import.meta.dirname, 'RESULTS.md'), printReport(results));
  fs.writeFileSync(path.join(import.meta.dirname, 'results.json'), printJson(results));
}

process.exitCode = main(process.argv.slice(2));
