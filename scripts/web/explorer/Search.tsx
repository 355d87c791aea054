import type { JSX } from 'preact';
import type { ExplorerModel } from '../../write/explorer/model.ts';
export function Search({ words }: { readonly release: ExplorerModel; readonly words: string }): JSX.Element {
  return <h1>Search for {words}</h1>;
}
