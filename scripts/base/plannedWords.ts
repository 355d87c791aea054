import { languageOf } from './supported.ts';

/** Words of a language that say that what happens on a day is planned, as patterns; a space is any space. */
interface Planned {
  /** Before the day and its preposition: `planned for`. */
  readonly before: string;
  /** Prepositions that say it alone: `на четвер`. */
  readonly by?: string;
  /** Behind it: `geplante`. */
  readonly after?: string;
}

const words: Readonly<Record<string, Planned>> = {
  en: { before: '(?:planned|scheduled|set|slated|due|expected|postponed)(?: for| to| until)?|for' },
  de: {
    before: String.raw`(?:geplant|angesetzt|vorgesehen|angekündigt|anberaumt)\p{L}{0,2}|für|auf`,
    after: String.raw`(?:geplant|angesetzt|vorgesehen|angekündigt|anberaumt|stattfindend)\p{L}{0,2}`,
  },
  fr: { before: '(?:prévu|programmé|planifié|fixé|reporté|attendu)e?s?(?: pour| à)?|pour' },
  // `para` is read as a limit
  es: { before: '(?:previst|programad|planead|fijad|convocad)[oa]s?' },
  it: { before: '(?:previst|programmat|pianificat|fissat)[oaie](?: per)?|per' },
  pl: { before: String.raw`(?:za)?planowan\p{L}+|wyznaczon\p{L}+|przełożon\p{L}+`, by: 'na' },
  uk: { before: String.raw`запланован\p{L}+|призначен\p{L}+|перенесен\p{L}+|намічен\p{L}+`, by: 'на' },
  ru: { before: String.raw`запланирован\p{L}*|назначен\p{L}*|перенес[её]н\p{L}*|намечен\p{L}*`, by: 'на' },
};

/** What is read on either side of a day. Code units. */
const longestBeside = 40;

const known = new Map<string, readonly [before: RegExp, by: RegExp, after: RegExp]>();

/**
 * Whether words right before or behind the name of a day say that something is planned for it, in languages given as
 * BCP 47 tags. Offsets are those of the day with its preposition.
 */
export function isPlanned(text: string, start: number, end: number, tags: readonly string[]): boolean {
  const [before, own, after] = [
    text.slice(Math.max(0, start - longestBeside), start),
    text.slice(start, end),
    text.slice(end, end + longestBeside),
  ];
  return [...new Set(tags.map(languageOf))].some((language) => {
    const [lead, by, behind] = patternsOf(language) ?? [];
    return lead?.test(before) === true || by?.test(own) === true || behind?.test(after) === true;
  });
}

function patternsOf(language: string): readonly [before: RegExp, by: RegExp, after: RegExp] | undefined {
  const own = Object.hasOwn(words, language) ? words[language] : undefined;
  if (own === undefined || known.has(language)) return known.get(language);
  const { before, by = '(?!)', after = '(?!)' } = own;
  const spaced = (pattern: string): string => pattern.replaceAll(' ', String.raw`\s+`);
  const made = [
    new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}])(?:${spaced(before)})(?:\s+\p{L}{1,3})?\s+$`, 'iu'),
    new RegExp(String.raw`^(?:${by})\s`, 'iu'),
    new RegExp(String.raw`^\s+(?:${spaced(after)})(?![\p{L}\p{M}\p{N}])`, 'iu'),
  ] as const;
  known.set(language, made);
  return made;
}
