import vm from 'node:vm';
import { lazy } from '../base/lazy.ts';

const runner = lazy(() => {
  const world: { run: () => unknown } = { run: () => undefined };
  return { world, context: vm.createContext(world), script: new vm.Script('run()') };
});

/** Runs something for at most this many milliseconds. Returns whether it finished. Starting the timer takes 0.1 ms. */
export function endsWithin(milliseconds: number, run: () => void): boolean {
  const { world, context, script } = runner();
  world.run = run;
  try {
    script.runInContext(context, { timeout: milliseconds });
    return true;
  } catch (error) {
    // the error comes from another context, so it is not an instance of this one's Error
    if (isTimeout(error)) return false;
    throw error;
  }
}

function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
