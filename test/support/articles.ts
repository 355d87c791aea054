import { repository, git } from './repository.ts';
import { schemas } from './fixture.ts';

/** A made-up article with CRLF line ends and characters beyond U+FFFF. */
export const german = [
  'Fähre „Anna“ verlässt Ystad',
  '',
  'Ystad, 28. Februar 2022. Die Fähre „Anna“ 🛳 hat am Montag den Hafen von Ystad verlassen. An Bord waren 40 Autos.',
  'Am Dienstag legte sie in Trelleborg an. Das Wetter war gut.',
  '',
].join('\r\n');

/** The same in Ukrainian, with a letter of two code points. */
export const ukrainian = [
  'Пором «Anna» вийшов з Істада',
  '',
  'Істад, 28 лютого 2022 року. Пором «Anna» 🛳 вийшов у понеділок з порту Істад. На борту було 40 автомобілів.',
  'У вівторок він прибув до Треллеборга. Погода була гарною.',
  '',
].join('\n');

/** A Ukrainian text as it may be printed: stress marks, a letter of two code points, an apostrophe, nested quotes. */
export const stressed = [
  'Поро\u0301м «Anna» ви\u0438\u0306шов з Істада',
  '',
  'Істад, 28 лютого 2022 року. Поро\u0301м «Anna» 🛳 з обʼє\u0301ктом „Б“ ви\u0438\u0306шов у понеділок з порту Істад. На борту було 40 автомобілів.',
  'У вівторок він прибув до Треллеборга. Погода була гарною.',
  '',
].join('\n');

const papers = schemas['schema/papers.schema.json'] as {
  readonly properties: object;
  readonly required: readonly string[];
};
const crossings = schemas['schema/crossings.schema.json'] as { readonly properties: { readonly evidence: object } };

/** A dataset in a repository whose sources state their origin, and which passages need no record. */
export function newsroom(): string {
  const folder = repository({
    'schema/papers.schema.json': {
      ...papers,
      properties: {
        ...papers.properties,
        title: { type: 'string', minLength: 1, 'x-verbatim': true, 'x-evidence': true },
        url: { type: 'string', format: 'uri' },
        archived: { type: 'string', format: 'uri' },
        published: { type: 'string', format: 'date' },
        uncoded: {
          type: 'array',
          minItems: 1,
          'x-uncoded': true,
          'x-evidence': true,
          items: { type: 'string', minLength: 1 },
        },
        reviewed: {
          type: 'object',
          'x-review': true,
          properties: { by: { type: 'string', minLength: 1 }, date: { type: 'string', format: 'date' } },
          required: ['by', 'date'],
          additionalProperties: false,
        },
        evidence: crossings.properties.evidence,
      },
    },
    'demarche.config.json': { requireSources: true },
  });
  git(folder, 'config', 'user.name', 'Ida');
  git(folder, 'config', 'user.email', 'ida@example.org');
  return folder;
}
