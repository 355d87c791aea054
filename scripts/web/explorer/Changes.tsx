import type { JSX } from 'preact';
import type { ExplorerModel } from '../../write/explorer/model.ts';

export function Changes({ release }: { readonly release: ExplorerModel }): JSX.Element {
  return <h1>Changes of {release.dataset.title}</h1>;
}
