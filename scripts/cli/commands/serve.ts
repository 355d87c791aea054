import { Failure } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { type FileSystem, kindAt } from '../../disk/fileSystem.ts';
import { listenForSignals } from '../../disk/interrupt.ts';
import { serveFolder } from '../../web/serve/serveFolder.ts';
import type { Command } from '../command.ts';
import { type Flag, textFlag } from '../flags.ts';
import { projectFlags, projectOptions } from '../options.ts';

const port = {
  name: 'port',
  value: 'NUMBER',
  description: 'port to listen on, 0 for any that is free (8080)',
} as const satisfies Flag;

/** The links of the output folder that lead to the page that is most likely wanted, best first. */
const first = ['next', 'latest'];

/** `serve`: shows the output folder in a browser, until it is interrupted. */
export function serveCommand(fs: FileSystem): Command {
  return {
    name: 'serve',
    summary: 'Serves the output folder to browsers on this machine, until Ctrl+C.',
    flags: [port, ...projectFlags],
    async run(given, terminal) {
      const { dist } = projectOptions(fs, given, terminal);
      const wanted = textFlag(given, port) ?? '8080';
      if (!/^\d{1,5}$/.test(wanted) || Number(wanted) > 65_535)
        throw new Failure(`--port is a number up to 65535, not ${quoted(wanted)}`);
      if (kindAt(fs, dist.path) === undefined) throw new Failure(`no folder ${dist.shown}: build first`);
      const { url } = await serveFolder(dist.path, Number(wanted), first);
      terminal.out(`${url}\n`);
      listenForSignals();
      // the server keeps the process alive; a signal ends it
      return new Promise(() => {});
    },
  };
}
