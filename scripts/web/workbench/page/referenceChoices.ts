import { officeBeside } from '../../../base/officeBeside.ts';
import { isTitle } from '../../../base/titleWords.ts';
import { pointerSteps } from '../../../json/json.ts';
import type { FoundRecord, RecordSummary } from '../messages.ts';
import { type NamedRecord, type Naming, namedInText } from '../namedInText.ts';
import { capitalWordsIn, endsWithParticle, isCommonWord, namesInText } from '../namesInText.ts';
import { canBeSame } from '../sameName.ts';
import { beginsWord, placeOf } from '../wordBounds.ts';
import { ask } from './api.ts';
import { briefly } from './briefly.ts';
import type { Choice } from './choice.ts';
import { findRecords } from './findRecords.ts';
import { fitting } from './fitting.ts';
import { tableNamed, tableTitle } from './formFields.ts';
import { fieldAt } from './left.ts';
import { citingSelection, codes } from './sourceText.ts';
import { citations, dialog, fields, otherDrafts, recordNow, start } from './state.ts';
import { textMeant } from './textMeant.ts';
import type { RecordKey } from '../unusualRequests.ts';

/** Prefix of a choice that makes a record. */
const creating = '+';

/** The record that a choice makes; undefined if there is one already. */
export function creationOf(chosen: string): { readonly table: string; readonly name: string } | undefined {
  if (!chosen.startsWith(creating)) return undefined;
  const [table = '', name = ''] = chosen.slice(creating.length).split('\n');
  return { table, name };
}

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
  /** Finds what is likely meant, whatever the text names. */
  readonly findLikely?: () => Promise<readonly RecordSummary[]>;
  /** Finds those of some records that the reference hardly ever points to. */
  readonly findUnusual?: (of: readonly RecordKey[]) => Promise<readonly RecordKey[]>;
}

/**
 * The records that match some words, the drafts that do, and a choice for each table that makes one. Without words,
 * those that the text names are first, and the names in it can get records; those that are taken are last.
 */
export async function choicesOf(
  { tables, words, text = textMeant(), taken = [], used = [], findLikely, findUnusual }: Searched,
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
    const [near, unusual] = await Promise.all([soon(findLikely), soon(() => findUnusual?.(keys))]);
    const likely = near.filter(({ id }) => !taken.includes(id));
    return choicesInText({ tables, text, named: others, known, taken, used, likely, unusual }, usable);
  };
  const all = await findRecords({ tables, words }, (more) => void withOthers(more).then(later));
  return withOthers(all);
}

/** Milliseconds for which a list waits for what is likely meant, and what is not. */
const mostWaited = 200;

/** Some records, if they are known soon. */
async function soon<T>(find: (() => Promise<readonly T[]> | undefined) | undefined): Promise<readonly T[]> {
  let found: readonly T[] = [];
  const coming = find?.();
  if (coming !== undefined)
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

/** A name without the title before it: `President Berg`. */
function withoutTitle(name: string): string {
  const [first = '', ...others] = name.split(' ');
  return isTitle(first) ? others.join(' ') : name;
}

/** The only name of several words in a text that some words begin, if no record has it. */
function newNameBegunBy({ words, text, named }: Typed): string | undefined {
  const name = nameBegunBy(words, text);
  if (name?.includes(' ') !== true) return undefined;
  const isKnown = named.some(({ naming }) => naming.isCertain && placeOf(naming.name, name) >= 0);
  return isKnown ? undefined : name;
}

interface InText {
  readonly tables: readonly string[];
  readonly text: string;
  readonly named: readonly NamedRecord[];
  /** The records of any table that the text names. */
  readonly known: readonly NamedRecord[];
  readonly taken: readonly string[];
  readonly used: readonly string[];
  readonly likely: readonly RecordSummary[];
  readonly unusual: readonly RecordKey[];
}

/**
 * The choices while nothing is typed: what the text names, then the records that cite it, then all others. Those that
 * another entry of the list has come after what the text names.
 */
function choicesInText(
  { tables, text, named, known, taken, used, likely, unusual }: InText,
  found: readonly FoundRecord[],
): readonly Choice[] {
  const drafts = draftsIn(tables);
  const namedDrafts = namedInText(text, drafts);
  const all: readonly NamedChoice[] = [
    ...named.map((each) => ({ naming: each.naming, choice: choiceOf(each, tables) })),
    ...namedDrafts.map(({ record, naming }) => ({ naming, choice: record.choice })),
  ];
  const isTaken = ({ value }: Choice): boolean => taken.includes(value);
  const isUnusual = (each: Choice): boolean => unusual.some(({ id }) => id === each.value);
  const free = all.filter(({ choice }) => !isTaken(choice) && !isUnusual(choice));
  const isUsed = ({ choice }: NamedChoice): boolean => used.includes(choice.value);
  const certain = free.filter(({ naming }) => naming.isCertain && !naming.isIndirect);
  const indirect = free.filter(({ naming }) => naming.isCertain && naming.isIndirect);
  const guessed = free.filter(({ naming }) => !naming.isCertain);
  const elsewhere = known.map((each) => ({ naming: each.naming, choice: choiceOf(each, tables) }));
  const fresh = newInText(tables, text, { all, known: [...all, ...elsewhere] });
  const names = namesInText(text).map(withoutTitle);
  const respelled = guessed.filter((each) => names.some((name) => canBeSame(name, each.choice.label)) && !isUsed(each));
  // what is new may be the same as what has a word of its name
  const near = guessed.filter(({ naming }) => names.some((name) => placeOf(naming.name, name) >= 0));
  const isNew = fresh.some(({ isRepeated }) => isRepeated !== true);
  // a record of what is said in the selected words is likelier meant than one of other words
  const same = citingSelection.value.filter(({ table: of }) => codes(of));
  const here = citingIn(tables)
    .filter((each) => !isAmong(named, each))
    .toSorted((one, two) => Number(isAmong(same, two)) - Number(isAmong(same, one)));
  const others = found.filter((each) => !isAmong(named, each) && !isAmong(here, each));
  const rest = [
    ...[...here, ...others].map((each) => choiceOf(each, tables)),
    ...drafts.filter((each) => !namedDrafts.some(({ record }) => record === each)).map(({ choice }) => choice),
  ];
  const inOrder: readonly Choice[] = [
    ...certain.filter((each) => !isUsed(each)).map(({ choice }) => choice),
    ...respelled.map(({ choice }) => choice),
    ...likely.map((each) => ({ ...choiceOf(each, tables), isOther: isNew })),
    ...near.map(({ choice }) => ({ ...choice, isGuess: true })),
    ...fresh.filter(({ isRepeated }) => isRepeated !== true),
    ...certain.filter(isUsed).map(({ choice }) => ({ ...choice, isOther: true })),
    ...indirect.map(({ choice }) => ({ ...choice, isOther: true })),
    ...guessed.map(({ choice }) => ({ ...choice, isGuess: true })),
    ...fresh.filter(({ isRepeated }) => isRepeated === true),
    ...lastOf(
      all.map(({ choice }) => choice),
      rest,
      { isTaken, isUnusual },
    ).map((choice) => ({ ...choice, isOther: true })),
    ...tables.map((of) => creationIn(of, '', { hasKey: tables.length === 1 && fresh.length === 0 })),
  ];
  const values = inOrder.map(({ value }) => value);
  return inOrder.filter(({ value }, i) => values.indexOf(value) === i);
}

interface Unlikely {
  readonly isTaken: (each: Choice) => boolean;
  readonly isUnusual: (each: Choice) => boolean;
}

/** The choices that are unlikely meant: what is named first, what is of an unusual kind or taken last. */
function lastOf(
  named: readonly Choice[],
  rest: readonly Choice[],
  { isTaken, isUnusual }: Unlikely,
): readonly Choice[] {
  const free = rest.filter((each) => !isTaken(each));
  return [
    ...named.filter((each) => !isTaken(each) && isUnusual(each)),
    ...free.filter((each) => !isUnusual(each)),
    ...free.filter(isUnusual),
    ...named.filter(isTaken),
    ...rest.filter(isTaken),
  ];
}

interface NamedChoice {
  readonly naming: Naming;
  readonly choice: Choice;
}

/** What a text names in the tables of a reference, and in all tables. */
interface NamedChoices {
  readonly all: readonly NamedChoice[];
  readonly known: readonly NamedChoice[];
}

/** The choices that make records of names in a text that none has. One that has the last word of the name is told. */
function newInText(tables: readonly string[], text: string, { all, known }: NamedChoices): readonly Choice[] {
  const isKnown = (name: string): boolean =>
    known.some(
      ({ naming: { isWhole, name: own } }) => isWhole && (placeOf(name, own) >= 0 || isWithParticle(name, own)),
    );
  const unknown = namesInText(text).filter((name) => !isKnown(name));
  // who has an office is a person, and likely meant
  const names = [
    ...unknown.filter((name) => hasOffice(name, text)),
    ...unknown.filter((name) => !hasOffice(name, text)),
  ];
  const hasKey = tables.length === 1 && names.length === 1;
  const named = tables.filter(isNamed);
  return names.flatMap((name) => {
    const similar = all.find(({ naming, choice }) => isLastNameOf(name, naming, choice))?.choice;
    const existing = similar === undefined ? undefined : { id: similar.value, label: similar.label };
    return named.map((of) => creationIn(of, name, { existing, hasKey }));
  });
}

function hasOffice(name: string, text: string): boolean {
  const at = placeOf(name, text);
  return at >= 0 && officeBeside(text, at, at + name.length) !== undefined;
}

/** Whether the records of a table have names, and no summaries in their place. */
function isNamed(of: string): boolean {
  const { label, field = 0 } = tableNamed(of) ?? {};
  const all = label?.pointers.map((pointer) => fieldAt(fields.value, field, pointerSteps(pointer) ?? [])) ?? [];
  // a name can be allowed to be long
  return all.length > 0 && all.every((each) => each?.distinct === true || each?.isLong !== true);
}

/** Whether a name is a noun, such as `Hafen`, and a word such as `von` before another one. */
function isWithParticle(name: string, own: string): boolean {
  return name.endsWith(` ${own}`) && endsWithParticle(name.slice(0, -own.length));
}

/** Whether a name can be that of a person of whom the text has the last name. */
function isLastNameOf(name: string, naming: Naming, { label }: Choice): boolean {
  const words = label.split(' ');
  return !naming.isWhole && words.length > 1 && name.endsWith(` ${naming.name}`) && !words.some(isCommonWord);
}

/** Whether a record is the one that the reference is in: not if it is in a dialog about another one. */
function isOpenRecord({ table: of, id }: RecordSummary): boolean {
  const now = dialog.value === undefined ? recordNow.value : undefined;
  return now?.table === of && now.id === id && id !== '';
}

function isAmong(all: readonly RecordSummary[], each: RecordSummary): boolean {
  return all.some(({ table, id }) => table === each.table && id === each.id);
}

/** The records of some tables that cite the source in view: of all records, these are likely meant. */
function citingIn(tables: readonly string[]): readonly RecordSummary[] {
  const records = citations.value?.records ?? [];
  return records.filter((each) => tables.includes(each.table) && !each.withdrawn && !isOpenRecord(each));
}

function choiceOf(
  { table, id, label, isGuess = false }: RecordSummary & Partial<FoundRecord>,
  tables: readonly string[],
): Choice {
  return { value: id, label: label ?? id, isGuess, description: described(table, id, tables) };
}

function described(table: string, id: string, tables: readonly string[]): string {
  return tables.length > 1 ? `${tableTitle(table)}: ${id}` : id;
}

/** The drafts of new records: a reference to one leads nowhere until it is saved. */
function draftsIn(tables: readonly string[]) {
  const found = otherDrafts.value.flatMap(({ table, id, identifier, label }) => {
    if (id !== '' || identifier === undefined || !tables.includes(table)) return [];
    const description = described(table, identifier, tables);
    const choice: Choice = { value: identifier, label: label === '' ? identifier : label, description, isDraft: true };
    return [{ label, aliases: [], choice }];
  });
  // several drafts can have one identifier until one is saved
  return [...new Map(found.toReversed().map((each) => [each.choice.value, each])).values()].toReversed();
}

interface Creation {
  /** A record that is called so already, or that may be meant. */
  readonly existing?: { readonly id: string; readonly label: string | undefined } | undefined;
  readonly hasKey: boolean;
}

/** The choice that makes a record. If one is called so already, it says so, and takes more than a ↓. */
function creationIn(of: string, words: string, { existing, hasKey }: Creation): Choice {
  const label = `New record in ${tableTitle(of)}${words === '' ? '' : `: ${words}`}`;
  const made = { value: `${creating}${of}\n${words}`, isNew: true };
  if (existing === undefined) return { ...made, label: `${label}…`, ...(hasKey ? { key: 'Shift+Enter' } : {}) };
  const { id, label: name } = existing;
  return { ...made, label: `${label}, although “${name ?? id}” exists`, description: '↑ goes here', isRepeated: true };
}
