import type { Json } from '../../../json/json.ts';
import { citeFocused } from './cite.ts';
import { unciting } from './edit.ts';
import { edit, isCited } from './editing.ts';
import { needsEvidence } from './formFields.ts';
import { spansOfField } from './left.ts';
import { openSource } from './openSource.ts';
import { wordsOf } from './sourceText.ts';
import { focused, source, spansNow, table } from './state.ts';
import { showWords } from './TextPane.tsx';

/** The most characters of a span that its chip shows. */
const chipLength = 28;

/** The spans of a field: each shows its words and opens them; a field that lacks evidence says so. */
export function Evidence({
  pointer,
  isGroup,
  value,
}: {
  readonly pointer: string;
  readonly isGroup: boolean;
  readonly value: Json | undefined;
}) {
  if (table.value?.spansAt === undefined) return null;
  // depends only on the spans, so that typing in another field does not redraw this one
  const spans = spansNow.value;
  const { own } = spansOfField({ spans }, pointer);
  const lacks = !isGroup && value !== undefined && needsEvidence(pointer) && !isCited({ spans }, pointer);
  return (
    <span class="evidence">
      {own.map((index) => {
        const span = spans[index];
        if (span === undefined) return null;
        const words = wordsOf(span) ?? `${span.source} ${span.start}–${span.end}`;
        const short = words.length > chipLength ? `${words.slice(0, chipLength)}…` : words;
        return (
          <span key={index} class="chip">
            <button
              type="button"
              tabIndex={-1}
              title={words}
              aria-label={`Evidence: ${words}`}
              onClick={() => void showSpan(span)}
            >
              {short}
            </button>
            <button
              type="button"
              tabIndex={-1}
              title="Remove this evidence"
              aria-label={`Remove this evidence: ${words}`}
              onClick={() => edit((before) => unciting(before, index, pointer))}
            >
              ✕
            </button>
          </span>
        );
      })}
      {lacks ? (
        <button
          type="button"
          class="lacks"
          tabIndex={-1}
          title="Cite the selected words for this field (Alt+E)"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            focused.value = pointer;
            citeFocused();
          }}
        >
          Needs evidence
        </button>
      ) : null}
    </span>
  );
}

async function showSpan(span: {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}): Promise<void> {
  // the user may open another source meanwhile
  if (source.value?.id !== span.source && !(await openSource(span.source))) return;
  if (source.value?.id === span.source) showWords(span.start, span.end);
}
