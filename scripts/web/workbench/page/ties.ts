import { useEffect, useState } from 'preact/hooks';
import type { TiesMessage } from '../removalMessages.ts';
import { ask } from './api.ts';
import { closerOfDialog } from './dialogCloser.ts';
import { keepNow } from './keeping.ts';
import { attempt } from './notice.ts';
import { saved } from './saveUnderWay.ts';
import { recordNow } from './state.ts';

/** What keeps the record in the form as it is; undefined until the answer comes. Without one, its dialog closes. */
export function useTies(): TiesMessage | undefined {
  const [ties, setTies] = useState<TiesMessage | undefined>(undefined);
  useEffect(() => {
    const close = closerOfDialog();
    const look = async (): Promise<void> => {
      await saved();
      await keepNow();
      const { table = '', id = '' } = recordNow.value ?? {};
      const found = await attempt(() => ask('ties', { table, id }));
      if (found === undefined) close();
      else setTies(found);
    };
    void look();
  }, []);
  return ties;
}
