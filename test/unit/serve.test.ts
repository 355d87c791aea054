import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serveFolder } from '../../scripts/web/serve/serveFolder.ts';
import { freshFolder, run, writeFiles } from '../support/run.ts';

interface Answer {
  readonly status: number | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** Sends a request unchanged, without the corrections that `fetch` makes. */
async function ask(url: string, at: string, options: http.RequestOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const request = http.request({ hostname, port, path: at, ...options }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => void (body += piece));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    request.on('error', reject);
    request.end();
  });
}

test('an output folder is served to this machine, with ranges', async () => {
  const folder = freshFolder();
  writeFiles(folder, {
    'dist/1.0.0/index.html': '<p>it',
    'dist/1.0.0/csv/a b.csv': '0123456789',
    'dist/.staging-x/secret': 'no',
    'outside.txt': 'no',
  });
  fs.symlinkSync('1.0.0', path.join(folder, 'dist/latest'));
  // planted
  fs.symlinkSync('../../outside.txt', path.join(folder, 'dist/1.0.0/secret.txt'));
  fs.symlinkSync('../../outside.txt', path.join(folder, 'dist/1.0.0/page.html'));
  fs.symlinkSync('../..', path.join(folder, 'dist/1.0.0/top'));
  fs.mkdirSync(path.join(folder, 'dist/1.0.0/inner'));
  fs.symlinkSync('../../../outside.txt', path.join(folder, 'dist/1.0.0/inner/index.html'));
  const { url, close } = await serveFolder(path.join(folder, 'dist'), 0, ['next', 'latest']);
  onTestFinished(close);
  const statuses = async (...asked: readonly string[]): Promise<unknown[]> =>
    Promise.all(asked.map(async (at) => (await ask(url, at)).status));

  expect(await ask(url, '/')).toMatchObject({ status: 302, headers: { location: '/latest/' } });
  expect(await ask(url, '/1.0.0')).toMatchObject({ status: 302, headers: { location: '/1.0.0/' } });
  expect(await ask(url, '/latest/')).toMatchObject({ status: 200, body: '<p>it' });
  const part = await ask(url, '/latest/csv/a%20b.csv', { headers: { Range: 'bytes=2-4' } });
  expect(part).toMatchObject({ status: 206, body: '234', headers: { 'content-range': 'bytes 2-4/10' } });
  expect(part.headers['access-control-allow-origin']).toBeUndefined();
  expect(
    await statuses('/none', '/../outside.txt', '/%2e%2e/outside.txt', '/.staging-x/secret', '/%00', '/%zz', '//'),
  ).toEqual([404, 404, 404, 404, 404, 404, 404]);
  expect(
    await statuses(
      '/1.0.0/secret.txt',
      '/latest/secret.txt?x',
      '/1.0.0/%73ecret.txt',
      '/1.0.0/page',
      '/1.0.0/page/',
      '/1.0.0/top/outside.txt',
      '/1.0.0/top',
      '/1.0.0/inner/',
    ),
  ).toEqual([404, 404, 404, 404, 404, 404, 404, 404]);
  // another site's name that resolves to this machine
  expect((await ask(url, '/latest/', { headers: { Host: 'rebound.example' } })).status).toBe(421);
  expect((await ask(url, '/latest/', { method: 'POST' })).status).toBe(405);
  await expect(serveFolder(folder, Number(new URL(url).port))).rejects.toThrow(/^port \d+ is taken: name another/);
});

test('serve rejects an invalid port, and a missing folder', async () => {
  const folder = freshFolder();
  expect((await run(folder, 'serve', ['--port', '99999'])).err).toBe(
    'serve: --port is a number up to 65535, not "99999"\n',
  );
  expect((await run(folder, 'serve', ['--dist', 'none'])).err).toBe('serve: no folder none: build first\n');
});
