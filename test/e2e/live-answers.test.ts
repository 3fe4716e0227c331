import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../src/agent/answer.ts';
import { sharedChromium } from '../servers/shared.ts';
import { createFakeAsk, ordinary } from '../slack/fake-ask.ts';
import { ALICE, type Desk, startDesk } from '../slack/harness.ts';
import { launchBrowser, openPlayground, type PlaygroundPage } from './page.ts';
import { type Product, startProduct } from './product.ts';

/** Where to save pictures; nowhere unless told. */
const PICTURES = process.env.SENTRY_TEST_PICTURES;

let browser: Browser;
let desk: Desk;
let product: Product;
let page: PlaygroundPage;
let released: PromiseWithResolvers<void>;

const VERDICT = '**TB-Derivatives PRELIM, 2026-02-13, PARTIAL_FAILURE**: 1 of 6 slices failed.';
const STEP = { id: 's1', title: 'Reading TB-Derivatives runs of 2026-02-13' };

/** Reads, finds the verdict, and words the answer once it is let go. */
const slow = createFakeAsk(async function* (question, signal): AsyncGenerator<AgentEvent> {
  yield { type: 'step', id: 'plan', title: 'Reading the question', status: 'complete' };
  yield { type: 'step', ...STEP, status: 'complete' };
  yield { type: 'verdict', verdict: VERDICT };
  yield { type: 'step', id: 'words', title: 'Wording the answer', status: 'in_progress' };
  await Promise.race([released.promise, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
  if (!signal.aborted) yield* ordinary()(question, signal);
});

beforeAll(async () => {
  [desk, product, browser] = await Promise.all([
    startDesk('socket', slow, { app: { timing: { updateGapMs: 20, questionMs: 60_000 } } }),
    startProduct(),
    sharedChromium().then(launchBrowser),
  ]);
});
afterEach(async () => {
  expect(page.complaints.splice(0)).toEqual([]);
  await page.page.context().close();
});
afterAll(async () => {
  await browser?.close();
  await desk?.stop();
  await product?.stop();
});

const picture = async (name: string) => {
  if (PICTURES) await page.screenshot(`${PICTURES}/${name}.png`);
};

async function ask(url: string, text: string): Promise<void> {
  released = Promise.withResolvers();
  page = await openPlayground(browser, url, { as: ALICE });
  await page.openChannel('batch-support');
  await page.send(`@sentry ${text}`);
  await page.openThread(text);
}

describe('an answer that lives', () => {
  it('shows a plan with its steps and the verdict, then the answer in the same message', async () => {
    await ask(desk.slack.url, 'how is derivatives doing?');
    const message = page.answers.first();
    await message.locator('.plan .task-complete', { hasText: STEP.title }).waitFor();
    await message.locator('.task-in_progress', { hasText: 'Wording the answer' }).waitFor();
    await message.getByText('1 of 6 slices failed').waitFor();
    await picture('live-stream');
    const ts = await message.getAttribute('data-ts');
    released.resolve();
    await page.waitForAnswer(1);
    expect(await page.answers.count()).toBe(1);
    expect(await message.getAttribute('data-ts')).toBe(ts);
    expect(await message.locator('.plan').count()).toBe(0);
    await picture('live-answer');
  });

  it.each([
    ['on the message', '.message .button'],
    ["of Slack's own", '.thread-status .stop'],
  ])('is stopped with the button %s, and asked again', async (_where, button) => {
    await ask(desk.slack.url, `how is collateral doing, ${button.length}?`);
    await page.answers.first().getByText('1 of 6 slices failed').waitFor();
    await page.thread.locator(button, { hasText: 'Stop' }).click();
    const message = page.answers.first();
    await message.getByText('Stopped').waitFor();
    await page.thread.locator('.thread-status .stop').waitFor({ state: 'detached' });
    await picture(button.startsWith('.message') ? 'live-stopped' : 'live-stopped-by-thread');
    const said = await message.textContent();
    expect(said).toContain('1 of 6 slices failed');
    expect(said).toMatch(/Stopped by @/);
    await message.locator('.button', { hasText: 'Ask again' }).click();
    released.resolve();
    await page.thread.getByText('asked:').waitFor();
    expect(await page.waitForAnswer(3)).toContain('EMEA_DERIV_CFG');
  });

  it('comes with a picture that says what it shows', async () => {
    await ask(product.url, 'why did derivatives fail?');
    await page.waitForAnswer(1);
    const drawn = page.thread.locator('.files img');
    await drawn.waitFor();
    expect((await drawn.getAttribute('alt'))?.length).toBeGreaterThan(40);
    await page.page.waitForFunction(() => {
      const image = document.querySelector<HTMLImageElement>('.thread-pane .files img');
      return image?.complete === true && image.naturalWidth > 600;
    });
    expect(await page.answers.count()).toBe(2);
    await drawn.scrollIntoViewIfNeeded();
    await picture('live-picture');
  });
});
