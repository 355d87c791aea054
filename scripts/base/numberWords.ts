/**
 * The words for 1 to 12 by language, each in its forms: the runtime can print numbers in digits only. A word for one
 * can also be an article.
 */
const words: Readonly<Record<string, string>> = {
  en: 'one|a|an two three four five six seven eight nine ten eleven twelve',
  de: 'ein|einem|einer|einen|eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf',
  fr: 'un|une deux trois quatre cinq six sept huit neuf dix onze douze',
  es: 'un|una|uno dos tres cuatro cinco seis siete ocho nueve diez once doce',
  it: "un|una|un' due tre quattro cinque sei sette otto nove dieci undici dodici",
  pt: 'um|uma dois|duas três quatro cinco seis sete oito nove dez onze doze',
  nl: 'een|één twee drie vier vijf zes zeven acht negen tien elf twaalf',
  pl: 'jeden|jedną|jedna dwa|dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście',
  cs:
    'jeden|jedním|jednou|jedna dva|dvěma|dvě tři|třemi čtyři|čtyřmi pět|pěti šest|šesti sedm|sedmi osm|osmi ' +
    'devět|devíti deset|deseti jedenáct|jedenácti dvanáct|dvanácti',
  uk: "один|одну|одна два|дві три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять",
  ru: 'один|одну|одна два|две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать',
  be: 'адзін|адну|адна два|дзве тры чатыры пяць шэсць сем восем дзевяць дзесяць адзінаццаць дванаццаць',
};

/** The numbers that words of a language mean. */
export function numbersIn(language: string): ReadonlyMap<string, number> {
  const numbers = words[language]?.split(' ') ?? [];
  return new Map(numbers.flatMap((forms, i) => forms.split('|').map((form) => [form, i + 1] as const)));
}
