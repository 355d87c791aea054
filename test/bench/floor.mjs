// The lower bound: opens, reads and JSON.parses every file of the given folders, or every line of NDJSON, synchronously
// and into one buffer. Plain JavaScript, so that its time includes no loader.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const buffer = Buffer.allocUnsafe(16 << 20);
const newline = 10;

function parseFile(fd) {
  const length = fs.readSync(fd, buffer, 0, buffer.length, null);
  JSON.parse(buffer.toString('utf8', 0, length));
}

/** A line that crosses the end of the buffer is moved to its start. */
function parseLines(fd) {
  let held = 0;
  for (;;) {
    const got = fs.readSync(fd, buffer, held, buffer.length - held, null);
    if (got === 0) return;
    const filled = buffer.subarray(0, held + got);
    let start = 0;
    for (let end = filled.indexOf(newline); end >= 0; end = filled.indexOf(newline, start)) {
      JSON.parse(filled.toString('utf8', start, end));
      start = end + 1;
    }
    held = filled.length - start;
    buffer.copyWithin(0, start, filled.length);
  }
}

for (const folder of process.argv.slice(2)) {
  for (const name of fs.readdirSync(folder)) {
    const fd = fs.openSync(path.join(folder, name), 'r');
    if (name.endsWith('.ndjson')) parseLines(fd);
    else parseFile(fd);
    fs.closeSync(fd);
  }
}
