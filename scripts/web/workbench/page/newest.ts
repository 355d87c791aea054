/**
 * Numbers the requests for one thing. Each call begins one, and returns whether it is still the last: the answer to an
 * older request must not replace that to a newer one.
 */
export function newest(): () => () => boolean {
  let last = 0;
  return () => {
    const own = ++last;
    return () => own === last;
  };
}
