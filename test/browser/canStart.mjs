// Exits with status 0 if the tests' browser starts and shows a page.
import { startChromium } from './chromium.mjs';

const browser = await startChromium();
const page = await browser.newPage();
await page.goto('data:text/html,<title>it starts</title>');
await browser.close();
