import type { JSX } from 'preact';
import type { ExplorerModel } from '../../write/explorer/model.ts';
import type { TableData } from './columns.ts';
import { OverTime } from './OverTime.tsx';
import { RangesPicture } from './RangesPicture.tsx';
import { WorldMap } from './WorldMap.tsx';
import { Network } from './Network.tsx';
import { type PictureKind, picturesOf } from './pictures.ts';
import type { Selection } from './selection.ts';

export interface PictureProps {
  readonly release: ExplorerModel;
  readonly data: TableData;
  readonly selection: Selection;
  readonly rows: Uint32Array;
  readonly change: (selection: Selection) => void;
}

const titles: Readonly<Record<PictureKind, string>> = {
  time: 'Over time',
  ranges: 'Ranges',
  map: 'Map',
  network: 'Network',
};

/** The charts that the types of a table's columns allow; one is shown at a time. */
export function Pictures(props: PictureProps): JSX.Element | null {
  const { release, data, selection, change } = props;
  const kinds = picturesOf(release, data.table);
  if (kinds.length === 0) return null;
  return (
    <section aria-label="Charts">
      <p class="tabs">
        {kinds.map((kind) => (
          <button
            type="button"
            aria-pressed={selection.picture === kind}
            onClick={() => change({ ...selection, picture: selection.picture === kind ? undefined : kind })}
          >
            {titles[kind]}
          </button>
        ))}
      </p>
      {selection.picture === 'time' && kinds.includes('time') && <OverTime {...props} />}
      {selection.picture === 'ranges' && kinds.includes('ranges') && <RangesPicture {...props} />}
      {selection.picture === 'map' && kinds.includes('map') && <WorldMap {...props} />}
      {selection.picture === 'network' && kinds.includes('network') && <Network {...props} />}
    </section>
  );
}
