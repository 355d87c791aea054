import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { Failure } from '../../base/problem.ts';
import { errorCode } from '../../disk/fileSystem.ts';
import { printable } from '../../base/text.ts';
import { type Json, isObject, parseJson } from '../../json/json.ts';
import { systemSentence } from '../../systemErrors.mjs';
import type { Desk } from './desk.ts';
import { mostBody, refusal, safeHeaders } from './guard.ts';
import type { PageFile } from './pageFiles.ts';
import { type Answer, routes } from './routes.ts';

/** A running server of the workbench. */
export interface Workbench {
  /** The address to open, with the token that lets the page in. */
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

export interface WorkbenchSettings {
  readonly desk: Desk;
  readonly files: ReadonlyMap<string, PageFile>;
  /** 0 means any free port. */
  readonly port: number;
  /** The most bytes in a request's body, even if it is sent in chunks. */
  readonly most?: number;
  /** Called for errors in the program; the page shows them as such. */
  readonly onFault?: (error: unknown) => void;
}

/** Serves the workbench to this machine only, until it is closed. */
export async function serveWorkbench(settings: WorkbenchSettings): Promise<Workbench> {
  const { desk, files, port: wanted, most = mostBody, onFault } = settings;
  const token = randomBytes(32).toString('base64url');
  let port = wanted;
  const answer = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const { method = '', url = '/', headers } = request;
    const [path = '/'] = url.split('?');
    const refused = refusal({ method, path, headers }, port, token);
    if (refused !== undefined) return refuse(request, response, refused);
    if (!path.startsWith('/api/')) return sendFile(response, files.get(path), method);
    const body = await bodyOf(request, most);
    if (body === undefined) return refuse(request, response, 413);
    send(response, await answerTo(desk, path.slice('/api/'.length), headers, body, onFault));
  };
  const server = http.createServer({ requestTimeout: 60_000, maxHeaderSize: 16 * 1024 }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      // closing the page during a request is not an error
      if (errorCode(error) !== 'ECONNRESET') onFault?.(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(error));
    server.listen(wanted, '127.0.0.1', resolve);
  });
  const bound = server.address();
  port = typeof bound === 'object' && bound !== null ? bound.port : wanted;
  return {
    // a fragment is never sent to a server, so it is in no log
    url: `http://127.0.0.1:${port}/#${token}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answerTo(
  desk: Desk,
  name: string,
  headers: http.IncomingHttpHeaders,
  body: Buffer,
  onFault: WorkbenchSettings['onFault'],
): Promise<Answer> {
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (route === undefined) return { status: 404, value: { failure: 'the workbench does not know this request' } };
  const isBytes = headers['content-type']?.startsWith('application/octet-stream') === true;
  const parsed = isBytes ? { value: {} } : parseJson(body.toString('utf8'));
  if (!('value' in parsed) || !isObject(parsed.value))
    return { status: 400, value: { failure: 'the request is not a JSON object' } };
  try {
    return { status: 200, value: await route(desk, parsed.value) };
  } catch (error) {
    const sentence = error instanceof Failure ? error.message : systemSentence(error);
    if (sentence === undefined) onFault?.(error);
    const failure = sentence ?? 'something went wrong in the workbench: see the terminal for details';
    return { status: sentence === undefined ? 500 : 422, value: { failure: printable(failure) } };
  }
}

/** The body; undefined if it is larger than allowed. */
async function bodyOf(request: http.IncomingMessage, most: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    length += part.length;
    if (length > most) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function sendFile(response: http.ServerResponse, file: PageFile | undefined, method: string): void {
  const status = file === undefined ? 404 : 200;
  response.writeHead(status, { ...safeHeaders, 'content-type': file?.type ?? 'text/plain; charset=utf-8' });
  response.end(method === 'HEAD' ? undefined : (file?.bytes ?? 'not found\n'));
}

function send(response: http.ServerResponse, { status, value }: Answer): void {
  response.writeHead(status, { ...safeHeaders, 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}

/** Ends a request without reading the rest of it. */
function refuse(request: http.IncomingMessage, response: http.ServerResponse, status: number): void {
  const value: Json = { failure: 'the workbench refused this request' };
  response.writeHead(status, {
    ...safeHeaders,
    connection: 'close',
    'content-type': 'application/json; charset=utf-8',
  });
  response.end(JSON.stringify(value), () => request.destroy());
}
