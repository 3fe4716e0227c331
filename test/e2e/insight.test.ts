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
const modal = () => page.page.locator('dialog.modal');
const button = (name: string) => page.page.getByRole('button', { name, exact: true });

describe('beside the answers', () => {
  it('an alert is investigated in its thread, by the shortcut on it', async () => {
    await page.openChannel('incident-derivatives');
    const alert = page.message('did not finish').first();
    await alert.hover();
    await alert.getByRole('button', { name: 'Investigate with SENTRY' }).click();
    await page.openThread('did not finish');
    const answer = await page.waitForAnswer(2);
    await picture('shortcut');
    expect(answer).toContain('EMEA_DERIV_CFG');
  });

  it('an answer says how it is known', async () => {
    await page.thread.getByRole('button', { name: 'How do you know?' }).last().click();
    await modal().getByText('Queries').waitFor();
    await picture('evidence');
    // biome-ignore lint/performance/useDomNodeTextContent: what a person reads, line breaks included
    const text = await modal().innerText();
    for (const part of ['Definitions', 'told by Lenz', 'ruled out', 'rows', 'ms']) expect(text).toContain(part);
    await modal().getByRole('button', { name: 'Close' }).last().click();
    await modal().waitFor({ state: 'detached' });
  });

  it('a person says what it was instead', async () => {
    await page.thread.getByRole('button', { name: 'Wrong' }).last().click();
    await modal().getByText('What was the actual cause?').waitFor();
    await modal().getByRole('combobox').selectOption({ label: 'Late start' });
    await modal().getByRole('textbox').fill('The feed from the vendor came two hours late.');
    await picture('feedback');
    await modal().getByRole('button', { name: 'Send' }).click();
    await modal().waitFor({ state: 'detached' });
    await page.thread.getByText('Noted: this answer was wrong').waitFor();
    await picture('feedback-noted');
  });

  it('a list is a table, and all of it opens where the message has a part', async () => {
    await page.openChannel('batch-support');
    await page.send('@sentry which slice of 6g is slowest tonight?');
    await page.openThread('which slice of 6g');
    await page.waitForAnswer(1);
    expect(await page.answers.first().locator('.block-table tbody tr').count()).toBe(12);
    await picture('table');
    await page.thread.getByRole('button', { name: 'Show all (5 more)' }).click();
    await modal().getByText('has not run').first().waitFor();
    await picture('show-all');
    expect(await modal().textContent()).toMatch(/6G_OUTFLOWS_NA[\s\S]*submission_extract_e15[\s\S]*data as of/);
    await modal().getByRole('button', { name: 'Close' }).last().click();
    await modal().waitFor({ state: 'detached' });
  });

  it('what was said is listed', async () => {
    await page.send('/sentry feedback');
    await page.message('actual cause: late start').waitFor();
    await picture('feedback-list');
  });

  it('the home tab shows the night, worst first, for the date and phase that are picked', async () => {
    await page.openChannel('SENTRY');
    await page.page.getByRole('tab', { name: 'Home' }).click();
    const home = page.page.locator('.home');
    await home.getByText(/\d failed · /).waitFor();
    await home.getByText('looking for the causes').waitFor({ state: 'detached' });
    await picture('home');
    expect(await home.textContent()).toMatch(/As of[\s\S]*TB-Derivatives[\s\S]*failed in slice/);
    await home.getByLabel('Choose').selectOption({ label: 'FINAL' });
    await home.getByText('Reading the night').waitFor({ state: 'detached' });
    await page.page.waitForFunction(
      () => !/ PRELIM · /.test(document.querySelector('.home')?.textContent ?? ' PRELIM · '),
    );
    await home.getByLabel('Date').fill('2026-11-18');
    await home.getByText('18 Nov').first().waitFor();
    await picture('home-picked');
    await button('Refresh').click();
    await home.getByText('As of').waitFor();
  });

  it('the conversation offers questions that fit the night', async () => {
    await page.page.getByRole('tab', { name: 'Messages' }).click();
    await page.page.locator('.prompts button', { hasText: /^Why / }).first().waitFor();
    await picture('prompts');
    await page.page.locator('.prompts button', { hasText: /^Why / }).first().click();
    await page.thread.waitFor();
    await page.waitForAnswer(1);
    await picture('direct-message');
    expect(page.complaints).toEqual([]);
  });
});
