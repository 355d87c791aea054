import { sayingVerbs } from './sayingWords.ts';
import { languageOf } from './supported.ts';

/** Words of a language that say that what happens on a day is planned, as patterns; a space is any space. */
interface Planned {
  /** Before the day and its preposition: `planned for`. */
  readonly before: string;
  /** Prepositions that say it alone: `на четвер`. */
  readonly by?: string;
  /** Behind it: `geplante`. */
  readonly after?: string;
  /** In the clause of the day: a verb about what is to come, such as `will` or `soll`. */
  readonly coming: string;
  /** A verb in the past. Of several verbs before the day, the last one counts: `who will attend, met on Friday`. */
  readonly gone: string;
  /** Words that begin a clause where no comma has to. */
  readonly begins?: string;
  /** Whether the verb of a subordinate clause ends it. */
  readonly endsClause?: boolean;
}

const words: Readonly<Record<string, Planned>> = {
  en: {
    before: '(?:planned|scheduled|set|slated|due|expected|postponed)(?: for| to| until)?|for',
    coming:
      String.raw`(?:will|shall|would|must|can|may|should)(?: have)?(?: be(?:en)? \p{L}+)?|could be|(?:is|are|was|were|going|plan|` +
      'plans|planning|intends?|hopes?|set|told|asked|ordered) to|due|expected|planned|scheduled|slated',
    gone:
      'was|were|had|did|met|came|went|took|held|began|' +
      // not in `is to be officially announced`
      String.raw`(?<!be(?:en)? (?:\p{L}+ly )?)(?:${sayingVerbs.en}|agreed|arrived|signed|visited)`,
    begins: 'that|who|which|where|when|while|after|before|because|but',
  },
  de: {
    before: String.raw`(?:geplant|angesetzt|vorgesehen|angekündigt|anberaumt)\p{L}{0,2}|für|auf`,
    after: String.raw`(?:geplant|angesetzt|vorgesehen|angekündigt|anberaumt|stattfindend)\p{L}{0,2}`,
    coming: 'soll(?:en|te|ten)?|muss|müssen|wird|werden?|würden?|will|wollen|möchten?|plant|planen',
    gone: `${sayingVerbs.de}|wurden?|war|waren|hat|haben|habe|hatten?|ist|sind|sei|seien|traf|trafen|kam|kamen`,
    endsClause: true,
  },
  fr: {
    before: '(?:prévu|programmé|planifié|fixé|reporté|attendu)e?s?(?: pour| à)?|pour',
    coming:
      'doit|doivent|devrai(?:t|ent)|va|vont|(?:se|au|i|dev|fe|pour|(?:re)?viend|tiend|(?:re)?parti|rencontre|arrive|' +
      'rend)r(?:a|ont)|prévoi(?:t|ent)|(?:prévu|attendu)e?s?',
    gone: 'a|ont|est|sont|était|étaient|avait|avaient',
    begins: 'que|qui|où|dont|quand|lorsque|après|avant|mais',
  },
  // `para` is read as a limit
  es: {
    before: '(?:previst|programad|planead|fijad|convocad)[oa]s?',
    coming: String.raw`van?|deben?|prevén?|planean?|será|serán|irá|\p{L}{2,}(?:ará|erá|irá|drá|arán)|previst[oa]s?`,
    gone: String.raw`\p{L}{2,}(?:ó|aron|ieron)|fue|fueron|dijo|dijeron|ha|han|había|estaba`,
    begins: 'que|quien|quienes|donde|cuando|después|antes|pero|aunque',
  },
  it: {
    before: '(?:previst|programmat|pianificat|fissat)[oaie](?: per)?|per',
    coming: String.raw`deve|devono|dovrebbe|dovrebbero|sarà|avrà|andrà|dovrà|\p{L}{2,}(?:erà|irà|ranno)|previst[oaie]`,
    gone: 'ha|hanno|è|sono|era|erano|aveva|disse|fu',
    begins: 'che|chi|cui|dove|quando|dopo|prima|ma',
  },
  pl: {
    before: String.raw`(?:za)?planowan\p{L}+|wyznaczon\p{L}+|przełożon\p{L}+`,
    by: 'na',
    coming: 'będzie|będą|ma|mają|planuje|planują|zamierza|zamierzają|powin(?:ien|na|no|ni|ny)',
    gone: String.raw`był[aoy]?|byli|\p{L}{2,}(?:ał[ao]?|ali|ił[ao]?|ili|ył[ao]?|yli|ął|ęł[ao]|ęli)`,
  },
  uk: {
    before: String.raw`запланован\p{L}+|призначен\p{L}+|перенесен\p{L}+|намічен\p{L}+`,
    by: String.raw`на(?!\s+(?:\p{L}+\s+)?вихідних)`,
    coming:
      String.raw`буде|будуть|має|мають|планує|планують|збира(?:є|ють)ся|відбуд(?:еть|уть)ся|прибуде|прибудуть|` +
      String.raw`\p{L}{3,}тим(?:е|уть)(?:ться)?`,
    gone: String.raw`бу(?:в|ла|ло|ли)|\p{L}{3,}(?:[аиу]в|[аиу]л[аои])(?:ся)?`,
  },
  ru: {
    before: String.raw`запланирован\p{L}*|назначен\p{L}*|перенес[её]н\p{L}*|намечен\p{L}*`,
    by: String.raw`на(?!\s+(?:\p{L}+\s+)?выходных)`,
    coming:
      'будет|будут|долж(?:ен|на|но|ны)|планиру(?:ет|ют)|намерен[аы]?|собира(?:ет|ют)ся|состо(?:ит|ят)ся|' +
      'прибудет|прибудут|предстоит',
    gone: String.raw`был[аои]?|\p{L}{3,}[аиые]л[аои]?(?:ся|сь)?`,
  },
};

/** What is read on either side of a day. Code units. */
const [longestBefore, longestAfter] = [160, 80];

/** The words of a language, compiled. */
interface Patterns {
  readonly before: RegExp;
  readonly by: RegExp;
  readonly after: RegExp;
  /** Each verb that tells the time, with the group `coming` if it is to come. */
  readonly verbs: RegExp;
  /** What is between two clauses. */
  readonly between: RegExp;
  /** The words that begin a clause. */
  readonly begins: RegExp;
  readonly endsClause: boolean;
}

const known = new Map<string, Patterns>();

/** When something happens, as seen from the day of a text. */
export type Tense = 'coming' | 'gone';

/**
 * What the words around the name of a day say about when that is, in languages given as BCP 47 tags; undefined if they
 * say nothing. Offsets are those of the day with its preposition.
 */
export function tenseOf(text: string, start: number, end: number, tags: readonly string[]): Tense | undefined {
  const [before, own, after] = [
    text.slice(Math.max(0, start - longestBefore), start),
    text.slice(start, end),
    text.slice(end, end + longestAfter),
  ];
  const found = new Set(
    tags.map((tag): Tense | undefined => {
      const patterns = patternsOf(languageOf(tag));
      if (patterns === undefined) return undefined;
      const isBeside = patterns.before.test(before) || patterns.by.test(own) || patterns.after.test(after);
      return isBeside ? 'coming' : tenseOfClause(before, after, patterns);
    }),
  );
  return found.has('coming') ? 'coming' : found.has('gone') ? 'gone' : undefined;
}

/** What the verb in the clause of a day says. */
function tenseOfClause(before: string, after: string, patterns: Patterns): Tense | undefined {
  const { verbs, between, begins, endsClause } = patterns;
  const own = before.split(between).at(-1) ?? '';
  const last = [...own.matchAll(verbs)].at(-1);
  if (last !== undefined) return tenseOfVerb(last);
  const isFirst = own.trim() === '';
  // `On Saturday, they will meet`
  const [rest = ''] = (isFirst ? after.replace(/^\s*,/u, '') : after).split(between);
  const next = rest.matchAll(verbs).next().value;
  // `is due to meet the minister, Jane Roe, on Thursday`: a name between commas is no clause
  const around = isFirst
    ? ''
    : (before
        .split(/[.!?;:]/u)
        .at(-1)
        ?.split(begins)
        .at(-1) ?? '');
  const further = [...around.matchAll(verbs)].at(-1);
  if (next === undefined) return further === undefined ? undefined : tenseOfVerb(further);
  // the verb of `the storm on Saturday will` is not about the day
  const isOfDay = isFirst || (endsClause && rest.slice(next.index + next[0].length).trim() === '');
  return isOfDay ? tenseOfVerb(next) : undefined;
}

function tenseOfVerb({ groups }: RegExpExecArray): Tense {
  return groups?.['coming'] === undefined ? 'gone' : 'coming';
}

function patternsOf(language: string): Patterns | undefined {
  const own = Object.hasOwn(words, language) ? words[language] : undefined;
  if (own === undefined || known.has(language)) return known.get(language);
  const { before, by = '(?!)', after = '(?!)', coming, gone, begins = '(?!)', endsClause = false } = own;
  const spaced = (pattern: string): string => pattern.replaceAll(' ', String.raw`\s+`);
  const [from, to] = [String.raw`(?<![\p{L}\p{M}\p{N}])`, String.raw`(?![\p{L}\p{M}\p{N}])`];
  const made = {
    before: new RegExp(String.raw`${from}(?:${spaced(before)})(?:\s+\p{L}{1,3})?\s+$`, 'iu'),
    by: new RegExp(String.raw`^(?:${by})\s`, 'iu'),
    after: new RegExp(String.raw`^\s+(?:${spaced(after)})${to}`, 'iu'),
    verbs: new RegExp(`${from}(?:(?<coming>${spaced(coming)})|${spaced(gone)})${to}`, 'gu'),
    between: new RegExp(String.raw`[.,;:!?()–—]|${from}(?:${begins})${to}`, 'iu'),
    begins: new RegExp(`${from}(?:${begins})${to}`, 'iu'),
    endsClause,
  };
  known.set(language, made);
  return made;
}
