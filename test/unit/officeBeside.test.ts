import { expect, test } from 'vitest';
import { officeBeside } from '../../scripts/base/officeBeside.ts';

/** Each text has the name between angle brackets. */
test.each([
  ['“We came,” Dutch Defence Minister ‹Anna Berg› said at the base.', 'Dutch Defence Minister'],
  ['She had met her Romanian foreign minister, ‹Anna Berg›, in Bucharest.', 'Romanian foreign minister'],
  ['A day earlier, the Kremlin’s spokesman, ‹Anna Berg›, had warned.', 'Kremlin’s spokesman'],
  ['Ukraine’s ambassador to Romania, ‹Anna Berg›, who is based there, left.', 'Ukraine’s ambassador to Romania'],
  ['Canada will send 120 soldiers, Prime Minister ‹Anna Berg› announced.', 'Prime Minister'],
  ['He held talks with Polish President ‹Anna Berg›.', 'Polish President'],
  ['The Pentagon’s press secretary, ‹Anna Berg›, put it lower.', 'Pentagon’s press secretary'],
  ['U.S. Secretary of State ‹Anna Berg› left.', 'U.S. Secretary of State'],
  ['The United States’ envoy ‹Anna Berg› left.', 'United States’ envoy'],
  ['‹Anna Berg›, Estonia’s prime minister, will travel.', 'Estonia’s prime minister'],
  ['It was ‹Anna Berg›, the secretary of defence.', 'secretary of defence'],
  ['So said ‹Anna Berg›, a spokeswoman for the navy.', 'spokeswoman for the navy'],
  ['Die ukrainische Verteidigungsministerin ‹Anna Berg› sagte das.', 'ukrainische Verteidigungsministerin'],
  ['Das sagte der Sprecher des Kremls, ‹Anna Berg›.', 'Sprecher des Kremls'],
  ['Le ministre des Affaires étrangères, ‹Anna Berg›, a parlé.', 'ministre des Affaires étrangères'],
  ['Про це заявив міністр оборони України ‹Анна Берґ›.', 'міністр оборони України'],
  ['Він зустрівся з президентом. Президент ‹Анна Берґ› поїхав.', 'Президент'],
  ['The deputy head of the Office of the President, ‹Anna Berg›, came.', 'deputy head of the Office of the President'],
  ['It was the spokesman for President ‹Anna Berg›.', 'President'],
  ['Critics mocked President ‹Anna Berg›.', 'President'],
  ['It criticised President ‹Anna Berg›.', 'President'],
  ['They will meet President ‹Anna Berg›.', 'President'],
  ['On Monday Russian Defence Minister ‹Anna Berg› left.', 'Russian Defence Minister'],
  ['Later President ‹Anna Berg› left.', 'President'],
  ['It accused foreign minister ‹Anna Berg›.', 'foreign minister'],
  ['Der frühere Außenminister ‹Anna Berg› kam.', 'frühere Außenminister'],
  // no office of this one
  ['An ally of the president, ‹Anna Berg›, said so.', undefined],
  ['The daughter of the minister, ‹Anna Berg›, said so.', undefined],
  ['In a letter to the prime minister, ‹Anna Berg› wrote that.', undefined],
  ['The foreign ministers of Russia and Turkey, ‹Anna Berg› and Carl Holm, met.', undefined],
  ['‹Anna Berg›, Prime Minister Carl Holm and others came.', undefined],
  ['President Carl Holm, ‹Anna Berg›, and others came.', undefined],
  ['The minister told ‹Anna Berg›.', undefined],
  ['The minister left. ‹Anna Berg› stayed.', undefined],
  ['The President\n\n‹Anna Berg›', undefined],
  ['said ‹Anna Berg›, who runs the bakery.', undefined],
  ['‹Anna Berg› said so, the minister added.', undefined],
  ['‹Anna Berg›', undefined],
] as const)('%s: %s', (marked, office) => {
  const [start, end] = [marked.indexOf('‹'), marked.indexOf('›') - 1];
  const text = marked.replace(/[‹›]/gu, '');
  const found = officeBeside(text, start, end);
  expect(found && text.slice(found.start, found.end)).toBe(office);
});
