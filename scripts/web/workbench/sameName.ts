import { foldedName } from '../../base/text.ts';

/** Letters at the beginning that forms of a first name and of a last name have in common. */
const [ofFirst, ofLast] = [3, 4];

/**
 * Whether two names can be of one person, in another spelling or with more names: their first and last words begin
 * alike, as in `Sergei Lavrov` and `Sergey Lavrov`, `Mary Lukas` and `Mary Ann Lukas`.
 */
export function canBeSame(one: string, other: string): boolean {
  const [own, theirs] = [one, other].map((name) =>
    foldedName(name)
      .split(/\s+/u)
      .filter((word) => word !== ''),
  );
  if (own === undefined || theirs === undefined || own.length < 2 || theirs.length < 2) return false;
  return areAlike(own[0], theirs[0], ofFirst) && areAlike(own.at(-1), theirs.at(-1), ofLast);
}

function areAlike(one = '', other = '', letters: number): boolean {
  const count = Math.min(letters, one.length, other.length);
  return count > 1 && one.slice(0, count) === other.slice(0, count);
}
