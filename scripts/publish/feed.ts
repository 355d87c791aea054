import type { PublishedVersion } from './versions.ts';

/**
 * An Atom feed of the releases (RFC 4287), newest first. Undefined if one has no address or no date, since an entry
 * needs both.
 */
export function atomFeed(versions: readonly PublishedVersion[]): string | undefined {
  const entries = versions.flatMap(({ version, title, date, url }) =>
    date === null || url === null ? [] : [{ version, title, date, url }],
  );
  const [newest] = entries;
  if (newest === undefined || entries.length < versions.length) return undefined;
  const base = newest.url.slice(0, -`${newest.version}/`.length);
  const updated = entries.map(({ date }) => date).reduce((a, b) => (a > b ? a : b));
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <id>${escaped(base)}</id>`,
    `  <title>${escaped(newest.title)}</title>`,
    `  <updated>${updated}</updated>`,
    `  <link rel="self" href="${escaped(base)}${feedFile}"/>`,
    `  <author><name>${escaped(newest.title)}</name></author>`,
    ...entries.flatMap(({ version, title, date, url }) => [
      '  <entry>',
      `    <id>${escaped(url)}</id>`,
      `    <title>${escaped(`${title} ${version}`)}</title>`,
      `    <updated>${date}</updated>`,
      `    <link href="${escaped(url)}"/>`,
      '  </entry>',
    ]),
    '</feed>',
  ];
  return `${lines.join('\n')}\n`;
}

export const feedFile = 'releases.atom';

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
