interface Range {
  readonly start: number;
  readonly end: number;
}

/** The sentences that no span touches; they are in order. One look along both serves thousands of them. */
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
