/** The save in progress: whether it succeeds. */
let last: Promise<boolean> | undefined;

/** Runs a save. A second one waits for the first, and runs only if that succeeds. */
export async function saveInTurn(save: (isSecond: boolean) => Promise<boolean>): Promise<boolean> {
  const before = last;
  const own = (async () => {
    if (before !== undefined && !(await before)) return false;
    return save(before !== undefined);
  })();
  last = own;
  try {
    return await own;
  } finally {
    if (last === own) last = undefined;
  }
}

/** Waits for the save in progress. False if it fails: then the record still has to be saved. */
export async function saved(): Promise<boolean> {
  return (await last) ?? true;
}
