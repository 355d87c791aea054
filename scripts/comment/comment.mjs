// @ts-check
// Posts the report on a pull request as one comment, or updates an earlier comment. It runs with the right to
// write comments, in plain Node without packages. Everything in the artifact may come from an attacker: it is data
// that must conform to report.schema.json, and only this side turns it into Markdown.
import fs from 'node:fs';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { faultOf } from './fault.mjs';
import { renderReport } from './render.mjs';

/**
 * @typedef {import('./render.mjs').Report} Report
 * @typedef {import('./fault.mjs').Schema} Schema
 * @typedef {{ readonly id: number, readonly owner?: { readonly login?: string } }} Repository
 * @typedef {{
 *   readonly id: number,
 *   readonly conclusion: string,
 *   readonly head_sha: string,
 *   readonly head_branch: string | null,
 *   readonly head_repository: Repository | null,
 * }} Run
 * @typedef {{
 *   readonly number: number,
 *   readonly head: { readonly sha: string, readonly repo: Repository | null },
 * }} Pull
 * @typedef {{
 *   readonly id: number,
 *   readonly name: string,
 *   readonly size_in_bytes: number,
 *   readonly expired: boolean,
 * }} Artifact
 * @typedef {{
 *   readonly id: number,
 *   readonly body?: string,
 *   readonly user: { readonly login: string, readonly type: string } | null,
 * }} Comment
 * @typedef {{
 *   readonly get: <T>(at: string) => Promise<T>,
 *   readonly send: (method: 'POST' | 'PATCH', at: string, body: object) => Promise<void>,
 *   readonly download: (at: string) => Promise<Buffer>,
 * }} Api
 */

const marker = '<!-- report -->';
const author = 'github-actions[bot]';
const artifactName = 'report';
const fileName = 'report.json';
const mostBytes = 1024 * 1024;
const mostPages = 50;
const schemaFile = new URL('./report.schema.json', import.meta.url);

/** A report that is not available. The message contains nothing from the artifact. */
class Unreadable extends Error {}

/** @type {(what: string) => string} */
function tooLarge(what) {
  return `${what} is larger than ${mostBytes} bytes`;
}

/**
 * The open pull request whose head is the commit of the run, in the repository of the run. The event says both; the
 * artifact is not asked. Undefined if there is none or more than one.
 * @type {(run: Run, api: Api) => Promise<number | undefined>}
 */
export async function pullRequestOf(run, api) {
  const { head_repository: repository, head_branch: branch } = run;
  const owner = repository?.owner?.login;
  if (owner === undefined || branch === null) return undefined;
  const query = new URLSearchParams({ state: 'open', head: `${owner}:${branch}`, per_page: '100' });
  /** @type {readonly Pull[]} */
  const pulls = await api.get(`/pulls?${query.toString()}`);
  const found = pulls.filter(({ head }) => head.sha === run.head_sha && head.repo?.id === repository?.id);
  return found.length === 1 ? found[0]?.number : undefined;
}

/**
 * The id of the comment to update: that of the author of the workflow, with the marker.
 * @type {(pull: number, api: Api) => Promise<number | undefined>}
 */
async function commentToUpdate(pull, api) {
  for (let page = 1; page <= mostPages; page++) {
    const at = `/issues/${pull}/comments?per_page=100&page=${page}`;
    /** @type {readonly Comment[]} */
    const comments = await api.get(at);
    const own = comments.find(
      ({ user, body }) => user?.login === author && user.type === 'Bot' && body?.startsWith(marker),
    );
    if (own !== undefined) return own.id;
    if (comments.length < 100) return undefined;
  }
  return undefined;
}

/**
 * The bytes of the only artifact of a run that has the name of the report.
 * @type {(run: Run, api: Api) => Promise<Buffer>}
 */
async function archiveOf(run, api) {
  /** @type {{ readonly artifacts: readonly Artifact[] }} */
  const { artifacts } = await api.get(`/actions/runs/${run.id}/artifacts?name=${artifactName}&per_page=100`);
  const named = artifacts.filter(({ name, expired }) => name === artifactName && !expired);
  const [only] = named;
  if (only === undefined || named.length !== 1) throw new Unreadable('the run has no artifact named report');
  if (only.size_in_bytes > mostBytes) throw new Unreadable(tooLarge('the artifact'));
  return api.download(`/actions/artifacts/${only.id}/zip`);
}

/**
 * The bytes of the only file that an archive may hold (ZIP, APPNOTE 4.3). Nothing is written to disk, so a path or a
 * link in the archive has no effect; anything that inflates to more than the limit is rejected.
 * @type {(archive: Buffer) => Buffer}
 */
export function fileIn(archive) {
  const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  if (end < 0 || end + 22 > archive.length) throw new Unreadable('the artifact is not a ZIP archive');
  const entry = archive.readUInt32LE(end + 16);
  if (archive.readUInt16LE(end + 10) !== 1 || entry + 46 > end)
    throw new Unreadable(`the archive does not hold ${fileName} and nothing else`);
  const name = archive.toString('utf8', entry + 46, entry + 46 + archive.readUInt16LE(entry + 28));
  if (archive.readUInt32LE(entry) !== 0x02014b50 || name !== fileName)
    throw new Unreadable(`the archive does not hold ${fileName} and nothing else`);
  const local = archive.readUInt32LE(entry + 42);
  if (local + 30 > entry) throw new Unreadable('the archive is damaged');
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const bytes = archive.subarray(start, start + archive.readUInt32LE(entry + 20));
  return unpacked(bytes, archive.readUInt16LE(entry + 10));
}

/** @type {(bytes: Buffer, method: number) => Buffer} */
function unpacked(bytes, method) {
  if (method === 0) return bytes;
  if (method !== 8) throw new Unreadable('the archive is compressed in an unknown way');
  try {
    return inflateRawSync(bytes, { maxOutputLength: mostBytes });
  } catch {
    throw new Unreadable(`${tooLarge(fileName)}, or damaged`);
  }
}

/**
 * The report in the bytes of a file, checked.
 * @type {(bytes: Buffer) => Report}
 */
export function reportIn(bytes) {
  if (bytes.length > mostBytes) throw new Unreadable(tooLarge(fileName));
  const value = jsonOf(bytes);
  /** @type {Schema} */
  const schema = JSON.parse(fs.readFileSync(schemaFile, 'utf8'));
  const fault = faultOf(schema, value);
  if (fault !== undefined) throw new Unreadable(`${fileName} does not conform to its schema: ${fault}`);
  return value;
}

/** @param {Buffer} bytes */
function jsonOf(bytes) {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Unreadable(`${fileName} is not JSON in UTF-8`);
  }
}

/**
 * The report of a run in Markdown, or a sentence that says why there is none.
 * @type {(run: Run, api: Api) => Promise<string>}
 */
async function markdownOf(run, api) {
  try {
    if (run.conclusion !== 'success') throw new Unreadable(`the run ended with ${outcome(run.conclusion)}`);
    return renderReport(reportIn(fileIn(await archiveOf(run, api))));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return `**There is no report on this commit:** ${error.message}.\n`;
  }
}

/** @type {(conclusion: string) => string} */
function outcome(conclusion) {
  return conclusion === 'timed_out' ? 'a timeout' : 'an error';
}

/**
 * Posts the report of a run. Returns a description of what it did.
 * @param {Run} run the run that the event is about
 * @param {Api} api
 * @param {string} repositoryUrl
 * @returns {Promise<string>}
 */
export async function postReport(run, api, repositoryUrl) {
  const pull = await pullRequestOf(run, api);
  if (pull === undefined) return 'this commit is not the head of exactly one open pull request: nothing to comment on';
  const about = `[Run](${repositoryUrl}/actions/runs/${run.id}) on ${run.head_sha}, by the code of this pull request`;
  const body = `${marker}\n${await markdownOf(run, api)}\n${about}.\n`;
  const known = await commentToUpdate(pull, api);
  if (known === undefined) await api.send('POST', `/issues/${pull}/comments`, { body });
  else await api.send('PATCH', `/issues/comments/${known}`, { body });
  return known === undefined ? 'commented' : 'updated the comment';
}

/**
 * The API of a repository.
 * @type {(token: string, base: string) => Api}
 */
export function connect(token, base) {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
  };
  /** @type {(method: string, at: string, body?: object) => Promise<Response>} */
  const ask = async (method, at, body) => {
    const response = await fetch(base + at, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${method} ${at.split('?')[0]}: ${response.status}`);
    return response;
  };
  return {
    get: async (at) => JSON.parse(await (await ask('GET', at)).text()),
    send: async (method, at, body) => void (await ask(method, at, body)),
    download: async (at) => bytesOf(await ask('GET', at)),
  };
}

/**
 * The bytes of a response, read no further than the limit.
 * @type {(response: Response) => Promise<Buffer>}
 */
async function bytesOf(response) {
  const chunks = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > mostBytes) throw new Unreadable(tooLarge('the artifact'));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

// in a dataset with the toolkit installed, the path of this script can go through links
const called = process.argv[1] ?? '';
if (fs.existsSync(called) && import.meta.url === pathToFileURL(fs.realpathSync(called)).href) {
  /** @type {(name: string) => string} */
  const given = (name) => {
    const value = process.env[name];
    if (value === undefined) throw new Error(`$${name} is not set`);
    return value;
  };
  const event = JSON.parse(fs.readFileSync(given('GITHUB_EVENT_PATH'), 'utf8'));
  const repository = given('GITHUB_REPOSITORY');
  const api = connect(given('GITHUB_TOKEN'), `${given('GITHUB_API_URL')}/repos/${repository}`);
  const words = await postReport(event.workflow_run, api, `${given('GITHUB_SERVER_URL')}/${repository}`);
  process.stdout.write(`${words}\n`);
}
