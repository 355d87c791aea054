import { type Json, type JsonObject, below, isObject, resolvePointer } from '../json/json.ts';
import { didYouMean } from '../nearest.ts';
import { Failure } from '../problem.ts';
import { toDocument, toSpan } from '../provenance.ts';
import type { DocumentText } from '../read/documents.ts';
import type { FileSystem } from '../read/fileSystem.ts';
import { shapesBelow } from '../schema/tables.ts';
import { count, printable, quoted } from '../text.ts';
import { compareSpans, describeSpan } from '../validate/completeSpans.ts';
import { movedSpan } from '../validate/movedSpan.ts';
import type { SourceDocument } from '../vocabulary.ts';
import type { Command } from './command.ts';
import { type Flag, type Operand, flags, operandOf, switchFlag } from './flags.ts';
import { type Project, commonFlags, openProject } from './project.ts';
import { type OpenRecord, elementsAt, openRecord, spansOf, withValueAt, writeRecord } from './records.ts';

const sourceOperand = {
  name: 'source',
  description: 'identifier of the source whose text has been corrected',
} as const satisfies Operand;
const partial = {
  name: 'partial',
  description: 'write what can be moved, even where something else cannot',
} as const satisfies Flag;

/** `reanchor`: when the text of a source has been corrected, moves its spans to where their words stand now. */
export function reanchorCommand(fs: FileSystem): Command {
  return {
    name: 'reanchor',
    summary:
      'When the text of a source has been corrected: moves all of its spans to where their words stand now, and updates the digest of the source. Lists those that it cannot move, and then writes nothing.',
    operand: sourceOperand,
    flags: [partial, ...commonFlags],
    run(given, terminal) {
      const project = openProject(fs, given, terminal);
      const source = operandOf(given, sourceOperand);
      const { document, text } = textOfSource(project, source);
      const moves = project.files.flatMap((file) => {
        const record = openRecord(fs, project, file);
        return record === undefined
          ? []
          : [moveIn(record, source, document, text)].filter((move) => move !== undefined);
      });
      const stuck = moves.flatMap(({ record, left }) =>
        left.map(({ pointer, reason }) => `${printable(record.file.shown)}: ${pointer}: ${reason}\n`),
      );
      terminal.out(stuck.join(''));
      const proceed = stuck.length === 0 || switchFlag(given, partial);
      const owner = ownerOf(fs, project, source, text);
      const changed = [
        ...moves.filter(({ moved }) => moved > 0).map(({ record }) => record),
        ...(owner === undefined ? [] : [owner]),
      ];
      if (proceed) for (const record of merged(changed, source)) writeRecord(fs, record);
      if (!switchFlag(given, flags.quiet)) {
        const moved = moves.reduce((sum, move) => sum + move.moved, 0);
        const left =
          stuck.length === 0
            ? ''
            : `; ${count(stuck.length, 'span')} cannot be moved${proceed ? '' : ', so that nothing is written: mend them with cite, or say --partial'}`;
        const digest =
          owner === undefined
            ? 'its digest is that of the text'
            : proceed
              ? 'its digest is updated'
              : 'its digest would change';
        terminal.err(
          `reanchor: ${quoted(source)}: ${count(moved, 'span')} ${proceed ? 'moved' : 'to move'}; ${digest}${left}\n`,
        );
      }
      return stuck.length === 0 ? 0 : 1;
    },
  };
}

function textOfSource(
  project: Project,
  source: string,
): { readonly document: SourceDocument; readonly text: DocumentText } {
  const document = project.sources.get(source);
  if (document === undefined) {
    const hint = didYouMean(source, project.sources.keys());
    throw new Failure(`no source is called ${quoted(source)}${hint === undefined ? '' : ` (${hint})`}`);
  }
  const text = project.validation.documents(document.file);
  if (text?.slice === undefined)
    throw new Failure(`the text of ${quoted(document.file)} is not at hand; name its folder with --sources`);
  if ((document.end ?? 0) > text.length)
    throw new Failure(
      `the text ends at ${text.length}, before the range of ${quoted(source)} in it ends: set "start" and "end" of its document first`,
    );
  return { document, text };
}

/** The record with its spans of the source moved, how many there are, and those that could not be. Undefined where it has none. */
interface Move {
  readonly record: OpenRecord;
  readonly moved: number;
  readonly left: readonly { readonly pointer: string; readonly reason: string }[];
}

function moveIn(record: OpenRecord, source: string, document: SourceDocument, text: DocumentText): Move | undefined {
  const at = spansOf(record.type);
  if (at === undefined) return undefined;
  const left: { pointer: string; reason: string }[] = [];
  let moved = 0;
  const spans = elementsAt(record.value, at).map((value, i): Json => {
    const span = toSpan(value);
    if (span === undefined || span.source !== source || !isObject(value)) return value;
    const found = movedSpan(span, document, text);
    if (typeof found === 'string') {
      left.push({ pointer: below(at, i), reason: found });
      return value;
    }
    const fresh = {
      ...value,
      ...(found.exact ? { start: found.start, end: found.end } : describeSpan(text, found.start, found.end)),
    };
    if (JSON.stringify(fresh) !== JSON.stringify(value)) moved++;
    return fresh;
  });
  if (moved === 0 && left.length === 0) return undefined;
  const value = moved === 0 ? record.value : withValueAt(record.value, at, spans.toSorted(compareSpans));
  return { record: { ...record, value }, moved, left };
}

/** The source's own record with the digest of the text, undefined where it has it. */
function ownerOf(fs: FileSystem, project: Project, source: string, text: DocumentText): OpenRecord | undefined {
  for (const file of project.files.filter((f) => f.stem === source)) {
    const record = openRecord(fs, project, file);
    const at = record === undefined ? undefined : documentIn(record);
    if (record === undefined || at === undefined) continue;
    const value = resolvePointer(record.value, at);
    if (!isObject(value) || toDocument(value)?.sha256 === text.sha256) return undefined;
    return { ...record, value: withDigest(record.value, at, value, text.sha256) };
  }
  return undefined;
}

function documentIn({ type }: OpenRecord): string | undefined {
  return [...shapesBelow(type.shape)].find(([shape, pointer]) => shape.document && !pointer.includes('*'))?.[1];
}

function withDigest(record: JsonObject, at: string, document: JsonObject, sha256: string): JsonObject {
  return withValueAt(record, at, { ...document, sha256 });
}

/** A source can have spans of its own text: its moved spans and its new digest go into one record. */
function merged(records: readonly OpenRecord[], source: string): readonly OpenRecord[] {
  const byFile = new Map<string, OpenRecord>();
  for (const record of records) {
    const before = byFile.get(record.file.path);
    const at = documentIn(record);
    const digest = before === undefined || at === undefined ? undefined : resolvePointer(record.value, at);
    if (before === undefined || at === undefined || digest === undefined || record.file.stem !== source)
      byFile.set(record.file.path, record);
    else byFile.set(record.file.path, { ...before, value: withValueAt(before.value, at, digest) });
  }
  return [...byFile.values()];
}
