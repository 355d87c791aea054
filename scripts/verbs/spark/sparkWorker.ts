import fs from 'node:fs';
import process from 'node:process';
import { Failure } from '../../base/problem.ts';
import { errorCode, nodeFileSystem } from '../../disk/fileSystem.ts';
import { printLine } from '../../engine/spark/mapped.ts';
import { type Json, isObject, parseJson } from '../../json/json.ts';
import { openProject } from '../../project/openProject.ts';
import { restoreOptions } from '../../project/storedOptions.ts';
import { originOfOptions } from '../build.ts';
import { createMapper } from './mapPart.ts';
import { partIn } from './parts.ts';
import { printTexts } from './textBlocks.ts';

// A process that Spark starts for each partition. `map FILE` maps the parts in its input, by the options in a file;
// `print FILE` prints rows as CSV and records as NDJSON, by the numbers of columns in a file.

/** Characters that are buffered before they are written. */
const mostHeld = 1 << 20;

/** Milliseconds before trying a slow reader again. */
const shortPause = 5;
const pause = new Int32Array(new SharedArrayBuffer(4));

let held: string[] = [];
let length = 0;

function out(text: string): void {
  held.push(text);
  length += text.length;
  if (length > mostHeld) flush();
}

function flush(): void {
  const bytes = Buffer.from(held.join(''));
  for (let at = 0; at < bytes.length;) at += written(bytes.subarray(at));
  held = [];
  length = 0;
}

/** How many bytes were written: none if the reader is slower than this process. */
function written(bytes: Uint8Array): number {
  try {
    return fs.writeSync(1, bytes);
  } catch (error) {
    if (errorCode(error) !== 'EAGAIN') throw error;
    Atomics.wait(pause, 0, 0, shortPause);
    return 0;
  }
}

function map(optionsFile: string): void {
  const disk = nodeFileSystem();
  const options = restoreOptions(jsonIn(fs.readFileSync(optionsFile, 'utf8')));
  const { files, differences } = originOfOptions(disk, options);
  const mapper = createMapper(disk, openProject(files, options));
  let last = 0;
  for (const line of fs.readFileSync(0, 'utf8').split('\n')) {
    if (line === '') continue;
    const part = partIn(jsonIn(line));
    last = part.number;
    try {
      mapper(part, out);
    } catch (error) {
      // Spark would try again, with the same result
      if (!(error instanceof Failure)) throw error;
      out(printLine({ kind: 'failure', table: '', part: part.number, n: 0, text: JSON.stringify(error.message) }));
    }
  }
  if (differences().length > 0) out(printLine({ kind: 'differs', table: '', part: last, n: 0, text: 'true' }));
}

function columnsIn(file: string): ReadonlyMap<string, number> {
  const counts = jsonIn(fs.readFileSync(file, 'utf8'));
  return new Map(Object.entries(isObject(counts) ? counts : {}).map(([table, count]) => [table, Number(count)]));
}

function jsonIn(text: string): Json {
  const parsed = parseJson(text);
  if ('value' in parsed) return parsed.value;
  throw new Error(parsed.message);
}

const [work, argument = ''] = process.argv.slice(2);
if (work === 'map') map(argument);
else await printTexts(process.stdin, columnsIn(argument), out);
flush();
process.exitCode = 0;
