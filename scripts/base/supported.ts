const known = new Map<string, string | undefined>();

/** The tag without what says nothing about words; undefined for a language that the runtime does not know. */
export function supported(tag: string): string | undefined {
  // the runtime takes its time, and the words of a text have one language
  if (!known.has(tag)) known.set(tag, inRuntime(tag));
  return known.get(tag);
}

function inRuntime(tag: string): string | undefined {
  try {
    const { baseName } = new Intl.Locale(tag);
    return Intl.DateTimeFormat.supportedLocalesOf(baseName)[0];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The language of a BCP 47 tag, without script and region. */
export function languageOf(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? '';
}
