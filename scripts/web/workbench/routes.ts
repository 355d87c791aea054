import { type JsonObject, member } from '../../json/json.ts';
import type { Desk } from './desk.ts';
import type { ListSought } from './listRequests.ts';
import type { Edited } from './recordRequests.ts';
import type { ReferenceAt } from './usualRequests.ts';
import {
  contentIn,
  daysIn,
  keysIn,
  pairIn,
  maybeTextIn,
  objectIn,
  offsetIn,
  oneIn,
  openedIn,
  settlementIn,
  reviewIn,
  switchIn,
  textIn,
  textsIn,
} from './request.ts';

/** What the server answers: an HTTP status, and a value that prints as JSON. */
export interface Answer {
  readonly status: number;
  readonly value: unknown;
}

type Route = (desk: Desk, body: JsonObject) => unknown;

/** All requests of the page, by name. Each is a POST of a JSON object. */
export const routes: Readonly<Record<string, Route>> = {
  start: (desk) => desk.start(),
  source: (desk, body) => desk.source(textIn(body, 'id')),
  marks: (desk, body) => desk.marks(textIn(body, 'id'), switchIn(body, 'known')),
  record: (desk, body) => desk.record(textIn(body, 'table'), textIn(body, 'id')),
  fresh: (desk, body) => desk.fresh(textIn(body, 'table')),
  draft: (desk, body) => desk.draft(textIn(body, 'table'), textIn(body, 'draftName')),
  check: (desk, body) => desk.check(editedIn(body), maybeTextIn(body, 'source')),
  drafts: (desk) => desk.drafts(),
  keep: (desk, body) =>
    desk.keep(editedIn(body), maybeTextIn(body, 'digest'), {
      opened: openedIn(body),
      source: maybeTextIn(body, 'source'),
    }) ?? {},
  discard: (desk, body) => desk.discard(textIn(body, 'table'), textIn(body, 'draftName')) ?? {},
  save: (desk, body) => desk.save(editedIn(body), maybeTextIn(body, 'digest')),
  remove: (desk, body) => desk.remove(textIn(body, 'table'), textIn(body, 'id'), textIn(body, 'digest')),
  ties: (desk, body) => desk.ties(textIn(body, 'table'), textIn(body, 'id')),
  rename: (desk, body) =>
    desk.rename(textIn(body, 'table'), textIn(body, 'id'), textIn(body, 'digest'), textIn(body, 'to')),
  toText: (desk, body) =>
    desk.toText({ name: textIn(body, 'name'), bytes: Buffer.from(textIn(body, 'base64'), 'base64') }),
  aboutText: (desk, body) => desk.aboutText(textIn(body, 'text')),
  proposedId: (desk, body) =>
    desk.proposedId({ table: textIn(body, 'table'), text: textIn(body, 'text'), url: maybeTextIn(body, 'url') }),
  addSource: (desk, body) =>
    desk.addSource({
      table: textIn(body, 'table'),
      id: maybeTextIn(body, 'id'),
      text: textIn(body, 'text'),
      url: maybeTextIn(body, 'url'),
      ...(member(body, 'values') === undefined ? {} : { values: objectIn(body, 'values') }),
    }),
  differing: (desk, body) => desk.differing(textIn(body, 'source')),
  compare: (desk, body) => desk.compare(textIn(body, 'source'), pairIn(body)),
  resolve: (desk, body) => desk.resolve(settlementIn(body)),
  queue: (desk) => desk.queue(),
  list: (desk, body) => desk.list(listIn(body)),
  alike: (desk, body) => desk.alike(editedIn(body)),
  suggest: (desk, body) => desk.suggest(textIn(body, 'id')),
  dates: (desk, body) =>
    desk.dates(
      { source: textIn(body, 'source'), start: offsetIn(body, 'start'), end: offsetIn(body, 'end') },
      oneIn(body, 'format', ['edtf', 'date']),
      daysIn(body),
    ),
  figures: (desk, body) =>
    desk.figures(
      { source: textIn(body, 'source'), start: offsetIn(body, 'start'), end: offsetIn(body, 'end') },
      textIn(body, 'table'),
      textIn(body, 'pointer'),
    ),
  office: (desk, body) =>
    desk.office(
      { source: textIn(body, 'source'), start: offsetIn(body, 'start'), end: offsetIn(body, 'end') },
      textsIn(body, 'tables'),
      textIn(body, 'id'),
    ),
  beside: (desk, body) =>
    desk.beside({
      source: textIn(body, 'source'),
      name: textIn(body, 'name'),
      tables: textsIn(body, 'tables'),
      by: textIn(body, 'by'),
      of: textsIn(body, 'of'),
      id: textIn(body, 'id'),
    }),
  unusual: (desk, body) => desk.unusual({ ...referenceIn(body), to: keysIn(body, 'to') }),
  ofCountry: (desk, body) =>
    desk.ofCountry({ ...referenceIn(body), tables: textsIn(body, 'tables'), texts: textsIn(body, 'texts') }),
  regions: (desk, body) => desk.regions(textIn(body, 'text')),
  repeated: (desk, body) => desk.repeated(textIn(body, 'source'), textIn(body, 'table')),
  passOver: (desk, body) =>
    desk.passOver({
      source: textIn(body, 'source'),
      start: offsetIn(body, 'start'),
      end: offsetIn(body, 'end'),
      reason: member(body, 'reason') === undefined ? undefined : textIn(body, 'reason'),
    }),
  reviewers: (desk, body) => desk.reviewers(textIn(body, 'source')),
  review: (desk, body) => desk.review(textIn(body, 'source'), reviewIn(body)),
  changes: (desk) => desk.changes(),
  commit: (desk, body) => desk.commit(textIn(body, 'message'), textIn(body, 'branch'), switchIn(body, 'withSchema')),
  named: (desk, body) => desk.named(textsIn(body, 'tables'), textIn(body, 'text')),
  find: (desk, body) =>
    desk.find(
      member(body, 'tables') === undefined ? [] : textsIn(body, 'tables'),
      textIn(body, 'words'),
      switchIn(body, 'known'),
    ),
};

function listIn(body: JsonObject): ListSought {
  return {
    table: maybeTextIn(body, 'table'),
    words: textIn(body, 'words'),
    shown: oneIn(body, 'shown', ['all', 'errors', 'drafts']),
    most: offsetIn(body, 'most'),
    known: switchIn(body, 'known'),
  };
}

function referenceIn(body: JsonObject): ReferenceAt {
  return { table: textIn(body, 'table'), pointer: textIn(body, 'pointer'), beside: objectIn(body, 'beside') };
}

function editedIn(body: JsonObject): Edited {
  const [table, id, draftName] = [textIn(body, 'table'), textIn(body, 'id'), textIn(body, 'draftName')];
  return { table, id, draftName, ...contentIn(body) };
}
