import { foldedName } from '../../../base/text.ts';
import { type Json, codeName } from '../../../json/json.ts';
import { nameIn } from '../../../schema/nameIn.ts';
import { ask } from './api.ts';
import type { Choice } from './choice.ts';
import { Combobox } from './Combobox.tsx';
import { fitting } from './fitting.ts';
import { type Control } from './control.ts';
import { setField } from './editing.ts';
import { content, table } from './state.ts';
import { textMeant } from './textMeant.ts';

/** A code of a long list: a list that follows the typed text. */
export function CodeField({ id, pointer, field, text, label, describedBy, isInvalid, isRequired, write }: Control) {
  const choices = field.codes.map(({ code, label: title, description, names }): Choice => ({
    value: codeName(code),
    label: title ?? codeName(code),
    description,
    names,
  }));
  const codeOf = (wanted: string): Json => field.codes.find(({ code }) => codeName(code) === wanted)?.code ?? wanted;
  return (
    <Combobox
      {...{ id, label, describedBy, isInvalid, isRequired, write }}
      shown={text}
      isNoChoice={text !== '' && !choices.some(({ value }) => value === text)}
      placeholder="Type, or press ↓ for the list"
      find={(words) => choicesOf(choices, words)}
      choose={(chosen) => setField(pointer, codeOf(chosen))}
    />
  );
}

/**
 * The codes that match words. Of codes for countries, those that are named come first: by typed words that match no
 * code, such as `Dutch`; or, before anything is typed, by the name of the record, or else by the words that are meant.
 */
function choicesOf(choices: readonly Choice[], words: string): readonly Choice[] | Promise<readonly Choice[]> {
  const fit = fitting(choices, words);
  if (!haveRegions(choices)) return fit;
  if (words.trim() === '') return withNamedFirst(choices);
  // typed in small letters
  const named = words.replaceAll(/(?<![\p{L}\p{M}])\p{Ll}/gu, (letter) => letter.toUpperCase());
  return fit.length > 0 ? fit : regionsAmong(choices, named);
}

/** The fewest codes of two capitals in a list of countries. */
const fewestRegions = 20;

function haveRegions(choices: readonly Choice[]): boolean {
  return choices.filter(({ value }) => /^[A-Z]{2}$/.test(value)).length >= fewestRegions;
}

/** All codes, first those of the countries that are meant. Of several, none is certain. */
async function withNamedFirst(choices: readonly Choice[]): Promise<readonly Choice[]> {
  const name = table.value === undefined ? undefined : nameIn(table.value.label, content.value?.value ?? {});
  const ofName = name === undefined ? [] : await regionsAmong(choices, name);
  const found = ofName.length > 0 ? ofName : await regionsAmong(choices, textMeant());
  const others = choices.filter(({ value }) => !found.some((each) => each.value === value));
  const [, second] = found;
  return [
    ...(second === undefined ? found : found.map((each) => ({ ...each, isOther: true }))),
    ...others.map((each) => ({ ...each, isOther: true })),
  ];
}

/** The codes of the countries that a text names. */
async function regionsAmong(choices: readonly Choice[], text: string): Promise<readonly Choice[]> {
  const regions = text.trim() === '' ? [] : await ask('regions', { text }).catch(() => []);
  return regions.flatMap(({ code, names, isCertain }) => {
    const isIt = ({ value, label, description = '' }: Choice): boolean =>
      value === code || [label, description].some((each) => names.includes(foldedName(each)));
    const found = choices.find(isIt);
    return found === undefined ? [] : [isCertain ? found : { ...found, isGuess: true }];
  });
}
