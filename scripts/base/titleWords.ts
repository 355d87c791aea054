const english =
  'secretary|minister|president|chancellor|premier|chief|general|director|ambassador|chair(?:man|woman|person)?|' +
  'spokes(?:man|woman|person)|governor|mayor|senator|commissioner|representative|envoy|advis[eo]r|deputy|commander|' +
  'colonel|admiral|officer|official';

// most of them end a compound, such as `Verteidigungsministerin`
const german =
  String.raw`\p{L}*(?:minister|präsident|kanzler|sekretär|sprecher|botschafter|beauftragter?|bürgermeister|direktor)(?:in)?|` +
  String.raw`\p{L}*(?:general|oberst|admiral)`;

const title = new RegExp(`^(?:${english}|${german})$`, 'iu');

/**
 * Whether a word is a title or an office, which no name of a person ends with. English and German only: most other
 * languages write them with a small letter.
 */
export function isTitle(word: string): boolean {
  return title.test(word);
}
