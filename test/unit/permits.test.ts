import fc from 'fast-check';
import { expect, test } from 'vitest';
import { permits } from '../../scripts/base/permits.ts';

test('work never has more permits than there are, starts in order, and all of it ends even if some fails', async () => {
  const works = fc.array(fc.record({ needed: fc.integer({ min: 1, max: 3 }), fails: fc.boolean() }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), works, async (scheduler, given) => {
      const permit = permits(3);
      const begun: number[] = [];
      let used = 0;
      let most = 0;
      const all = given.map(async ({ needed, fails }, i) =>
        permit(needed, async () => {
          begun.push(i);
          used += needed;
          most = Math.max(most, used);
          await scheduler.schedule(Promise.resolve());
          used -= needed;
          if (fails) throw new Error(`work ${i}`);
          return i;
        }),
      );
      const ends = Promise.allSettled(all);
      await scheduler.waitFor(ends);
      const expected = given.map(({ fails }, i) => (fails ? `work ${i}` : i));
      expect((await ends).map((end) => (end.status === 'fulfilled' ? end.value : end.reason.message))).toEqual(
        expected,
      );
      expect(most).toBeLessThanOrEqual(3);
      expect(begun).toEqual(given.map((_, i) => i));
    }),
    { numRuns: 200 },
  );
});
