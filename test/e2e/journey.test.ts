import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedChromium } from '../servers/shared.ts';
import { launchBrowser, openPlayground, type PlaygroundPage } from './page.ts';
import { type Product, startProduct } from './product.ts';

const ALICE = 'U0ALICE001';
/** Where to save pictures of the journey; nowhere unless told. */
const PICTURES = process.env.SENTRY_TEST_PICTURES;

let product: Product;
let browser: Browser;
let page: PlaygroundPage;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), sharedChromium().then(launchBrowser)]);
  page = await openPlayground(browser, product.url, { as: ALICE, width: 1440, height: 900 });
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const picture = async (name: string) => {
  if (PICTURES) await page.screenshot(`${PICTURES}/${name}.png`);
};

describe('a night at the desk', () => {
  it('a command gets a root message and an answer in its thread', async () => {
    await page.openChannel('batch-support');
    await page.send('/sentry ask how is derivatives doing?');
    await page.openThread('how is derivatives doing?');
    const answer = await page.waitForAnswer(2);
    await picture('command');
    expect(answer).toContain('TB-Derivatives');
  });

  it('follow-ups name only what changed', async () => {
    await page.reply('and the EMEA slices of intercompany?');
    const slices = await page.waitForAnswer(3);
    await picture('follow-up');
    expect(slices).toContain('EMEA');
    await page.reply('what about final?');
    const final = await page.waitForAnswer(4);
    await picture('final');
    expect(final).toMatch(/final/i);
    await page.closeThread();
  });

  it('a mention is answered once, in its thread', async () => {
    await page.send('@sentry what failed last night?');
    await page.openThread('what failed last night?');
    await page.waitForAnswer(1);
    await picture('mention');
    expect(await page.answers.count()).toBe(1);
    expect(page.complaints).toEqual([]);
  });
});
