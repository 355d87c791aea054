import { useEffect, useState } from 'preact/hooks';
import { parseEdtf } from '../../../base/edtf.ts';
import type { DateFormat } from '../../../base/edtfHint.ts';
import { pointerSteps } from '../../../json/json.ts';
import { inOneParagraph } from '../offsets.ts';
import { valueAt } from '../edit.ts';
import { ask } from './api.ts';
import { titleIn } from './fieldWords.ts';
import { tableNamed } from './formFields.ts';
import { fieldAt } from './left.ts';
import { Use } from './OwnDates.tsx';
import { type OwnDate, otherDates } from './otherDates.ts';
import { marks, offsets } from './sourceText.ts';
import { type Words, citations, fields, inHand, recordNow, selection, source } from './state.ts';

/** A date of another record, and where it is. */
interface DatedField {
  readonly table: string;
  readonly id: string;
  readonly pointer: string;
  /** The code points between the nearest words that it cites and those that the open record is about. */
  readonly distance: number;
}

/** More dates than these would hide what follows. */
const mostDates = 3;

/** The most fields that are read: several can have one date. */
const mostRead = 6;

/** How far other words can be. Code points. */
const longestParagraph = 3000;

/** The fields for dates of other records that cite words of the paragraph that the open record is about. */
function datedNear(): readonly DatedField[] {
  const [words, shown, now] = [inHand.value ?? selection.value, source.value, recordNow.value];
  const text = shown?.text;
  if (words === undefined || text === undefined || words.source !== shown?.id) return [];
  const unitOf = (point: number): number => offsets.value.toUnit(point - shown.first);
  const gone = new Set(
    citations.value?.records.flatMap((each) => (each.withdrawn ? [`${each.table}/${each.id}`] : [])),
  );
  const near = marks.value.flatMap(({ table, id, start, supports }): DatedField[] => {
    const isOther = id !== '' && !gone.has(`${table}/${id}`) && (table !== now?.table || id !== now.id);
    if (Math.abs(start - words.start) > longestParagraph) return [];
    if (!isOther || !inOneParagraph(text, unitOf(start), unitOf(words.start))) return [];
    const root = tableNamed(table)?.field ?? 0;
    const dates = supports.filter((at) => fieldAt(fields.value, root, pointerSteps(at) ?? [])?.kind === 'date');
    return dates.map((pointer) => ({ table, id, pointer, distance: Math.abs(start - words.start) }));
  });
  const nearest = near.toSorted((a, b) => a.distance - b.distance);
  const isFirst = (each: DatedField, i: number): boolean =>
    nearest.findIndex(
      ({ table, id, pointer }) => table === each.table && id === each.id && pointer === each.pointer,
    ) === i;
  return nearest.filter(isFirst).slice(0, mostRead);
}

/** All words of the source that a field cites. */
function wordsOfField({ table, id, pointer }: DatedField): readonly Words[] {
  const of = source.value?.id ?? '';
  return marks.value.flatMap(({ start, end, ...mark }) =>
    mark.table === table && mark.id === id && mark.supports.includes(pointer) ? [{ source: of, start, end }] : [],
  );
}

/** The date in a field of another record, with what the page calls it. */
async function dateIn(field: DatedField): Promise<readonly OwnDate[]> {
  const { table, id, pointer } = field;
  const record = await ask('record', { table, id }).catch(() => undefined);
  const date = record === undefined ? undefined : valueAt(record.value, pointer);
  if (typeof date !== 'string' || parseEdtf(date) === undefined) return [];
  const name = citations.value?.records.find((each) => each.table === table && each.id === id)?.label ?? id;
  const above = pointer.slice(0, pointer.lastIndexOf('/'));
  const title = titleIn({ fields: fields.value, root: tableNamed(table)?.field ?? 0 }, above === '' ? pointer : above);
  return [
    { date, of: `${name.replaceAll(/[“”]/gu, '"')} › ${title}`, support: wordsOfField(field), ofReported: false },
  ];
}

interface NearDatesProps {
  readonly pointer: string;
  readonly format: DateFormat;
  /** Whether a date would be wrong here. */
  readonly isWrong: (date: string) => boolean;
}

/** The dates of records about the same paragraph, for an empty field: what is said in it is mostly of one day. */
export function NearDates({ pointer, format, isWrong }: NearDatesProps) {
  const near = JSON.stringify(datedNear());
  const [found, setFound] = useState<readonly OwnDate[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const look = async (): Promise<void> => {
      const fieldsNear: readonly DatedField[] = JSON.parse(near);
      const all = (await Promise.all(fieldsNear.map(dateIn))).flat();
      if (isCurrent) setFound(all);
    };
    void look();
    return () => void (isCurrent = false);
  }, [near]);
  const own = otherDates(pointer, format);
  const dates = found
    .filter(({ date }) => (format === 'edtf' || /^\d{4}-\d\d-\d\d$/.test(date)) && !isWrong(date))
    .filter(({ date }) => !own.some((each) => each.date === date))
    .filter(({ date }, i, list) => list.findIndex((each) => each.date === date) === i)
    .slice(0, mostDates);
  if (dates.length === 0) return null;
  return (
    <div role="group" aria-label="Dates of records about this paragraph">
      {dates.map((each) => (
        <div key={each.date} class="builders">
          <span>{each.of}:</span>
          <Use {...each} pointer={pointer} />
        </div>
      ))}
    </div>
  );
}
