import { withoutAccents } from './text.ts';

const english =
  'secretary|minister|president|chancellor|premier|chief|general|director|ambassador|chair(?:man|woman|person)?|' +
  'spokes(?:man|woman|person)|governor|mayor|senator|commissioner|representative|envoy|advis[eo]r|deputy|commander|' +
  'colonel|admiral|officer|official';

// most of them end a compound, such as `Verteidigungsministerin`
const german =
  String.raw`\p{L}*(?:minister|präsident|kanzler|sekretär|sprecher|botschafter|beauftragter?|bürgermeister|direktor)(?:in)?|` +
  String.raw`\p{L}*(?:general|oberst|admiral)`;

const french =
  'président(?:e)?|ministre|porte-parole|ambassad(?:eur|rice)|conseill(?:er|ère)|secrétaire|généra[lx]|directeur|' +
  'directrice|gouverneure?|maire';

const ukrainian =
  String.raw`президент(?:ка)?|міністр(?:ка|иня)?|прем['’ʼ]єр(?:-міністр)?|речни(?:к|ця)|посол|посолка|секретар|` +
  String.raw`голова|генерал|командувач|радни(?:к|ця)|заступни(?:к|ця)|начальник`;

const titles = `${english}|${german}|${french}|${ukrainian}`;
const title = new RegExp(`^(?:${titles}|${withoutAccents(titles)})$`, 'iu');

/**
 * Whether a word, with or without its accents, is a title or an office, which no name of a person ends with: English,
 * German, French, Ukrainian.
 */
export function isTitle(word: string): boolean {
  return title.test(word);
}

const noFirstName = /^(?:mrs?|ms|dr|prof|herr|frau|mme|monsieur|madame|пан|пані|\p{L}+day|\p{L}+tag)\.?$/iu;

/** Whether a word before a last name is a form of address or the name of a day: `On Monday Berg said`. */
export function isNoFirstName(word: string): boolean {
  return noFirstName.test(word);
}
