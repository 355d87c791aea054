import { ask } from './api.ts';
import { batch } from '@preact/signals';
import type { Json } from '../../../json/json.ts';
import type { RecordContent, RecordMessage } from '../messages.ts';
import { checkSoon } from './checking.ts';
import { changedFields } from './changedFields.ts';
import { citing, entriesEmptiedBy, isIn, removeAt, removeWhole, unciting, valueAt } from '../edit.ts';
import { saySentenceGone, withoutOldSentence } from './dateByHand.ts';
import { focusField } from './focus.ts';
import { isElement, needsEvidence } from './formFields.ts';
import { type History, begun, redone, stepped, undone } from './history.ts';
import { keepSoon } from './keeping.ts';
import { settleNotice } from './notice.ts';
import { spansOfField } from './left.ts';
import { forgetElement, noteShown, reveal, showAsNoted } from './reveal.ts';
import { withValue } from './setValue.ts';
import {
  type Words,
  conflict,
  content,
  focused,
  inHand,
  open,
  lastSelected,
  selection,
  table,
  waiting,
} from './state.ts';
import { isText, nearestIn } from './wordsInText.ts';
import { type Written, isName, withWrittenName } from './writtenName.ts';

function changed(): void {
  settleNotice();
  checkSoon();
  keepSoon();
}

/** Changes the record in one step of its history. Consecutive steps of one name are one step. */
export function edit(change: (before: RecordContent) => RecordContent, name?: string): void {
  const now = open.value;
  if (now === undefined) return;
  noteShown();
  const next = change(now.history.now);
  if (next === now.history.now) return;
  open.value = { ...now, history: stepped(now.history, next, name) };
  changed();
}

/** Makes the changes of some work one step of the history. Consecutive steps of one name are one step. */
export function inOneStep(work: () => void, name?: string): void {
  const before = open.value?.history;
  batch(work);
  const after = open.value;
  if (before === undefined || after === undefined || after.history.now === before.now) return;
  open.value = { ...after, history: stepped(before, after.history.now, name) };
}

/** Takes back the last change, or the last field that was added. */
export function undo(): void {
  step(undone);
}

export function redo(): void {
  step(redone);
}

/** Goes to another state of the history, and to the field that is different there. */
function step(to: (history: History<RecordContent>) => History<RecordContent>): void {
  const now = open.value;
  if (now === undefined) return;
  const history = to(now.history);
  if (history === now.history) return;
  noteShown();
  const shown = batch(() => {
    open.value = { ...now, history };
    return showAsNoted();
  });
  changed();
  const fields = changedFields(now.history.now, history.now, table.value?.hidden ?? []);
  const isThere = fields.some((pointer) => focused.value !== undefined && isIn(focused.value, pointer));
  // the step to an empty field changes nothing
  const first = fields[0] ?? shown;
  if (first !== undefined && !isThere) focusField(first);
}

/**
 * Removes fields or entries with their evidence, and the objects and lists that become empty, in one step. What was
 * opened in them closes.
 */
export function remove(pointers: readonly string[]): void {
  const gone: string[] = [];
  // from the last one, so that the others stay where they are
  edit((before) =>
    pointers.toReversed().reduce((rest, pointer) => {
      gone.push(pointer, ...entriesEmptiedBy(rest.value, pointer));
      return removeWhole(rest, pointer);
    }, before),
  );
  for (const pointer of gone) forgetElement(pointer);
}

/** Sets a field; undefined removes it. A field without evidence cites the words in hand. */
export function setField(pointer: string, given: Json | undefined): void {
  // an entry that is emptied stays where it is: the text that is typed next belongs to it
  const value = given === undefined && isElement(pointer) ? '' : given;
  const start = content.value;
  edit((before) => {
    if (value === undefined) return emptied(before, pointer);
    const after = withoutOldSentence(withValue(before, pointer, value), pointer);
    if (!needsEvidence(pointer)) return after;
    const words = inHand.value;
    if (words === undefined) return isNameMade(pointer) ? citingName(after, pointer, before) : after;
    return isCited(after, pointer) ? after : citing(after, words, [pointer]);
  }, pointer);
  saySentenceGone(start, pointer);
}

/** The record without a field. The entry of a list that has nothing else stays; a save leaves it out. */
function emptied(before: RecordContent, pointer: string): RecordContent {
  const [entry] = entriesEmptiedBy(before.value, pointer);
  if (entry === undefined) return removeWhole(before, pointer);
  reveal(pointer);
  const [name = ''] = pointer.slice(entry.length + 1).split('/');
  return removeAt(before, `${entry}/${name}`);
}

/**
 * Fills in the name of a record as words of the text have it, if its own is a translation, and no other record of the
 * table has that name: the name of a country can be in the text for its government. Returns what to say.
 */
export async function fillInWritten(words: Words): Promise<string | undefined> {
  const form = open.value?.form;
  const written = (): Written | undefined =>
    content.value === undefined ? undefined : withWrittenName(content.value, words);
  const name = written()?.name;
  if (name === undefined || (await isAdjective(name)) || (await isName(name)) || open.value?.form !== form)
    return undefined;
  const found = written();
  if (found === undefined) return undefined;
  edit(() => found.content);
  return `${found.title} is in the words of the text. `;
}

/** Whether a name is only the adjective of a country, as in `Dutch engineers`: no name of their own. */
async function isAdjective(name: string): Promise<boolean> {
  if (/\s/u.test(name)) return false;
  const regions = await ask('regions', { text: name }).catch(() => []);
  return regions.length > 0 && regions.every((each) => each.isAdjective);
}

/** Whether a field is the name of a record that another one waits for: its name may be anywhere in the text. */
function isNameMade(pointer: string): boolean {
  return waiting.value.length > 0 && table.value?.label.pointers.includes(pointer) === true;
}

/** The record with its name cited where the source has it, nearest to the words that are selected. */
function citingName(made: RecordContent, pointer: string, { value: before }: RecordContent): RecordContent {
  const [old, name] = [valueAt(before, pointer), valueAt(made.value, pointer)];
  // words that were cited for what was typed so far
  const stale = made.spans.findIndex(
    (span) => span.supports.includes(pointer) && typeof old === 'string' && isText(span, old),
  );
  const rest = stale < 0 ? made : unciting(made, stale, pointer);
  const near = (selection.value ?? waiting.value.at(-1)?.inHand ?? lastSelected.value)?.start ?? 0;
  const spot = typeof name === 'string' && !isCited(rest, pointer) ? nearestIn(name, near) : undefined;
  return spot === undefined ? rest : citing(rest, spot, [pointer]);
}

/** Whether evidence supports a field, or an object or list around it. */
export function isCited(of: Pick<RecordContent, 'spans'>, pointer: string): boolean {
  const { own, above } = spansOfField(of, pointer);
  return own.length + above.length > 0;
}

/**
 * Continues from the version in the file, with the given content, whose spans have their indices there. Undo goes back
 * to that version: what came before it would take back the changes of others.
 */
export function rebase(onto: RecordMessage, next: RecordContent): void {
  const now = open.value;
  if (now === undefined) return;
  const begin = begun<RecordContent>({ value: onto.value, spans: onto.spans });
  open.value = { ...now, record: onto, history: stepped(begin, next) };
  conflict.value = undefined;
  changed();
}
