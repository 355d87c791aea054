interface Range {
  readonly start: number;
  readonly end: number;
}

/** The sentences that no span touches. */
export function uncoveredOf<T extends Range>(sentences: readonly T[], spans: readonly Range[]): readonly T[] {
  return sentences.filter(({ start, end }) => !spans.some((span) => span.start < end && span.end > start));
}
