import { Failure } from '../../base/problem.ts';
import { option, sentence } from '../../base/sentence.ts';
import { foldedId, quoted } from '../../base/text.ts';
import { below } from '../../json/json.ts';
import { type Project, openProject } from '../../project/openProject.ts';
import type { Place, ProjectOptions } from '../../project/options.ts';
import { openRecord, recordLine } from '../../project/recordFiles.ts';
import { type RecordIndex, cites, indexRecords } from '../../project/recordIndex.ts';
import { spansOf } from '../../schema/recordTypes.ts';
import { type Agreement, agreement } from '../../verbs/agreement.ts';
import { type Decision, codedTables, decisionsIn, keepDecisions } from '../../verbs/secondCoding.ts';
import { contentOf } from './content.ts';
import type { DifferingRecords, RecordMessage } from './messages.ts';
import { unsavedRecord } from './newRecord.ts';
import type { OpenDataset } from './openDataset.ts';
import { removeAt } from './page/edit.ts';
import { politely } from './politely.ts';

/** The page's requests about another person's coding. */
export interface CodingRequests {
  /** The records of a source in which this coding and the other one differ; resolved ones come last. */
  readonly differing: (source: string) => Promise<readonly DifferingRecords[]>;
  /** A record of the other coding. */
  readonly other: (table: string, id: string) => RecordMessage;
  readonly decide: (decisions: readonly Decision[]) => void;
}

/** The other coding. */
export interface OtherCoding {
  readonly options: () => ProjectOptions;
  /** The folder of its records; undefined if there is only one coding. */
  readonly against: Place | undefined;
}

export function codingRequests(dataset: OpenDataset, other: OtherCoding): CodingRequests {
  return {
    differing: async (source) => (other.against === undefined ? [] : differing(dataset, other, source)),
    other: (table, id) => otherRecord(dataset, openOther(dataset, other), table, id),
    decide: (decisions) => keepDecisions(dataset.project, folderOf(other).path, decisions),
  };
}

function folderOf({ against }: OtherCoding): Place {
  if (against === undefined)
    throw new Failure(sentence`there is only one coding: start with ${option('against')} to compare two`);
  return against;
}

function openOther({ fs }: OpenDataset, other: OtherCoding): Project {
  return openProject(fs, { ...other.options(), raw: folderOf(other) });
}

async function differing(
  dataset: OpenDataset,
  other: OtherCoding,
  source: string,
): Promise<readonly DifferingRecords[]> {
  const { project } = dataset;
  const against = folderOf(other);
  const { tables } = await agreement(project, { against, tables: codedTables(project) });
  const ours = await dataset.indexed();
  const theirs = await indexRecords(openOther(dataset, other), politely());
  const settled = new Set(
    decisionsIn(project, against.path).map(({ table, first, second }) => pairOf(table, first, second)),
  );
  return tables
    .flatMap((table) => differingIn(table, ours, theirs, source))
    .map((pair) => ({ ...pair, settled: settled.has(pairOf(pair.table, pair.first, pair.second)) }))
    .toSorted((a, b) => Number(a.settled) - Number(b.settled));
}

/** The records of a table about a source that differ, or that only one coding has. */
function differingIn(
  { table, onlyA, onlyB, disagreements }: Agreement['tables'][number],
  ours: RecordIndex,
  theirs: RecordIndex,
  source: string,
): readonly Omit<DifferingRecords, 'settled'>[] {
  const isAbout = (records: RecordIndex, id: string): boolean => {
    const entry = records.get(table)?.get(foldedId(id));
    return entry !== undefined && cites(entry, source);
  };
  const pairs = new Map(disagreements.map(({ a, b }) => [`${a} ${b}`, { table, first: a, second: b }]));
  return [
    ...[...pairs.values()].filter(({ first }) => isAbout(ours, first)),
    ...onlyA.filter((id) => isAbout(ours, id)).map((id) => ({ table, first: id, second: undefined })),
    ...onlyB.filter((id) => isAbout(theirs, id)).map((id) => ({ table, first: undefined, second: id })),
  ];
}

function pairOf(table: string, first: string | undefined, second: string | undefined): string {
  return JSON.stringify([table, first ?? '', second ?? '']);
}

function otherRecord({ fs, typeOf, names }: OpenDataset, theirs: Project, table: string, id: string): RecordMessage {
  const file = theirs.files.find((each) => each.table === table && each.stem === id && each.holds === 'record');
  const opened = file === undefined ? recordLine(fs, theirs, table, id) : openRecord(fs, theirs, file);
  if (opened === undefined) throw new Failure(`the other coding has no record ${quoted(id)} in ${table}`);
  const type = typeOf(table);
  const content = contentOf(opened.value, spansOf(type));
  // if this coding uses the identifier for something else, propose a new one
  const isTaken = type.key !== undefined && names.has(table, id);
  const { value } = isTaken ? removeAt(content, below('', type.key)) : content;
  // their spans are new here
  const spans = content.spans.map((span) => ({ ...span, origin: undefined }));
  return { ...unsavedRecord(table, value, ''), id, shown: opened.file.shown, spans };
}
