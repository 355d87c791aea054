import path from 'node:path';
import { onTestFinished } from 'vitest';
import { kindAt, nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { configuredOptions } from '../../scripts/project/configured.ts';
import { type Desk, openDesk } from '../../scripts/web/workbench/desk.ts';
import { pageFiles } from '../../scripts/web/workbench/pageFiles.ts';
import { type Workbench, serveWorkbench } from '../../scripts/web/workbench/server.ts';

/** The workbench of a dataset in a folder, without a server. */
export function deskOf(folder: string, source?: string, against?: string, fs = nodeFileSystem()): Desk {
  const at = { cwd: folder, home: folder };
  const sources = path.join(folder, 'sources');
  const given = kindAt(fs, sources) === 'folder' ? { sources } : {};
  const other = against === undefined ? undefined : { path: against, shown: against };
  return openDesk({ fs, options: () => configuredOptions(fs, at, given), home: folder, source, against: other });
}

/** Serves the workbench of a dataset until the test has ended. */
export async function workbenchOf(
  folder: string,
  source?: string,
  against?: string,
  most?: number,
): Promise<Workbench> {
  const workbench = await serveWorkbench({
    desk: deskOf(folder, source, against),
    files: pageFiles(nodeFileSystem()),
    port: 0,
    ...(most === undefined ? {} : { most }),
    onFault: (error) => {
      throw error;
    },
  });
  onTestFinished(() => workbench.close());
  return workbench;
}

/** Sends a request to a workbench as its page does. */
export async function askWorkbench(
  { url }: Pick<Workbench, 'url'>,
  name: string,
  body: object,
): Promise<{ readonly status: number; readonly value: unknown }> {
  const { origin, hash } = new URL(url);
  const headers = { 'content-type': 'application/json', 'x-demarche-token': hash.slice(1), origin };
  const response = await fetch(`${origin}/api/${name}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, value: await response.json() };
}
