import type { JSX } from 'preact';
import type { ExplorerModel, ExplorerTable } from '../../write/explorer/model.ts';
import type { Evidence } from './record.ts';
import { RecordLink } from './RecordLink.tsx';
import { load } from './state.ts';
import { counted, formatted } from './words.ts';

/** The numbers of the spans that support a value; each leads to the span. */
export function EvidenceMarks({ evidence }: { readonly evidence: readonly Evidence[] }): JSX.Element | null {
  if (evidence.length === 0) return null;
  return (
    <span class="marks">
      {evidence.map(({ number, begins, ends }) => (
        <button
          type="button"
          class="mark"
          title={`${begins} … ${ends}`}
          aria-label={`Evidence ${number}`}
          onClick={() => showSpan(number)}
        >
          {number}
        </button>
      ))}
    </span>
  );
}

function spanId(number: number): string {
  return `span-${number}`;
}

function showSpan(number: number): void {
  const span = document.querySelector<HTMLElement>(`#${spanId(number)}`);
  span?.scrollIntoView({ block: 'nearest' });
  span?.focus({ preventScroll: true });
}

/** The spans of the sources that support a record. */
export function EvidenceList({
  release,
  evidence,
}: {
  readonly release: ExplorerModel;
  readonly evidence: readonly Evidence[];
}): JSX.Element {
  const provenance = release.tables.find((table) => table.name === 'provenance');
  const tables = provenance?.columns.find((column) => column.name === 'source_id')?.references ?? [];
  return (
    <section class="evidence" aria-labelledby="evidence">
      <h2 id="evidence">Evidence</h2>
      <p class="faint">{counted(evidence.length, 'span')} of the sources. The numbers beside values refer to them.</p>
      <ol>
        {evidence.map((span) => (
          <li key={span.number} id={spanId(span.number)} tabIndex={-1}>
            <p class="quote">{span.begins === span.ends ? span.begins : `${span.begins} … ${span.ends}`}</p>
            <p>
              <RecordLink release={release} tables={tables} id={span.source} />, characters {formatted(span.start)} to{' '}
              {formatted(span.end)}
            </p>
            <p class="faint">
              Supports{' '}
              {span.fields.map((field) => <code>{field}</code>).flatMap((each, i) => (i > 0 ? [', ', each] : [each]))}
            </p>
            <p class="faint">
              SHA-256 <code>{span.sha256}</code>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A button instead of a table that is too large to load automatically. */
export function Waiting({ table, what }: { readonly table: ExplorerTable; readonly what: string }): JSX.Element {
  return (
    <p>
      <button type="button" onClick={() => void load(table)}>
        Load {what} ({counted(table.rows, 'row')})
      </button>
    </p>
  );
}
