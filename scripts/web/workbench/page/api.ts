import type { ComparedRecords, DifferingRecords, ResolveMessage, Settlement } from '../codingMessages.ts';
import type { ChangesMessage, CommitMessage } from '../changeMessages.ts';
import type {
  AlikeRecord,
  Checked,
  DayOfField,
  FoundMessage,
  GivenText,
  KeptDraft,
  ListMessage,
  MarksMessage,
  MeantDates,
  MeantQuantity,
  MeantWords,
  QueuedSource,
  RecordContent,
  RecordKey,
  RecordMessage,
  RepeatedMessage,
  ReviewersMessage,
  SaveMessage,
  SavedMessage,
  Shown,
  SourceMessage,
  Start,
  Suggestion,
  TextFacts,
} from '../messages.ts';
import type { RemoveMessage, RenameMessage, TiesMessage } from '../removalMessages.ts';
import type { Beside, BesideRecord } from '../besideRequests.ts';
import type { NamingCountry, OfCountry, Pointing } from '../usualRequests.ts';
import type { NamedRecord } from '../namedInText.ts';
import type { JsonObject } from '../../../json/json.ts';
import type { NamedRegion } from '../../../base/regionsInText.ts';
import type { DateFormat } from '../../../base/edtfHint.ts';
import type { Words } from './state.ts';
import { isAddress } from './address.ts';
import { afterOthers, inTurn } from './inTurn.ts';

/** What the page can ask the server for: the request and its answer, by name. */
interface Requests {
  readonly start: readonly [object, Start];
  readonly source: readonly [{ readonly id: string }, SourceMessage];
  readonly marks: readonly [{ readonly id: string; readonly known?: boolean }, MarksMessage];
  readonly record: readonly [{ readonly table: string; readonly id: string }, RecordMessage];
  readonly fresh: readonly [{ readonly table: string }, RecordMessage];
  readonly draft: readonly [{ readonly table: string; readonly draftName: string }, RecordMessage];
  readonly check: readonly [Edited & { readonly source?: string }, Checked];
  readonly drafts: readonly [object, readonly KeptDraft[]];
  readonly keep: readonly [
    Edited & { readonly digest?: string; readonly opened: readonly string[]; readonly source?: string },
    object,
  ];
  readonly discard: readonly [{ readonly table: string; readonly draftName: string }, object];
  readonly save: readonly [Edited & { readonly digest?: string }, SaveMessage];
  readonly remove: readonly [{ readonly table: string; readonly id: string; readonly digest: string }, RemoveMessage];
  readonly ties: readonly [{ readonly table: string; readonly id: string }, TiesMessage];
  readonly rename: readonly [
    { readonly table: string; readonly id: string; readonly digest: string; readonly to: string },
    RenameMessage,
  ];
  readonly toText: readonly [{ readonly name: string; readonly base64: string }, GivenText];
  readonly aboutText: readonly [{ readonly text: string }, TextFacts];
  readonly proposedId: readonly [
    { readonly table: string; readonly text: string; readonly url?: string },
    { readonly id: string },
  ];
  readonly addSource: readonly [
    {
      readonly table: string;
      readonly id?: string;
      readonly text: string;
      readonly url?: string;
      readonly values?: JsonObject;
    },
    RecordMessage,
  ];
  readonly differing: readonly [{ readonly source: string }, readonly DifferingRecords[]];
  readonly compare: readonly [
    Pick<DifferingRecords, 'table' | 'first' | 'second'> & { readonly source: string },
    ComparedRecords,
  ];
  readonly resolve: readonly [Settlement, ResolveMessage];
  readonly queue: readonly [object, readonly QueuedSource[]];
  readonly list: readonly [Sought & { readonly known?: boolean }, ListMessage];
  readonly alike: readonly [Edited, readonly AlikeRecord[]];
  readonly suggest: readonly [{ readonly id: string }, readonly Suggestion[]];
  readonly dates: readonly [
    Words & { readonly format: DateFormat; readonly others: readonly DayOfField[] },
    readonly MeantDates[],
  ];
  readonly figures: readonly [Words & { readonly table: string; readonly pointer: string }, MeantQuantity];
  readonly office: readonly [Words & { readonly tables: readonly string[]; readonly id: string }, MeantWords];
  readonly beside: readonly [Beside, readonly BesideRecord[]];
  readonly unusual: readonly [Pointing, readonly RecordKey[]];
  readonly ofCountry: readonly [NamingCountry, OfCountry];
  readonly regions: readonly [{ readonly text: string }, readonly NamedRegion[]];
  readonly repeated: readonly [{ readonly source: string; readonly table: string }, readonly RepeatedMessage[]];
  readonly passOver: readonly [
    { readonly source: string; readonly start: number; readonly end: number; readonly reason?: string },
    SaveMessage,
  ];
  readonly review: readonly [
    { readonly source: string; readonly review?: { readonly by: string; readonly date: string } },
    SavedMessage,
  ];
  readonly reviewers: readonly [{ readonly source: string }, ReviewersMessage];
  readonly changes: readonly [object, ChangesMessage];
  readonly commit: readonly [
    { readonly message: string; readonly branch: string; readonly withSchema: boolean },
    CommitMessage,
  ];
  readonly named: readonly [{ readonly tables: readonly string[]; readonly text: string }, readonly NamedRecord[]];
  readonly find: readonly [
    { readonly tables?: readonly string[]; readonly words: string; readonly known?: boolean },
    FoundMessage,
  ];
}

/** Which records are listed: `most` of each table, or of the only one. */
export interface Sought {
  readonly table?: string | undefined;
  readonly words: string;
  readonly shown: Shown;
  readonly most: number;
}

interface Edited extends RecordContent {
  readonly table: string;
  readonly id: string;
  readonly draftName: string;
}

const kept = 'demarche-token';

/** The token of this workbench: the address has it once, and the tab keeps it. */
function takeToken(): string {
  const given = location.hash.slice(1);
  if (given === '' || isAddress(given)) return sessionStorage.getItem(kept) ?? '';
  sessionStorage.setItem(kept, given);
  history.replaceState(undefined, '', location.pathname);
  return given;
}

const token = takeToken();

/** What reads or changes the draft of a record, besides a save. */
const ofDraft: ReadonlySet<keyof Requests> = new Set(['record', 'draft', 'keep', 'discard', 'remove', 'rename']);

/**
 * Asks the server. Requests about one draft are sent one after another: a draft on its way must not arrive after it was
 * discarded or saved. Only a save is not waited for, since what is typed meanwhile has to be kept.
 * @throws Error with the server's message if it refuses or cannot be reached
 */
export function ask<Name extends keyof Requests>(name: Name, body: Requests[Name][0]): Promise<Requests[Name][1]> {
  const work = (): Promise<Requests[Name][1]> => send(name, body);
  if (name === 'save') return afterOthers(draftOf(body), work);
  return ofDraft.has(name) ? inTurn(draftOf(body), work) : work();
}

/** The draft that a request is about: that of a saved record is named by its identifier. */
function draftOf(body: object): string {
  const table = 'table' in body ? body.table : undefined;
  return JSON.stringify([table, 'draftName' in body ? body.draftName : 'id' in body ? body.id : undefined]);
}

/** The longest body, in code units, that a browser is asked to send even if the page is closed: it allows 64 KiB. */
const longestLate = 20_000;

async function send<Name extends keyof Requests>(name: Name, body: Requests[Name][0]): Promise<Requests[Name][1]> {
  const text = JSON.stringify(body);
  const response = await fetch(`/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-demarche-token': token },
    body: text,
    keepalive: (name === 'keep' || name === 'discard') && text.length <= longestLate,
  }).catch(() => undefined);
  if (response === undefined)
    throw new Error(
      'The workbench has stopped. Start it again with `npx demarche curate`. Only this page has what you typed last.',
    );
  if (response.ok) {
    const answer: Requests[Name][1] = await response.json();
    return answer;
  }
  if (response.status === 401)
    throw new Error('This address is out of date. Open the address that the terminal shows.');
  const refused: unknown = await response.json();
  const failure = typeof refused === 'object' && refused !== null && 'failure' in refused ? refused.failure : undefined;
  throw new Error(typeof failure === 'string' ? failure : `the workbench answered ${response.status}`);
}
