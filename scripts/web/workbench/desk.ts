import { Failure } from '../../base/problem.ts';
import { option, sentence } from '../../base/sentence.ts';
import { findRepository } from '../../disk/git.ts';
import { sourceTables } from '../../project/recordIndex.ts';
import { documentAt } from '../../verbs/newRecord.ts';
import { type BesideRequests, besideRequests } from './besideRequests.ts';
import { type ChangeRequests, changeRequests } from './changeRequests.ts';
import { type CodingRequests, codingRequests } from './codingRequests.ts';
import type { OtherCoding } from './codings.ts';
import { type DateRequests, dateRequests } from './dateRequests.ts';
import { type DraftRequests, draftRequests } from './draftRequests.ts';
import { fieldModel } from './fieldModel.ts';
import { keptDrafts } from './keptDrafts.ts';
import { type ListRequests, listRequests } from './listRequests.ts';
import type { Start } from './messages.ts';
import { type DatasetSettings, type OpenDataset, openDataset } from './openDataset.ts';
import { type RemovalRequests, removalRequests } from './removal.ts';
import { type RecordRequests, recordRequests } from './recordRequests.ts';
import { type SavingRequests, savingRequests } from './reviews.ts';
import { type SearchRequests, searchRequests } from './searchRequests.ts';
import { namedFirst } from './namedFirst.ts';
import { type UsualRequests, usualRequests } from './usualRequests.ts';
import { type OfficeRequests, officeRequests } from './officeRequests.ts';
import { type QuantityRequests, quantityRequests } from './quantityRequests.ts';
import { type SourceRequests, sourceRequests } from './sourceRequests.ts';
import { type NewSourceRequests, newSourceRequests } from './newSource.ts';

/** What the workbench works on. */
export interface DeskSettings extends DatasetSettings, Partial<Pick<OtherCoding, 'against'>> {
  /** A document to add as a source. */
  readonly incoming?: Start['incoming'];
}

/** The requests that need the records as they are now. */
interface Seeing
  extends
    RecordRequests,
    SavingRequests,
    RemovalRequests,
    DateRequests,
    QuantityRequests,
    OfficeRequests,
    BesideRequests,
    UsualRequests,
    SourceRequests,
    NewSourceRequests,
    CodingRequests,
    ListRequests,
    SearchRequests {}

/** An opened dataset, and everything that the page can ask of it. */
export interface Desk extends Seeing, DraftRequests, ChangeRequests {
  readonly start: () => Start;
}

/** Opens a dataset for the workbench. @throws Failure if it does not open */
export function openDesk(settings: DeskSettings): Desk {
  const dataset = openDataset(settings);
  if (settings.incoming !== undefined && !dataset.project.types.some((type) => documentAt(type) !== undefined))
    throw new Failure(sentence`${option('file')} adds a source, and this dataset has no table of sources (x-document)`);
  // report a wrong name before the browser opens
  const first = settings.source === undefined ? undefined : namedFirst(dataset, settings.source);
  return {
    start: () => ({ ...startOf(dataset, settings), ...first }),
    ...draftRequests(dataset),
    ...changeRequests(dataset, settings.against?.path),
    ...seeingChanges(dataset, {
      ...recordRequests(dataset),
      ...savingRequests(dataset),
      ...removalRequests(dataset),
      ...dateRequests(dataset),
      ...quantityRequests(dataset),
      ...officeRequests(dataset),
      ...besideRequests(dataset),
      ...usualRequests(dataset),
      ...sourceRequests(dataset, settings),
      ...newSourceRequests(dataset),
      ...codingRequests(dataset, { options: settings.options, against: settings.against }),
      ...listRequests(dataset),
      ...searchRequests(dataset),
    }),
  };
}

/** The requests that show records or write them: each first takes over what other programs have changed. */
function seeingChanges(dataset: OpenDataset, requests: Seeing): Seeing {
  const first =
    <A extends readonly unknown[], R>(request: (...given: A) => R) =>
    (...given: A): R => {
      dataset.refresh();
      return request(...given);
    };
  return {
    ...requests,
    record: first(requests.record),
    fresh: first(requests.fresh),
    draft: first(requests.draft),
    check: first(requests.check),
    save: first(requests.save),
    ties: first(requests.ties),
    remove: first(requests.remove),
    rename: first(requests.rename),
    source: first(requests.source),
    marks: first(requests.marks),
    queue: first(requests.queue),
    passOver: first(requests.passOver),
    review: first(requests.review),
    reviewers: first(requests.reviewers),
    addSource: first(requests.addSource),
    differing: first(requests.differing),
    compare: first(requests.compare),
    resolve: first(requests.resolve),
    find: first(requests.find),
    named: first(requests.named),
    office: first(requests.office),
    beside: first(requests.beside),
    unusual: first(requests.unusual),
    ofCountry: first(requests.ofCountry),
    list: first(requests.list),
    alike: first(requests.alike),
    suggest: first(requests.suggest),
    repeated: first(requests.repeated),
  };
}

/** What the page needs first: the tables with their fields, and what to begin with. */
function startOf(open: OpenDataset, { incoming, against, second }: DeskSettings): Start {
  const { project } = open;
  const { dataset } = project.folder;
  const repository = findRepository([project.schemaPath, project.rawPath]);
  return {
    title: dataset.title ?? dataset.name,
    ...fieldModel(project.types, sourceTables(project)),
    source: undefined,
    record: undefined,
    git: 'root' in repository,
    drafts: keptDrafts(open),
    incoming,
    coding: second !== undefined ? 'second' : against !== undefined ? 'compared' : undefined,
    user: 'root' in repository ? repository.user() : undefined,
  };
}
