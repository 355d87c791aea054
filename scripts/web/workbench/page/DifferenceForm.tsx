import type { ComparedRecords, DifferingRecords } from '../codingMessages.ts';
import type { RecordMessage } from '../messages.ts';
import { SideView } from './ComparedField.tsx';
import { fieldsOf, rowsOf } from './comparedRows.ts';
import { Decide } from './Decide.tsx';
import { DecisionList } from './DecisionList.tsx';
import { DifferenceName } from './DifferenceName.tsx';
import { tableNamed } from './formFields.ts';
import { wordsOf } from './sourceText.ts';
import { type Words, comparing, fields } from './state.ts';

interface DifferenceFormProps {
  readonly difference: DifferingRecords;
  readonly records: ComparedRecords;
  /** Where it is among the differences. */
  readonly position: string;
}

/** A difference between two codings, field by field. One action decides, saves and goes on. */
export function DifferenceForm({ difference, records, position }: DifferenceFormProps) {
  const table = tableNamed(difference.table);
  if (table === undefined) return null;
  const { passage } = difference;
  const one = onlyOne(difference, records);
  const names = one === records.first ? records.firstNames : records.secondNames;
  const whole = one === undefined ? [] : fieldsOf(one, names, { fields: fields.value, table });
  const rows = isGone(difference) ? [] : rowsOf(difference, records, { fields: fields.value, table });
  return (
    <>
      <h3>
        <DifferenceName difference={difference} />
      </h3>
      <p class="progress">{position}</p>
      {passage === undefined ? null : (
        <blockquote class="quoted" dir="auto">
          {wordsOf({ source: comparing.value?.source ?? '', ...passage })}
        </blockquote>
      )}
      <DecisionList decisions={difference.decisions} table={table} />
      {whole.length === 0 ? null : (
        <dl class="whole-record">
          {whole.map(({ title, ...side }) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>
                <SideView side={side} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {rows.length === 0 ? (
        <p>
          {difference.decisions.length === 0 ? 'The two records are the same now.' : 'Decided: nothing is open here.'}
        </p>
      ) : (
        <Decide {...{ difference, rows, cited: citedIn(difference, one) }} />
      )}
    </>
  );
}

/** The record that only one coding has. */
function onlyOne({ first, second }: DifferingRecords, records: ComparedRecords): RecordMessage | undefined {
  if (first === undefined) return records.second;
  return second === undefined ? records.first : undefined;
}

/** Whether the decision has changed the first coding, so that nothing differs any more. */
function isGone({ first, second, passage, decisions }: DifferingRecords): boolean {
  const isWhole = passage !== undefined || first === undefined || second === undefined;
  return isWhole && decisions.some(({ chosen }) => chosen === 'second');
}

/** The words that a difference is about, if it has no fields that cite them. */
function citedIn({ passage }: DifferingRecords, one: RecordMessage | undefined): readonly Words[] {
  const id = comparing.value?.source ?? '';
  return passage === undefined ? (one?.spans ?? []) : [{ source: id, start: passage.start, end: passage.end }];
}
