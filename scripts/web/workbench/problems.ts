import type { CommandHint, Hint, Problem } from '../../base/problem.ts';
import { worded } from '../../base/sentence.ts';
import { type Json, codeName, parseJson, resolvePointer } from '../../json/json.ts';
import type { ActionMessage, MeantDate, ProblemMessage } from './messages.ts';

/** What the buttons of a record's problems depend on. */
export interface Problematic {
  readonly value: Json;
  /** The draft of the unsaved record that a reference leads to; undefined if there is none. */
  readonly draftFor: (
    pointer: string,
    id: string,
  ) => { readonly table: string; readonly draftName: string } | undefined;
  /** The dates that the words of the field mean, if it is a date in words. */
  readonly dates?: readonly MeantDate[] | undefined;
}

/** A problem as the page shows it: its hint in words, and the part that a button can do. */
export function problemMessage(
  { pointer, rule, severity, message, hint }: Problem,
  record: Problematic,
): ProblemMessage {
  const own = resolvePointer(record.value, pointer);
  const id = typeof own === 'string' ? own : undefined;
  const draft = rule === 'reference' && id !== undefined ? record.draftFor(pointer, id) : undefined;
  const actions = actionsOf(hint, id, record.dates);
  // what the draft makes is not made again
  const others = draft === undefined ? actions : actions.filter(({ kind }) => kind !== 'create');
  return {
    pointer,
    rule,
    severity,
    message,
    hint: draft === undefined ? wordsOf(hint) : 'it is a draft: save that first',
    actions: [
      ...(draft === undefined ? [] : [{ kind: 'draft', label: 'Open its draft', ...draft } as const]),
      ...others,
    ],
  };
}

/** Removes advice for the terminal: here a button runs the command, and a form has no quotation marks. */
function wordsOf(hint: Hint | undefined): string | undefined {
  return hint === undefined || isCommand(hint)
    ? undefined
    : worded(hint).replace(withoutQuotes, '').replace(withItsFile, '');
}

/** The end of a hint about an identifier: a form names the file by itself. */
const withItsFile = /, and name the file "[^"]*"$/;

/** The end of a hint that asks for a number or a boolean. */
const withoutQuotes = /[,;]? without quotes$/;

function isCommand(hint: Hint): hint is CommandHint {
  return typeof hint === 'object' && 'verb' in hint;
}

function actionsOf(
  hint: Hint | undefined,
  id: string | undefined,
  dates: readonly MeantDate[] = [],
): readonly ActionMessage[] {
  if (hint === undefined) return [];
  if (dates.length > 0) return dates.slice(0, mostProposals).map(useOf);
  if (!isCommand(hint)) return proposals(worded(hint));
  const [table] = hint.arguments;
  if (hint.verb === 'cite') return [{ kind: 'cite', label: 'Cite the selected words' }];
  return hint.verb === 'new' && table !== undefined ? [{ kind: 'create', label: `Add to ${table}`, table, id }] : [];
}

/** The most values that a hint proposes. */
const mostProposals = 4;

/** The values that a hint proposes. */
function proposals(hint: string): readonly ActionMessage[] {
  const asked = /^did you mean (.+?)\?/.exec(hint)?.[1] ?? onlyText.exec(hint.replace(withItsFile, ''))?.[1] ?? '';
  const quotes = [...asked.matchAll(/"(?:[^"\\]|\\.)*"/g)].flatMap(([quote]) => {
    const parsed = parseJson(quote);
    return 'value' in parsed ? [parsed.value] : [];
  });
  // a hint about a number can have two; one about a date lists dates: "write 2022-03-04 for 4 March 2022 or …"
  const dates = /^write (\S.*)$/.exec(hint)?.[1]?.split(/, (?:else )?| or /) ?? [];
  const written = dates.map((each) => each.split(/[;\s]/)[0] ?? '').filter((date) => /\d|^(?:true|false)$/.test(date));
  const values = [...quotes, ...written.map((text) => (withoutQuotes.test(hint) ? unquoted(text) : text))];
  return values.slice(0, mostProposals).map((value) => ({
    kind: 'replace',
    label: `Use ${codeName(value)}`,
    value,
  }));
}

/** A hint that is nothing but a text to write. */
const onlyText = /^write ("(?:[^"\\]|\\.)*")$/;

function useOf({ date, grounds, sentence }: MeantDate): ActionMessage {
  return { kind: 'replace', label: `Use ${date}`, value: date, resolution: { grounds, sentence } };
}

/** A number or boolean, as written in a hint. */
function unquoted(text: string): Json {
  const parsed = parseJson(text);
  return 'value' in parsed ? parsed.value : text;
}
