import { showDifferences } from './comparing.ts';
import { start } from './state.ts';
import { goingOn } from './typedAhead.ts';

/** Says which coding this is, if there are two. */
export function CodingMark() {
  const coding = start.value?.coding;
  if (coding === 'second')
    return (
      <p class="coding" title="The first coder’s records, reasons and reviews are hidden, and stay as they are.">
        Second coding (blind)
      </p>
    );
  if (coding === undefined) return null;
  return (
    <button type="button" class="coding" title="Alt+C" onClick={() => void goingOn(showDifferences)}>
      Compare codings (Alt+C)
    </button>
  );
}
