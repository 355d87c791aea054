import { expect, test } from 'vitest';
import { nameFault } from '../../scripts/base/fileName.ts';

test.each<[string, string | undefined]>([
  ['con', 'it keeps the name "con" for a device'],
  ['AUX', 'it keeps the name "AUX" for a device'],
  ['nul.old', 'it keeps the name "nul" for a device'],
  ['prn ', 'it keeps the name "prn" for a device'],
  ['com1', 'it keeps the name "com1" for a device'],
  ['lpt³', 'it keeps the name "lpt³" for a device'],
  ['CONIN$', 'it keeps the name "CONIN$" for a device'],
  ...Array.from('<>:"|?*\\/', (sign) => [`a${sign}b`, `"a${sign}b" has the sign ${sign}`] satisfies [string, string]),
  ['dot.', '"dot." ends with a dot'],
  ['space ', '"space " ends with a space'],
  ['', undefined],
  ['console', undefined],
  ['icon', undefined],
  ['com10', undefined],
  ['com0', undefined],
  ['lpt', undefined],
  ['a.con', undefined],
  ['v1.2 draft', undefined],
  ['café-北京', undefined],
])('%j on Windows: %s', (name, fault) => {
  expect(nameFault(name)).toBe(fault);
});
