import { Failure } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import { below, resolvePointer } from '../../json/json.ts';
import { structureOf, walk } from '../../schema/walk.ts';
import { uncodedAt } from '../../verbs/blindSource.ts';
import { type Decision, openDecisions } from '../../verbs/decisions.ts';
import {
  type Names,
  type OtherCoding,
  callingOnDisk,
  differencesIn,
  folderOf,
  isInSecond,
  namesOfPair,
  openSecond,
  secondRecord,
} from './codings.ts';
import type { ComparedRecords, DifferingRecords, NeededRecord, Settlement, ResolveMessage } from './codingMessages.ts';
import type { RecordMessage } from './messages.ts';
import { newDraftName } from './newRecord.ts';
import type { OpenDataset } from './openDataset.ts';
import { withFieldsOf } from './compared.ts';
import { setAt } from './edit.ts';
import { withReason, withoutReason } from './passages.ts';
import { type Edited, recordAt } from './recordRequests.ts';
import { removeSaved } from './removal.ts';
import { keptContent } from './request.ts';
import { saveAfterReview } from './reviews.ts';
import { wordsIn } from './sourceMessage.ts';

/** The page's requests about another person's coding. */
export interface CodingRequests {
  /** The differences between this coding of a source and the other one; those that were decided on come last. */
  readonly differing: (source: string) => Promise<readonly DifferingRecords[]>;
  /** The records of a difference. */
  readonly compare: (
    source: string,
    pair: Pick<DifferingRecords, 'table' | 'first' | 'second'>,
  ) => Promise<ComparedRecords>;
  /** Decides on a difference: saves what that changes, and the decision, or nothing. */
  readonly resolve: (settlement: Settlement) => Promise<ResolveMessage>;
}

/** What a decision is made with. */
interface Settling {
  readonly dataset: OpenDataset;
  readonly other: OtherCoding;
  readonly names: Names;
  readonly first: RecordMessage | undefined;
  readonly second: RecordMessage | undefined;
}

export function codingRequests(dataset: OpenDataset, other: OtherCoding): CodingRequests {
  // to pair the records of two codings takes a while: the list of differences and its records do it once
  let last: { readonly source: string; readonly names: Names } | undefined;
  const namesFor = async (source: string): Promise<Names> => {
    last = last?.source === source ? last : { source, names: (await differencesIn(dataset, other, source)).names };
    return last.names;
  };
  const settlingOf = async (
    source: string,
    { table, first, second }: Pick<DifferingRecords, 'table' | 'first' | 'second'>,
  ): Promise<Settling> => {
    const names = await namesFor(source);
    return {
      dataset,
      other,
      names,
      first: first === undefined ? undefined : recordAt(dataset, table, first),
      second:
        second === undefined
          ? undefined
          : secondRecord(dataset, openSecond(dataset, other), { table, id: second, names }),
    };
  };
  return {
    async differing(source) {
      if (other.against === undefined) return [];
      const { list, names } = await differencesIn(dataset, other, source);
      last = { source, names };
      return list;
    },
    async compare(source, pair) {
      const { first, second } = await settlingOf(source, pair);
      return { first, second, ...namesOfPair(dataset, openSecond(dataset, other), pair) };
    },
    async resolve(settlement) {
      refuseWithoutReason(settlement);
      const settling = await settlingOf(settlement.source, settlement);
      // first, so that nothing is saved if its decision cannot be noted
      const decisions = openDecisions(dataset.project, folderOf(other));
      try {
        const made = settle(settling, settlement);
        if (!('resolved' in made)) return made;
        decisions.add(decisionsOf(settling, settlement));
        const { table, second } = settlement;
        if (second !== undefined && made.resolved !== undefined) settling.names.get(table)?.set(second, made.resolved);
        return made;
      } finally {
        decisions.end();
      }
    },
  };
}

function refuseWithoutReason({ by, choices }: Settlement): void {
  if (by.trim() === '') throw new Failure('the decision needs a name: say who decides');
  if (choices.some(({ reason }) => reason.trim() === '')) throw new Failure('the decision needs a reason: say why');
}

function decisionsOf({ first, second }: Settling, settlement: Settlement): readonly Decision[] {
  const { table, passage, choices, source, by, date } = settlement;
  return choices.map(({ field, chosen, reason }) => ({
    table,
    first: settlement.first ?? '',
    second: settlement.second ?? '',
    field,
    chosen,
    reason: reason.trim(),
    by: by.trim(),
    date,
    source,
    firstValue: passage === undefined ? valueIn(first, field) : passage.first,
    secondValue: passage === undefined ? valueIn(second, field) : passage.second,
    start: passage?.start,
    end: passage?.end,
  }));
}

/** The value of a field; undefined for a whole record. */
function valueIn(record: RecordMessage | undefined, field: string): Decision['firstValue'] {
  return record === undefined || field === '' ? undefined : resolvePointer(record.value, field);
}

/** Makes the change that a decision asks for. */
function settle(settling: Settling, settlement: Settlement): ResolveMessage {
  const { dataset, first, second } = settling;
  const { choices, passage } = settlement;
  if (settlement.first !== undefined && first?.digest !== settlement.digest) return { changed: true };
  if (settlement.second !== undefined && second?.digest !== settlement.secondDigest) return { changed: true };
  if (first !== undefined) refuseDraft(dataset, first);
  if (passage !== undefined)
    return first === undefined ? { changed: true } : settlePassage(settling, settlement, first);
  const [choice] = choices;
  if (settlement.first === undefined) {
    if (choice?.chosen !== 'second') return { resolved: undefined, unreviewed: [] };
    return second === undefined ? { changed: true } : add(settling, second);
  }
  if (first === undefined) return { changed: true };
  if (settlement.second === undefined)
    return choice?.chosen === 'second' ? remove(settling, settlement, first) : { resolved: first.id, unreviewed: [] };
  if (second === undefined) return { changed: true };
  const taken = choices.flatMap(({ field, chosen }) => (chosen === 'second' ? [field] : []));
  return save(settling, first, { ...first, ...withFieldsOf(first, second, taken) });
}

/** A decision must not save what somebody has left unsaved, nor discard it. */
function refuseDraft({ drafts }: OpenDataset, { table, id, draftName }: RecordMessage): void {
  if (keptContent(drafts.read(table, draftName)) !== undefined)
    throw new Failure(`${quoted(id)} has unsaved changes: save or discard them first`);
}

function settlePassage(settling: Settling, settlement: Settlement, first: RecordMessage): ResolveMessage {
  const { passage, source, choices } = settlement;
  const at = uncodedAt(settling.dataset.typeOf(settlement.table));
  if (passage === undefined || at === undefined || choices[0]?.chosen !== 'second')
    return { resolved: first.id, unreviewed: [] };
  const words = { source, start: passage.start, end: passage.end };
  const content =
    passage.second === undefined
      ? withoutReason(first, at, words, passage.first ?? '')
      : withReason(first, at, words, passage.second, wordsIn(settling.dataset.project, source));
  return save(settling, first, { ...first, ...content });
}

function add(settling: Settling, second: RecordMessage): ResolveMessage {
  return save(settling, undefined, { ...second, id: '', draftName: newDraftName() });
}

function save(settling: Settling, before: RecordMessage | undefined, edited: Edited): ResolveMessage {
  const { dataset } = settling;
  const isSame = JSON.stringify([before?.value, before?.spans]) === JSON.stringify([edited.value, edited.spans]);
  if (before !== undefined && isSame) return { resolved: before.id, unreviewed: [] };
  const made = saveAfterReview(dataset, edited, before?.digest);
  if ('saved' in made) return { resolved: made.saved.id, unreviewed: made.unreviewed };
  if ('refused' in made) return { refused: made.refused, needed: neededBy(settling, edited) };
  return { changed: true };
}

/** The records that one refers to, and that only the second coding has. */
function neededBy({ dataset, other }: Settling, { table, value }: Edited): readonly NeededRecord[] {
  const second = openSecond(dataset, other);
  const calling = callingOnDisk(dataset, second);
  const { references } = walk(value, structureOf(dataset.typeOf(table).shape));
  const lacking = references.flatMap(({ tables, id }) =>
    tables.some((of) => dataset.names.has(of, id))
      ? []
      : tables
          .filter((of) => isInSecond(dataset, second, of, id))
          .map((of) => ({ table: of, id, name: calling(of, id) })),
  );
  return [...new Map(lacking.map((each) => [JSON.stringify(each), each])).values()];
}

/** Deletes a record of the first coding, or withdraws it. */
function remove({ dataset, ...rest }: Settling, settlement: Settlement, first: RecordMessage): ResolveMessage {
  const { digest = '', table, id } = first;
  const { withdrawal } = dataset.typeOf(table);
  if (settlement.withdraws && withdrawal !== undefined) {
    const value = { date: settlement.date, reason: settlement.choices[0]?.reason ?? '' };
    return save({ dataset, ...rest }, first, { ...first, ...setAt(first, below('', withdrawal), value) });
  }
  const made = removeSaved(dataset, table, id, digest);
  if ('conflict' in made) return { changed: true };
  if (!('removed' in made)) return made;
  return { resolved: undefined, unreviewed: made.unreviewed };
}
