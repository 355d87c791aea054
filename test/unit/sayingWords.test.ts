import { expect, test } from 'vitest';
import { isTimeOfSaying } from '../../scripts/base/sayingWords.ts';

test.each([
  ['en', 'They arrived on Wednesday, the ministry said |on Thursday|.', true],
  ['en', 'They arrived |on Wednesday|, the ministry said on Thursday.', false],
  ['en', '"We came," the minister said at the base |on Friday|.', true],
  ['en', '|On Friday|, the minister announced a convoy.', true],
  ['en', '“Yesterday they left,” she told reporters |today|.', true],
  ['en', '“|Yesterday| they left,” she told reporters today.', false],
  ['en', 'The general staff said |on Wednesday| that two groups had left.', true],
  ['en', 'Kirby said, speaking in Kyiv |on Monday|, that it was late.', true],
  ['en', 'Speaking in Kyiv |on Monday|, she said the ferry left on Saturday.', true],
  ['en', 'Speaking in Kyiv on Monday, she said the ferry left |on Saturday|.', false],
  ['en', 'At a briefing on Monday, Kirby said that they left |on Saturday|.', false],
  ['en', 'Kirby said Ukraine attacked |on Saturday|.', false],
  ['en', 'Zelensky called it good in a video address late |on Tuesday|.', true],
  ['en', 'Peskov repeated the warning |on Friday morning|.', true],
  ['en', '“We came,” said Foreign Minister Anna Berg in Oslo |on Friday|.', true],
  ['en', '“We came,” said Anna Berg |Friday|.', true],
  ['en', 'He told journalists again |on Friday|.', true],
  ['fr', 'Il a dit que le ferry est parti |samedi|.', false],
  ['de', 'Das sagte der Minister |am Freitag| in Berlin.', true],
  ['de', '|Am Freitag| sagte der Minister, sie seien da.', true],
  ['de', 'Sie kamen |am Freitag| an.', false],
  ['fr', 'Il est arrivé mardi, a annoncé le ministre |jeudi|.', true],
  ['fr', 'Il est arrivé |mardi|, a annoncé le ministre jeudi.', false],
  ['es', 'Llegaron el martes, anunció el ministro |el jueves|.', true],
  ['it', 'Sono arrivati martedì, ha detto il ministro |giovedì|.', true],
  ['pl', 'Przybyli we wtorek, powiedział minister |w czwartek|.', true],
  ['uk', 'Вони прибули у вівторок, заявив міністр |у четвер|.', true],
  ['uk', 'Вони прибули |у вівторок|, заявив міністр у четвер.', false],
  ['ru', 'Они прибыли во вторник, сообщил министр |в четверг|.', true],
  ['nl', 'Zij kwamen |dinsdag|, zei hij.', false],
])('a clause says when somebody spoke (%s: %s)', (language, marked, isSo) => {
  const [before = '', day = '', after = ''] = marked.split('|');
  const text = before + day + after;
  expect(isTimeOfSaying(text, before.length, before.length + day.length, [language])).toBe(isSo);
});
