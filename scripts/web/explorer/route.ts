import { type Selection, parseSelection, printSelection } from './selection.ts';

/** A page of the explorer. Its address is the fragment, so that it works from the disk. */
export type Route =
  | { readonly page: 'home' | 'codebook' | 'changes' | 'cite' }
  | { readonly page: 'search'; readonly words: string }
  | { readonly page: 'table'; readonly table: string; readonly selection: Selection }
  | { readonly page: 'record'; readonly table: string; readonly id: string };

const plain = ['codebook', 'changes', 'cite'] as const;

/** The route of a fragment; the first page if it names none. */
export function parseRoute(fragment: string): Route {
  const [path, query] = split(fragment.replace(/^#\/?/, ''), '?');
  const [page = '', first = '', second = ''] = path.split('/').map(decode);
  const named = plain.find((each) => each === page);
  if (named !== undefined) return { page: named };
  if (page === 'search') return { page: 'search', words: new URLSearchParams(query).get('words') ?? '' };
  if (page === 'table' && first !== '') return { page: 'table', table: first, selection: parseSelection(query) };
  if (page === 'record' && second !== '') return { page: 'record', table: first, id: second };
  return { page: 'home' };
}

/** The fragment of a route. */
export function printRoute(route: Route): string {
  switch (route.page) {
    case 'home':
      return '#/';
    case 'search':
      return `#/search?${new URLSearchParams({ words: route.words }).toString()}`;
    case 'table': {
      const query = printSelection(route.selection);
      return `#/table/${encodeURIComponent(route.table)}${query === '' ? '' : `?${query}`}`;
    }
    case 'record':
      return `#/record/${encodeURIComponent(route.table)}/${encodeURIComponent(route.id)}`;
    default:
      return `#/${route.page}`;
  }
}

function split(text: string, at: string): readonly [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}

/** The decoded text of an address; unchanged if it is badly encoded. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
