// Posts the report of a pull request as one comment, or updates the one that is there. Plain Node, without packages: it runs with the right to write comments.
// What it is given is not trusted: neither the report, nor its size, nor what it might say of the pull request to which it belongs.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { inflateRawSync } from 'node:zlib';

const marker = '<!-- report -->';
const author = 'github-actions[bot]';
const artifactName = 'report';
const fileName = 'report.md';
const mostArtifactBytes = 256 * 1024;
const mostReportBytes = 1024 * 1024;
const mostCharacters = 60_000;

/** Tags that the report itself writes; every other `<` is text. */
const ownTags = /&lt;(\/?(?:details|summary))&gt;/g;

/** The report as it may be posted: no HTML but its own folding, no comment, no mention, no image, no control or bidirectional character, not too long. */
export function sanitize(text) {
  const points = Array.from(text.slice(0, mostCharacters * 2));
  const cut = points.length > mostCharacters ? `${points.slice(0, mostCharacters).join('')}\n…` : points.join('');
  const plain = cut
    .replace(/\r\n?/g, '\n')
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, '')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(ownTags, '<$1>')
    .replace(/^&gt; /gm, '> ')
    .replace(/@(?=[\w-])/g, '@\u2060')
    .replace(/!(?=\[)/g, '!\u2060')
    .replace(/:(?=\/\/)/g, ':\u2060')
    .replace(/\bwww\.(?=\w)/gi, 'www\u2060.');
  return closed(plain);
}

/** A fold that the cut has left open would take in the rest of the page. */
function closed(text) {
  const open = (text.match(/<details>/g) ?? []).length - (text.match(/<\/details>/g) ?? []).length;
  return open > 0 ? `${text}${'\n</details>'.repeat(open)}\n` : text;
}

/** The open pull request whose head is the commit of the run, told by the event: never by what the run has left. */
export async function pullRequestOf(run, api) {
  const owner = run.head_repository?.owner?.login;
  if (typeof owner !== 'string' || typeof run.head_branch !== 'string') return undefined;
  const query = new URLSearchParams({ state: 'open', head: `${owner}:${run.head_branch}`, per_page: '100' });
  const found = await api('GET', `/pulls?${query}`);
  return found.find((pull) => pull.head?.sha === run.head_sha)?.number;
}

/** The number of the comment to update. */
export async function commentToUpdate(pull, api) {
  for (let page = 1; page <= 50; page++) {
    const comments = await api('GET', `/issues/${pull}/comments?per_page=100&page=${page}`);
    const own = comments.find(
      ({ user, body }) => user?.login === author && user?.type === 'Bot' && body?.startsWith(marker),
    );
    if (own !== undefined) return own.id;
    if (comments.length < 100) return undefined;
  }
  return undefined;
}

/** The artifact of the run, if there is just one of its name and it is not too large. */
export async function artifactOf(run, api) {
  const { artifacts } = await api('GET', `/actions/runs/${run.id}/artifacts?per_page=100`);
  const named = artifacts.filter(({ name }) => name === artifactName);
  const [only] = named;
  if (named.length !== 1 || only.expired) throw new Error('the run has not left one report');
  if (only.size_in_bytes > mostArtifactBytes) throw new Error(`the report is larger than ${mostArtifactBytes} bytes`);
  return only;
}

/** The text of the one file that the archive may hold: what its central directory (ZIP, APPNOTE 4.3.12) says, inflated up to the limit. */
export function reportIn(archive) {
  if (archive.length > mostArtifactBytes) throw new Error(`the report is larger than ${mostArtifactBytes} bytes`);
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 22 > archive.length) throw new Error('the artifact is no archive');
  const entry = archive.readUInt32LE(end + 16);
  const only = archive.readUInt16LE(end + 10) === 1 && archive.toString('latin1', entry, entry + 4) === 'PK\x01\x02';
  const name = only ? archive.toString('utf8', entry + 46, entry + 46 + archive.readUInt16LE(entry + 28)) : undefined;
  if (name !== fileName) throw new Error(`the archive does not hold ${fileName} alone`);
  const at = archive.readUInt32LE(entry + 42);
  const start = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  const bytes = archive.subarray(start, start + archive.readUInt32LE(entry + 20));
  const method = archive.readUInt16LE(entry + 10);
  if (method !== 0 && method !== 8) throw new Error('the archive is packed in an unknown way');
  return (method === 0 ? bytes : inflateRawSync(bytes, { maxOutputLength: mostReportBytes })).toString('utf8');
}

/** Posts the report of a run. Gives what it did, in words. */
export async function postReport(run, api, download) {
  const pull = await pullRequestOf(run, api);
  if (pull === undefined) return 'no open pull request has this commit as its head: it has moved on';
  const artifact = await artifactOf(run, api);
  const body = `${marker}\n${sanitize(reportIn(await download(artifact.id)))}`;
  const known = await commentToUpdate(pull, api);
  if (known === undefined) await api('POST', `/issues/${pull}/comments`, { body });
  else await api('PATCH', `/issues/comments/${known}`, { body });
  return known === undefined ? 'commented' : 'updated the comment';
}

function connect(token, base) {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
  };
  const ask = async (method, at, body) => {
    const response = await fetch(base + at, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${method} ${at.split('?')[0]}: ${response.status}`);
    return response;
  };
  return {
    api: async (...request) => (await ask(...request)).json(),
    download: async (id) => Buffer.from(await (await ask('GET', `/actions/artifacts/${id}/zip`)).arrayBuffer()),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const {
    GITHUB_TOKEN: token,
    GITHUB_API_URL: url,
    GITHUB_REPOSITORY: repository,
    GITHUB_EVENT_PATH: event,
  } = process.env;
  const { api, download } = connect(token, `${url}/repos/${repository}`);
  const said = await postReport(JSON.parse(readFileSync(event, 'utf8')).workflow_run, api, download);
  process.stdout.write(`${said}\n`);
}
