import { longestCompared } from '../../base/limits.ts';
import { pointerSteps } from '../../json/json.ts';
import type { Fault, Hint } from '../../base/problem.ts';
import { type Nearest, didYouMean, suggest } from '../../base/suggestions.ts';
import { foldedId, list, quoted } from '../../base/text.ts';
import type { Reference } from '../../schema/walk.ts';
import { type DeclaredIds, idOf, inForms, sameText } from '../declaredIds.ts';
import { lookAlike } from '../lookAlike.ts';
import { book, bookFile } from './example.ts';
import type { RuleDefinition } from './rule.ts';

/** What references can lead to. */
interface Targets {
  readonly tables: readonly string[];
  /** Whether a table has an id. */
  readonly has: (table: string, id: string) => boolean;
  readonly declared: DeclaredIds;
  /** How to add a record to a table. */
  readonly wayToAdd: (table: string) => Hint | undefined;
}

function check(reference: Reference, { tables, has, declared, wayToAdd }: Targets, nearest: Nearest): readonly Fault[] {
  const { id, pointer, tables: wanted } = reference;
  const found = wanted.filter((table) => has(table, id));
  if (found.length === 1) return [];
  const what = list(wanted.map(singular), 'or');
  if (id === '') {
    const message = `${keyIn(pointer)} is empty`;
    const hint = `write the id of ${list(wanted.map(articled), 'or')}, or leave the key out where it is optional`;
    return [{ rule: 'reference', pointer, message, hint }];
  }
  if (found.length > 1) {
    return [
      {
        rule: 'reference',
        pointer,
        message: `${quoted(id)} is ${list(found.map(articled))} at once`,
        hint: 'if a reference can lead to several tables, its id must be unique among them',
      },
    ];
  }
  const first = tables.find((table) => !wanted.includes(table) && has(table, id));
  const [only, ...others] = wanted;
  const add = only === undefined || others.length > 0 ? undefined : wayToAdd(only);
  const hint =
    first === undefined
      ? (otherForm(id, wanted, declared) ??
        fileHint(id, wanted, has) ??
        nearest(id, candidates(wanted, declared), wanted.join(' ')) ??
        add)
      : `${quoted(id)} is ${articled(first)}`;
  return [{ rule: 'reference', pointer, message: `no ${what} ${quoted(id)}`, hint }];
}

/** What to write instead of the path of a record's file. */
function fileHint(
  path: string,
  tables: readonly string[],
  has: (table: string, id: string) => boolean,
): string | undefined {
  const id = path.replace(/^.*[/\\]/, '').replace(/\.json$/, '');
  return id !== path && tables.some((table) => has(table, id)) ? `write ${quoted(id)}` : undefined;
}

/** The id that is the same text as a reference, in another Unicode form. */
function otherForm(id: string, tables: readonly string[], declared: DeclaredIds): string | undefined {
  for (const table of tables) {
    const found = idOf(declared.get(table)?.find(foldedId(id)), id);
    if (found !== undefined && found !== id && sameText(found, id))
      return `an id has the same letters in another Unicode form, ${inForms(id, found)}: copy the id`;
  }
  return undefined;
}

/**
 * The id that looks the same in another alphabet, else the one with the nearest spelling, else a longer one, else one
 * with more or fewer words.
 */
export function nearId(id: string, ids: Iterable<string>): string | undefined {
  const all = [...ids];
  return lookAlike(id, all) ?? didYouMean(id, all) ?? longerId(id, all) ?? idOfWords(id, all);
}

/** The only id that ends with another: people leave out the date at the start. */
function longerId(id: string, ids: readonly string[]): string | undefined {
  const [only, other] = ids.filter((each) => each.endsWith(`-${id}`));
  return other === undefined ? suggest(only) : undefined;
}

/** The only id with all words of another, or with no others: people leave out a middle name. One word is too few. */
function idOfWords(id: string, ids: readonly string[]): string | undefined {
  const words = wordsIn(id);
  if (words.size < 2 || id.length > longestCompared) return undefined;
  const [only, other] = ids.filter((each) => {
    const lower = each.toLowerCase();
    // splitting takes longer than searching, and few ids have two of the words
    if ([...words].filter((word) => lower.includes(word)).length < 2) return false;
    const others = wordsIn(each);
    return others.size > 1 && (includesAll(others, words) || includesAll(words, others));
  });
  return other === undefined ? suggest(only) : undefined;
}

function wordsIn(id: string): ReadonlySet<string> {
  return new Set(
    id
      .toLowerCase()
      .split(/[-_.]+/)
      .filter((word) => word !== ''),
  );
}

function includesAll(words: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...others].every((word) => words.has(word));
}

const mostCandidates = 50_000;

function* candidates(tables: readonly string[], declared: DeclaredIds): Generator<string> {
  let left = mostCandidates;
  for (const table of tables) {
    for (const [form, of] of declared.get(table)?.index() ?? []) {
      if (left-- <= 0) return;
      yield 'id' in of ? of.id : form;
    }
  }
}

/** The key of the value at a pointer; for an element of a list, the whole pointer. */
function keyIn(pointer: string): string {
  const last = pointerSteps(pointer)?.at(-1) ?? '';
  return quoted(/^\d+$/.test(last) ? pointer : last);
}

/** The name for one record of a table: tables have plural names. */
function singular(table: string): string {
  return table
    .replace(/ies$/, 'y')
    .replace(/([^s])s$/, '$1')
    .replaceAll('_', ' ');
}

function articled(table: string): string {
  const word = singular(table);
  return `${/^[aeiou]/i.test(word) ? 'an' : 'a'} ${word}`;
}

export const rule = {
  name: 'reference',
  phase: 'project',
  severity: 'error',
  description:
    'A field with `x-references` holds the id of a record that exists in one of the tables that the keyword ' +
    'names. In a release it is a foreign key.',
  bad: { files: { [bookFile]: book({ author: 'idda' }) }, at: `${bookFile}:4:13` },
  good: { [bookFile]: book({ author: 'ida' }) },
  check,
} as const satisfies RuleDefinition;
