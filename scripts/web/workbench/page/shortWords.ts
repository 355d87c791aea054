const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Words with their middle left out, so that both ends can be told apart. */
export function shortened(words: string, most: number): string {
  const all = Array.from(graphemes.segment(words), ({ segment }) => segment);
  if (all.length <= most) return words;
  const tail = Math.floor((most - 1) / 3);
  return `${all.slice(0, most - 1 - tail).join('')}…${all.slice(-tail).join('')}`;
}

/** Short forms of several words; those that are the same are numbered. */
export function shortForms(all: readonly string[], most: number): readonly string[] {
  const forms = all.map((words) => shortened(words, most));
  return forms.map((form, i) => {
    const same = forms.filter((each) => each === form).length;
    return same === 1 ? form : `${form} (${forms.slice(0, i + 1).filter((each) => each === form).length})`;
  });
}
