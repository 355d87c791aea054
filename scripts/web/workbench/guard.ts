import { timingSafeEqual } from 'node:crypto';

/** The origin of a request, by its headers. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The most bytes in a request's body. The largest is a source that is added. */
export const mostBody = 64 * 1024 * 1024;

/** Headers of every answer: only our own scripts, no frames, no caching, no access for other pages. */
export const safeHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

/**
 * Why a request is refused, as an HTTP status; undefined if it is allowed. The full name of the server is compared:
 * a prefix would let `127.0.0.1.evil.example` in. Reading or writing data needs the token, which only the page has that
 * was opened with it.
 */
export function refusal({ method, path, headers }: Asked, port: number, token: string): number | undefined {
  const names = [`127.0.0.1:${port}`, `localhost:${port}`];
  const [named] = [headers['host']];
  if (typeof named !== 'string' || !names.includes(named)) return 421;
  const { origin } = headers;
  if (origin !== undefined && (typeof origin !== 'string' || !names.some((name) => origin === `http://${name}`)))
    return 403;
  const site = headers['sec-fetch-site'];
  if (!path.startsWith('/api/')) return method === 'GET' || method === 'HEAD' ? undefined : 405;
  if (site !== undefined && site !== 'same-origin') return 403;
  if (method !== 'POST') return 405;
  const given = headers['x-demarche-token'];
  if (typeof given !== 'string' || !isSame(given, token)) return 401;
  const type = headers['content-type'];
  if (typeof type !== 'string' || !/^application\/(?:json|octet-stream)(?:;|$)/.test(type)) return 415;
  const length = Number(headers['content-length'] ?? 0);
  return length > mostBody ? 413 : undefined;
}

/** Compares in constant time. */
function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
