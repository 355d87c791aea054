import { buildPages, writePages } from '../../scripts/dev/pages.mjs';
import { root } from './run.ts';

/** Builds the pages from their sources, once for all tests. */
export default async function setup(): Promise<void> {
  writePages(root, await buildPages(root));
}
