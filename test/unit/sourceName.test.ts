import { expect, test } from 'vitest';
import { dateIn, siteOf, sourceNames } from '../../scripts/verbs/sourceName.ts';
import { slug } from '../../scripts/verbs/slug.ts';

test.each([
  ['https://thehill.com/policy/589/story', 'thehill'],
  ['https://www.bbc.co.uk/news/1', 'bbc'],
  ['https://news.orf.at/stories/1', 'orf'],
  ['https://www.pravda.com.ua/eng/news/', 'pravda'],
  ['https://www.gov.uk/x', 'gov'],
  ['https://t.me/s/x', 't'],
  ['https://web.archive.org/web/20220301120000/https://www.tass.com/politics/1', 'tass'],
  ['https://archive.org/details/x', 'archive'],
  ['https://xn--e1aybc.xn--p1ai/a', 'тест'],
  ['http://127.0.0.1:8080/a', ''],
  ['http://[::1]/a', ''],
  ['http://localhost/a', 'localhost'],
  ['no address', ''],
  ['', ''],
])('the site of %j is %j', (url, site) => {
  expect(siteOf(url)).toBe(site);
});

test.each([
  ['https://a.example/2022/10/23/false-flag/', '2022-10-23'],
  ['https://a.example/news-2022-10-23.html', '2022-10-23'],
  ['https://a.example/20221023/x', '2022-10-23'],
  ['https://web.archive.org/web/20220301120000/https://a.example/2021/12/31/x', '2021-12-31'],
  ['https://web.archive.org/web/20220301120000/https://a.example/x', ''],
  ['https://a.example/1202210234/x', ''],
  ['https://a.example/2022/10/x', ''],
  ['https://a.example/2022-13-01', ''],
  ['', ''],
])('the date in %j is %j', (url, date) => {
  expect(dateIn(url)).toBe(date);
});

const words = (text: string): readonly string[] => (text === '' ? [] : slug(text).split('-'));
const title = 'Russia dismisses US allegations of plans';

test.each([
  [
    { url: 'https://thehill.com/x', date: '2022-01-17' },
    ['thehill-2022-01-17', 'thehill-2022-01-17-russia-dismisses-us'],
  ],
  [
    { url: 'https://thehill.com/2022/01/17/x', date: '' },
    ['thehill-2022-01-17', 'thehill-2022-01-17-russia-dismisses-us'],
  ],
  [{ url: '', date: '[2022-02-03,2022-02-04]' }, ['russia-dismisses-us-2022-02-03']],
  [{ url: 'https://thehill.com/x', date: '' }, ['thehill-russia-dismisses-us']],
  [{ url: '', date: '' }, ['russia-dismisses-us-allegations']],
])('%j: the names are the site and date, or words in place of what is missing', (known, names) => {
  expect([...sourceNames({ ...known, title }, words)]).toEqual(names);
});
