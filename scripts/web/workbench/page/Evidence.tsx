import type { Json } from '../../../json/json.ts';
import { citeFocused } from './cite.ts';
import { isCited } from './editing.ts';
import { needsEvidence } from './formFields.ts';
import { openSource } from './openSource.ts';
import { keepingFocus, mostOfSpan, spanLabels, uncite } from './removing.ts';
import { shortForms } from './shortWords.ts';
import { focused, source, spansNow, table } from './state.ts';
import { showWords } from './TextPane.tsx';

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
  const own = spanLabels(pointer);
  const forms = shortForms(
    own.map(({ words }) => words),
    mostOfSpan,
  );
  const lacks = !isGroup && value !== undefined && needsEvidence(pointer) && !isCited({ spans }, pointer);
  return (
    <span class="evidence">
      {own.map(({ index, words }, i) => {
        const span = spans[index];
        if (span === undefined) return null;
        return (
          <span key={index} class="chip">
            <button type="button" tabIndex={-1} title={words} onClick={() => void showSpan(span)}>
              {/* all words are its name; the short form is for the eye */}
              <span class="unseen">Evidence: {words}</span>
              <span aria-hidden="true">{forms[i]}</span>
            </button>
            <button
              type="button"
              tabIndex={-1}
              title="Remove this evidence (Alt+Delete)"
              aria-label={`Remove this evidence: ${words}`}
              onClick={() => void keepingFocus(() => uncite(pointer, index, forms[i] ?? ''))}
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
