import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sharedChromium } from '../servers/shared.ts';
import { launchBrowser, openPlayground, type PlaygroundPage } from './page.ts';
import { type Product, startProduct } from './product.ts';
import { NIGHT } from './world-app.ts';

const ALICE = 'U0ALICE001';
/** Where to save pictures of the journey; nowhere unless told. */
const PICTURES = process.env.SENTRY_TEST_PICTURES;
const POLICY = `
access:
  contact: the batch desk in "#batch-support"
  channels:
    C0BATCHSUP: { essentials: [TB-Derivatives, SNU] }
    C0INCDERIV: { features: [digest] }
`;

let product: Product;
let browser: Browser;
let page: PlaygroundPage;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(NIGHT, POLICY), sharedChromium().then(launchBrowser)]);
  page = await openPlayground(browser, product.url, { as: ALICE, width: 1280, height: 900 });
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const picture = async (name: string) => {
  if (PICTURES) await page.screenshot(`${PICTURES}/${name}.png`);
};

it('a channel where nothing may be asked says so to the asker alone, and whom to ask', async () => {
  await page.openChannel('incident-derivatives');
  await page.send('/sentry ask how is derivatives doing?');
  const denial = page.message('not open in this channel');
  await denial.waitFor();
  expect(await denial.textContent()).toContain('To change that, ask the batch desk in "#batch-support".');
  expect(await denial.textContent()).toContain('Only visible to you');
  await picture('denied');
});

it('a night shows what is open in the channel, and how many batches are not', async () => {
  await page.openChannel('batch-support');
  await page.send('/sentry ask what happened last night?');
  await page.openThread('asked:');
  const answer = await page.waitForAnswer(2);
  expect(answer).toContain('TB-Derivatives');
  expect(answer).toContain('SNU');
  expect(answer).toMatch(/10 more batches are left out: they are not open here/);
  expect(answer).not.toMatch(/TB-(Securities|CFG|SMAA|SecFIn|Collateral)|UPC/);
  await picture('partly-open');
  expect(page.complaints).toEqual([]);
});
