import { expect, test } from 'vitest';
import { languagesOf } from '../../scripts/web/workbench/languageOf.ts';

test.each([
  ['de', 'Die Fähre hat am Montag den Hafen von Ystad verlassen und ist am Dienstag eingetroffen.'],
  ['de', 'Der Bürgermeister sprach mit den Fischern über den Damm. Er sagte, das Wasser sei zu hoch.'],
  ['en', 'The ferry left Ystad on Monday with 40 cars and reached Trelleborg on Tuesday.'],
  ['fr', 'Le ferry a quitté Ystad lundi avec 40 voitures et est arrivé mardi à Trelleborg.'],
  ['uk', 'Пором вийшов у понеділок з порту Істад. На борту було 40 автомобілів та люди.'],
  ['ru', 'Паром вышел в понедельник из порта Истад. На борту было 40 автомобилей и люди.'],
  ['pt', 'O navio deixou Ystad na segunda-feira com 40 carros e chegou a Trelleborg na terça-feira.'],
  ['nl', 'De veerboot verliet Ystad op maandag met 40 auto’s en bereikte Trelleborg op dinsdag.'],
  ['cs', 'Trajekt opustil Ystad v pondělí se 40 auty a v úterý dorazil do Trelleborgu.'],
  ['ar', 'غادرت العبارة ميناء يستاد يوم الاثنين وعلى متنها أربعون سيارة'],
  ['ja', 'フェリーは月曜日に40台の車を乗せてイスタッドを出発した。'],
  [undefined, '1234'],
])('the likeliest language is %s: %s', async (language, text) => {
  expect((await languagesOf(text))[0]).toBe(language);
});
