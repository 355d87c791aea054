import type { DifferingRecords } from '../codingMessages.ts';
import { tableTitle } from './formFields.ts';
import { toldApart } from './recordName.ts';

/** A record of a difference: its name and the identifiers that it has, or an identifier alone. */
export interface CalledRecord {
  readonly name: string;
  readonly ids: readonly string[];
}

/** What a difference is about: a title, the records, and which coding lacks one. */
interface About {
  readonly title: string;
  readonly records: readonly CalledRecord[];
  readonly remark: string;
}

export function aboutOf({ table, first, second, firstName, secondName, passage }: DifferingRecords): About {
  if (passage !== undefined) return { title: 'No record needed', records: [], remark: '' };
  const title = `${tableTitle(table)}: `;
  if (first === undefined)
    return { title, records: [called(secondName, second ?? '')], remark: ', only in the second coding' };
  if (second === undefined) return { title, records: [called(firstName, first)], remark: ', only in the first coding' };
  return { title, records: bothOf([first, firstName], [second, secondName]), remark: '' };
}

function called(name: string | undefined, id: string): CalledRecord {
  return name === undefined || name === id ? { name: id, ids: [] } : { name, ids: [id] };
}

type Named = readonly [id: string, name: string | undefined];

/** Two records of a pair. What both have, an identifier or a name, is said once. */
function bothOf([first, firstName]: Named, [second, secondName]: Named): readonly CalledRecord[] {
  const names = [...new Set([firstName, secondName])].filter((name) => name !== undefined);
  if (first === second && names.length < 2) return [called(names[0], first)];
  if (first === second) return [{ name: names[0] ?? '', ids: [] }, called(names[1], first)];
  if (firstName !== undefined && firstName === secondName) return [{ name: firstName, ids: [first, second] }];
  return [called(firstName, first), called(secondName, second)];
}

/** What a difference is about, in words. */
export function nameOf(difference: DifferingRecords): string {
  const { title, records, remark } = aboutOf(difference);
  return `${title}${records.map(({ name, ids }) => toldApart(name, ids.join(' and '))).join(' and ')}${remark}`;
}
