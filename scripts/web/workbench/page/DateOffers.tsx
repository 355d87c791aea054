import { useEffect, useState } from 'preact/hooks';
import type { DateFormat } from '../../../base/edtfHint.ts';
import type { MeantDates } from '../messages.ts';
import { ask } from './api.ts';
import type { Control } from './control.ts';
import { focusDrawn } from './focus.ts';
import { focused, type Words } from './state.ts';
import { takeDate } from './takeDate.ts';
import { wordsFor } from './wordsFor.ts';

/** Milliseconds after which words count as selected. */
const pause = 100;

/** Dates that words can mean, and the source of these words. */
type Offered = MeantDates & Words;

/** The dates in the first words that mean one; undefined if none do, or if the server does not answer. */
async function firstMeant(all: readonly Words[], format: DateFormat): Promise<Offered | undefined> {
  for (const words of all) {
    const found = await ask('dates', { ...words, format }).catch(() => undefined);
    if (found === undefined) return undefined;
    if (found.dates.length > 0) return { ...found, source: words.source };
  }
  return undefined;
}

/** Buttons with the dates that the words of the source mean, while their field is empty. */
export function DateOffers({ pointer, field, text }: Control) {
  const isAsked = text === '' && focused.value === pointer;
  const words = isAsked ? wordsFor(pointer) : [];
  const [meant, setMeant] = useState<Offered | undefined>(undefined);
  const format = field.format === 'edtf' ? 'edtf' : 'date';
  useEffect(() => {
    setMeant(undefined);
    let isCurrent = true;
    const show = (found: Offered | undefined): void => {
      if (isCurrent) setMeant(found);
    };
    const timer = setTimeout(() => void firstMeant(words, format).then(show), pause);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [JSON.stringify(words), format]);
  if (!isAsked || meant === undefined) return null;
  return (
    <div class="builders" role="group" aria-label="Dates in the text">
      <span>
        <q>{meant.words}</q>
        {meant.day === undefined ? '' : `, relative to ${meant.day}`}:
      </span>
      {meant.dates.map(({ date, meaning, isStated, sentence }) => (
        <button
          key={date}
          type="button"
          title={isStated ? undefined : sentence}
          onClick={() => {
            const { source: of, start, end } = meant;
            takeDate(pointer, { date, isStated, sentence, words: { source: of, start, end } });
            void focusDrawn(pointer);
          }}
        >
          Use {date} <span class="meaning">{meaning}</span>
        </button>
      ))}
    </div>
  );
}
