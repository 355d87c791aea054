import { Fragment } from 'preact';
import type { DifferingRecords } from '../codingMessages.ts';
import { aboutOf } from './differenceName.ts';

/** What a difference is about, with the identifiers of its records in small. */
export function DifferenceName({ difference }: { readonly difference: DifferingRecords }) {
  const { title, records, remark } = aboutOf(difference);
  return (
    <>
      {title}
      {records.map(({ name, ids }, i) => (
        <Fragment key={name}>
          {i === 0 ? '' : ' and '}
          <bdi>{name}</bdi>
          <InSmall id={ids.join(' and ')} />
        </Fragment>
      ))}
      {remark}
    </>
  );
}

/** The identifier behind a name. */
export function InSmall({ id }: { readonly id: string }) {
  return id === '' ? null : (
    <>
      {' '}
      <span class="identifier">({id})</span>
    </>
  );
}
