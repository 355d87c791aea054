import { type Json, below, pointerSteps } from '../../../json/json.ts';
import type { RecordContent, SpanMessage } from '../messages.ts';
import { isSame } from '../differences.ts';
import { citing, valueAt } from '../edit.ts';
import { type ElementSpot, type Spots } from './mergeLists.ts';

type Version = keyof ElementSpot;

/** The versions to merge: the one that both began with is undefined if nobody knows it any more. */
export interface Versions {
  readonly base: RecordContent | undefined;
  readonly mine: RecordContent;
  readonly theirs: RecordContent;
}

/**
 * The evidence of a merged record. A value that is that of one version has the evidence of that version. Any other has
 * what only one version added, and lacks what one removed. Spans that are in the file keep their index in it.
 */
export function mergedSpans({ base, mine, theirs }: Versions, value: Json, spots: Spots): readonly SpanMessage[] {
  const claims = {
    base: claimsOf(base, 'base', spots),
    mine: claimsOf(mine, 'mine', spots),
    theirs: claimsOf(theirs, 'theirs', spots),
  };
  const isFrom = (version: RecordContent, which: Version, pointer: string): boolean => {
    const own = pointerIn(pointer, which, spots);
    return own !== undefined && isSame(valueAt(version.value, own), valueAt(value, pointer));
  };
  const stays = (span: SpanMessage, pointer: string): boolean => {
    if (valueAt(value, pointer) === undefined) return false;
    const claim = claimOf(span, pointer);
    const [inMine, inTheirs] = [claims.mine.has(claim), claims.theirs.has(claim)];
    const [isMine, isTheirs] = [isFrom(mine, 'mine', pointer), isFrom(theirs, 'theirs', pointer)];
    if (isMine !== isTheirs) return isMine ? inMine : inTheirs;
    return claims.base.has(claim) ? inMine && inTheirs : inMine || inTheirs;
  };
  const kept = theirs.spans.flatMap((span) => {
    const supports = merged(span, 'theirs', spots).filter((pointer) => stays(span, pointer));
    return supports.length === 0 && span.supports.length > 0 ? [] : [{ ...span, supports }];
  });
  const added = mine.spans.reduce<RecordContent>(
    (all, span) => {
      const pointers = merged(span, 'mine', spots).filter((pointer) => stays(span, pointer));
      return pointers.length === 0 ? all : citing(all, span, pointers);
    },
    { value: {}, spans: kept },
  );
  return added.spans;
}

/** The fields that a span supports, as pointers in the merged record. */
function merged({ supports }: SpanMessage, version: Version, spots: Spots): readonly string[] {
  return supports.flatMap((pointer) => moved(pointer, version, spots) ?? []);
}

function claimsOf(of: RecordContent | undefined, version: Version, spots: Spots): ReadonlySet<string> {
  const spans = of?.spans ?? [];
  return new Set(spans.flatMap((span) => merged(span, version, spots).map((pointer) => claimOf(span, pointer))));
}

/** That words support a field. */
function claimOf({ source, start, end }: SpanMessage, pointer: string): string {
  return JSON.stringify([source, start, end, pointer]);
}

/** A pointer of one version in the merged record; undefined if its list element is not there. */
function moved(pointer: string, version: Version, spots: Spots): string | undefined {
  return (pointerSteps(pointer) ?? []).reduce<string | undefined>((at, step) => {
    const list = at === undefined ? undefined : spots.get(at);
    const index = list?.findIndex((spot) => String(spot[version]) === step) ?? step;
    return at === undefined || index === -1 ? undefined : below(at, String(index));
  }, '');
}

/** A pointer of the merged record in one of its versions. */
function pointerIn(pointer: string, version: Version, spots: Spots): string | undefined {
  let mergedSoFar = '';
  let own: string | undefined = '';
  for (const step of pointerSteps(pointer) ?? []) {
    const list = spots.get(mergedSoFar);
    const index = list === undefined ? step : list[Number(step)]?.[version];
    own = own === undefined || index === undefined ? undefined : below(own, String(index));
    mergedSoFar = below(mergedSoFar, step);
  }
  return own;
}
