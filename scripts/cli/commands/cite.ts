import path from 'node:path';
import {
  type Json,
  type JsonObject,
  isArray,
  isObject,
  member,
  pointerSteps,
  resolvePointer,
} from '../../json/json.ts';
import { takeTurn } from '../../disk/turn.ts';
import { didYouMean } from '../../base/suggestions.ts';
import { Failure } from '../../base/problem.ts';
import { findQuotation, nearestPassage, type Range } from '../../evidence/findQuote.ts';
import type { DocumentText } from '../../read/documents.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { count, list, printable, printableLines, quoted } from '../../base/text.ts';
import { compareSpans, describeSpan, isBlank } from '../../evidence/complete.ts';
import type { Command, ExitStatus, Terminal } from '../command.ts';
import { type Flag, type Given, type Operand, flags, operandOf, switchFlag, textFlag } from '../flags.ts';
import { type Project, openProject } from '../../project/openProject.ts';
import { projectFlags, projectOptions } from '../options.ts';
import {
  type OpenRecord,
  elementsAt,
  recordNamed,
  spansOf,
  withValueAt,
  writeRecord,
} from '../../project/recordFiles.ts';

export const recordOperand = {
  name: 'record',
  description: 'the record: its identifier, table/identifier, or the path of its file',
} as const satisfies Operand;

const sourceFlag = {
  name: 'source',
  value: 'ID',
  description: 'the source document; the only one that holds the quote, where none is named',
} as const satisfies Flag;
const quoteFlag = {
  name: 'quote',
  value: 'TEXT',
  description: 'the words of the source; - reads them from standard input',
} as const satisfies Flag;
const quoteFileFlag = {
  name: 'quote-file',
  value: 'FILE',
  description: 'a file that holds the words',
} as const satisfies Flag;
const supportsFlag = {
  name: 'supports',
  value: 'POINTERS',
  description: 'the fields that the words support: JSON Pointers, parted by commas',
} as const satisfies Flag;
const atFlag = {
  name: 'at',
  value: 'OFFSET',
  description: 'where the words begin, in code points, where they stand more than once',
} as const satisfies Flag;

/** `cite`: finds quoted words in a source document and writes them into a record as a span. */
export function citeCommand(fs: FileSystem): Command {
  return {
    name: 'cite',
    summary:
      'Finds words of a source document and adds them to a record as evidence: offsets, digest, first and last words. White space, quote marks and dashes of every kind are taken for one another; upper and lower case are not.',
    operand: recordOperand,
    flags: [sourceFlag, quoteFlag, quoteFileFlag, supportsFlag, atFlag, ...projectFlags],
    run(given, terminal) {
      const project = openProject(fs, projectOptions(fs, given, terminal));
      // from before the record is read: of two at once, the second adds to what the first has written
      const turn = takeTurn(fs, project.rawPath);
      try {
        return cite(fs, project, given, terminal);
      } finally {
        turn.end();
      }
    },
  };
}

function cite(fs: FileSystem, project: Project, given: Given, terminal: Terminal): ExitStatus {
  const record = recordNamed(fs, project, terminal.cwd, operandOf(given, recordOperand));
  const at = spansOf(record.type);
  if (at === undefined) throw new Failure(`the records of ${record.type.name} have no list of spans`);
  const supports = supportsOf(record, at, given);
  const quote = quotationOf(fs, given, terminal);
  const found = findIn(project, quote, given);
  if ('refusal' in found) {
    terminal.out(`${printableLines(found.refusal)}\n`);
    return 1;
  }
  const { spans, joined } = withSpan(elementsAt(record.value, at), found, supports);
  writeRecord(fs, { ...record, value: withValueAt(record.value, at, spans) }, project.rawPath);
  if (!switchFlag(given, flags.quiet)) {
    const way = joined ? 'joined to a span that was there' : 'a new span';
    terminal.err(
      `${printable(`cite: ${record.file.shown}: ${found.source} ${found.start} to ${found.end} supports ${list(supports)}; ${way}`)}\n`,
    );
  }
  return 0;
}

/** The pointers that `--supports` names. @throws Failure for one that leads to nothing in the record */
function supportsOf({ value, file }: OpenRecord, at: string, given: Given): readonly string[] {
  const pointers = (textFlag(given, supportsFlag) ?? '').split(',').map((pointer) => pointer.trim());
  for (const pointer of pointers) {
    if (pointer === '' || pointerSteps(pointer) === undefined)
      throw new Failure(
        `--supports takes JSON Pointers such as /name or /names/0, parted by commas; not ${quoted(pointer)}`,
      );
    if (pointer === at || pointer.startsWith(`${at}/`))
      throw new Failure(`--supports: a span cannot support ${pointer}`);
    if (resolvePointer(value, pointer) === undefined) {
      const hint = didYouMean(pointer, [...pointersOf(value, '')]);
      throw new Failure(`${file.shown} has nothing at ${quoted(pointer)}${hint === undefined ? '' : ` (${hint})`}`);
    }
  }
  return pointers;
}

function* pointersOf(value: Json, pointer: string): Generator<string> {
  if (pointer !== '') yield pointer;
  const entries: readonly (readonly [string, Json])[] = isArray(value)
    ? value.map((v, i) => [String(i), v])
    : isObject(value)
      ? Object.entries(value)
      : [];
  for (const [key, inner] of entries)
    yield* pointersOf(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}

function quotationOf(fs: FileSystem, given: Given, terminal: Terminal): string {
  const text = textFlag(given, quoteFlag);
  const file = textFlag(given, quoteFileFlag);
  if ((text === undefined) === (file === undefined))
    throw new Failure('the quote is missing: give --quote or --quote-file');
  const words =
    file === undefined
      ? text === '-'
        ? terminal.stdin()
        : text
      : Buffer.from(fs.read(path.resolve(terminal.cwd, file), 1 << 20) ?? []).toString('utf8');
  if (words === undefined || words.trim() === '') throw new Failure('the quote is empty');
  return words;
}

interface FoundSpan extends Range {
  readonly source: string;
  readonly text: DocumentText;
}

/** Where the quote stands, or why that cannot be told, in words for the user. */
function findIn(project: Project, quote: string, given: Given): FoundSpan | { readonly refusal: string } {
  const named = textFlag(given, sourceFlag);
  if (named !== undefined && !project.sources.has(named)) {
    const hint = didYouMean(named, project.sources.keys());
    throw new Failure(`no source is called ${quoted(named)}${hint === undefined ? '' : ` (${hint})`}`);
  }
  const offset = textFlag(given, atFlag);
  if (offset !== undefined && !/^\d{1,15}$/.test(offset))
    throw new Failure(`--at takes an offset, not ${quoted(offset)}`);
  const { texts, stale } = textsOf(project, named);
  if (texts.length === 0)
    return {
      refusal: `the text at hand is not the one that ${list(stale.map((source) => quoted(source)))} names: if it has been corrected, \`npm run -s reanchor -- ${stale[0] ?? ''}\``,
    };
  const spots = texts
    .flatMap((text) => placesIn(text, quote))
    .filter(({ start }) => offset === undefined || start === Number(offset));
  const [only, other] = spots;
  if (only !== undefined && other === undefined) return only;
  if (only !== undefined) {
    const where = spots.map((spot) => `  ${spot.source} at ${spot.start}: ${context(spot)}`);
    return {
      refusal: `the words stand ${count(spots.length, 'time')}:\n${where.join('\n')}\nquote more of the passage, or name the source and give --at`,
    };
  }
  const near = texts.flatMap((text) => nearestIn(text, quote))[0];
  const hint =
    near === undefined ? 'nothing there is like them' : `nearest, in ${near.source} at ${near.start}: ${context(near)}`;
  return {
    refusal: `the words do not stand in ${named ?? 'any source at hand'}${offset === undefined ? '' : ` at ${offset}`}; ${hint}`,
  };
}

/** A source's own part of its file. */
interface SourceText {
  readonly source: string;
  readonly first: number;
  readonly last: number;
  readonly text: DocumentText;
}

/** The texts to look in, and the sources whose text at hand has other bytes than they name: offsets in it would be wrong. */
function textsOf(
  { sources, validation }: Project,
  named: string | undefined,
): { readonly texts: readonly SourceText[]; readonly stale: readonly string[] } {
  const texts: SourceText[] = [];
  const stale: string[] = [];
  for (const source of named === undefined ? sources.keys() : [named]) {
    const document = sources.get(source);
    const text = document === undefined ? undefined : validation.documents(document.file);
    if (document === undefined || text?.slice === undefined) continue;
    if (text.sha256 !== document.sha256) stale.push(source);
    else texts.push({ source, first: document.start ?? 0, last: document.end ?? text.length, text });
  }
  if (texts.length + stale.length === 0)
    throw new Failure(
      `the text of ${named === undefined ? 'no source' : quoted(named)} is ${named === undefined ? '' : 'not '}at hand; name the folder of the texts with --sources`,
    );
  return { texts, stale };
}

function placesIn(of: SourceText, quote: string): readonly FoundSpan[] {
  const { source, first, last, text } = of;
  const part = text.slice?.(first, last) ?? '';
  return findQuotation(part, quote).map(({ start, end }) => ({
    source,
    text,
    start: first + start,
    end: first + end,
  }));
}

function nearestIn({ source, first, last, text }: SourceText, quote: string): readonly FoundSpan[] {
  const near = nearestPassage(text.slice?.(first, last) ?? '', quote);
  return near === undefined ? [] : [{ source, text, start: first + near.start, end: first + near.end }];
}

/** A few words around a spot: enough to tell it by. */
function context({ text, start, end }: FoundSpan): string {
  const cut = (from: number, to: number): string =>
    printable((text.slice?.(Math.max(0, from), Math.min(text.length, to)) ?? '').replace(/\s+/gu, ' '));
  const inside = end - start > 120 ? `${cut(start, start + 60)} … ${cut(end - 60, end)}` : cut(start, end);
  return `…${cut(start - 20, start)}[${inside}]${cut(end, end + 20)}…`;
}

/** The spans with one more, or with more fields in the one that is there already. */
function withSpan(
  spans: readonly Json[],
  { source, text, start, end }: FoundSpan,
  supports: readonly string[],
): { readonly spans: readonly Json[]; readonly joined: boolean } {
  const isSame = (span: Json): span is JsonObject =>
    isObject(span) &&
    member(span, 'source') === source &&
    member(span, 'start') === start &&
    member(span, 'end') === end;
  const joined = spans.some(isSame);
  const all = joined
    ? spans.map((span) =>
        isSame(span)
          ? {
              ...span,
              ...describeSpan(text, start, end),
              supports: [...new Set([...textsIn(member(span, 'supports')), ...supports])],
            }
          : span,
      )
    : [...spans, { source, ...describeSpan(text, start, end), supports }];
  return { spans: all.filter((span) => !isBlank(span, source)).toSorted(compareSpans), joined };
}

function textsIn(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
