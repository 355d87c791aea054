import { parseArgs } from 'node:util';
import { didYouMean } from '../base/suggestions.ts';
import { Failure } from '../base/problem.ts';
import type { OptionName } from '../base/sentence.ts';
import { list, quoted } from '../base/text.ts';

/** A flag of a command. `value` names its value; a flag without one is a switch. */
export interface Flag {
  readonly name: string;
  readonly value?: string;
  readonly description: string;
  /** The possible values, if there are few. */
  readonly oneOf?: readonly string[];
  readonly many?: boolean;
  /** Whether every command on a dataset has it. */
  readonly shared?: boolean;
}

/** The object of a command, given without a name. */
export interface Operand {
  readonly name: string;
  readonly description: string;
  /** Whether it can be left out. */
  readonly optional?: boolean;
  /** Whether several can be given; only for the last operand. */
  readonly many?: boolean;
}

export const flags = {
  raw: {
    name: 'raw',
    value: 'DIR',
    description: 'folder of the records, with a folder for each table (raw)',
    shared: true,
  },
  schema: { name: 'schema', value: 'DIR', description: 'folder of the schemas (schema)', shared: true },
  dist: { name: 'dist', value: 'DIR', description: 'folder for the output (dist)', shared: true },
  release: { name: 'release', value: 'DIR', description: 'folder of a release (dist/next)' },
  sources: {
    name: 'sources',
    value: 'DIR',
    description: 'folder of the source documents ($SOURCES, else sources if it exists)',
    shared: true,
  },
  sign: {
    name: 'sign',
    value: 'KEY',
    description: 'sign the list of digests with this SSH key, as ssh-keygen -Y does',
  },
  signers: {
    name: 'signers',
    value: 'FILE',
    description: 'require a signature of one of these signers, listed in the allowed_signers format of ssh-keygen',
  },
  requireSources: {
    name: 'require-sources',
    description: 'make it an error if the text of a source document is not available',
    shared: true,
  },
  layout: {
    name: 'layout',
    value: 'canonical|any',
    description: 'any: other people’s files, with any layout, key order and names (canonical)',
    oneOf: ['canonical', 'any'],
    shared: true,
  },
  key: {
    name: 'key',
    value: 'TABLE=FIELD',
    description: 'the field that identifies the records of a table; TABLE= for a table without a key; can be repeated',
    many: true,
    shared: true,
  },
  table: {
    name: 'table',
    value: 'NAME=SCHEMA_FILE[#/pointer]:RAW_GLOB[#/pointer]',
    description:
      'a table whose schema and files have other names; the pointers lead into the files, with * for any; ' +
      'can be repeated',
    many: true,
    shared: true,
  },
  format: {
    name: 'format',
    value: 'text|json|github',
    description: 'output format of problems (text)',
    oneOf: ['text', 'json', 'github'],
    shared: true,
  },
  changed: {
    name: 'changed',
    value: 'REF',
    description: 'check only what the changes since a commit, branch or tag may have broken',
  },
  checks: {
    name: 'checks',
    description: 'run the checks in schema/checks too, over a database of all records',
  },
  summary: {
    name: 'summary',
    value: 'FILE',
    description: 'append a summary with all problems to a file, in Markdown',
  },
  strict: { name: 'strict', description: 'make warnings errors', shared: true },
  quiet: { name: 'quiet', description: 'print problems only', shared: true },
  help: { name: 'help', description: 'print this and stop', shared: true },
} as const satisfies Record<string, Flag>;

/** `--format` of a command whose output has these formats; the first is the default. */
export function formatFlag(formats: readonly [string, ...string[]]): Flag {
  return { name: 'format', value: formats.join('|'), description: `output format (${formats[0]})`, oneOf: formats };
}

/** Flags for options that are lists or maps: they are given once for each entry. */
const ofEntries: Readonly<Record<string, (entry: string | undefined) => string>> = {
  keys: (entry) => `--key ${entry ?? 'TABLE'}=`,
  ranges: (entry) => `--range${entry === undefined ? '' : ` ${entry}=START-END`}`,
};

/** The name of a verb's option on the command line. */
export function flagOf({ option, entry }: OptionName): string {
  return ofEntries[option]?.(entry) ?? `--${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The given values, by flag name. A switch is `true`. */
export type Given = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/**
 * Parses the arguments of a command; the keys of operands cannot be those of flags. @throws Failure for an unknown
 * flag, a missing value or operand, or an extra argument
 */
export function parseFlags(known: readonly Flag[], argv: readonly string[], operands: readonly Operand[] = []): Given {
  const args = joinValues(known, argv, operands);
  const options = Object.fromEntries(
    known.map((flag) => [
      flag.name,
      { type: flag.value === undefined ? 'boolean' : 'string', multiple: flag.many === true } as const,
    ]),
  );
  let values: Given;
  try {
    const parsed = parseArgs({ args, options, strict: true, allowPositionals: operands.length > 0 });
    values = withOperands(parsed.values, parsed.positionals, operands);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(error instanceof Error ? error.message.replace(/\n[\s\S]*$/, '') : String(error));
  }
  for (const flag of known) {
    const value = values[flag.name];
    if (value === '') throw new Failure(`--${flag.name} needs a value`);
    if (flag.oneOf !== undefined && typeof value === 'string' && !flag.oneOf.includes(value)) {
      throw new Failure(`--${flag.name} is ${list(flag.oneOf, 'or')}, not ${quoted(value)}`);
    }
  }
  return values;
}

/**
 * The arguments with values joined to their flags, so that a value can begin with a hyphen; two hyphens begin a flag.
 * @throws Failure for an unknown flag
 */
function joinValues(known: readonly Flag[], argv: readonly string[], operands: readonly Operand[]): string[] {
  const names = known.map((flag) => `--${flag.name}`);
  const assigned = new Set(
    known.filter(({ many, value }) => many === true && value?.includes('=') === true).map((flag) => `--${flag.name}`),
  );
  const takesValue = new Set(known.filter(({ value }) => value !== undefined).map((flag) => `--${flag.name}`));
  const args: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i] ?? '';
    const next = argv[i + 1];
    if (arg === '--') return [...args, ...argv.slice(i)];
    const name = arg.split('=')[0] ?? arg;
    if (arg.startsWith('-') && arg !== '-' && !names.includes(name)) {
      const hint = didYouMean(name, names) ?? argumentsHint(operands);
      throw new Failure(`unknown flag ${quoted(name)}${hint === undefined ? '; --help lists them' : ` (${hint})`}`);
    }
    const takes = takesValue.has(arg) && next !== undefined && !next.startsWith('--');
    args.push(takes ? `${arg}=${next}` : arg);
    if (takes) i++;
    // `--set a=1 b=2` is `--set a=1 --set b=2`
    while (assigned.has(name) && /^[^-=][^=]*=/.test(argv[i + 1] ?? '')) args.push(`${name}=${argv[++i] ?? ''}`);
  }
  return args;
}

function withOperands(values: Given, given: readonly string[], operands: readonly Operand[]): Given {
  if (operands.length === 0 || values['help'] === true) return values;
  const found: Record<string, string | readonly string[]> = {};
  for (const [i, operand] of operands.entries()) {
    const own = operand.many === true ? given.slice(i) : given.slice(i, i + 1);
    if (operand.optional !== true && (own.length === 0 || own.includes('')))
      throw new Failure(`<${operand.name}> is missing: ${operand.description}`);
    const [only = ''] = own;
    found[operandKey(operand)] = operand.many === true ? own : only;
  }
  const last = operands.at(-1);
  const stray = last?.many === true ? undefined : given[operands.length];
  if (stray !== undefined) {
    const [first] = operands;
    const what =
      operands.length === 1
        ? `only one <${first?.name ?? ''}> is allowed`
        : `only ${operands.length} arguments are allowed`;
    throw new Failure(`${what}: remove ${quoted(stray)}`);
  }
  return { ...values, ...found };
}

/** `<name>`, `[<name>]` if it is optional, `<name>…` if there can be several. */
export function written({ name, optional, many }: Operand): string {
  const one = `<${name}>${many === true ? '…' : ''}`;
  return optional === true ? `[${one}]` : one;
}

/** Where another command has a flag, this one may take an argument: `set` and `new --set`. */
function argumentsHint(operands: readonly Operand[]): string | undefined {
  if (operands.length === 0) return undefined;
  return `the arguments are ${operands.map(written).join(' ')}; --help lists the flags`;
}

function operandKey({ name }: Operand): string {
  return `<${name}>`;
}

/** The operand of a command. */
export function operandOf(given: Given, operand: Operand): string {
  const value = given[operandKey(operand)];
  return typeof value === 'string' ? value : '';
}

/** The values of an operand that can be given several times. */
export function operandsOf(given: Given, operand: Operand): readonly string[] {
  const value = given[operandKey(operand)];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** The text value of a flag, if it was given. */
export function textFlag(given: Given, flag: Flag): string | undefined {
  const value = given[flag.name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of a flag that can be repeated. */
export function listFlag(given: Given, flag: Flag): readonly string[] {
  const value = given[flag.name];
  return Array.isArray(value) ? value.filter((v) => typeof v === 'string') : [];
}

export function switchFlag(given: Given, flag: Flag): boolean {
  return given[flag.name] === true;
}
