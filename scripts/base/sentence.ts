/** An option of a verb. Its name depends on the reader: a program sees the property, a terminal shows the flag. */
export interface OptionName {
  readonly option: string;
  /** The one entry that is meant, if the option is a list or a map. */
  readonly entry?: string;
}

/** A sentence that names options. Plain data, so that it survives JSON. */
export interface Sentence {
  readonly parts: readonly (string | OptionName)[];
}

/** Names an option in a sentence. `name` is spelled as in the settings of the verb. */
export function option(name: string, entry?: string): OptionName {
  return entry === undefined ? { option: name } : { option: name, entry };
}

/** Template tag: a sentence made of texts, options and other sentences. */
export function sentence(
  texts: TemplateStringsArray,
  ...values: readonly (string | number | OptionName | Sentence)[]
): Sentence {
  const parts = texts.flatMap((text, i) => {
    const value = values[i];
    if (value === undefined) return [text];
    if (typeof value === 'object') return 'parts' in value ? [text, ...value.parts] : [text, value];
    return [text, String(value)];
  });
  return { parts: parts.filter((part) => part !== '') };
}

/** Joins sentences, with a text between each two. */
export function joined(sentences: readonly (string | Sentence)[], between: string): Sentence {
  const parts = sentences.flatMap((each, i) => [...(i === 0 ? [] : [between]), ...partsOf(each)]);
  return { parts };
}

/** A sentence as text. `nameOf` gives the name of an option for this reader. */
export function worded(words: string | Sentence, nameOf: (option: OptionName) => string = programName): string {
  return partsOf(words)
    .map((part) => (typeof part === 'string' ? part : nameOf(part)))
    .join('');
}

function partsOf(words: string | Sentence): Sentence['parts'] {
  return typeof words === 'string' ? [words] : words.parts;
}

/** The name of an option for a program. */
function programName({ option: name, entry }: OptionName): string {
  return entry === undefined ? `\`${name}\`` : `\`${name}\` of ${JSON.stringify(entry)}`;
}
