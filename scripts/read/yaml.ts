import { createRequire } from 'node:module';
import type { Alias, CST, Document, Node, Pair, ParsedNode, YAMLMap } from 'yaml';
import { mostAliased, mostDepth, mostIndent, mostYamlTokens } from '../base/limits.ts';
import type { Fault } from '../base/problem.ts';
import { printable, quoted } from '../base/text.ts';
import { below, pointerSteps } from '../json/json.ts';
import { type NumberRule, otherNumberFault } from '../json/number.ts';
import { positionsIn } from '../json/positions.ts';
import { type Converted, Unconvertible } from './written.ts';

// loaded when the first file of YAML is read: most projects have none
const require = createRequire(import.meta.url);
const load = (): typeof import('yaml') => require('yaml');

type Yaml = ReturnType<typeof load>;
type YamlDocument = Document.Parsed;
type CstToken = CST.Token;

/**
 * The records of a text in YAML 1.2 with the core schema, one for each document that is not empty. `no` and dates are
 * texts there. What YAML 1.1 reads otherwise and a reader would not notice is an error, and so is what JSON cannot hold.
 * `numbers` says whether a number may be spelled otherwise than in JSON.
 * @throws Unconvertible for what is no YAML, leads back to itself or grows without bound
 */
export function fromYaml(text: string, numbers: NumberRule = 'value'): readonly Converted[] {
  const yaml = load();
  refuseFarIndented(text);
  const parsed = withoutTraces(() => parse(yaml, text));
  for (const document of parsed) refuseFaulty(document);
  const documents = parsed.filter(({ contents }) => !isNothing(yaml, contents));
  if (documents.length === 0) throw new Unconvertible('json', 0, 'the file is empty', 'write a record into it');
  const positionOf = positionsIn(text);
  return documents.map(({ contents }) => {
    const found = convert(yaml, contents, numbers);
    const line = documents.length === 1 ? 0 : positionOf(contents?.range[0] ?? 0).line;
    return { text: found.text, line, written: { text, offsetOf: found.offsetOf, faults: found.faults } };
  });
}

/** Tokens that stand for no character: a document begins, a flow ends, a scalar follows. */
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
 * level: so tokens and levels are counted while it reads, and the first fault of the syntax ends it.
 * @throws Unconvertible where there are too many tokens or levels, or where a token has no place
 */
function parse({ Lexer, Parser, Composer }: Yaml, text: string): readonly YamlDocument[] {
  const parser = new Parser();
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    // keys are compared as the texts that they become
    uniqueKeys: false,
    resolveKnownTags: false,
    prettyErrors: false,
    stringKeys: false,
    logLevel: 'silent',
  });
  const documents: YamlDocument[] = [];
  const compose = (tokens: Iterable<CstToken>): void => {
    for (const token of tokens) {
      if (token.type === 'error') throw notYaml(token.offset, token.message);
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

const tooMany = `more than ${mostYamlTokens} tokens (keys, values, signs and line breaks) of YAML`;
const tooLarge = `the aliases expand to more than ${mostAliased} characters`;
const splitIt = 'split the file, or write it as JSON';

function notYaml(offset: number, message: string): Unconvertible {
  return new Unconvertible('json', offset, `not YAML: ${printable(message)}`);
}

/** Runs something without stack traces in the errors that it makes: for each, they take longer than a token. */
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
function refuseFaulty({ errors, warnings, directives }: YamlDocument): void {
  const [fault] = errors;
  if (fault?.message.includes('call stack') === true) throw tooDeep(fault.pos[0]);
  if (fault !== undefined) throw notYaml(fault.pos[0], fault.message);
  const [tag] = warnings;
  if (tag !== undefined)
    throw new Unconvertible('json', tag.pos[0], printable(tag.message), 'write plain values, without a tag');
  const { yaml } = directives;
  if (yaml.explicit === true && yaml.version === '1.1')
    throw new Unconvertible('json', 0, 'the file says that it is YAML 1.1', 'YAML 1.2 is read: delete the directive');
}

function tooDeep(offset: number): Unconvertible {
  return new Unconvertible('depth', offset, `nested deeper than ${mostDepth} levels`);
}

interface Conversion {
  readonly text: string;
  readonly faults: readonly Fault[];
  readonly offsetOf: Converted['written']['offsetOf'];
}

function convert(yaml: Yaml, contents: Node | null, numbers: NumberRule): Conversion {
  const { isAlias, isMap, isSeq, isScalar } = yaml;
  const meanings = targetsOf(yaml, contents);
  const faults: Fault[] = [];
  const open = new Set<Node>();
  let size = 0;
  /** The alias that is being printed; of those inside of each other, the outermost. */
  let outermost: Node | undefined;

  /** What a node stands for: itself, or what the alias means. */
  const meant = (node: Node | null): Node | null => (node !== null && isAlias(node) ? targetOf(node, meanings) : node);

  const print = (node: Node | null, pointer: string): string => {
    if (node === null) return 'null';
    if (isAlias(node)) {
      const target = targetOf(node, meanings);
      if (open.has(target))
        throw new Unconvertible('json', offsetOfNode(node), `the alias *${node.source} leads back to itself`);
      if (outermost !== undefined) return print(target, pointer);
      outermost = node;
      const printed = print(target, pointer);
      outermost = undefined;
      return printed;
    }
    open.add(node);
    if (open.size > mostDepth && !isScalar(node)) throw tooDeep(offsetOfNode(node));
    const printed = isMap(node)
      ? printMap(node, pointer)
      : isSeq(node)
        ? `[${node.items.map((element, i) => print(isNode(element), below(pointer, i))).join(',')}]`
        : printScalar(node, pointer);
    open.delete(node);
    if (outermost === undefined) return printed;
    // an alias prints again what it means: a few of them inside of each other would fill the memory
    size += 1 + (isMap(node) || isSeq(node) ? 2 : printed.length);
    if (size > mostAliased) throw new Unconvertible('size', offsetOfNode(outermost), tooLarge);
    return printed;
  };

  const isNode = (value: unknown): Node | null => (yaml.isNode(value) ? value : null);

  /** What stands under an alias has been told of at its own place. */
  const tell = (fault: Fault): void => void (outermost === undefined && faults.push(fault));

  const printMap = (map: YAMLMap, pointer: string): string => {
    const seen = new Set<string>();
    const members = map.items.map((pair) => {
      const key = keyOf(pair);
      const at = below(pointer, key);
      if (outermost !== undefined) size += key.length;
      if (seen.has(key)) {
        const offset = offsetOfNode(isNode(pair.key));
        const message = `the key ${quoted(key)} is used twice in this map`;
        tell({ rule: 'duplicate-key', message, pointer: at, offset, hint: 'keep one of them' });
      }
      seen.add(key);
      return `${JSON.stringify(key)}:${print(isNode(pair.value), at)}`;
    });
    return `{${members.join(',')}}`;
  };

  /** The text that a key is in JSON. Whole numbers are common as keys, and mean their digits. */
  const keyOf = (pair: Pair): string => {
    const key = meant(isNode(pair.key));
    const offset = offsetOfNode(isNode(pair.key));
    if (key === null || !isScalar(key))
      throw new Unconvertible('json', offset, 'a key is a list or a map, which JSON cannot hold', 'write a text');
    const { value, source, type } = key;
    if (value === '<<' && type === 'PLAIN') {
      const hint = 'write the members out, or quote the key if it is one';
      throw new Unconvertible('json', offset, '<< is a merge key of YAML 1.1, which YAML 1.2 does not have', hint);
    }
    if (typeof value === 'string') return value;
    if (Number.isInteger(value) && String(value) === source) return source;
    throw new Unconvertible('json', offset, `the key ${quoted(source ?? '')} is no text`, 'put it in quotes');
  };

  const printScalar = (node: Node, pointer: string): string => {
    const value = isScalar(node) ? node.value : null;
    if (typeof value === 'number') {
      const source = isScalar(node) ? (node.source ?? '') : '';
      const fault = otherNumberFault(source, value, numbers);
      if (fault !== undefined) tell({ rule: 'number', pointer, offset: offsetOfNode(node), ...fault });
    }
    return JSON.stringify(value);
  };

  /** The pairs of each map that was asked for, by key: of two with one key, the first. */
  const pairs = new Map<YAMLMap, ReadonlyMap<string, Pair>>();
  const pairsOf = (map: YAMLMap): ReadonlyMap<string, Pair> => {
    const known = pairs.get(map) ?? new Map(map.items.toReversed().map((pair) => [keyOf(pair), pair]));
    pairs.set(map, known);
    return known;
  };

  const offsetOf = (pointer: string, atKey = false): number => {
    let node = contents;
    let offset = offsetOfNode(node);
    const steps = pointerSteps(pointer) ?? [];
    for (const [i, step] of steps.entries()) {
      const at = meant(node);
      const pair = isMap(at) ? pairsOf(at).get(step) : undefined;
      const key = isNode(pair?.key);
      node = pair !== undefined ? isNode(pair.value) : isSeq(at) ? isNode(at.items[Number(step)]) : null;
      if (key === null && node === null) return offset;
      const wantsKey = (atKey && i === steps.length - 1) || node === null;
      offset = offsetOfNode(wantsKey ? key : meant(node));
    }
    return offset;
  };

  return { text: print(contents, ''), faults, offsetOf };
}

function offsetOfNode(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

function targetOf(alias: Alias, meanings: ReadonlyMap<Alias, Node>): Node {
  const target = meanings.get(alias);
  if (target !== undefined) return target;
  throw new Unconvertible('json', offsetOfNode(alias), `no anchor before it is called &${printable(alias.source)}`);
}

/** What each alias means: the last node before it with the anchor. */
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
