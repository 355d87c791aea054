/**
 * A date-time (RFC 3339) as the shortest text of the same microsecond in UTC, `2022-01-14T12:00:00Z`;
 * undefined where it is none, or outside the years 1 to 9999. What is finer than a microsecond is cut off.
 */
export function shortestUtc(text: string): string | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|z|[+-]\d\d:\d\d)$/.exec(text);
  if (parts === null) return undefined;
  const [, day = '', time = '', fraction = '', offset = ''] = parts;
  // a leap second is the second after it for every clock that counts days of 86,400 seconds
  const leap = time.endsWith(':60');
  const counted = leap ? `${time.slice(0, 6)}59` : time;
  const milliseconds = Date.parse(`${day}T${counted}${offset.toUpperCase()}`) + (leap ? 1000 : 0);
  if (Number.isNaN(milliseconds)) return undefined;
  const utc = new Date(milliseconds).toISOString();
  if (!/^\d{4}-/.test(utc) || utc.startsWith('0000')) return undefined;
  const micros = fraction.slice(0, 6).replace(/0+$/, '');
  return `${utc.slice(0, 19)}${micros === '' ? '' : `.${micros}`}Z`;
}
