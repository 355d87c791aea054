import { expect, test } from 'vitest';
import { pageFacts } from '../../scripts/verbs/pageFacts.ts';
import { page } from '../support/origins.ts';

const nothing = {
  title: undefined,
  authors: [],
  site: undefined,
  date: undefined,
  language: undefined,
  url: undefined,
};

test('a page says what it is in JSON-LD, meta tags, links and its first element', async () => {
  expect(await pageFacts(page)).toEqual({
    title: 'Fähre „Anna“ verlässt Ystad',
    authors: ['Ida Berg'],
    site: 'Harbour Gazette',
    date: '2022-02-28',
    language: 'de',
    url: 'https://gazette.example/2022/02/28/anna',
  });
});

test.each([
  [
    'meta tags',
    '<meta name="Author" content=" Bo "><meta name="date" content="2022-03-01">',
    { authors: ['Bo'], date: '2022-03-01' },
  ],
  [
    'several authors',
    '<meta name="citation_author" content="A"><meta name="citation_author" content="B">',
    { authors: ['A', 'B'] },
  ],
  ['an author that is an address', '<meta name="author" content="https://example.org/bo">', {}],
  [
    'a heading and a time',
    '<h1>The <b>ferry</b>\n left</h1><time datetime="2022-02-28T10:00Z">Monday</time>',
    { title: 'The ferry left', date: '2022-02-28' },
  ],
  ['a time without a day', '<time datetime="10:00">10</time>', {}],
  ['a locale', '<meta property="og:locale" content="pt_BR">', { language: 'pt-BR' }],
  ['an address of another kind', '<link rel="canonical" href="javascript:alert(1)">', {}],
  ['broken JSON-LD', '<script type="application/ld+json">{"headline": </script>', {}],
  [
    'JSON-LD that is a list',
    '<script type="application/ld+json">[1, {"headline": "H", "publisher": {"name": "P"}}]</script>',
    { title: 'H', site: 'P' },
  ],
  ['nothing', '', {}],
  ['more elements than anybody writes', '<div>'.repeat(5000), {}],
])('a page with %s', async (_, html, facts) => {
  expect(await pageFacts(html)).toEqual({ ...nothing, ...facts });
});
