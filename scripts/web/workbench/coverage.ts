interface Range {
  readonly start: number;
  readonly end: number;
}

/** The sentences that no span touches, in order. One pass over both lists handles thousands. */
export function uncoveredOf<T extends Range>(sentences: readonly T[], spans: readonly Range[]): readonly T[] {
  const ordered = spans.toSorted((a, b) => a.start - b.start);
  let next = 0;
  let reach = 0;
  return sentences.filter(({ start, end }) => {
    for (let span = ordered[next]; span !== undefined && span.start < end; span = ordered[++next])
      reach = Math.max(reach, span.end);
    return reach <= start;
  });
}
