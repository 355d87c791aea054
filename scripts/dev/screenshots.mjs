// Checks whether the screenshots show the current pages: the digest of the pages' sources is kept next to them.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = path.resolve(import.meta.dirname, '../..');

/** The folder of the screenshots, and the file in it that holds the digest. */
export const images = path.join(root, '.github/images');
export const digestFile = path.join(images, 'sources.sha256');

/**
 * The sources of the screenshots: the pages, and what opens them. Records are left out, since they change every day.
 */
const folders = ['scripts/web/explorer', 'scripts/web/workbench/page', 'test/screenshots'];

/** SHA-256 of the names and bytes of all sources, in code-point order, as hexadecimal digits. */
export function sourcesDigest() {
  const hash = createHash('sha256');
  for (const name of folders.flatMap(filesBelow).toSorted()) {
    const bytes = fs.readFileSync(path.join(root, name));
    hash.update(`${name}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/** @param {string} folder */
function filesBelow(folder) {
  const entries = fs.readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const kept = fs.existsSync(digestFile) ? fs.readFileSync(digestFile, 'utf8').trim() : '';
  if (kept !== sourcesDigest()) {
    process.stdout.write('.github/images: the screenshots are older than the pages; run `make screenshots`\n');
    process.exitCode = 1;
  }
}
