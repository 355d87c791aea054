import { option, sentence } from '../../base/sentence.ts';
import fs from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import path from 'node:path';
import sirv from 'sirv';
import { Failure } from '../../base/problem.ts';

/** A folder that is served on this machine. */
export interface Served {
  /** Address of its top, with a slash at the end. */
  readonly url: string;
  readonly close: () => void;
}

const host = '127.0.0.1';

/**
 * Serves the files of a folder to this machine only, with range requests. An address of a folder without a slash at the
 * end redirects to the page in it, and the top to the first folder of `first` that exists.
 * @param port 0 takes any free port
 * @throws Failure if the port is taken
 */
export async function serveFolder(folder: string, port: number, first: readonly string[] = []): Promise<Served> {
  const files = sirv(folder, { dev: true, etag: true, extensions: ['html'] });
  const server = createServer((request, response) => {
    const refused = refusal(request, portOf(server)) ?? leadsOut(folder, request.url ?? '/');
    if (refused !== undefined) {
      response.writeHead(refused).end();
      return;
    }
    const target = redirection(folder, request.url ?? '/', first);
    if (target === undefined) answer(files, request, response);
    else response.writeHead(302, { Location: target }).end();
  });
  await listen(server, port);
  return { url: `http://${host}:${portOf(server)}/`, close: () => void server.close() };
}

function answer(files: ReturnType<typeof sirv>, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  files(request, response, () => void response.writeHead(404).end('Not found'));
}

/** Another site can point its host name at this machine, so only ours are answered. Unfinished builds are hidden. */
function refusal({ method, headers, url = '/' }: IncomingMessage, port: number): number | undefined {
  if (/\/\./.test(decoded(url))) return 404;
  if (![`${host}:${port}`, `localhost:${port}`].includes(headers.host ?? '')) return 421;
  return method === 'GET' || method === 'HEAD' ? undefined : 405;
}

/**
 * The status for an address that a symbolic link leads out of the folder: a release from someone else can contain any
 * link, and its page may read what is served.
 */
function leadsOut(folder: string, url: string): 404 | undefined {
  const [pathname = '/'] = url.split(/[?#]/, 1);
  const at = path.join(folder, decoded(pathname));
  const inside = fs.realpathSync(folder);
  // the server adds these itself
  const files = [at, `${at.replace(/\/$/, '')}.html`, path.join(at, 'index.html'), path.join(at, 'index.htm')];
  const isOutside = (file: string): boolean => {
    const real = realPath(file);
    return real !== undefined && real !== inside && !real.startsWith(inside + path.sep);
  };
  return files.some(isOutside) ? 404 : undefined;
}

/** Undefined if the file does not exist. */
function realPath(at: string): string | undefined {
  try {
    return fs.realpathSync(at);
  } catch {
    return undefined;
  }
}

function redirection(folder: string, url: string, first: readonly string[]): string | undefined {
  // not by URL, which throws for some addresses that a client can send
  const [pathname = '/'] = url.split(/[?#]/, 1);
  if (pathname === '/') {
    const found = first.find((name) => isFolder(path.join(folder, name)));
    return found === undefined ? undefined : `/${encodeURIComponent(found)}/`;
  }
  // two slashes at the start would mean another host
  if (pathname.endsWith('/') || pathname.startsWith('//')) return undefined;
  return isFolder(path.join(folder, decoded(pathname))) ? `${pathname}/` : undefined;
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

function isFolder(at: string): boolean {
  // no file name contains a NUL
  return !at.includes('\0') && fs.statSync(at, { throwIfNoEntry: false })?.isDirectory() === true;
}

function portOf(server: Server): number {
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken ? new Failure(sentence`port ${port} is taken: name another with ${option('port')}, or 0 for any`) : error,
      );
    });
    server.listen(port, host, resolve);
  });
}
