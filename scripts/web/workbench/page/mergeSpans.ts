import { type Json, below, pointerSteps } from '../../../json/json.ts';
import type { RecordContent, SpanMessage } from '../messages.ts';
import { citing, valueAt } from './edit.ts';
import { type ElementPlace, type Places, isSame } from './mergeLists.ts';

type Version = keyof ElementPlace;

/** The versions to merge: the one that both began with is undefined if nobody knows it any more. */
export interface Versions {
  readonly base: RecordContent | undefined;
  readonly mine: RecordContent;
  readonly theirs: RecordContent;
}

/**
 * The evidence of a merged record. A value that is that of one version has the evidence of that version. Any other has
 * what only one version added, and lacks what one removed. Spans that are in the file keep their place in it.
 */
export function mergedSpans({ base, mine, theirs }: Versions, value: Json, places: Places): readonly SpanMessage[] {
  const claims = {
    base: claimsOf(base, 'base', places),
    mine: claimsOf(mine, 'mine', places),
    theirs: claimsOf(theirs, 'theirs', places),
  };
  const isFrom = (version: RecordContent, which: Version, pointer: string): boolean => {
    const own = pointerIn(pointer, which, places);
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
    const supports = merged(span, 'theirs', places).filter((pointer) => stays(span, pointer));
    return supports.length === 0 && span.supports.length > 0 ? [] : [{ ...span, supports }];
  });
  const added = mine.spans.reduce<RecordContent>(
    (all, span) => {
      const pointers = merged(span, 'mine', places).filter((pointer) => stays(span, pointer));
      return pointers.length === 0 ? all : citing(all, span, pointers);
    },
    { value: {}, spans: kept },
  );
  return added.spans;
}

/** The fields that a span supports, as pointers in the merged record. */
function merged({ supports }: SpanMessage, version: Version, places: Places): readonly string[] {
  return supports.flatMap((pointer) => moved(pointer, version, places) ?? []);
}

function claimsOf(of: RecordContent | undefined, version: Version, places: Places): ReadonlySet<string> {
  const spans = of?.spans ?? [];
  return new Set(spans.flatMap((span) => merged(span, version, places).map((pointer) => claimOf(span, pointer))));
}

/** That words support a field. */
function claimOf({ source, start, end }: SpanMessage, pointer: string): string {
  return JSON.stringify([source, start, end, pointer]);
}

/** A pointer of one version in the merged record; undefined if its list element is not there. */
function moved(pointer: string, version: Version, places: Places): string | undefined {
  return (pointerSteps(pointer) ?? []).reduce<string | undefined>((at, step) => {
    const list = at === undefined ? undefined : places.get(at);
    const index = list?.findIndex((place) => String(place[version]) === step) ?? step;
    return at === undefined || index === -1 ? undefined : below(at, String(index));
  }, '');
}

/** A pointer of the merged record in one of its versions. */
function pointerIn(pointer: string, version: Version, places: Places): string | undefined {
  let mergedSoFar = '';
  let own: string | undefined = '';
  for (const step of pointerSteps(pointer) ?? []) {
    const list = places.get(mergedSoFar);
    const index = list === undefined ? step : list[Number(step)]?.[version];
    own = own === undefined || index === undefined ? undefined : below(own, String(index));
    mergedSoFar = below(mergedSoFar, step);
  }
  return own;
}
