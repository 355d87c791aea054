// This runs first, so it is plain JavaScript that old versions of Node can read.
import process from 'node:process';

const needed = [20, 19];

/** What is wrong with the version of Node that runs this; undefined if it is new enough. */
export function nodeFault() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const old = major < needed[0] || (major === needed[0] && minor < needed[1]);
  return old ? `Node ${needed.join('.')} or newer is needed; this is ${process.versions.node}` : undefined;
}
