import type { JSX } from 'preact';
import type { ExplorerModel } from '../../write/explorer/model.ts';

export function Cite({ release }: { readonly release: ExplorerModel }): JSX.Element {
  return <h1>Cite of {release.dataset.title}</h1>;
}
