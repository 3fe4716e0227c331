import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WORLD_SEED } from '../../src/playground/open-world.ts';
import { createWorld } from '../../src/playground/world/world.ts';
import { sharedChromium } from '../servers/shared.ts';
import { asRead, launchBrowser, openPlayground, type PlaygroundPage } from './page.ts';
import { type Product, startProduct } from './product.ts';

/** Where to save pictures; nowhere unless told. */
const PICTURES = process.env.SENTRY_TEST_PICTURES;
const ALICE = 'U0ALICE001';
const MINUTE = 60_000;
/** Wednesday 18 November 2026, 20:50 in New York: the night is two hours old. */
const EVENING = Date.parse('2026-11-19T01:50:00Z');
const DATE = '2026-11-18';

const world = createWorld({ seed: WORLD_SEED, now: EVENING });
let product: Product;
let browser: Browser;
let page: PlaygroundPage;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(EVENING), sharedChromium().then(launchBrowser)]);
  page = await openPlayground(browser, product.url, { as: ALICE, width: 1440, height: 900 });
  page.page.setDefaultTimeout(15_000);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const picture = async (name: string, of = page) => {
  if (PICTURES) await of.screenshot(`${PICTURES}/${name}.png`);
};

/** What is true of that night so many minutes after EVENING. */
function truthAt(minutes: number) {
  const night = world.truth(EVENING + minutes * MINUTE).filter(({ businessDate }) => businessDate === DATE);
  return night.map((phase) => ({ ...phase, units: phase.datasets.flatMap(({ units }) => units) }));
}

function prelimAt(minutes: number, essential: string) {
  const truth = truthAt(minutes).find((each) => each.essential === essential && each.phase === 'PRELIM');
  if (truth === undefined) throw new Error(`the world knows nothing of ${essential}`);
  return truth;
}

/** Sends a command and returns what SENTRY says to that alone. */
async function command(line: string, reply: string | RegExp): Promise<string> {
  await page.send(line);
  const said = page.message(reply).filter({ hasText: 'Only visible to you' }).last();
  await said.waitFor();
  return asRead(said);
}

/** The messages of incidents and digests in the open channel. */
const posted = (text: string) => page.page.locator('.channel-pane .message[data-user="sentry"]', { hasText: text });
const replies = async () => (await page.answers.allInnerTexts()).slice(1);

describe('a watch, while the night goes on', () => {
  it('is ordered, and what has failed already opens a thread at once, which can be muted', async () => {
    await page.openChannel('incident-derivatives');
    expect(await command('/sentry watch derivatives', 'I watch')).toContain('Derivatives');
    const root = posted(`TB-Derivatives PRELIM for ${DATE}`);
    await root.waitFor();
    const failed = prelimAt(0, 'TB-Derivatives').units.filter(({ status }) => status === 'FAILED');
    expect(failed.map(({ slice, attempts }) => [slice, attempts])).toEqual([['EMEA_DERIV_CFG', 1]]);
    expect(await asRead(root)).toMatch(/Partial failure[\s\S]*EMEA_DERIV_CFG of \S+ failed at/);
    await page.press('Mute');
    await root.getByText(/Muted by @/).waitFor();
  });

  it('opens one thread on a failure, as soon as there is one', async () => {
    await page.openChannel('batch-support');
    await command('/sentry watch pbsynthetics', 'I watch');
    expect(prelimAt(0, 'PBSynthetics').status).toBe('RUNNING');
    expect(await posted('PBSynthetics PRELIM').count()).toBe(0);
    await page.moveClock('+10 min');
    const root = posted(`PBSynthetics PRELIM for ${DATE}`);
    await root.waitFor();
    const { status, units } = prelimAt(10, 'PBSynthetics');
    const failed = units.filter((unit) => unit.status === 'FAILED').map(({ slice }) => slice ?? '');
    expect([status, failed]).toEqual(['PARTIAL_FAILURE', ['AWS_PBS_NA']]);
    const said = await asRead(root);
    expect(said).toContain(`Partial failure · PBSynthetics PRELIM for ${DATE}`);
    expect(said).toContain(`1 of ${units.length} slices failed (${failed[0]})`);
    expect(said).toMatch(/Cause: snowflake-export-\S+ of \S+ failed in slice AWS_PBS_NA .* on try 3\./);
    expect(await root.locator('.thread-summary').count()).toBe(0);
    await picture('watch-failure');
  });

  it('tells that it runs again, that it went through, and that all is done: each once, in that thread', async () => {
    for (const _ of [20, 30, 40]) await page.moveClock('+10 min');
    expect(prelimAt(40, 'PBSynthetics').units.find(({ slice }) => slice === 'AWS_PBS_NA')).toMatchObject({
      status: 'RUNNING',
      attempts: 2,
    });
    const root = posted(`PBSynthetics PRELIM for ${DATE}`);
    await root.locator('.thread-summary').click();
    await page.answers.nth(1).getByText('runs again').waitFor();
    await root.filter({ hasText: 'Running, late · PBSynthetics' }).waitFor();
    await picture('watch-again');
    await page.moveClock('+1 h');
    await page.answers.nth(2).getByText('Recovered').waitFor();
    const { status, units } = prelimAt(100, 'PBSynthetics');
    expect(status).toBe('SUCCESS');
    expect(await replies()).toEqual([
      expect.stringMatching(/AWS_PBS_NA of \S+ runs again since .*, attempt 2\./),
      expect.stringMatching(
        new RegExp(`AWS_PBS_NA of \\S+ went through at .* on attempt 2\\.\\s+Recovered: all ${units.length} slices`),
      ),
    ]);
    await root.getByText('Over: it is complete.').waitFor();
    expect(await asRead(root)).toMatch(/It was: snowflake-export-\S+ of \S+ failed in slice AWS_PBS_NA/);
    expect(await root.count()).toBe(1);
    await picture('watch');
    await page.closeThread();
    expect(await command('/sentry watch list', 'This channel watches')).toContain('Last looked Wednesday');
    await command('/sentry watch stop pbsynthetics', 'I no longer watch');
  });

  it('keeps a muted thread quiet and its first message true', async () => {
    await page.openChannel('incident-derivatives');
    const root = posted(`TB-Derivatives PRELIM for ${DATE}`);
    const [again] = prelimAt(100, 'TB-Derivatives').units.filter(({ status }) => status === 'FAILED');
    expect(again).toMatchObject({ slice: 'EMEA_DERIV_CFG', attempts: 2 });
    await root.getByText(/EMEA_DERIV_CFG of \S+ failed at .* on attempt 2\./).waitFor();
    expect(await root.locator('.thread-summary').count()).toBe(0);
    expect(await root.count()).toBe(1);
    await command('/sentry watch stop derivatives', 'I no longer watch');
    await root.getByText('No longer followed.').waitFor();
  });
});

describe('a digest, while the night goes on', () => {
  it('is ordered, previewed, paused and listed', async () => {
    await page.openChannel('batch-support');
    const told = await command('/sentry digest add 7:00 weekdays new york', 'I will post a digest');
    expect(told).toContain('at 07:00 New York on weekdays: the latest phase of all batches');
    expect(told).toContain('Next: Thursday 2026-11-19 07:00 New York (12:00 UTC)');
    const other = await command('/sentry digest add 7:15 new york snu', 'the latest phase of SNU');
    const id = /id\s+(\w{4})\b/.exec(other)?.[1] ?? '';
    expect(await command(`/sentry digest preview ${id}`, 'A preview')).toContain('SNU');
    expect(await command(`/sentry digest pause ${id}`, 'Paused')).toContain('at 07:15 New York');
    expect(await command('/sentry digest list', 'This channel has 2 digests')).toMatch(/SNU · paused/);
  });

  it('comes when its time has come: once, true, and with a picture in its thread', async () => {
    await page.moveClock('To 07:00 tomorrow');
    const digest = posted('need attention');
    await digest.waitFor();
    const said = await asRead(digest);
    const title = said.split('\n').find((line) => line.includes('need attention')) ?? '';
    expect(title).toContain(`Business date ${DATE}`);
    const truth = truthAt(610);
    const broken = truth.filter(({ status, units }) => /FAIL/.test(status) || units.some(({ stuck }) => stuck));
    expect(broken.length).toBeGreaterThan(2);
    for (const { essential, phase, units } of broken) {
      expect(title).toContain(`${essential} ${phase}`);
      const stopped = units.filter((unit) => unit.stuck || unit.status === 'FAILED' || unit.status === 'CANCELLED');
      for (const { slice } of stopped) expect(said).toContain(slice ?? '?');
    }
    const done = /Done: (.*)/.exec(said)?.[1]?.split(' · ') ?? [];
    expect(done.length).toBeGreaterThan(5);
    const success = truth.filter(({ status }) => status === 'SUCCESS').map((each) => `${each.essential} ${each.phase}`);
    expect(success).toEqual(expect.arrayContaining(done));
    await picture('digest');
    await digest.locator('.thread-summary').click();
    const drawn = page.thread.locator('.files img');
    await drawn.waitFor();
    expect((await drawn.getAttribute('alt'))?.length).toBeGreaterThan(40);
    await page.page.waitForFunction(
      () => (document.querySelector<HTMLImageElement>('.thread-pane .files img')?.naturalWidth ?? 0) > 600,
    );
    await picture('digest-thread');
    await page.closeThread();
  });

  it('is posted no second time on that day, and never once it is removed', async () => {
    await command('/sentry digest add 7:30 new york upc', 'the latest phase of UPC');
    await page.moveClock('+1 h');
    await posted(`All quiet for business date ${DATE}: 1 batch done.`).waitFor();
    expect(await posted('need attention').count()).toBe(1);
    const list = await command('/sentry digest list', 'This channel has 3 digests');
    expect(list).toMatch(/all batches · next Friday 2026-11-20 07:00/);
    const id = /(\w{4}) at 07:00 New York on weekdays/.exec(list)?.[1];
    await command(`/sentry digest remove ${id}`, 'is gone');
    expect(await command('/sentry digest list', 'This channel has 2 digests')).not.toContain('all batches');
    expect(page.complaints).toEqual([]);
  });
});

it('shows clock, digest and watch on a phone, and the clock obeys the keyboard', async () => {
  const phone = await openPlayground(browser, product.url, { as: ALICE, width: 390, height: 844 });
  await phone.openChannel('batch-support');
  await phone.page.locator('.message', { hasText: 'need attention' }).scrollIntoViewIfNeeded();
  await picture('digest-phone', phone);
  await phone.openThread(`PBSynthetics PRELIM for ${DATE}`);
  await picture('watch-phone', phone);
  const clock = phone.page.locator('.clock-toggle:visible');
  await clock.focus();
  await phone.page.keyboard.press('Enter');
  await phone.page.locator('.clock-panel').getByRole('status').filter({ hasText: 'Thu 08:00 in New York' }).waitFor();
  await picture('clock-phone', phone);
  await phone.page.keyboard.press('Tab');
  await phone.page.keyboard.press('Enter');
  await clock.filter({ hasText: '08:10' }).waitFor();
  await phone.page.keyboard.press('Escape');
  expect(await clock.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.page.locator('.clock-toggle:visible', { hasText: '08:10' }).waitFor();
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(phone.complaints).toEqual([]);
});
