import { numbersIn as smallNumbers } from './numberWords.ts';
import { languageOf } from './supported.ts';

/** Words of a language beside a number that make it another one, as patterns: the number is then not read. */
interface Voiding {
  /** Directly before it: `several`, `minus`. */
  readonly before: string;
  /** Before it, with words from `of` between them: `half of the`. */
  readonly parts: string;
  readonly of: string;
  /** Between a number word and it: `one in five`, `two or 3`. */
  readonly links: string;
  /** Directly behind it: `times`, `thirds`. */
  readonly after: string;
  /** Behind it and its unit: `below zero`. */
  readonly below: string;
}

const voiding: Readonly<Record<string, Voiding>> = {
  en: {
    before:
      '(?:several|few|dozens|hundreds)(?: (?:to|or))?|couple|couple of|many|multiple|minus|negative|twice|double|half|' +
      '(?<!just )(?:short|shy) of|(?<!(?:this|that|the|some|one|which) )point',
    parts: 'half|thirds?|quarters?|fifths?|tenths?',
    of: 'of|the|a|an|its|their|all|these|those',
    links: 'or|to|in|of|in every|out of|of the|of every',
    after:
      'and (?:a|one|two|three) (?:half|thirds?|quarters?)|and half|halves|thirds|quarters|times|fold|odd|plus|' +
      '(?:four|fif|six|seven|eigh|nin|ten|twentie|hundred|thousand)ths',
    below: 'below (?:zero|freezing)',
  },
  de: {
    before:
      String.raw`mehrere[nr]?|einige[nr]?|paar|wenige[nr]?|viele[nr]?|etliche[nr]?|halb\p{L}{0,2}|\p{L}*einhalb|` +
      'anderthalb|minus|Komma',
    parts: 'Hälfte|(?:Drit|Vier|Fünf|Zehn)teln?',
    of: 'der|von|den|aller|dieser|seiner|ihrer',
    links: 'oder|bis|von|von den|der',
    after:
      String.raw`und (?:eine?[nrs]? )?(?:halb\p{L}{0,2}|Drittel|Viertel)|einhalb|halbe[nrs]?|Mal|mal|` +
      '(?:Drit|Vier|Fünf|Sechs|Sieb|Ach|Neun|Zehn|Zwanzigs|Hunderts|Tausends)teln?',
    below: 'unter Null|unter dem Gefrierpunkt|minus',
  },
  fr: {
    before: 'années|virgule|plusieurs|quelques|paire de|(?<!au )moins|demi|demie',
    parts: 'moitié|tiers|quarts?',
    of: 'de|des|du|ces|ses|leurs',
    links: 'ou|à|sur|des',
    after: String.raw`et (?:un )?(?:demie?|tiers|quarts?)|demie?s?|tiers|quarts?|\p{L}+ièmes|fois`,
    below: 'sous (?:le )?zéro|(?:au|en) dessous de zéro|au-dessous de zéro',
  },
  es: {
    before: 'vari[oa]s|algun[oa]s|poc[oa]s|much[oa]s|par de|(?<!(?:al|lo) )menos|medi[oa]',
    parts: 'mitad|tercios?|cuartos?|cuarta parte|tercera parte',
    of: 'de|los|las|sus|estos|estas',
    links: 'o|a|de|de cada|de los|de las',
    after: 'y (?:medi[oa]|un (?:tercio|cuarto))|medi[oa]s|tercios?|cuartos?|quintos?|décim[oa]s?|veces',
    below: 'bajo cero',
  },
  it: {
    before: 'alcun[ie]|divers[ie]|parecchi|parecchie|qualche|molt[ie]|poch[ie]|paio di|meno|mezz[oa]',
    parts: 'metà|terzo|terzi|quarto|quarti',
    of: 'di|dei|degli|delle|loro|suoi',
    links: 'o|a|su|dei|delle',
    after: 'e (?:mezz[oa]|un (?:terzo|quarto))|mezz[ie]|terzi|quarti|quinti|decimi|volte',
    below: 'sotto (?:lo )?zero',
  },
  pl: {
    before: 'kilka|kilku|kilkoma|parę|paru|wiele|wielu|minus|pół|półtora|półtorej',
    parts: String.raw`połow\p{L}+|trzeci\p{L}|ćwier\p{L}+|czwart\p{L}`,
    of: 'z|ze|tych|wszystkich',
    links: 'lub|albo|do|z|ze|na',
    after: 'i pół|i ćwierć|trzecie|trzecich|czwarte|czwartych|piąte|piątych|dziesiąte|dziesiątych|razy|razów',
    below: 'poniżej zera|mrozu',
  },
  uk: {
    before: String.raw`(?:де)?кільк(?:а|ох|ом|ома)|пар[аиу]|багато|мінус|кома|цілих|пів|півтор\p{L}+|двічі`,
    parts: String.raw`половин\p{L}+|третин\p{L}+|чверт\p{L}+`,
    of: 'з|із|зі|від|цих|усіх|всіх',
    links: 'або|чи|до|з|із|зі|на',
    after:
      String.raw`[зі] (?:половиною|третиною|чвертю)|половин\p{L}*|третин\p{L}*|чверт\p{L}*|третіх|четвертих|` +
      String.raw`п.ятих|шостих|сьомих|восьмих|дев.ятих|десятих|сотих|тисячних|раз[иі]?|разів`,
    below: 'нижче (?:від )?нуля|морозу',
  },
  ru: {
    before: String.raw`несколько|нескольк\p{L}+|пар[аыу]|много|минус|пол|полтор\p{L}+|дважды|вдвое`,
    parts: String.raw`половин\p{L}+|трет[ьи]\p{L}*|четверт\p{L}+`,
    of: 'из|от|этих|всех',
    links: 'или|до|из|на',
    after:
      String.raw`[си] (?:половиной|третью|четвертью)|половин\p{L}*|трет[ьи]\p{L}*|четверт\p{L}*|пятых|шестых|` +
      'седьмых|восьмых|девятых|десятых|сотых|тысячных|раза?',
    below: 'ниже нуля|мороза',
  },
};

interface Patterns {
  readonly before: RegExp;
  readonly after: RegExp;
}

const known = new Map<string, Patterns | undefined>();

/** Whether words before a place in a text make a number that begins there another one. */
export function isVoidedBefore(text: string, start: number, tag: string): boolean {
  return matchesAt(patternsOf(tag)?.before, text, start);
}

/** Whether words behind a place in a text make a number that ends there another one. */
export function isVoidedAfter(text: string, end: number, tag: string): boolean {
  return matchesAt(patternsOf(tag)?.after, text, end);
}

function matchesAt(pattern: RegExp | undefined, text: string, at: number): boolean {
  if (pattern === undefined) return false;
  pattern.lastIndex = at;
  return pattern.test(text);
}

function patternsOf(tag: string): Patterns | undefined {
  const language = languageOf(tag);
  if (!known.has(language))
    known.set(language, Object.hasOwn(voiding, language) ? made(language, voiding[language]) : undefined);
  return known.get(language);
}

/** Sticky, so that a look behind costs a few words and not the text. */
function made(language: string, words: Voiding | undefined): Patterns | undefined {
  if (words === undefined) return undefined;
  const { before, parts, of, links, after, below } = words;
  // a letter can be a name: hepatitis A in 5 people
  const counts = [...smallNumbers(language).keys()].filter((word) => word.length > 1).join('|');
  const spaced = (pattern: string): string => pattern.replaceAll(' ', String.raw`(?:\s+|[-‐‑])`);
  const ahead = `${before}|(?:${parts})(?: (?:${of})){1,3}|(?:${counts}) (?:${links})`;
  const behind = ` (?:${after})|(?:°\\p{L}?)?(?: [\\p{L}°]+\\.?){0,2} (?:${below})`;
  return {
    before: new RegExp(String.raw`(?<=(?<![\p{L}\p{M}\p{N}])(?:${spaced(ahead)})\s+)`, 'iuy'),
    after: new RegExp(String.raw`(?:${spaced(behind)})(?![\p{L}\p{M}\p{N}])`, 'iuy'),
  };
}
