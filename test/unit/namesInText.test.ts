import { expect, test } from 'vitest';
import { namesInText } from '../../scripts/web/workbench/namesInText.ts';

test.each<readonly [string, readonly string[]]>([
  ["Lithuania's defence minister, Arvydas Anusauskas, said on Thursday", ['Arvydas Anusauskas']],
  [
    'In Brussels, NATO Secretary General Jens Stoltenberg met Polish President Andrzej Duda.',
    ['Jens Stoltenberg', 'Andrzej Duda'],
  ],
  ['Die Kommission sprach mit Ursula von der Leyen.', ['Ursula von der Leyen']],
  ['міністр оборони Васіле Динку зустрів Джорджо Муле', ['Васіле Динку', 'Джорджо Муле']],
  ['Jane Roe met Jane\nRoe and J. K. Poel', ['Jane Roe', 'K. Poel']],
  ["on President Putin's schedule, and of Anna Nord’s", ['President Putin', 'Anna Nord']],
  ['President Volodymyr Zelensky’s Office said', ['Volodymyr Zelensky']],
  ['at Jane Roe’s Harbour Office', ['Jane Roe', 'Harbour Office']],
  ['The ferry left Ystad Harbour\n\nThe minister said', ['Ystad Harbour']],
  ['said Jane Roe\nHe left', ['Jane Roe']],
  ['By Jane Roe\n\nStockholm', ['Jane Roe']],
  ['Ursula von der\nLeyen spoke', ['Ursula von der Leyen']],
  ['President Volodymyr\nZelensky spoke', ['Volodymyr Zelensky']],
  ['met Jane Roe\nHarbour News', ['Jane Roe', 'Harbour News']],
  ['Zurab said that Rukla', []],
  ['the US Secretary of State, Antony Blinken, met the Foreign Minister', ['Antony Blinken']],
  ['von der Deutschen Verteidigungsministerin und Anna Baumeister', ['Anna Baumeister']],
  ['', []],
])('the names in “%s”', (text, names) => {
  expect(namesInText(text)).toEqual(names);
});
