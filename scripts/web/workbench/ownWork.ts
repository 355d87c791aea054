import { lazy } from '../../base/lazy.ts';
import { type Project, openProject } from '../../project/openProject.ts';
import { openRecord, recordLine } from '../../project/recordFiles.ts';
import { type IndexedRecord, type IndexedSpan, type RecordIndex, indexRecord } from '../../project/recordIndex.ts';
import { codedTables } from '../../verbs/secondCoding.ts';
import type { DatasetSettings, OpenDataset } from './openDataset.ts';

/**
 * Hides what a second coder has not done: the spans of records that were copied from the first coding would show which
 * sentences that has used. Without a second coding, the index stays as it is.
 */
export function ownWorkIn(
  dataset: OpenDataset,
  { second }: Pick<DatasetSettings, 'second'>,
): (index: RecordIndex) => RecordIndex {
  if (second === undefined) return (index) => index;
  const first = lazy(() => openProject(dataset.fs, second.first()));
  const known = new Map<string, ReadonlySet<string>>();
  const copiedIn = (entry: IndexedRecord): ReadonlySet<string> => {
    const key = JSON.stringify([entry.file.name, entry.id]);
    const spans = known.get(key) ?? new Set(spansIn(dataset, first(), entry).map(placeOf));
    known.set(key, spans);
    return spans;
  };
  const ownSpans = (entry: IndexedRecord): IndexedRecord => {
    if (entry.spans.length === 0) return entry;
    const copied = copiedIn(entry);
    const spans = entry.spans.filter((span) => !copied.has(placeOf(span)));
    return spans.length === entry.spans.length ? entry : { ...entry, spans };
  };
  return (index) => {
    const coded = new Set(codedTables(dataset.project));
    return new Map(
      [...index].map(([table, records]) => [
        table,
        coded.has(table) ? records : new Map([...records].map(([id, entry]) => [id, ownSpans(entry)])),
      ]),
    );
  };
}

function placeOf({ source, start, end }: IndexedSpan): string {
  return JSON.stringify([source, start, end]);
}

/** The spans that the first coding has in the same record. */
function spansIn({ fs }: OpenDataset, first: Project, { file, id }: IndexedRecord): readonly IndexedSpan[] {
  const there = first.files.find(({ name, table }) => table === file.table && name === file.name);
  const opened =
    there === undefined
      ? undefined
      : there.holds === 'record'
        ? openRecord(fs, first, there)
        : recordLine(fs, first, file.table, id);
  return opened === undefined ? [] : indexRecord(opened.type, opened.file, opened.value).spans;
}
