import { option, sentence } from '../../base/sentence.ts';
import { resolvePointer } from '../../json/json.ts';
import type { Fault, Hint } from '../../base/problem.ts';
import { didYouMean } from '../../base/suggestions.ts';
import { quoted } from '../../base/text.ts';
import type { Documents } from '../../read/documents.ts';
import { toDocument } from '../../schema/extensionValues.ts';
import type { SourceDocument } from '../../schema/extensions.ts';
import { type SeenRecord, nameOf } from '../context.ts';
import type { RuleDefinition } from './rule.ts';

/** Checks the documents of a record, and counts those that are not available. */
function check(seen: SeenRecord): readonly Fault[] {
  return seen.found.documents.flatMap((pointer) => checkOne(seen, pointer));
}

function checkOne(seen: SeenRecord, pointer: string): readonly Fault[] {
  const { options, counts } = seen.run;
  const document = toDocument(resolvePointer(seen.value, pointer));
  if (document === undefined) return [];
  const { faults, atHand } = compareDocument(
    document,
    pointer,
    options.documents,
    options.strayDocuments,
    nameOf(seen),
  );
  if (atHand) return faults;
  counts.documentsMissing++;
  if (!options.requireSources) return faults;
  const message = `the text of ${quoted(document.file)} is not available`;
  const named = sentence`name its folder with ${option('sources')}`;
  return [
    ...faults,
    {
      rule: 'document',
      message,
      pointer: `${pointer}/file`,
      hint:
        options.offersChanged === true
          ? sentence`${named}, or check only what changed with ${option('changed')}`
          : named,
    },
  ];
}

/** Checks the document of a source against the available bytes. */
function compareDocument(
  document: SourceDocument,
  pointer: string,
  documents: Documents,
  stray: () => readonly string[],
  name: string,
): { readonly faults: readonly Fault[]; readonly atHand: boolean } {
  const fault = (field: string, message: string, hint?: Hint): Fault => ({
    rule: 'document',
    pointer: `${pointer}/${field}`,
    message,
    hint,
  });
  if (document.start !== undefined && document.end !== undefined && document.end <= document.start) {
    return { faults: [fault('end', 'the document ends before it starts')], atHand: true };
  }
  const text = documents(document.file);
  if (text === undefined) {
    const near = didYouMean(document.file, stray());
    const missing = `no available text is called ${quoted(document.file)}`;
    return {
      faults: near === undefined ? [] : [{ ...fault('file', missing, near), severity: 'warning' }],
      atHand: false,
    };
  }
  if (text.sha256 !== document.sha256) {
    return {
      faults: [
        fault('sha256', `${quoted(document.file)} has the digest ${text.sha256}: it is not the same document`, {
          before: 'if its text was corrected, ',
          verb: 'reanchor',
          arguments: [name.slice(name.indexOf('/') + 1)],
          after: '; if it is another document, give it another name',
        }),
      ],
      atHand: true,
    };
  }
  if (text.slice === undefined)
    return {
      faults: [fault('file', `${quoted(document.file)} is not UTF-8: spans cannot be counted in it`)],
      atHand: true,
    };
  if ((document.end ?? 0) > text.length)
    return { faults: [fault('end', `past the end of the file at ${text.length}`)], atHand: true };
  return { faults: [], atHand: true };
}

export const rule = {
  name: 'document',
  phase: 'record',
  severity: 'error',
  description:
    'The text of a source is the one that was curated: its bytes have the digest that the record says, it is ' +
    'UTF-8, and the range that a record gives is inside it. With `--require-sources` it must be available.',
  bad: { files: { 'sources/review.txt': 'The Ferry has 41 pages.\n' }, at: 'raw/reviews/review.json:5:15' },
  good: { 'sources/review.txt': 'The Ferry has 40 pages.\n' },
  check,
} as const satisfies RuleDefinition;
