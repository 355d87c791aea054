import { expect, test } from 'vitest';
import { readPage } from '../../scripts/verbs/webPage.ts';
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
  expect((await readPage(page)).facts).toEqual({
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
  [
    'a locale, and an empty language',
    '<html lang=" "><meta property="og:locale" content="de_DE"></html>',
    { language: 'de-DE' },
  ],
  ['empty authors', '<meta name="citation_author" content=" "><meta name="author" content="Bo">', { authors: ['Bo'] }],
  ['empty texts before others', '<title> </title><h1>H</h1><time datetime="">x</time>', { title: 'H' }],
  ['an address of another kind', '<link rel="canonical" href="javascript:alert(1)">', {}],
  ['broken JSON-LD', '<script type="application/ld+json">{"headline": </script>', {}],
  [
    'JSON-LD that is a list',
    '<script type="application/ld+json">[1, {"headline": "H", "publisher": {"name": "P"}}]</script>',
    { title: 'H', site: 'P' },
  ],
  ['nothing', '', {}],
])('a page with %s', async (_, html, facts) => {
  expect((await readPage(html)).facts).toEqual({ ...nothing, ...facts });
});

test.each([
  ['the article', '<title>T</title><nav>N</nav><main>M<article>A<nav>n</nav></article>m</main>', 'A'],
  ['all articles', '<article>A</article><p>x</p><article>B</article>', 'A\nB'],
  ['the main part, if the article has no words', '<main>M<article><img alt="x"></article></main>', 'M'],
  ['the body', '<head><title>T</title></head><body>B<p>b</p></body>', 'B\n\nb'],
  ['the whole, if it has no body', '<p>One</p>Two', 'One\n\nTwo'],
])('the words of a page are those of %s', async (_, html, text) => {
  expect((await readPage(html)).text.trim()).toBe(text);
});

test.each([
  ['a text field', '<html><body><p>x<textarea>unclosed</body></html>'],
  ['a script', '<body>x<script>let y;'],
  ['a title', '<body>x</body><title>y'],
  ['a comment', '<body>x<!-- y'],
  ['a tag', '<body>x<a href="y'],
])('nothing is added to a page that ends in %s', async (_, html) => {
  const { text, facts } = await readPage(html);
  expect(JSON.stringify([text, facts])).not.toMatch(/x-whole-page/);
  expect(text).toMatch(/^x/);
});

test('a page nested deeper than anybody writes is refused with a sentence', async () => {
  expect((await readPage(`<body>${'<div>'.repeat(900)}words`)).text.trim()).toBe('words');
  await expect(readPage('<div>'.repeat(5000))).rejects.toThrow('nested more than 1000 deep');
});
