import { offsetsOf } from '../../base/offsets.ts';
import { compareText } from '../../base/text.ts';
import type { Project } from '../../project/openProject.ts';
import { type IndexedRecord, type IndexedSpan, type RecordIndex, sourceTables } from '../../project/recordIndex.ts';
import type { Review } from '../../schema/extensions.ts';
import type { QueuedSource } from './messages.ts';
import { uncoveredOf } from './coverage.ts';
import { sentencesOf } from './offsets.ts';

/** The most sources that are inspected, so that the queue appears at once. */
const mostLookedInto = 200;

/** All sources, those in progress first. Calls `breathe` between sources. */
export async function queueOf(
  project: Project,
  index: RecordIndex,
  breathe: () => Promise<void>,
): Promise<readonly QueuedSource[]> {
  const tables = new Set(sourceTables(project));
  const authorities = new Set(project.types.filter(({ shape }) => shape.authority).map(({ name }) => name));
  const citing = new Map<string, { records: number; spans: IndexedSpan[] }>();
  for (const [table, records] of index) {
    if (tables.has(table)) continue;
    for (const record of records.values())
      for (const source of new Set(record.spans.map((span) => span.source))) {
        const known = citing.get(source) ?? { records: 0, spans: [] };
        citing.set(source, known);
        known.records += 1;
        if (!authorities.has(table)) known.spans.push(...record.spans.filter((span) => span.source === source));
      }
  }
  const sources = [...tables].flatMap((table) =>
    [...(index.get(table)?.values() ?? [])].filter(({ withdrawn }) => !withdrawn).map((entry) => ({ table, entry })),
  );
  const all: QueuedSource[] = [];
  for (const [i, { table, entry }] of sources.entries()) {
    await breathe();
    all.push(queued(project, table, entry, citing.get(entry.id), i < mostLookedInto));
  }
  return all.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || compareText(a.id, b.id));
}

const order: readonly QueuedSource['state'][] = ['begun', 'open', 'recorded', 'coded', 'reviewed'];

function queued(
  project: Project,
  table: string,
  { id, label, spans: own, review }: IndexedRecord,
  cited: { readonly records: number; readonly spans: readonly IndexedSpan[] } | undefined,
  isLookedInto: boolean,
): QueuedSource {
  const records = cited?.records ?? 0;
  const known = { table, id, label, records, review };
  const spans = [...(cited?.spans ?? []), ...own.filter((span) => span.source === id)];
  const covered = isLookedInto ? coverage(project, id, spans) : { sentences: undefined, uncovered: undefined };
  const state = stateOf(review, records, covered.uncovered);
  const hasNoText = isLookedInto && covered.sentences === undefined;
  return { ...known, ...covered, state: state === 'begun' && hasNoText ? 'recorded' : state };
}

/** A source without records is coded too, once every sentence is marked as needing none. */
function stateOf(review: Review | undefined, records: number, uncovered: number | undefined): QueuedSource['state'] {
  if (review !== undefined) return 'reviewed';
  if (uncovered === 0) return 'coded';
  return records === 0 ? 'open' : 'begun';
}

/** The number of sentences in a source, and of those that no span touches. */
function coverage(
  project: Project,
  source: string,
  spans: readonly IndexedSpan[],
): Pick<QueuedSource, 'sentences' | 'uncovered'> {
  const document = project.sources.get(source);
  const text = document === undefined ? undefined : project.validation.documents(document.file);
  if (document === undefined || text?.slice === undefined || text.sha256 !== document.sha256)
    return { sentences: undefined, uncovered: undefined };
  const first = document.start ?? 0;
  const words = text.slice(first, document.end ?? text.length);
  const { toPoint } = offsetsOf(words);
  const sentences = sentencesOf(words).map(({ start, end }) => ({
    start: first + toPoint(start),
    end: first + toPoint(end),
  }));
  return { sentences: sentences.length, uncovered: uncoveredOf(sentences, spans).length };
}
