// Answers of the server that come late.
import type { Page } from 'playwright-core';

interface Held {
  /** Waits until the page has sent the request. */
  readonly asked: Promise<void>;
  /** Lets the answer through, and waits until the page has it. */
  readonly answer: () => Promise<void>;
}

/** Holds the first request of a name whose body contains a text. All others go through. */
export async function hold(page: Page, name: string, text = ''): Promise<Held> {
  let sent = (): void => undefined;
  let open = (): void => undefined;
  let isHeld = false;
  const asked = new Promise<void>((resolve) => (sent = resolve));
  const opened = new Promise<void>((resolve) => (open = resolve));
  await page.route(`**/api/${name}`, async (route) => {
    if (isHeld || route.request().postData()?.includes(text) !== true) return route.fallback();
    isHeld = true;
    sent();
    await opened;
    return route.continue();
  });
  const answer = async (): Promise<void> => {
    const answered = page.waitForResponse(
      (response) => response.url().endsWith(`/api/${name}`) && response.request().postData()?.includes(text) === true,
    );
    open();
    await (await answered).finished();
    // the page has the answer, and has drawn what follows from it
    await page.evaluate('new Promise((resolve) => setTimeout(() => requestAnimationFrame(() => setTimeout(resolve))))');
  };
  return { asked, answer };
}
