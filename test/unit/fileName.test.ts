import { expect, test } from 'vitest';
import { nameFault } from '../../scripts/base/fileName.ts';

test.each<[string, string | undefined]>([
  ['con', 'it reserves the name "con" for a device'],
  ['AUX', 'it reserves the name "AUX" for a device'],
  ['nul.old', 'it reserves the name "nul" for a device'],
  ['prn ', 'it reserves the name "prn" for a device'],
  ['com1', 'it reserves the name "com1" for a device'],
  ['lpt³', 'it reserves the name "lpt³" for a device'],
  ['CONIN$', 'it reserves the name "CONIN$" for a device'],
  ...Array.from('<>:"|?*\\/', (sign) => [`a${sign}b`, `"a${sign}b" contains ${sign}`] satisfies [string, string]),
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
