import { Signal } from '@preact/signals';
import { afterAll } from 'vitest';
import * as state from '../../scripts/web/workbench/page/state.ts';

// test files share the modules, and with them the state of the page: none gets what another one left
const resets = Object.values(state).flatMap((each) => {
  // what is computed has its own prototype
  if (!(each instanceof Signal) || Object.getPrototypeOf(each) !== Signal.prototype) return [];
  const { value } = each;
  return [() => void (each.value = value)];
});

afterAll(() => {
  for (const reset of resets) reset();
});
