import { colourOf } from './colours.ts';
import { start } from './state.ts';

/** The tables with the colours of their marks. */
export function Legend() {
  const tables = start.value?.tables ?? [];
  return (
    <p class="legend" aria-hidden="true">
      {tables
        .filter(({ spansAt }) => spansAt !== undefined)
        .map(({ name, title }) => (
          <span key={name} class={`swatch colour-${colourOf(tables, name)}`}>
            {title}
          </span>
        ))}
    </p>
  );
}
