// Starts the workbench at a source, and sends the requests of its page until the marks of the source are known. With
// `all` it continues until every record has been read. Plain JavaScript, so that its time includes no loader.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';

const [until, source, ...command] = process.argv.slice(2);
const child = spawn(process.execPath, [...command, source, '--no-open'], { stdio: ['ignore', 'pipe', 'inherit'] });
const exited = once(child, 'exit');
// a browser is running: what this client needs is loaded while the workbench starts
await fetch('data:,');
const [printed] = await Promise.race([once(child.stdout, 'data'), exited]);
const { origin, hash } = new URL(String(printed).trim());

async function ask(name, body) {
  const headers = { 'content-type': 'application/json', 'x-demarche-token': hash.slice(1), origin };
  const response = await fetch(`${origin}/api/${name}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return response.json();
}

await ask('start', {});
await ask('source', { id: source });
const { marks } = await ask('marks', { id: source, known: true });
if (until === 'all') await ask('marks', { id: source });
// as Ctrl+C does: the command keeps its compiled code when it ends
child.kill('SIGINT');
await exited;
if (!(marks?.length > 0)) {
  process.stderr.write('error: the source has no marks\n');
  process.exitCode = 1;
}
