/** Number of colours for tables; the style sheet has a highlight for each. */
export const colours = 8;

/** The number of a table's colour. */
export function colourOf(tables: readonly { readonly name: string }[], name: string): number {
  return (
    Math.max(
      0,
      tables.findIndex((table) => table.name === name),
    ) % colours
  );
}
