#!/usr/bin/env node
// Starts the toolkit: the package from its compiled JavaScript, a checkout from its sources (dev/launch.mjs).
// Plain JavaScript, so that old versions of Node can run it and say which version is needed.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { nodeFault } from './nodeVersion.mjs';

const [sources, compiled] = ['./dev/launch.mjs', '../lib/demarche.mjs'];
const fault = nodeFault();
if (fault === undefined) {
  const { ended } = await import(existsSync(fileURLToPath(new URL(sources, import.meta.url))) ? sources : compiled);
  await ended;
} else {
  process.stderr.write(`demarche: ${fault}\n`);
  process.exitCode = 2;
}
