import { quoted } from './text.ts';

/** Names that Windows reserves for devices, with any extension. */
const reserved = /^(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]|conin\$|conout\$)(?=[. ]|$)/i;

/** Most names: only characters that every system allows, and longer than a device's. One test instead of three. */
const plain = /^[A-Za-z0-9_-]{5,}$/;

/** Why Windows does not allow a file (named without its extension) or folder of this name; undefined if it does. */
export function nameFault(name: string): string | undefined {
  if (plain.test(name)) return undefined;
  const device = reserved.exec(name)?.[0];
  if (device !== undefined) return `it reserves the name ${quoted(device)} for a device`;
  const sign = /[<>:"|?*\\/]/.exec(name)?.[0];
  if (sign !== undefined) return `${quoted(name)} contains ${sign}`;
  const end = /[. ]$/.exec(name)?.[0];
  return end === undefined ? undefined : `${quoted(name)} ends with a ${end === ' ' ? 'space' : 'dot'}`;
}
