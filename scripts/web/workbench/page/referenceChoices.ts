import { isTitle } from '../../../base/titleWords.ts';
import type { FoundRecord, RecordKey } from '../messages.ts';
import { type NamedRecord } from '../namedInText.ts';
import { capitalWordsIn, namesInText } from '../namesInText.ts';
import { canBeSame } from '../sameName.ts';
import { beginsWord, placeOf } from '../wordBounds.ts';
import { ask } from './api.ts';
import { briefly } from './briefly.ts';
import type { Choice } from './choice.ts';
import { findRecords } from './findRecords.ts';
import { fitting } from './fitting.ts';
import { codes } from './sourceText.ts';
import { start } from './state.ts';
import { textMeant } from './textMeant.ts';
import { type Meant, nothingMeant } from './takenBeside.ts';
import { choicesInText } from './choicesInText.ts';
import { choiceOf, citingIn, creationIn, draftsIn, isAmong, isOpenRecord, withoutTitle } from './recordChoices.ts';

/** What a reference is searched by. */
interface Searched {
  readonly tables: readonly string[];
  readonly words: string;
  /** The text that is meant if there are no words: by default the selected one. */
  readonly text?: string;
  /** The identifiers that other entries of the list have. */
  readonly taken?: readonly string[];
  /** The identifiers that other references of the record have. */
  readonly used?: readonly string[];
  /** Finds what tells which of some records are meant, besides the text. */
  readonly findMeant?: (of: readonly RecordKey[]) => Promise<Meant>;
  /** Whether it is beside another reference that has its record. */
  readonly isBeside?: boolean;
}

/**
 * The records that match some words, the drafts that do, and a choice for each table that makes one. Without words,
 * those that the text names are first, and the names in it can get records; those that are taken are last.
 */
export async function choicesOf(
  { tables, words, text = textMeant(), taken = [], used = [], findMeant, isBeside = false }: Searched,
  later: (all: readonly Choice[]) => void,
): Promise<readonly Choice[]> {
  const withOthers = async (found: readonly FoundRecord[]): Promise<readonly Choice[]> => {
    // a record hardly ever means itself
    const usable = found.filter((each) => !each.withdrawn && !isOpenRecord(each));
    const isAsked = words.trim() === '' ? text !== '' : nameBegunBy(words.trim(), text)?.includes(' ') === true;
    // a person whom another table has is no new place
    const all = start.value?.tables.map(({ name }) => name) ?? tables;
    const known = isAsked ? await ask('named', { tables: all, text }).catch(() => []) : [];
    const named = known.filter((each) => tables.includes(each.table));
    if (words.trim() !== '') return choicesFor({ tables, words: words.trim(), text, named }, usable);
    const others = named.filter((each) => !isOpenRecord(each));
    const keys = [...others, ...citingIn(tables), ...usable].map(({ table, id }) => ({ table, id }));
    const isFree = ({ id }: RecordKey): boolean => !taken.includes(id);
    const listed = ({ likely, unusual, called }: Meant): readonly Choice[] => {
      const free = { likely: likely.filter(isFree), called: { ...called, records: called.records.filter(isFree) } };
      return choicesInText({ tables, text, named: others, known, taken, used, unusual, isBeside, ...free }, usable);
    };
    const coming = findMeant?.(keys) ?? Promise.resolve(nothingMeant);
    const meant = await soon(coming);
    if (meant !== undefined) return listed(meant);
    void coming.then((late) => later(listed(late)));
    // until then, nothing is certain
    return listed(nothingMeant).map((each) => ({ ...each, isOther: true }));
  };
  const all = await findRecords({ tables, words }, (more) => void withOthers(more).then(later));
  return withOthers(all);
}

/** Milliseconds for which a list waits for what is likely meant, and what is not. */
const mostWaited = 200;

/** What is coming, if it comes soon. */
async function soon<T>(coming: Promise<T>): Promise<T | undefined> {
  let found: T | undefined;
  await briefly(
    coming.then((all) => (found = all)),
    mostWaited,
  );
  return found;
}

interface Typed {
  readonly tables: readonly string[];
  readonly words: string;
  readonly text: string;
  /** The records that the text names. */
  readonly named: readonly NamedRecord[];
}

/** The choices for typed words. Of statements and the like, those that cite the same text are first. */
function choicesFor(typed: Typed, matching: readonly FoundRecord[]): readonly Choice[] {
  const { tables, words, text, named } = typed;
  // of `Olek`, another one is meant than the only record, if a new name in the text begins so
  const begun = newNameBegunBy(typed);
  const isOther = (label: string | undefined): boolean => begun !== undefined && !canBeSame(begun, label ?? '');
  const certain = named.filter(({ naming }) => naming.isCertain);
  const found = matching.map((each) =>
    isOther(each.label) && !each.isCalledSo && !isAmong(certain, each) ? { ...each, isGuess: true } : each,
  );
  const here = citingIn(tables);
  const isFirst = (each: FoundRecord): boolean => codes(each.table) && isAmong(here, each);
  const inOrder = [...found.filter(isFirst), ...found.filter((each) => !isFirst(each))];
  // drafts are between them
  const [sure, guessed] = [false, true].map((isGuess) => inOrder.filter((each) => each.isGuess === isGuess));
  const records = (all: readonly FoundRecord[] = []): readonly Choice[] => all.map((each) => choiceOf(each, tables));
  const drafts = fitting(
    draftsIn(tables).map(({ choice }) => (isOther(choice.label) ? { ...choice, isGuess: true } : choice)),
    words,
  );
  return [...records(sure), ...drafts, ...records(guessed), ...newFor({ tables, words, text, named }, found)];
}

/** The choices that make records of typed words, or, if they match none, of the name in the text that they begin. */
function newFor(typed: Typed, found: readonly FoundRecord[]): readonly Choice[] {
  const { tables, words, text } = typed;
  const isOther = found.every(({ isGuess }) => isGuess);
  const begun = newNameBegunBy(typed);
  const name = begun ?? (isOther ? nameBegunBy(words, text) : undefined);
  const isWhole = name?.toLowerCase() === words.toLowerCase();
  // who types `duda` mostly means all of the name
  const names = name === undefined ? [words] : isWhole ? [name] : [name, words];
  return tables.flatMap((of) => {
    const record =
      found.find(({ table, isCalledSo }) => isCalledSo && table === of) ??
      found.find(({ table, label }) => table === of && begun !== undefined && canBeSame(begun, label ?? ''));
    const drafts = draftsIn([of]).map(({ label, choice }) => ({ id: choice.value, label }));
    return names.map((each, i) => {
      const existing = record ?? drafts.find(({ label }) => label.toLowerCase() === each.toLowerCase());
      return creationIn(of, each, { existing, hasKey: tables.length === 1 && i === 0 });
    });
  });
}

/** The only name in a text that some words begin, in any letters: one of several words, or else of one. */
function nameBegunBy(words: string, text: string): string | undefined {
  const isBegun = (name: string): boolean => name !== words && beginsWord(name.toLowerCase(), words.toLowerCase());
  const several = namesInText(text)
    .map(withoutTitle)
    .filter((name) => name.includes(' '));
  const single = capitalWordsIn(text).filter((each) => !isTitle(each));
  const begun = [several, single].map((all) => [...new Set(all)].filter(isBegun));
  const [name, other] = begun.find((names) => names.length > 0) ?? [];
  return other === undefined ? name : undefined;
}

/** The only name of several words in a text that some words begin, if no record has it. */
function newNameBegunBy({ words, text, named }: Typed): string | undefined {
  const name = nameBegunBy(words, text);
  if (name?.includes(' ') !== true) return undefined;
  const isKnown = named.some(({ naming }) => naming.isCertain && placeOf(naming.name, name) >= 0);
  return isKnown ? undefined : name;
}
