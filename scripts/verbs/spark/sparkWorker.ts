import fs from 'node:fs';
import process from 'node:process';
import { Failure } from '../../base/problem.ts';
import { nodeFileSystem } from '../../disk/fileSystem.ts';
import { printLine } from '../../engine/spark/mapped.ts';
import { parseJson } from '../../json/json.ts';
import { openProject } from '../../project/openProject.ts';
import { restoreOptions } from '../../project/storedOptions.ts';
import { printCsv } from './csvBlocks.ts';
import { createMapper } from './mapPart.ts';
import { partIn } from './parts.ts';

// A process that Spark starts for each partition. `map FILE` maps the parts in its input, by the options in a file;
// `csv N` prints rows of so many columns as CSV.

/** Characters that are held before they are written. */
const mostHeld = 1 << 20;

let held: string[] = [];
let length = 0;

function out(text: string): void {
  held.push(text);
  length += text.length;
  if (length > mostHeld) flush();
}

function flush(): void {
  const bytes = Buffer.from(held.join(''));
  for (let at = 0; at < bytes.length;) at += fs.writeSync(1, bytes, at);
  held = [];
  length = 0;
}

function map(optionsFile: string): void {
  const disk = nodeFileSystem();
  const mapper = createMapper(disk, openProject(disk, restoreOptions(jsonIn(fs.readFileSync(optionsFile, 'utf8')))));
  for (const line of fs.readFileSync(0, 'utf8').split('\n')) {
    if (line === '') continue;
    const part = partIn(jsonIn(line));
    try {
      mapper(part, out);
    } catch (error) {
      // Spark would try again, and the same would happen
      if (!(error instanceof Failure)) throw error;
      out(printLine({ kind: 'failure', table: '', part: part.number, n: 0, text: JSON.stringify(error.message) }));
    }
  }
}

function jsonIn(text: string): ReturnType<typeof valueOf> {
  return valueOf(parseJson(text));
}

function valueOf(parsed: ReturnType<typeof parseJson>): Parameters<typeof partIn>[0] {
  if ('value' in parsed) return parsed.value;
  throw new Error(parsed.message);
}

const [work, argument = ''] = process.argv.slice(2);
if (work === 'map') map(argument);
else await printCsv(process.stdin, Number(argument), out);
flush();
process.exitCode = 0;
