import { mainKeys, moreKeys, otherKeys, run } from './keyCommands.ts';
import type { Key } from './keys.ts';
import { showsAllKeys } from './state.ts';

/** The keys, which are buttons too: the most common ones, or all. */
export function Keys() {
  const isWhole = showsAllKeys.value;
  const shown = isWhole ? [...mainKeys.value, ...otherKeys.value] : mainKeys.value;
  return (
    <footer aria-label="Keys">
      {shown.map((key) => (
        <KeyButton key={key.shown} command={key} />
      ))}
      {moreKeys.value.map((key) => (
        <KeyButton
          key={key.shown}
          command={{ ...key, label: isWhole ? 'Fewer keys' : `${otherKeys.value.length} more keys` }}
          isExpanded={isWhole}
        />
      ))}
    </footer>
  );
}

function KeyButton({ command, isExpanded }: { readonly command: Key; readonly isExpanded?: boolean }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-expanded={isExpanded}
      // the field keeps the focus
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => run(command)}
    >
      <kbd>{command.shown}</kbd> {command.label}
    </button>
  );
}

/** All keys, for the help. */
export function KeyTable() {
  return (
    <ul class="key-table" aria-label="Keys">
      {[...mainKeys.value, ...otherKeys.value, ...moreKeys.value].map(({ shown, label }) => (
        <li key={shown}>
          <kbd>{shown}</kbd> {label}
        </li>
      ))}
    </ul>
  );
}
