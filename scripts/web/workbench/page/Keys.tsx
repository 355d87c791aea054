import { mainKeys, moreKeys, otherKeys } from './keyCommands.ts';
import type { Key } from './keys.ts';
import { showsAllKeys } from './state.ts';

/** The keys, which are buttons too: the most common ones, or all. */
export function Keys() {
  const isWhole = showsAllKeys.value;
  const shown = isWhole ? [...mainKeys, ...otherKeys] : mainKeys;
  return (
    <footer aria-label="Keys">
      {shown.map((key) => (
        <KeyButton key={key.shown} {...key} />
      ))}
      <KeyButton {...moreKeys} label={isWhole ? 'Fewer keys' : `${otherKeys.length} more keys`} isExpanded={isWhole} />
    </footer>
  );
}

function KeyButton({ shown, label, run, isExpanded }: Omit<Key, 'matches'> & { readonly isExpanded?: boolean }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-expanded={isExpanded}
      // the field keeps the focus
      onMouseDown={(event) => event.preventDefault()}
      onClick={run}
    >
      <kbd>{shown}</kbd> {label}
    </button>
  );
}

/** All keys, for the help. */
export function KeyTable() {
  return (
    <ul class="key-table" aria-label="Keys">
      {[...mainKeys, ...otherKeys, moreKeys].map(({ shown, label }) => (
        <li key={shown}>
          <kbd>{shown}</kbd> {label}
        </li>
      ))}
    </ul>
  );
}
