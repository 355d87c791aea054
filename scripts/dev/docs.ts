import path from 'node:path';
import { type JsonObject, isObject, parseJson } from '../json/json.ts';
import { print } from '../json/canonical.ts';
import { Failure } from '../base/problem.ts';
import { type FileSystem, errorCode } from '../disk/fileSystem.ts';
import { list } from '../base/text.ts';
import type { Command } from '../cli/command.ts';
import { flags, switchFlag } from '../cli/flags.ts';
import { packageFolder } from '../base/package.ts';
import { replaceFile } from '../disk/replace.ts';
import { type Documented, commandReference } from './commandReference.ts';
import { configurationReference } from './configurationReference.ts';
import { libraryReference } from './libraryReference.ts';
import { configuredOptions } from '../project/configured.ts';
import { openProject } from '../project/openProject.ts';
import { settingsJson } from '../verbs/editorFiles.ts';
import { rulesReference } from './rulesReference.ts';

const check = { name: 'check', description: 'write nothing; exit 1 if a file would change' } as const;
const mostBytes = 1 << 20;

/** A file with a generated part. */
interface Generated {
  readonly name: string;
  /** The name of the part. */
  readonly part: string;
  readonly text: string;
  /** The current text. */
  readonly fresh: string;
}

/** `docs`: writes what is generated from the code and the schemas. `documented` are the commands to list. */
export function docsCommand(fs: FileSystem, documented: () => Promise<readonly Documented[]>): Command {
  return {
    name: 'docs',
    summary:
      'Writes the generated pages: the references of commands, rules, configuration and library, and ' +
      '.vscode/settings.json, which connects each folder of records with its schema.',
    flags: [check, flags.quiet],
    async run(given, terminal) {
      const files = [...references(fs, await documented()), editorSettings(fs)];
      const dry = switchFlag(given, check);
      const stale = files.filter(({ text, fresh }) => text !== fresh);
      for (const { name, part, text, fresh } of stale) {
        if (dry) terminal.out(`${name}: ${part} is not current; run \`npm run -s docs\`\n`);
        else {
          fs.makeFolder(path.dirname(path.join(packageFolder, name)));
          replaceFile(fs, path.join(packageFolder, name), fresh, {
            inside: packageFolder,
            ...(text === '' ? {} : { before: text }),
          });
        }
      }
      if (!switchFlag(given, flags.quiet)) {
        const names = list((stale.length === 0 ? files : stale).map(({ name }) => name));
        terminal.err(`docs: ${names} ${stale.length === 0 ? 'current' : dry ? 'not current' : 'written'}\n`);
      }
      return dry && stale.length > 0 ? 1 : 0;
    },
  };
}

/** The reference pages, each generated from what it describes. */
function references(fs: FileSystem, commands: readonly Documented[]): readonly Generated[] {
  const page = (name: string, part: string, fresh: string): Generated => ({
    name,
    part,
    text: textOf(fs, name) ?? '',
    fresh,
  });
  const source = (name: string): string => textOf(fs, name) ?? '';
  return [
    page('scripts/cli/README.md', 'the reference of the commands', commandReference(commands)),
    page('scripts/validate/rules/README.md', 'the reference of the rules', rulesReference()),
    page(
      'scripts/project/README.md',
      'the reference of the configuration',
      configurationReference(jsonObject(source('scripts/project/config.schema.json'), 'config.schema.json')),
    ),
    page('scripts/LIBRARY.md', 'the reference of the library', libraryReference('scripts/index.ts', source)),
  ];
}

/** Parses a text. @throws Failure if it is not a JSON object */
function jsonObject(text: string, name: string): JsonObject {
  const parsed = parseJson(text);
  if (!('value' in parsed) || !isObject(parsed.value))
    throw new Failure(`${name} is not a JSON object without comments`);
  return parsed.value;
}

/** The settings of the editor, in which only the schemas are ours. @throws Failure if they are not plain JSON */
function editorSettings(fs: FileSystem): Generated {
  const name = '.vscode/settings.json';
  const text = textOf(fs, name) ?? '';
  const settings = jsonObject(text === '' ? '{}' : text, name);
  const at = { cwd: packageFolder, home: packageFolder };
  const project = openProject(fs, configuredOptions(fs, at, {}));
  const schemas = settingsJson(project, packageFolder);
  const fresh = print({ ...settings, 'json.schemas': schemas }, 'file');
  return { name, part: 'the list of schemas', text, fresh };
}

function textOf(fs: FileSystem, name: string): string | undefined {
  try {
    return Buffer.from(fs.read(path.join(packageFolder, name), mostBytes) ?? []).toString('utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
