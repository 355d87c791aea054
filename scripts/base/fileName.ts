import { quoted } from './text.ts';

/** Names that Windows keeps for devices, with whatever ending. */
const reserved = /^(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]|conin\$|conout\$)(?=[. ]|$)/i;

/** Most names: of signs that every system takes, and longer than a device's. One look instead of three. */
const plain = /^[A-Za-z0-9_-]{5,}$/;

/** Why Windows cannot have a file (named without its ending) or folder of this name; undefined if it can. */
export function nameFault(name: string): string | undefined {
  if (plain.test(name)) return undefined;
  const device = reserved.exec(name)?.[0];
  if (device !== undefined) return `it keeps the name ${quoted(device)} for a device`;
  const sign = /[<>:"|?*\\/]/.exec(name)?.[0];
  if (sign !== undefined) return `${quoted(name)} has the sign ${sign}`;
  const end = /[. ]$/.exec(name)?.[0];
  return end === undefined ? undefined : `${quoted(name)} ends with a ${end === ' ' ? 'space' : 'dot'}`;
}
