import { isDay } from '../../base/dateTime.ts';
import { Failure } from '../../base/problem.ts';
import { quoted } from '../../base/text.ts';
import type { JsonObject } from '../../json/json.ts';
import { type GivenDocument, readDocument } from '../../verbs/readDocument.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import { placed } from '../../schema/placed.ts';
import { shapeBelow } from '../../schema/shape.ts';
import { checkId, proposeId } from '../../verbs/identifier.ts';
import { documentSettings, urlSettings } from '../../verbs/newRecord.ts';
import type { Setting } from '../../verbs/setting.ts';
import { addDocumentBytes } from '../../verbs/addDocument.ts';
import { authorsIn } from './byLine.ts';
import { datesInText } from './datesInText.ts';
import { languagesOf } from './languageOf.ts';
import type { GivenText, RecordMessage, TextFacts } from './messages.ts';
import { beginning, identified, unsavedRecord } from './newRecord.ts';
import type { OpenDataset } from './openDataset.ts';
import { pendingSources } from './pendingSources.ts';

/** A document to add as a new source. */
export interface NewDocument {
  /** The table of sources. */
  readonly table: string;
  /** The source's identifier; without it, one is made from the address, and the text's date and first line. */
  readonly id: string | undefined;
  readonly text: string;
  /** Where the document is published. */
  readonly url: string | undefined;
  /** Other values of its record, by their JSON Pointers. */
  readonly values?: JsonObject;
}

/** The page's requests to add a source. */
export interface NewSourceRequests {
  /** The text of a document, as it would be saved. */
  readonly toText: (given: GivenDocument) => Promise<GivenText>;
  /** What the words of a text show about it. */
  readonly aboutText: (text: string) => Promise<TextFacts>;
  /** The identifier that the record of a text would get. */
  readonly proposedId: (document: Pick<NewDocument, 'table' | 'text' | 'url'>) => { readonly id: string };
  /** Saves the text of a document, and starts the record of its source. */
  readonly addSource: (document: NewDocument) => RecordMessage;
}

export function newSourceRequests(dataset: OpenDataset): NewSourceRequests {
  return {
    toText: readDocument,
    aboutText: async (text) => ({
      languages: (await languagesOf(text)).slice(0, mostLanguages),
      day: dayIn(text),
      authors: authorsIn(linesIn(text)),
    }),
    proposedId: (document) => ({ id: proposedFor(dataset, document) }),
    addSource: (document) => addSource(dataset, document),
  };
}

function addSource(dataset: OpenDataset, { table, id: given, text, url, values = {} }: NewDocument): RecordMessage {
  const { fs, project, drafts } = dataset;
  const type = dataset.typeOf(table);
  const link = urlSettings(type, url);
  const id =
    given === undefined ? proposedFor(dataset, { table, text, url }) : checkId(given, takenFor(dataset, table));
  const bytes = { bytes: Buffer.from(text), from: 'the document', name: `${id}.txt` };
  const document = addDocumentBytes(fs, bytes, project.options.sources.path);
  const known = [...documentSettings(type, document), ...link, ...settingsOf(type, values)];
  const value = known.reduce<JsonObject>(
    (record, { pointer, value: each }) => placed(record, pointer, each, type.shape),
    identified(type, beginning(project, type), id),
  );
  document.copy();
  const record = unsavedRecord(table, value);
  drafts.write(table, record.draftName, { value, spans: [] });
  dataset.reopen();
  return record;
}

function takenFor({ takenIn, project, drafts }: OpenDataset, table: string): ReadonlySet<string> {
  return new Set([...takenIn(table), ...pendingSources(project, drafts).keys()]);
}

/** The identifier for the record of a text: from its address, its date and its first line. */
function proposedFor(dataset: OpenDataset, { table, text, url }: Pick<NewDocument, 'table' | 'text' | 'url'>): string {
  const type = dataset.typeOf(table);
  const settings = [...urlSettings(type, url), ...settingsFrom(type, text)];
  return proposeId(type, settings, takenFor(dataset, table), () => [text]);
}

/** The most languages that are offered for a text. */
const mostLanguages = 3;

/** How far from the start of a text and of a line a date is that of the text, not of something in it. */
const [mostLines, mostBefore] = [5, 60];

/** What the beginning of a text says: its title is the first line, and its date stands near the start of a line. */
function settingsFrom({ shape }: RecordType, text: string): readonly Setting[] {
  const day = dayIn(text)?.date;
  return [
    { pointer: '', value: linesIn(text)[0] ?? '', shape: { ...shape, format: undefined } },
    ...(day === undefined ? [] : [{ pointer: '', value: day, shape: { ...shape, format: 'date' } }]),
  ];
}

/** The first lines of a text that have words. */
function linesIn(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, mostLines);
}

/** The first day near the start of a line at the beginning of a text, and the words that mean it. */
function dayIn(text: string): TextFacts['day'] {
  const begun = linesIn(text).join('\n');
  const days = datesInText(begun, {}).flatMap(({ start, end, isRelative, readings: [only, ...others] }) => {
    const before = start - (begun.lastIndexOf('\n', start) + 1);
    const isSure = only !== undefined && others.length === 0 && !isRelative && before <= mostBefore;
    return isSure ? [{ date: only.date, words: begun.slice(start, end) }] : [];
  });
  return days.find(({ date }) => isDay(date));
}

/** The values that the page gives for fields of the record. @throws Failure if the schema has no such field */
function settingsOf({ name, shape }: RecordType, values: JsonObject): readonly Setting[] {
  return Object.entries(values).map(([pointer, value]) => {
    const at = shapeBelow(shape, pointer);
    if (at === undefined) throw new Failure(`a record of ${name} has no field ${quoted(pointer)}`);
    return { pointer, value, shape: at };
  });
}
