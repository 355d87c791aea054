import type { DomNode } from 'html-to-text';
import { Failure } from '../base/problem.ts';
import { type PageFacts, childrenOf, factsIn } from './pageFacts.ts';

/** A web page, read once. */
export interface WebPage {
  /** The words of its article, or else of all of it. */
  readonly text: string;
  readonly facts: PageFacts;
}

/** The parts of a page that can hold its article, the best first. */
const articleIn = ['article', 'main', 'body'];

/** The element around all of a page. No page has one of this name. The parser closes it: an end tag could be text. */
const whole = 'x-whole-page';

const plain = [
  { selector: 'a', options: { ignoreHref: true } },
  { selector: 'img', format: 'skip' },
  { selector: 'nav', format: 'skip' },
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table'].map((selector) => ({ selector, options: { uppercase: false } })),
];

/** The most elements around a text. Browsers stop at about half as many. */
const mostDepth = 1000;

/** Parses a web page for its words, and for what it says about itself. @throws Failure if it is nested too deeply */
export async function readPage(html: string): Promise<WebPage> {
  const { convert } = await import('html-to-text');
  const pages: DomNode[] = [];
  const text = convert(`<${whole}>${html}`, {
    wordwrap: false,
    baseElements: { selectors: [whole] },
    selectors: [...plain, { selector: whole, format: 'page' }],
    formatters: {
      page(page, walk, builder) {
        refuseDepth(page);
        pages.push(page);
        walk([...articleOf(page)], builder);
      },
    },
  });
  return { text, facts: factsIn(pages) };
}

function refuseDepth(page: DomNode): void {
  let level: readonly DomNode[] = [page];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > mostDepth) throw new Failure(`the page has elements nested more than ${mostDepth} deep`);
    level = level.flatMap(childrenOf);
  }
}

/** The elements with the article of a page. */
function articleOf(page: DomNode): readonly DomNode[] {
  const found = articleIn.map((name) => elementsIn(page, name));
  const [bodies] = found.slice(-1);
  return (
    found.find((elements) => elements.some(hasWords)) ?? (bodies?.length === 0 ? childrenOf(page) : (bodies ?? []))
  );
}

/** The elements of a name, without those inside others. */
function elementsIn(element: DomNode, name: string): readonly DomNode[] {
  return childrenOf(element).flatMap((child) => (isNamed(child, name) ? [child] : elementsIn(child, name)));
}

function hasWords(element: DomNode): boolean {
  if (element.type === 'text') return /\S/.test(element.data ?? '');
  return element.type === 'tag' && !isNamed(element, 'nav') && childrenOf(element).some(hasWords);
}

function isNamed({ type, name }: DomNode, wanted: string): boolean {
  return type === 'tag' && name === wanted;
}
