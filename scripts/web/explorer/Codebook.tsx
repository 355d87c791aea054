import type { JSX } from 'preact';
import type { ExplorerModel } from '../../write/explorer/model.ts';

export function Codebook({ release }: { readonly release: ExplorerModel }): JSX.Element {
  return <h1>Codebook of {release.dataset.title}</h1>;
}
