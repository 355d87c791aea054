import { officeBeside } from '../../../base/officeBeside.ts';
import { pointerSteps } from '../../../json/json.ts';
import type { FoundRecord, RecordKey, RecordSummary } from '../messages.ts';
import { type NamedRecord, type Naming, namedInText } from '../namedInText.ts';
import { endsWithParticle, isCommonWord, namesInText } from '../namesInText.ts';
import { canBeSame } from '../sameName.ts';
import { placeOf } from '../wordBounds.ts';
import type { Choice } from './choice.ts';
import { tableNamed } from './formFields.ts';
import { fieldAt } from './left.ts';
import { citingSelection, codes } from './sourceText.ts';
import { fields } from './state.ts';
import type { Called } from './takenBeside.ts';
import { choiceOf, citingIn, creationIn, draftsIn, isAmong, withoutTitle } from './recordChoices.ts';

export interface InText {
  readonly tables: readonly string[];
  readonly text: string;
  readonly named: readonly NamedRecord[];
  /** The records of any table that the text names. */
  readonly known: readonly NamedRecord[];
  readonly taken: readonly string[];
  readonly used: readonly string[];
  readonly likely: readonly RecordSummary[];
  readonly unusual: readonly RecordKey[];
  readonly called: Called;
  readonly isBeside: boolean;
}

/**
 * The choices while nothing is typed: what the text names, then the records that cite it, then all others. Those that
 * another entry of the list has come after what the text names.
 */
export function choicesInText(
  { tables, text, named, known, taken, used, likely, unusual, called, isBeside }: InText,
  found: readonly FoundRecord[],
): readonly Choice[] {
  const drafts = draftsIn(tables);
  const namedDrafts = namedInText(text, drafts);
  const all: readonly NamedChoice[] = [
    ...named.map((each) => ({ naming: each.naming, choice: choiceOf(each, tables) })),
    ...namedDrafts.map(({ record, naming }) => ({ naming, choice: record.choice })),
  ];
  const isTaken = ({ value }: Choice): boolean => taken.includes(value);
  const isUnusual = ({ value, table }: Choice): boolean =>
    unusual.some((each) => each.id === value && (table === undefined || each.table === table));
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
  // beside another reference, what is named before an office is what the office is in
  const owners = isBeside && indirect.length === 1 ? indirect : [];
  const isNew = fresh.some(({ isRepeated }) => isRepeated !== true);
  const otherDrafts = drafts.filter((each) => !namedDrafts.some(({ record }) => record === each));
  const rest = [...notNamed(tables, named, found), ...otherDrafts.map(({ choice }) => choice)];
  const inOrder: readonly Choice[] = [
    ...certain.filter((each) => !isUsed(each)).map(({ choice }) => choice),
    ...respelled.map(({ choice }) => choice),
    ...likely.map((each) => ({ ...choiceOf(each, tables), isOther: isNew && !isAmong(called.records, each) })),
    ...called.records.map((each) => ({ ...choiceOf(each, tables), isOther: !called.isMeant })),
    ...owners.map(({ choice }) => choice),
    ...near.map(({ choice }) => ({ ...choice, isGuess: true })),
    ...fresh.filter(({ isRepeated }) => isRepeated !== true),
    ...certain.filter(isUsed).map(({ choice }) => ({ ...choice, isOther: true })),
    ...indirect.map(({ choice }) => ({ ...choice, isOther: true })),
    ...guessed.map(({ choice }) => ({ ...choice, isGuess: true })),
    ...fresh.filter(({ isRepeated }) => isRepeated === true),
    ...lastOf(all, rest, { isTaken, isUnusual }).map((choice) => ({ ...choice, isOther: true })),
    ...tables.map((of) => creationIn(of, '', { hasKey: tables.length === 1 && fresh.length === 0 })),
  ];
  const values = inOrder.map(({ value }) => value);
  return inOrder.filter(({ value }, i) => values.indexOf(value) === i);
}

/** The records that a text does not name: those that cite the source, of the selected words first, then the others. */
function notNamed(
  tables: readonly string[],
  named: readonly NamedRecord[],
  found: readonly FoundRecord[],
): readonly Choice[] {
  // a record of what is said in the selected words is likelier meant than one of other words
  const same = citingSelection.value.filter(({ table: of }) => codes(of));
  const here = citingIn(tables)
    .filter((each) => !isAmong(named, each))
    .toSorted((one, two) => Number(isAmong(same, two)) - Number(isAmong(same, one)));
  const others = found.filter((each) => !isAmong(named, each) && !isAmong(here, each));
  return [...here, ...others].map((each) => choiceOf(each, tables));
}

interface Unlikely {
  readonly isTaken: (each: Choice) => boolean;
  readonly isUnusual: (each: Choice) => boolean;
}

/** The choices that are unlikely meant: what is named first, what is of an unusual kind or taken last. */
function lastOf(
  all: readonly NamedChoice[],
  rest: readonly Choice[],
  { isTaken, isUnusual }: Unlikely,
): readonly Choice[] {
  const named = all.map(({ choice }) => choice);
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
