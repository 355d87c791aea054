/**
 * A date-time (RFC 3339) as the shortest text of the same microsecond in UTC, `2022-01-14T12:00:00Z`;
 * undefined where it is none, or outside the years 1 to 9999. What is finer than a microsecond is cut off.
 */
export function shortestUtc(text: string): string | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|z|[+-]\d\d:\d\d)$/.exec(text);
  if (parts === null) return undefined;
  const [, day = '', time = '', fraction = '', offset = ''] = parts;
  const milliseconds = Date.parse(`${day}T${time}${offset.toUpperCase()}`);
  if (Number.isNaN(milliseconds)) return undefined;
  const utc = new Date(milliseconds).toISOString();
  if (!/^\d{4}-/.test(utc) || utc.startsWith('0000')) return undefined;
  const micros = fraction.slice(0, 6).replace(/0+$/, '');
  return `${utc.slice(0, 19)}${micros === '' ? '' : `.${micros}`}Z`;
}
