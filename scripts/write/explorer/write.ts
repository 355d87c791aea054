import path from 'node:path';
import { compareText } from '../../base/text.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { filesBelow, isStable } from '../../release/sums.ts';
import type { Described } from '../metadata/described.ts';
import { coordinatesOf } from './coordinates.ts';
import { type ExplorerStructure, describeExplorer } from './describe.ts';
import type { ExplorerFile } from './model.ts';
import { page } from './page.ts';
import { programFile } from './program.ts';
import { dataScript } from './script.ts';
import { type TableScripts, explorerFolder } from './tableScripts.ts';

/**
 * Writes the page of a release next to the other files: index.html, its program, and what it knows about the release.
 * @param scripts those with the rows, which are already written
 */
export function writeExplorer(
  files: FileSystem,
  staging: string,
  described: Described,
  structure: ExplorerStructure,
  scripts: TableScripts,
): void {
  const listed = filesBelow(files, staging)
    .filter((name) => !name.startsWith(`${explorerFolder}/`))
    .toSorted(compareText)
    .map((name): ExplorerFile =>
      isStable(name) ? { path: name, bytes: files.size(path.join(staging, name)) } : { path: name },
    );
  // if no table is shown, the folder does not exist yet
  files.makeFolder(path.join(staging, explorerFolder));
  const model = describeExplorer(described, structure, scripts, listed);
  const write = (name: string, content: string | Uint8Array): void => files.write(path.join(staging, name), content);
  write('index.html', page(model));
  write(`${explorerFolder}/model.js`, dataScript('model', model));
  const mapped = model.tables.some((table) => coordinatesOf(table) !== undefined);
  const program = ['explorer.js', 'explorer.css', ...(mapped ? ['outlines.js'] : [])];
  for (const name of program) write(`${explorerFolder}/${name}`, programFile(files, name));
}
