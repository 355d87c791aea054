/** An option of a verb. Whoever shows it says what the reader calls it: a program its name, a terminal a flag. */
export interface OptionName {
  readonly option: string;
  /** The one entry that is meant, where the option is a list or a map. */
  readonly entry?: string;
}

/** A sentence that names options. Plain data, so that it survives JSON. */
export interface Sentence {
  readonly parts: readonly (string | OptionName)[];
}

/** Names an option in a sentence. `name` is spelt as the settings of the verb spell it. */
export function option(name: string, entry?: string): OptionName {
  return entry === undefined ? { option: name } : { option: name, entry };
}

/** Template tag: a sentence of texts, options and other sentences. */
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

/** Sentences in one, with a text between each two. */
export function joined(sentences: readonly (string | Sentence)[], between: string): Sentence {
  const parts = sentences.flatMap((each, i) => [...(i === 0 ? [] : [between]), ...partsOf(each)]);
  return { parts };
}

/** A sentence as text. `nameOf` says what the reader calls an option. */
export function worded(words: string | Sentence, nameOf: (option: OptionName) => string = programName): string {
  return partsOf(words)
    .map((part) => (typeof part === 'string' ? part : nameOf(part)))
    .join('');
}

function partsOf(words: string | Sentence): Sentence['parts'] {
  return typeof words === 'string' ? [words] : words.parts;
}

/** An option as a program knows it. */
function programName({ option: name, entry }: OptionName): string {
  return entry === undefined ? `\`${name}\`` : `\`${name}\` of ${JSON.stringify(entry)}`;
}
