import fs from 'node:fs';
import { demarche } from '../../scripts/cli/commands.ts';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type CompletionItem,
  type JSONSchema,
  type LanguageService,
  TextDocument,
  getLanguageService,
} from 'vscode-json-languageservice';
import { crossing, dataset, here } from '../support/fixture.ts';
import { lastingFolder, root, run, writeFiles } from '../support/run.ts';

/** What VS Code does: the settings' patterns and schemas are relative to the folder that is open. */
function serviceWithSettings(workspace: string): LanguageService {
  const settings = JSON.parse(fs.readFileSync(path.join(workspace, '.vscode/settings.json'), 'utf8')) as {
    readonly 'json.schemas': readonly {
      readonly fileMatch: readonly string[];
      readonly url: string;
      readonly schema?: JSONSchema;
    }[];
  };
  const folder = pathToFileURL(workspace).href;
  const service = getLanguageService({
    schemaRequestService: (uri) => Promise.resolve(fs.readFileSync(new URL(uri), 'utf8')),
    workspaceContext: { resolveRelativePath: (relative, resource) => new URL(relative, resource).href },
  });
  service.configure({
    validate: true,
    schemas: settings['json.schemas'].map(({ fileMatch, url, schema }) => ({
      uri: new URL(url, `${folder}/`).href,
      // the service compares patterns with addresses that are decoded
      fileMatch: fileMatch.map((pattern) => decodeURI(folder) + pattern),
      ...(schema === undefined ? {} : { schema }),
    })),
  });
  return service;
}

function opened(file: string, text: string): TextDocument {
  return TextDocument.create(pathToFileURL(path.join(top, file)).href, 'json', 1, text);
}

let service: LanguageService;
const top = lastingFolder();
beforeAll(async () => {
  for (const part of ['schema', 'raw', '.vscode', 'demarche.config.json'])
    fs.cpSync(path.join(root, part), path.join(top, part), { recursive: true });
  expect(await run(top, 'editor', ['--quiet'])).toEqual({ status: 0, out: '', err: '' });
  service = serviceWithSettings(top);
});

const files = fs
  .readdirSync(path.join(root, 'raw'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .map((file) => path.join('raw', file));
const statement = 'raw/statements/2022-01-14-kirby-false-flag-plan.json';
const textOf = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

/** A record without its link to the schema: its schema is then known only from the settings. */
const unlinked = (text: string): string => text.replace(/^ {2}"\$schema": .*\n/m, '');

async function diagnosticsOf(file: string, text: string): Promise<readonly string[]> {
  const document = opened(file, text);
  const found = await service.doValidation(document, service.parseJSONDocument(document), {
    schemaValidation: 'error',
    schemaRequest: 'error',
  });
  return found.map(({ message }) => (typeof message === 'string' ? message : message.value));
}

describe('the JSON language service of VS Code, with .vscode/settings.json', () => {
  test('finds no problem in any record', async () => {
    const found: string[] = [];
    for (const file of files)
      found.push(...(await diagnosticsOf(file, textOf(file))).map((message) => `${file}: ${message}`));
    expect(found).toEqual([]);
    expect(files.length).toBeGreaterThan(200);
  });

  test('finds the schema of each table by the folder alone', async () => {
    const tables = fs.readdirSync(path.join(root, 'raw'));
    for (const table of tables) {
      const file = `raw/${table}/x.json`;
      expect(await diagnosticsOf(file, '{ "nothing_like_it": 1 }')).toContain(
        'Property nothing_like_it is not allowed.',
      );
    }
    expect(await diagnosticsOf('package.json', '{ "nothing_like_it": 1 }')).toEqual([]);
  });

  test('finds it by $schema too, wherever the editor is', async () => {
    const bare = getLanguageService({
      schemaRequestService: (uri) => Promise.resolve(fs.readFileSync(new URL(uri), 'utf8')),
      workspaceContext: { resolveRelativePath: (relative, resource) => new URL(relative, resource).href },
    });
    const document = opened(statement, textOf(statement).replace('"kind": "', '"kind": "no such '));
    const found = await bare.doValidation(document, bare.parseJSONDocument(document));
    expect(found).toHaveLength(1);
  });

  test('marks a wrong code', async () => {
    const text = unlinked(textOf(statement)).replace('"kind": "', '"kind": "no such ');
    expect(await diagnosticsOf(statement, text)).toContainEqual(expect.stringMatching(/^Value is not accepted/));
  });

  const completions = async (text: string, offset: number): Promise<readonly CompletionItem[]> => {
    const document = opened(statement, text);
    const found = await service.doComplete(document, document.positionAt(offset), service.parseJSONDocument(document));
    return found?.items ?? [];
  };

  test('completes keys and codes', async () => {
    const text = '{\n  "kind": ""\n}\n';
    const at = async (offset: number): Promise<readonly string[]> =>
      (await completions(text, offset)).map(({ label }) => label);
    const schema = JSON.parse(textOf('schema/statements.schema.json')) as {
      readonly properties: { readonly kind: { readonly oneOf: readonly { readonly const: string }[] } };
    };
    const codes = schema.properties.kind.oneOf.map((code) => JSON.stringify(code.const));
    expect((await at(text.indexOf('""') + 1)).toSorted()).toEqual(codes.toSorted());
    expect(await at(text.indexOf('{') + 1)).toEqual(expect.arrayContaining(['summary', 'speaker', 'evidence']));
  });

  test('completes references with the identifiers of records, and shows their names', async () => {
    const text = textOf(statement).replace(/"actor": "[^"]*"/, '"actor": ""');
    const found = await completions(text, text.indexOf('"actor": ""') + 10);
    const ids = fs.readdirSync(path.join(root, 'raw/actors')).map((name) => JSON.stringify(name.replace('.json', '')));
    expect(found.map(({ label }) => label)).toEqual(expect.arrayContaining(ids));
    const kirby = found.find(({ label }) => label === '"john-kirby"');
    expect(JSON.stringify(kirby?.documentation)).toContain('John Kirby');
  });

  test('an identifier that is newer than the completions is not an error', async () => {
    const text = textOf(statement).replace(/"actor": "[^"]*"/, '"actor": "somebody-new"');
    expect(text).toContain('somebody-new');
    expect(await diagnosticsOf(statement, text)).toEqual([]);
  });

  test.each([
    ['kind', 'Says that an actor has done, does, plans or may plan'],
    ['actor', 'The actor, corrected where the text is wrong'],
  ])('shows on hover over %s what it means', async (key, description) => {
    const text = unlinked(textOf(statement));
    const document = opened(statement, text);
    const position = document.positionAt(text.indexOf(`"${key}"`) + 2);
    const hover = await service.doHover(document, position, service.parseJSONDocument(document));
    expect(JSON.stringify(hover?.contents)).toContain(description);
  });
});

describe('editor', () => {
  test('writes the settings once, and identifiers that git ignores', async () => {
    const folder = dataset({ '.vscode/settings.json': { 'files.eol': '\n' }, 'demarche.config.json': {} });
    const read = (name: string): unknown => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
    expect(await run(folder, 'editor', [])).toEqual({
      status: 0,
      out: '',
      err: 'editor: .vscode/settings.json written; 5 identifiers to complete\n',
    });
    const fileMatch = ['/raw/crossings/**/*.json'];
    const { 'files.eol': kept, 'json.schemas': listed } = read('.vscode/settings.json') as Record<string, unknown>;
    expect(kept).toBe('\n');
    expect(listed).toContainEqual({
      fileMatch,
      url: './schema/crossings.schema.json',
      schema: { $ref: '../.cache/editor/crossings.schema.json' },
    });
    expect(listed).toContainEqual({ fileMatch: ['/raw/ships/**/*.json'], url: './schema/ships.schema.json' });
    expect(read('.cache/editor/identifiers.json')).toMatchObject({
      definitions: { ships: { enum: ['anna'], enumDescriptions: ['Anna'] } },
    });
    expect(fs.readFileSync(path.join(folder, '.cache/editor/.gitignore'), 'utf8')).toBe('*\n');
    expect((await run(folder, 'editor', [])).err).toMatch(/^editor: \.vscode\/settings\.json current;/);
    writeFiles(folder, { '.vscode/settings.json': '{ // mine\n}' });
    expect(await run(folder, 'editor', [])).toMatchObject({
      status: 2,
      err: expect.stringMatching(/settings\.json is not plain JSON: remove its comments/) as string,
    });
  });
});

describe('the problem matcher of .vscode/tasks.json', () => {
  const { tasks } = JSON.parse(textOf('.vscode/tasks.json')) as {
    readonly tasks: readonly {
      readonly command: string;
      readonly problemMatcher: { readonly pattern?: Readonly<Record<string, string | number>> };
    }[];
  };

  test('reads every line that validate prints, warnings too', async () => {
    const file = 'raw/crossings/monday-ystad.json';
    const folder = dataset({
      [file]: { ...crossing, on: 'Mon: day', kind: 'a:1:2 error x: y', ship: 'ana' },
      'raw/ships/a: b.json': '{',
    });
    const pattern = tasks[0]?.problemMatcher.pattern ?? {};
    const expression = new RegExp(String(pattern['regexp']));
    const part = (line: string, name: string): string | undefined => expression.exec(line)?.[Number(pattern[name])];
    for (const flags of [[], ['--layout', 'any']]) {
      const { out } = await run(folder, 'validate', [...here, ...flags]);
      const { out: json } = await run(folder, 'validate', [...here, ...flags, '--format', 'json']);
      const problems = json
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Readonly<Record<string, string | number | null>>);
      expect(problems.length).toBeGreaterThan(2);
      const read = out
        .trimEnd()
        .split('\n')
        .map((line) => ({
          file: part(line, 'file'),
          line: Number(part(line, 'line')),
          column: Number(part(line, 'column')),
          severity: part(line, 'severity'),
          rule: part(line, 'code'),
          message: part(line, 'message'),
        }));
      expect(read).toEqual(
        problems.map(({ message, hint, pointer: _, ...problem }) => ({
          ...problem,
          message: hint === null ? message : `${message} (${hint})`,
        })),
      );
    }
  });

  test('runs commands that exist', () => {
    const names = tasks.map(({ command }) => /^npx demarche (\S+)$/.exec(command)?.[1]);
    expect(Object.keys(demarche.commands)).toEqual(expect.arrayContaining(names));
  });
});
