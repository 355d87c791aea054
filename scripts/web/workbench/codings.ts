import { Failure } from '../../base/problem.ts';
import { option, sentence } from '../../base/sentence.ts';
import { compareText } from '../../base/text.ts';
import { type Json, below, isArray, isObject } from '../../json/json.ts';
import { type Project, openProject } from '../../project/openProject.ts';
import type { Place, ProjectOptions } from '../../project/options.ts';
import { type OpenRecord, openRecord, recordLine } from '../../project/recordFiles.ts';
import { sourceTables } from '../../project/recordIndex.ts';
import { sha256Of } from '../../read/documents.ts';
import { nameOf } from '../../schema/recordName.ts';
import { spansOf } from '../../schema/recordTypes.ts';
import { type Structure, structureOf } from '../../schema/walk.ts';
import { type Agreement, compareCodings } from '../../verbs/agreement.ts';
import { type Decision, decisionsIn } from '../../verbs/decisions.ts';
import { codedTables } from '../../verbs/secondCoding.ts';
import { contentOf } from './content.ts';
import type { ComparedRecords, DecisionMessage, DifferingRecords } from './codingMessages.ts';
import { type Calling, callingIn, namesAt } from './codingNames.ts';
import type { RecordMessage } from './messages.ts';
import { unsavedRecord } from './newRecord.ts';
import type { OpenDataset } from './openDataset.ts';
import { removeAt } from './edit.ts';
import { differingPassages } from './passages.ts';
import { sourceTableOf } from './sourceMessage.ts';

/** The other coding. */
export interface OtherCoding {
  readonly options: () => ProjectOptions;
  /** The folder of its records; undefined if there is only one coding. */
  readonly against: Place | undefined;
}

/** The first coding's identifiers for the records of the second, by table. */
export type Names = ReadonlyMap<string, Map<string, string>>;

/** @throws Failure if there is only one coding */
export function folderOf({ against }: OtherCoding): Place {
  if (against === undefined)
    throw new Failure(sentence`there is only one coding: start with ${option('against')} to compare two`);
  return against;
}

/** The second coding as it is now. */
export function openSecond({ fs }: OpenDataset, other: OtherCoding): Project {
  return openProject(fs, { ...other.options(), raw: folderOf(other) });
}

/** The differences between two codings of a source, the open ones first, and how the second names records. */
export async function differencesIn(
  dataset: OpenDataset,
  other: OtherCoding,
  source: string,
): Promise<{ readonly list: readonly DifferingRecords[]; readonly names: Names }> {
  const first = openProject(dataset.fs, other.options());
  const against = folderOf(other);
  const compared = await compareCodings(first, { against, sources: [source] });
  const { tables } = compared.agreement;
  const coded = new Set(codedTables(first));
  // a record that others refer to has to be there before them
  const ordered = tables.toSorted((a, b) => Number(coded.has(a.table)) - Number(coded.has(b.table)));
  const found = [...ordered.flatMap((of) => differingIn(first, of)), ...passagesOf(dataset, other, source)];
  const made = decisionsIn(first, against.path).filter((each) => each.source === undefined || each.source === source);
  const known = new Map(found.map((each) => [keyOf(each), each]));
  const past = made.flatMap((each) => (each.source === undefined || known.has(keyOfDecision(each)) ? [] : [each]));
  const all = [...found, ...new Map(past.map((each) => [keyOfDecision(each), pastDifference(each)])).values()];
  const callings = [callingIn(first.types, compared.first), callingIn(first.types, compared.second)] as const;
  const list = all
    .map((each) => ({ ...named(each, callings), decisions: decisionsOn(dataset, each, made, callings) }))
    .toSorted((a, b) => Math.min(a.decisions.length, 1) - Math.min(b.decisions.length, 1));
  return { list, names: new Map(tables.map(({ table, paired }) => [table, new Map(paired.map(([a, b]) => [b, a]))])) };
}

type Difference = Omit<DifferingRecords, 'firstName' | 'secondName' | 'decisions'>;

/** What the first coding calls its records, and the second. */
type Callings = readonly [first: Calling, second: Calling];

function named(difference: Difference, [inFirst, inSecond]: Callings): Omit<DifferingRecords, 'decisions'> {
  const { table, first, second } = difference;
  return {
    ...difference,
    firstName: first === undefined ? undefined : inFirst(table, first),
    secondName: second === undefined ? undefined : inSecond(table, second),
  };
}

/**
 * The records of a table that differ, or that only one coding has. A table that others only refer to, such as a list of
 * persons, is not coded record by record: what the second coder did not add there is no difference.
 */
function differingIn(
  first: Project,
  { table, onlyA, onlyB, disagreements }: Agreement['tables'][number],
): readonly Difference[] {
  if (sourceTables(first).includes(table)) return [];
  const isCoded =
    codedTables(first).includes(table) &&
    first.types.some((type) => type.name === table && spansOf(type) !== undefined);
  const pairs = new Map(disagreements.map(({ a, b }) => [`${a} ${b}`, [a, b] as const]));
  const of = (one: string | undefined, other: string | undefined): Difference => ({
    table,
    first: one,
    second: other,
    passage: undefined,
  });
  return [
    ...Array.from(pairs.values(), ([a, b]) => of(a, b)),
    ...(isCoded ? onlyA.map((id) => of(id, undefined)) : []),
    ...onlyB.map((id) => of(undefined, id)),
  ];
}

/** The passages without a record in which the codings differ. */
function passagesOf(dataset: OpenDataset, other: OtherCoding, source: string): readonly Difference[] {
  const table = sourceTableOf(dataset, source);
  if (table === undefined) return [];
  const second = openedIn(dataset, openSecond(dataset, other), table, source);
  // a source that the second coding does not have has no passages there that differ
  if (second === undefined) return [];
  return differingPassages(dataset.openAt(table, source), second, source).map((passage) => ({
    table,
    first: source,
    second: source,
    passage,
  }));
}

function keyOf({ table, first, second, passage }: Difference): string {
  return JSON.stringify([table, first ?? '', second ?? '', passage?.start, passage?.end]);
}

function keyOfDecision({ table, first, second, start, end }: Decision): string {
  return JSON.stringify([table, first, second, start, end]);
}

/** A difference that is gone since it was decided on. */
function pastDifference({ table, first, second, start, end, ...decision }: Decision): Difference {
  const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
  return {
    table,
    first: first === '' ? undefined : first,
    second: second === '' ? undefined : second,
    passage:
      start === undefined || end === undefined
        ? undefined
        : { start, end, first: textOf(decision.firstValue), second: textOf(decision.secondValue) },
  };
}

/** The last decision on each field. */
function decisionsOn(
  dataset: OpenDataset,
  difference: Difference,
  made: readonly Decision[],
  [inFirst, inSecond]: Callings,
): readonly DecisionMessage[] {
  // the schema may no longer have the table
  const type = dataset.project.types.find(({ name }) => name === difference.table);
  const own = made.filter((each) => keyOfDecision(each) === keyOf(difference));
  const last = new Map(own.map((each) => [each.field, each]));
  // the values have the identifiers of the first coding, where that has the record
  const calling: Calling = (table, id) => inFirst(table, id) ?? inSecond(table, id);
  return [...last.values()]
    .map(({ field, chosen, reason, by, date, firstValue, secondValue }) => ({
      field,
      chosen,
      reason,
      by,
      date,
      firstValue,
      secondValue,
      names:
        type === undefined || field === ''
          ? {}
          : namesAt(type, chosen === 'first' ? firstValue : secondValue, field, calling),
    }))
    .toSorted((a, b) => compareText(a.field, b.field));
}

/** A record of a coding as it is on the disk. */
function openedIn({ fs }: OpenDataset, coding: Project, table: string, id: string): OpenRecord | undefined {
  const file = coding.files.find((each) => each.table === table && each.stem === id && each.holds === 'record');
  return file === undefined ? recordLine(fs, coding, table, id) : openRecord(fs, coding, file);
}

/** What the second coding calls a record, as it is on the disk. */
export function callingOnDisk(dataset: OpenDataset, second: Project): Calling {
  return (table, id) => {
    const opened = openedIn(dataset, second, table, id);
    return opened === undefined ? undefined : nameOf(opened.type, opened.value);
  };
}

/** What each coding calls the records that its record of a pair refers to. */
export function namesOfPair(
  dataset: OpenDataset,
  coding: Project,
  { table, first, second }: Pick<DifferingRecords, 'table' | 'first' | 'second'>,
): Pick<ComparedRecords, 'firstNames' | 'secondNames'> {
  const type = dataset.typeOf(table);
  const ours = first === undefined ? undefined : dataset.openAt(table, first);
  const theirs = second === undefined ? undefined : openedIn(dataset, coding, table, second);
  const inFirst: Calling = (of, id) => {
    const opened = dataset.openAt(of, id);
    return opened === undefined ? undefined : nameOf(opened.type, opened.value);
  };
  const inSecond = callingOnDisk(dataset, coding);
  return {
    firstNames: namesAt(type, ours?.value, '', inFirst),
    // the second coding need not have what both refer to
    secondNames: namesAt(type, theirs?.value, '', (of, id) => inSecond(of, id) ?? inFirst(of, id)),
  };
}

/** Whether the second coding has a record. */
export function isInSecond(dataset: OpenDataset, second: Project, table: string, id: string): boolean {
  return openedIn(dataset, second, table, id) !== undefined;
}

/** A record of the second coding, with the identifiers that the first one uses; undefined if it is gone. */
export function secondRecord(
  dataset: OpenDataset,
  second: Project,
  { table, id, names }: { readonly table: string; readonly id: string; readonly names: Names },
): RecordMessage | undefined {
  const opened = openedIn(dataset, second, table, id);
  if (opened === undefined) return undefined;
  const type = dataset.typeOf(table);
  const content = contentOf(opened.value, spansOf(type));
  // if this coding uses the identifier for something else, propose a new one
  const isTaken = type.key !== undefined && dataset.names.has(table, id);
  const { value } = isTaken ? removeAt(content, below('', type.key)) : content;
  // its spans are new here
  const spans = content.spans.map((span) => ({ ...span, origin: undefined }));
  const renamed = withNames(value, structureOf(type.shape), names);
  const bare = unsavedRecord(table, isObject(renamed) ? renamed : value, '');
  return { ...bare, id, shown: opened.file.shown, digest: sha256Of(opened.text), spans };
}

/** A value whose references lead to the records of the first coding. */
function withNames(value: Json, structure: Structure | undefined, names: Names): Json {
  if (structure === undefined) return value;
  if (isArray(value)) return value.map((each) => withNames(each, structure.element, names));
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, withNames(each, structure.member(key), names)]),
    );
  const target = structure.shape.references.flatMap((table) => names.get(table)?.get(String(value)) ?? [])[0];
  return target === undefined || String(value) === target ? value : target;
}
