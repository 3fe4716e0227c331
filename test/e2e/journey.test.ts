import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WORLD_SEED } from '../../src/playground/open-world.ts';
import { createWorld } from '../../src/playground/world/world.ts';
import { sharedChromium } from '../servers/shared.ts';
import { launchBrowser, openPlayground, type PlaygroundPage } from './page.ts';
import { type Product, startProduct } from './product.ts';
import { NIGHT } from './world-app.ts';

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

const world = createWorld({ seed: WORLD_SEED, now: NIGHT });
const lastNight = world.businessDates.at(-1) ?? '';
const essential = 'TB-Derivatives';

/** What is true of last night, as the world itself knows it. */
function truthOf(phase: 'PRELIM' | 'FINAL') {
  const truth = world
    .truth()
    .find((one) => one.essential === essential && one.businessDate === lastNight && one.phase === phase);
  if (!truth) throw new Error(`the world knows nothing of ${phase}`);
  const units = truth.datasets.flatMap((dataset) =>
    dataset.units.map((unit) => ({ ...unit, datasetId: dataset.datasetId })),
  );
  return { ...truth, units };
}

/** The answer names that pass, and each of these slices with its state. */
function expectEmeaIntercompany(answer: string, phase: 'PRELIM' | 'FINAL'): void {
  expect(answer).toContain(`${phase} for ${lastNight}`);
  const units = truthOf(phase).units.filter(
    (unit) => unit.datasetId.includes('intercompany') && unit.slice?.includes('EMEA'),
  );
  expect(units.length).toBeGreaterThan(0);
  for (const unit of units)
    expect(answer).toMatch(new RegExp(`${unit.status.toLowerCase().replace('_', ' ')}\\s+${unit.slice}`));
}

describe('a night at the desk', () => {
  it('a command gets a root message and an answer in its thread', async () => {
    await page.openChannel('batch-support');
    await page.send('/sentry ask how is derivatives doing?');
    await page.openThread('how is derivatives doing?');
    const answer = await page.waitForAnswer(2);
    await picture('command');
    const truth = truthOf('PRELIM');
    const failed = truth.units.filter((unit) => unit.status === 'FAILED').map((unit) => unit.slice ?? '');
    expect(failed.length).toBeGreaterThan(0);
    for (const part of [essential, 'PRELIM', lastNight, truth.status, ...failed]) expect(answer).toContain(part);
    expect((await page.answers.allInnerTexts())[0]).toMatch(/@alice asked:\s+how is derivatives doing\?/);
  });

  it('follow-ups name only what changed', async () => {
    await page.reply('and the EMEA slices of intercompany?');
    const slices = await page.waitForAnswer(3);
    await picture('follow-up');
    expectEmeaIntercompany(slices, 'PRELIM');
    await page.reply('what about final?');
    const final = await page.waitForAnswer(4);
    await picture('final');
    expectEmeaIntercompany(final, 'FINAL');
    await page.closeThread();
  });

  it('a mention is answered once, in its thread', async () => {
    await page.send('@sentry what failed last night?');
    await page.openThread('what failed last night?');
    const answer = await page.waitForAnswer(1);
    await picture('mention');
    expect(answer).toContain(lastNight);
    const troubled = world
      .truth()
      .filter((one) => one.businessDate === lastNight && ['FAILED', 'PARTIAL_FAILURE'].includes(one.status))
      .map((one) => one.essential);
    expect(troubled.length).toBeGreaterThan(0);
    for (const name of troubled) expect(answer).toContain(name);
    // A picture of the night may be there already: the answer is what carries a reference.
    expect(await page.answers.filter({ hasText: /\bref [a-z0-9]+/ }).count()).toBe(1);
  });

  it('a suggested question is a button that asks it', async () => {
    await page.closeThread();
    await page.openThread('how is derivatives doing?');
    const before = await page.answers.count();
    await page.thread.locator('.message .button').last().click();
    await page.waitForAnswer(before + 1);
    await picture('button');
    expect(page.complaints).toEqual([]);
  });
});
