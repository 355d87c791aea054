interface Range {
  readonly start: number;
  readonly end: number;
}

/** Ranges of words, with those that overlap made one; in order. */
export function joinedUp(words: readonly Range[]): readonly Range[] {
  const joined: Range[] = [];
  for (const each of words.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last === undefined || each.start >= last.end) joined.push({ start: each.start, end: each.end });
    else joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, each.end) };
  }
  return joined;
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

/**
 * The sentences that spans touch, but of whose letters and digits they hold less than half, in order.
 * @param lettersIn counts the letters and digits in a range
 */
export function partlyCoveredOf<T extends Range>(
  sentences: readonly T[],
  spans: readonly Range[],
  lettersIn: (range: Range) => number,
): readonly T[] {
  const joined = joinedUp(spans);
  let next = 0;
  return sentences.filter((sentence) => {
    while ((joined[next]?.end ?? Infinity) <= sentence.start) next += 1;
    let held = 0;
    let touches = false;
    for (let i = next, span = joined[i]; span !== undefined && span.start < sentence.end; span = joined[++i]) {
      touches = true;
      held += lettersIn({ start: Math.max(span.start, sentence.start), end: Math.min(span.end, sentence.end) });
    }
    return touches && held * 2 < lettersIn(sentence);
  });
}
