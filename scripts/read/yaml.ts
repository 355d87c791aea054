import { createRequire } from 'node:module';
import type { Alias, CST, Document, Node, Pair, ParsedNode, YAMLMap } from 'yaml';
import { mostAliased, mostDepth, mostIndent, mostYamlTokens } from '../base/limits.ts';
import type { Fault } from '../base/problem.ts';
import { printable, quoted } from '../base/text.ts';
import { below, pointerSteps } from '../json/json.ts';
import { type NumberRule, otherNumberFault } from '../json/number.ts';
import { positionsIn } from '../json/positions.ts';
import { type Converted, Unconvertible } from './written.ts';

// loaded with the first YAML file: most projects have none
const require = createRequire(import.meta.url);
const load = (): typeof import('yaml') => require('yaml');

type Yaml = ReturnType<typeof load>;
type YamlDocument = Document.Parsed;
type CstToken = CST.Token;

/**
 * The records of a text in YAML 1.2 with the core schema, one for each document that is not empty. There `no` and dates
 * are texts. It is an error if YAML 1.1 silently reads something else, or if JSON cannot hold it.
 * `numbers` says whether a number can be spelled otherwise than in JSON.
 * @throws Unconvertible if it is not YAML, refers back to itself or grows without bound
 */
export function fromYaml(text: string, numbers: NumberRule = 'value'): readonly Converted[] {
  const yaml = load();
  refuseFarIndented(text);
  const parsed = withoutTraces(() => parse(yaml, text));
  for (const document of parsed) refuseFaulty(document, text);
  const documents = parsed.filter(({ contents }) => !isNothing(yaml, contents));
  if (documents.length === 0) throw new Unconvertible('json', 0, 'the file is empty', 'write a record into it');
  const positionOf = positionsIn(text);
  return documents.map(({ contents }) => {
    const found = convert(yaml, contents, numbers);
    const line = documents.length === 1 ? 0 : positionOf(contents?.range[0] ?? 0).line;
    return { text: found.text, line, written: { text, offsetOf: found.offsetOf, faults: found.faults } };
  });
}

/** Tokens without a character: a document begins, a flow ends, a scalar follows. */
const lexerMarks: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001f']);

/** @throws Unconvertible for a line that is indented too far: the parser takes memory for each column */
function refuseFarIndented(text: string): void {
  let start = 0;
  for (let i = 0, indented = true; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '\n') [start, indented] = [i + 1, true];
    else if (indented && !' \t-?:'.includes(c)) indented = false;
    if (indented && i - start > mostIndent)
      throw new Unconvertible('depth', i, `indented by more than ${mostIndent} characters`);
  }
}

/**
 * The documents of a text. The library takes microseconds for each token, keeps each fault, and calls itself for each
 * level: so tokens and levels are counted while it reads, and the first syntax error ends it.
 * @throws Unconvertible if there are too many tokens or levels, or a token is out of place
 */
function parse({ Lexer, Parser, Composer }: Yaml, text: string): readonly YamlDocument[] {
  const parser = new Parser();
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    // keys are compared as texts, which they become
    uniqueKeys: false,
    resolveKnownTags: false,
    prettyErrors: false,
    stringKeys: false,
    logLevel: 'silent',
  });
  const documents: YamlDocument[] = [];
  const compose = (tokens: Iterable<CstToken>): void => {
    for (const token of tokens) {
      if (token.type === 'error') throw notYaml(text, token.offset, token.message);
      documents.push(...composer.next(token));
    }
  };
  let [offset, depth, tokens] = [0, 0, 0];
  for (const lexeme of new Lexer().lex(text)) {
    if (!lexerMarks.has(lexeme)) offset += lexeme.length;
    if (lexeme === '[' || lexeme === '{') depth++;
    else if (lexeme === ']' || lexeme === '}') depth--;
    if (depth > mostDepth) throw tooDeep(offset - 1);
    if (++tokens > mostYamlTokens) throw new Unconvertible('size', offset - lexeme.length, tooMany, splitIt);
    compose(parser.next(lexeme));
  }
  compose(parser.end());
  documents.push(...composer.end(false, text.length));
  return documents;
}

const tooMany = `more than ${mostYamlTokens} tokens (keys, values, punctuation and line breaks) of YAML`;
const tooLarge = `the aliases expand to more than ${mostAliased} characters`;
const splitIt = 'split the file, or write it as JSON';

/** What the library reports about a text that is not YAML; common mistakes in a reader's words. */
function notYaml(text: string, offset: number, message: string): Unconvertible {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const [indent = ''] = /^[ \t]*/.exec(text.slice(start)) ?? [];
  if (indent.includes('\t'))
    return new Unconvertible(
      'json',
      start + indent.indexOf('\t'),
      'not YAML: a line is indented with a tab',
      'use spaces',
    );
  if (message.startsWith('Nested mappings are not allowed')) {
    const hint = 'put the text in quotes';
    return new Unconvertible('json', offset, 'not YAML: a colon and a space inside a text without quotes', hint);
  }
  const [, quote] = /^Missing closing (["'])/.exec(message) ?? [];
  if (quote === undefined) return new Unconvertible('json', offset, `not YAML: ${printable(message)}`);
  const opened = openQuote(text, quote) ?? offset;
  return new Unconvertible(
    'json',
    opened,
    `not YAML: the text that begins with ${quote} here is not closed`,
    `add ${quote}`,
  );
}

/** The quote that is never closed: the last of an odd number on its line. */
function openQuote(text: string, quote: string): number | undefined {
  let start = 0;
  for (const line of text.split('\n')) {
    const quotes = [...line.matchAll(new RegExp(quote, 'g'))].map(({ index }) => start + index);
    if (quotes.length % 2 === 1) return quotes.at(-1);
    start += line.length + 1;
  }
  return undefined;
}

/** Runs something without stack traces in its errors: making them takes longer than reading a token. */
function withoutTraces<T>(run: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function isNothing({ isScalar }: Yaml, contents: ParsedNode | null): boolean {
  return contents === null || (isScalar(contents) && contents.value === null && contents.source === '');
}

/** @throws Unconvertible for the first fault of a document */
function refuseFaulty({ errors, warnings, directives }: YamlDocument, text: string): void {
  const [fault] = errors;
  if (fault?.message.includes('call stack') === true) throw tooDeep(fault.pos[0]);
  if (fault !== undefined) throw notYaml(text, fault.pos[0], fault.message);
  const [tag] = warnings;
  if (tag !== undefined)
    throw new Unconvertible('json', tag.pos[0], printable(tag.message), 'write plain values, without a tag');
  const { yaml } = directives;
  if (yaml.explicit === true && yaml.version === '1.1')
    throw new Unconvertible(
      'json',
      0,
      'the file says that it is YAML 1.1',
      'only YAML 1.2 is read: delete the directive',
    );
}

function tooDeep(offset: number): Unconvertible {
  return new Unconvertible('depth', offset, `nested deeper than ${mostDepth} levels`);
}

interface Conversion {
  readonly text: string;
  readonly faults: readonly Fault[];
  readonly offsetOf: Converted['written']['offsetOf'];
}

/** A document, and the targets of its aliases. */
interface Reading {
  readonly yaml: Yaml;
  readonly meanings: ReadonlyMap<Alias, Node>;
}

/** What is known while a document is printed. */
interface Printing extends Reading {
  readonly numbers: NumberRule;
  readonly faults: Fault[];
  /** The nodes that are being printed, each inside the previous one. */
  readonly open: Set<Node>;
  /** How much has been printed for aliases, in characters. */
  size: number;
  /** The alias that is being printed; if they are nested, the outermost. */
  outermost: Node | undefined;
}

function convert(yaml: Yaml, contents: Node | null, numbers: NumberRule): Conversion {
  const reading = { yaml, meanings: targetsOf(yaml, contents) };
  const faults: Fault[] = [];
  const printing = { ...reading, numbers, faults, open: new Set<Node>(), size: 0, outermost: undefined };
  return { text: print(printing, contents, ''), faults, offsetOf: offsetsIn(reading, contents) };
}

function print(printing: Printing, node: Node | null, pointer: string): string {
  if (node === null) return 'null';
  const { yaml, open } = printing;
  if (yaml.isAlias(node)) return printAlias(printing, node, pointer);
  open.add(node);
  if (open.size > mostDepth && !yaml.isScalar(node)) throw tooDeep(offsetOfNode(node));
  const printed = printNode(printing, node, pointer);
  open.delete(node);
  if (printing.outermost === undefined) return printed;
  // each alias prints its target again: a few nested ones would fill the memory
  printing.size += 1 + (yaml.isMap(node) || yaml.isSeq(node) ? 2 : printed.length);
  if (printing.size > mostAliased) throw new Unconvertible('size', offsetOfNode(printing.outermost), tooLarge);
  return printed;
}

function printNode(printing: Printing, node: Node, pointer: string): string {
  const { yaml } = printing;
  if (yaml.isMap(node)) return printMap(printing, node, pointer);
  if (!yaml.isSeq(node)) return printScalar(printing, node, pointer);
  const elements = node.items.map((element, i) => print(printing, nodeIn(yaml, element), below(pointer, i)));
  return `[${elements.join(',')}]`;
}

function printAlias(printing: Printing, alias: Alias, pointer: string): string {
  const target = targetOf(alias, printing.meanings);
  if (printing.open.has(target))
    throw new Unconvertible('json', offsetOfNode(alias), `the alias *${alias.source} refers back to itself`);
  if (printing.outermost !== undefined) return print(printing, target, pointer);
  printing.outermost = alias;
  const printed = print(printing, target, pointer);
  printing.outermost = undefined;
  return printed;
}

function printMap(printing: Printing, map: YAMLMap, pointer: string): string {
  const { yaml, outermost } = printing;
  const seen = new Set<string>();
  const members = map.items.map((pair) => {
    const key = keyOf(printing, pair);
    const at = below(pointer, key);
    if (outermost !== undefined) printing.size += key.length;
    if (seen.has(key)) {
      const offset = offsetOfNode(nodeIn(yaml, pair.key));
      const message = `the key ${quoted(key)} is used twice in this map`;
      tell(printing, { rule: 'duplicate-key', message, pointer: at, offset, hint: 'keep one of them' });
    }
    seen.add(key);
    return `${JSON.stringify(key)}:${print(printing, nodeIn(yaml, pair.value), at)}`;
  });
  return `{${members.join(',')}}`;
}

function printScalar(printing: Printing, node: Node, pointer: string): string {
  const scalar = printing.yaml.isScalar(node) ? node : undefined;
  const value = scalar?.value ?? null;
  if (typeof value === 'number') {
    const fault = otherNumberFault(scalar?.source ?? '', value, printing.numbers);
    if (fault !== undefined) tell(printing, { rule: 'number', pointer, offset: offsetOfNode(node), ...fault });
  }
  return JSON.stringify(value);
}

/** Faults under an alias have been reported at their own place. */
function tell({ outermost, faults }: Printing, fault: Fault): void {
  if (outermost === undefined) faults.push(fault);
}

/** The text of a key in JSON. Whole numbers are common as keys, and stand for their digits. */
function keyOf(reading: Reading, pair: Pair): string {
  const { yaml } = reading;
  const key = meant(reading, nodeIn(yaml, pair.key));
  const offset = offsetOfNode(nodeIn(yaml, pair.key));
  if (key === null || !yaml.isScalar(key))
    throw new Unconvertible(
      'json',
      offset,
      'a key is a list or a map, which JSON does not allow',
      'write text as the key',
    );
  const { value, source, type } = key;
  if (value === '<<' && type === 'PLAIN') {
    const hint = 'write out the members, or put the key in quotes if it is called <<';
    throw new Unconvertible('json', offset, '<< is a merge key of YAML 1.1, which YAML 1.2 does not have', hint);
  }
  if (typeof value === 'string') return value;
  if (Number.isInteger(value) && String(value) === source) return source;
  throw new Unconvertible('json', offset, `the key ${quoted(source ?? '')} is not a text`, 'put it in quotes');
}

/**
 * The offset of the value at a pointer, or of its key. For a value that comes from an alias, the offset of the alias.
 */
function offsetsIn(reading: Reading, contents: Node | null): Conversion['offsetOf'] {
  const { yaml } = reading;
  const pairsOf = pairsByKey(reading);
  return (pointer, atKey = false) => {
    let node = contents;
    let offset = offsetOfNode(node);
    const steps = pointerSteps(pointer) ?? [];
    for (const [i, step] of steps.entries()) {
      const at = meant(reading, node);
      const pair = yaml.isMap(at) ? pairsOf(at).get(step) : undefined;
      const key = nodeIn(yaml, pair?.key);
      const element = yaml.isSeq(at) ? nodeIn(yaml, at.items[Number(step)]) : null;
      node = pair === undefined ? element : nodeIn(yaml, pair.value);
      if (key === null && node === null) return offset;
      const wantsKey = (atKey && i === steps.length - 1) || node === null;
      offset = offsetOfNode(wantsKey ? key : node);
    }
    return offset;
  };
}

/** The pairs of each requested map, by key: if a key occurs twice, the first. */
function pairsByKey(reading: Reading): (map: YAMLMap) => ReadonlyMap<string, Pair> {
  const pairs = new Map<YAMLMap, ReadonlyMap<string, Pair>>();
  return (map) => {
    const known = pairs.get(map) ?? new Map(map.items.toReversed().map((pair) => [keyOf(reading, pair), pair]));
    pairs.set(map, known);
    return known;
  };
}

/** The node itself, or the target of an alias. */
function meant({ yaml, meanings }: Reading, node: Node | null): Node | null {
  return node !== null && yaml.isAlias(node) ? targetOf(node, meanings) : node;
}

function nodeIn({ isNode }: Yaml, value: unknown): Node | null {
  return isNode(value) ? value : null;
}

function offsetOfNode(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

function targetOf(alias: Alias, meanings: ReadonlyMap<Alias, Node>): Node {
  const target = meanings.get(alias);
  if (target !== undefined) return target;
  throw new Unconvertible('json', offsetOfNode(alias), `no anchor before it is called &${printable(alias.source)}`);
}

/** The target of each alias: the last node before it with the anchor. */
function targetsOf({ visit }: Yaml, contents: Node | null): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const meanings = new Map<Alias, Node>();
  const anchor = (node: Node & { readonly anchor?: string | undefined }): void => {
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
  };
  visit(contents, {
    Alias(_, alias) {
      const target = anchors.get(alias.source);
      if (target !== undefined) meanings.set(alias, target);
    },
    Scalar: (_, node) => anchor(node),
    Map: (_, node) => anchor(node),
    Seq: (_, node) => anchor(node),
  });
  return meanings;
}
