import type { JSX } from 'preact';
import type { ExplorerModel } from '../../write/explorer/model.ts';
export function RecordPage({
  name,
  id,
}: {
  readonly release: ExplorerModel;
  readonly name: string;
  readonly id: string;
}): JSX.Element {
  return (
    <h1>
      {name} {id}
    </h1>
  );
}
