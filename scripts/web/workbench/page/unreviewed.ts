import type { Unreviewed } from '../messages.ts';
import { source } from './state.ts';

/** Notes which sources are no longer marked as reviewed, and says so: a sentence to add to a message, or nothing. */
export function unreviewed(list: readonly Unreviewed[]): string {
  const shown = source.value;
  if (shown !== undefined && list.some((each) => each.isRemoved && each.source === shown.id))
    source.value = { ...shown, review: undefined };
  const named = (isRemoved: boolean): string =>
    list.flatMap((each) => (each.isRemoved === isRemoved ? [each.source] : [])).join(', ');
  const [removed, kept] = [named(true), named(false)];
  return [
    removed === '' ? '' : ` The review of ${removed} was of the records before: it is removed. Alt+V reviews again.`,
    kept === '' ? '' : ` ${kept} is still marked as reviewed, since its own record has unsaved changes.`,
  ].join('');
}
