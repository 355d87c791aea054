import { isDay } from '../../base/dateTime.ts';
import type { JsonObject } from '../../json/json.ts';
import { withValueAt } from '../../project/recordFiles.ts';
import { type GivenDocument, documentText } from '../../verbs/documentText.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import { checkId, proposeId } from '../../verbs/identifier.ts';
import { documentSettings, urlSettings } from '../../verbs/newRecord.ts';
import type { Setting } from '../../verbs/setting.ts';
import { addDocumentBytes } from '../../verbs/addDocument.ts';
import { datesInText } from './datesInText.ts';
import type { RecordMessage } from './messages.ts';
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
}

/** The page's requests to add a source. */
export interface NewSourceRequests {
  /** The text of a document, as it would be saved. */
  readonly toText: (given: GivenDocument) => Promise<string>;
  /** Saves the text of a document, and starts the record of its source. */
  readonly addSource: (document: NewDocument) => RecordMessage;
}

export function newSourceRequests(dataset: OpenDataset): NewSourceRequests {
  return { toText: documentText, addSource: (document) => addSource(dataset, document) };
}

function addSource(dataset: OpenDataset, { table, id: given, text, url }: NewDocument): RecordMessage {
  const { fs, project, drafts } = dataset;
  const type = dataset.typeOf(table);
  const taken = new Set([...dataset.takenIn(table), ...pendingSources(project, drafts).keys()]);
  const link = urlSettings(type, url);
  const id =
    given === undefined
      ? proposeId(type, [...link, ...settingsFrom(type, text)], taken, () => [text])
      : checkId(given, taken);
  const bytes = { bytes: Buffer.from(text), from: 'the document', name: `${id}.txt` };
  const document = addDocumentBytes(fs, bytes, project.options.sources.path);
  document.copy();
  const known = [...documentSettings(type, document), ...link];
  const value = known.reduce<JsonObject>(
    (record, { pointer, value: each }) => withValueAt(record, pointer, each),
    identified(type, beginning(project, type), id),
  );
  const record = unsavedRecord(table, value);
  drafts.write(table, record.draftName, { value, spans: [] });
  dataset.reopen();
  return record;
}

/** How far from the start of a text and of a line a date is that of the text, not of something in it. */
const [mostLines, mostBefore] = [5, 60];

/** What the beginning of a text says: its title is the first line, and its date stands near the start of a line. */
function settingsFrom({ shape }: RecordType, text: string): readonly Setting[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, mostLines);
  const begun = lines.join('\n');
  const days = datesInText(begun, {}).flatMap(({ start, isRelative, readings: [only, ...others] }) => {
    const before = start - (begun.lastIndexOf('\n', start) + 1);
    return only === undefined || others.length > 0 || isRelative || before > mostBefore ? [] : [only.date];
  });
  const day = days.find(isDay);
  return [
    { pointer: '', value: lines[0] ?? '', shape: { ...shape, format: undefined } },
    ...(day === undefined ? [] : [{ pointer: '', value: day, shape: { ...shape, format: 'date' } }]),
  ];
}
