// Runs before npm packs the toolkit: compiles its JavaScript and types into lib/, which is not in the repository.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';
import { declarations } from './declarations.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const lib = path.join(root, 'lib');

fs.rmSync(lib, { recursive: true, force: true });
fs.mkdirSync(lib);
const files = await bundle(root, ['scripts/demarche.ts', 'scripts/index.ts'], {
  packages: 'external',
  sourcemap: false,
});
for (const [name, bytes] of files) fs.writeFileSync(path.join(lib, name), bytes);
for (const [name, text] of declarations(root)) {
  const file = path.join(lib, 'types', name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}
fs.copyFileSync(path.join(root, 'scripts/project/config.schema.json'), path.join(lib, 'config.schema.json'));
fs.copyFileSync(path.join(root, 'scripts/read/dataset.schema.json'), path.join(lib, 'dataset.schema.json'));
