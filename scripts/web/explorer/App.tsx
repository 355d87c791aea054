import { useEffect, useRef } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import type { ExplorerModel } from '../../write/explorer/model.ts';
import { Changes } from './Changes.tsx';
import { Cite } from './Cite.tsx';
import { Codebook } from './Codebook.tsx';
import { Home } from './Home.tsx';
import { RecordPage } from './RecordPage.tsx';
import { Search } from './Search.tsx';
import { TablePage } from './TablePage.tsx';
import { model, route } from './state.ts';
import { go } from './state.ts';
import { type Route, printRoute } from './route.ts';

/** The page: the header with links to each section, and the section that the address names. */
export function App(): JSX.Element {
  const release = model.value;
  if (release === undefined) return <p class="message">Loading…</p>;
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        Skip to content
      </a>
      <Head release={release} />
      <Main release={release} />
    </>
  );
}

/** The link must move the focus itself, because the fragment is the address of the page. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}

function Head({ release }: { readonly release: ExplorerModel }): JSX.Element {
  const here = route.value;
  const hasChanges = release.tables.some((table) => table.name === 'changes');
  const words = here.page === 'search' ? here.words : '';
  return (
    <header class="head">
      <a class="title" href={printRoute({ page: 'home' })}>
        {release.dataset.title} <span class="version">{release.dataset.version}</span>
      </a>
      <nav aria-label="Sections">
        <PartLink to={{ page: 'home' }}>Tables</PartLink>
        <PartLink to={{ page: 'codebook' }}>Codebook</PartLink>
        {hasChanges && <PartLink to={{ page: 'changes' }}>Changes</PartLink>}
        <PartLink to={{ page: 'cite' }}>Cite and download</PartLink>
      </nav>
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          const given = new FormData(event.currentTarget).get('words');
          go({ page: 'search', words: typeof given === 'string' ? given : '' });
        }}
      >
        <input
          type="search"
          name="words"
          value={words}
          aria-label="Search names and descriptions"
          placeholder="Search everything"
        />
        <button type="submit">Search</button>
      </form>
    </header>
  );
}

function PartLink({ to, children }: { readonly to: Route; readonly children: ComponentChildren }): JSX.Element {
  const current = route.value.page === to.page;
  return (
    <a href={printRoute(to)} aria-current={current ? 'page' : undefined}>
      {children}
    </a>
  );
}

function Main({ release }: { readonly release: ExplorerModel }): JSX.Element {
  const here = route.value;
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const shown =
    here.page === 'table' ? `table ${here.table}` : here.page === 'record' ? `${here.table} ${here.id}` : here.page;
  // a new page starts at its top; the first one keeps the focus where the browser has put it
  useEffect(() => {
    if (!first.current) {
      scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
    first.current = false;
  }, [shown]);
  return (
    <main id="main" tabIndex={-1} ref={main}>
      <Part release={release} here={here} />
    </main>
  );
}

function Part({ release, here }: { readonly release: ExplorerModel; readonly here: Route }): JSX.Element {
  switch (here.page) {
    case 'home':
      return <Home release={release} />;
    case 'codebook':
      return <Codebook release={release} />;
    case 'changes':
      return <Changes release={release} />;
    case 'cite':
      return <Cite release={release} />;
    case 'search':
      return <Search release={release} words={here.words} />;
    case 'table':
      return <TablePage key={here.table} release={release} name={here.table} selection={here.selection} />;
    default:
      return <RecordPage key={`${here.table} ${here.id}`} release={release} name={here.table} id={here.id} />;
  }
}
