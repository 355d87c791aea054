import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { dataset, here } from '../support/fixture.ts';
import { script } from '../support/run.ts';
import { askWorkbench } from '../support/workbench.ts';

/** Starts the workbench as a user does; returns the address that it prints. */
async function start(folder: string): Promise<{ readonly url: string; readonly child: ReturnType<typeof spawn> }> {
  const child = spawn(process.execPath, [...script('curate'), '--no-open', ...here], { cwd: folder });
  const [printed] = await once(child.stdout, 'data');
  return { url: String(printed).trim(), child };
}

test('what was shown as saved survives a kill, and Ctrl+C ends the command cleanly', async () => {
  const folder = dataset();
  const killed = await start(folder);
  const record = { table: 'ships', id: 'anna', draftName: 'anna', value: { id: 'anna', name: 'Änna' }, spans: [] };
  const { value } = await askWorkbench(killed, 'record', { table: 'ships', id: 'anna' });
  const answer = await askWorkbench(killed, 'save', { ...record, digest: Object(value).digest });
  killed.child.kill('SIGKILL');
  expect(answer).toMatchObject({ status: 200, value: { saved: { value: { name: 'Änna' } } } });
  expect(JSON.parse(fs.readFileSync(path.join(folder, 'raw/ships/anna.json'), 'utf8'))).toEqual(record.value);
  await once(killed.child, 'exit');
  const again = await start(folder);
  expect(await askWorkbench(again, 'record', { table: 'ships', id: 'anna' })).toMatchObject({
    value: { value: record.value },
  });
  again.child.kill('SIGINT');
  expect(await once(again.child, 'exit')).toEqual([0, null]);
});
