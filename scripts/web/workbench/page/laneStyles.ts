import { colours } from './colours.ts';
import { lanes } from './lanes.ts';

/** Where the first line is below the words, and how far apart the lines are, in pixels. */
const firstLine = 3;
const nextLine = 3;

/** The name of the highlight of a table's lines at a height. */
export function laneName(colour: number, lane: number): string {
  return `table-${colour}-${lane}`;
}

/** Adds a style for the lines of each colour at each height: the colours themselves are in the style sheet. */
export function styleLanes(): void {
  const sheet = new CSSStyleSheet();
  const rules = Array.from({ length: colours }, (_, colour) =>
    Array.from({ length: lanes }, (_each, lane) => {
      const offset = `text-underline-offset: ${firstLine + nextLine * lane}px`;
      return `::highlight(${laneName(colour, lane)}) { text-decoration: var(--line-${colour}); ${offset}; }`;
    }),
  );
  sheet.replaceSync(rules.flat().join('\n'));
  document.adoptedStyleSheets = [sheet];
}
