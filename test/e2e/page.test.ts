import type { App } from '@slack/bolt';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ALICE, DM, INCIDENT, RANDOM, type Running, SUPPORT, startBolt } from '../playground/slack/bolt.ts';
import { sharedChromium } from '../servers/shared.ts';
import { echoApp } from './echo-app.ts';
import { launchBrowser, openPlayground, type PlaygroundPage } from './page.ts';

let running: Running;
let browser: Browser;
let release: () => void;
let page: PlaygroundPage;

/** What only this test's app can do: a form, and a home. */
function formsAndHome(app: App): void {
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  app.event('app_home_opened', async ({ event, client }) => {
    const section = { type: 'section' as const, text: { type: 'mrkdwn' as const, text: '*Tonight*: all quiet' } };
    if (event.tab === 'home')
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [section] } });
  });
  app.action('ask_3', async ({ body, client }) => {
    const { trigger_id } = body as unknown as { trigger_id: string };
    const element = { type: 'plain_text_input' as const, action_id: 'a' };
    await client.views.open({
      trigger_id,
      view: {
        type: 'modal',
        callback_id: 'form',
        title: plain('How many nights?'),
        submit: plain('Ask'),
        blocks: [{ type: 'input', block_id: 'nights', label: plain('Nights'), element }],
      },
    });
  });
  app.view('form', async ({ ack, view, client }) => {
    const value = view.state.values.nights?.a?.value;
    if (!value || !/^\d+$/.test(value))
      return ack({ response_action: 'errors', errors: { nights: 'A number, please' } });
    await ack();
    await client.chat.postMessage({ channel: SUPPORT, text: `form says ${value} nights` });
  });
}

beforeAll(async () => {
  const held = Promise.withResolvers<void>();
  release = held.resolve;
  const start = startBolt('socket', (app) => {
    formsAndHome(app);
    echoApp(app, held.promise);
  });
  [running, browser] = await Promise.all([start, sharedChromium().then(launchBrowser)]);
  page = await openPlayground(browser, running.slack.url, { as: ALICE });
});
afterEach(() => {
  expect(page.complaints.splice(0)).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

describe('the page', () => {
  it('suggests commands, shows that it works, then the answer, and its buttons work', async () => {
    await page.openChannel('batch-support');
    const composer = page.page.locator('.channel-pane textarea');
    await composer.pressSequentially('/se');
    expect(await page.page.locator('.suggestion').allInnerTexts()).toHaveLength(3);
    await composer.press('Enter');
    expect(await composer.inputValue()).toBe('/sentry ask ');
    await page.send('/sentry ask how is derivatives doing?');
    await page.openThread('how is derivatives doing?');
    await page.thread.locator('.status-line', { hasText: 'reading the runs' }).waitFor();
    release();
    const answer = await page.waitForAnswer(2);
    for (const part of [
      'TB-Derivatives prelim: partial failure',
      'Business date',
      'DERIV-EMEA-SLICE-2',
      'FGW_slsline_calculator_e15_V2 <b>FAILED</b>',
    ]) {
      expect(answer).toContain(part);
    }
    expect(await page.thread.locator('table tbody tr').count()).toBe(3);
    await page.press('What about final?');
    expect(await page.waitForAnswer(3)).toContain('you pressed final');
    await page.press('Last 10 nights');
    const form = page.page.getByRole('dialog');
    await form.getByLabel('Nights').fill('many');
    await form.getByRole('button', { name: 'Ask' }).click();
    await form.getByText('A number, please').waitFor();
    await form.getByLabel('Nights').fill('10');
    await form.getByRole('button', { name: 'Ask' }).click();
    await page.message('form says 10 nights').waitFor();
    expect(await form.count()).toBe(0);
  });

  it('never takes text for markup or for a mention that it is not', async () => {
    await page.openChannel('incident-derivatives');
    const nasty = '<img src=x onerror=alert(1)> <!channel> & `<b>` https://a.test/?q=<script>';
    await page.send(nasty);
    const message = page.message('onerror');
    await message.waitFor();
    const shown = await message.locator('.message-content').allInnerTexts();
    expect(shown.join().replaceAll('\u2060', '').replace(/\s+/g, ' ')).toContain(
      '<img src=x onerror=alert(1)> <!channel> & <b>',
    );
    expect(await message.locator('img, script, b, .mention').count()).toBe(0);
    await page.send('@channel @bob look');
    await page.message('look').locator('.mention-me', { hasText: '@channel' }).waitFor();
    expect(await page.message('look').locator('.mention').allInnerTexts()).toEqual(['@channel', '@bob']);
  });

  it('follows what others do: new, changed, deleted, unread', async () => {
    await page.openChannel('batch-support');
    const { slack } = running;
    const posted = slack.postAs('U0BOB00001', INCIDENT, 'first words');
    const place = page.page.locator('.place', { hasText: 'incident-derivatives' });
    await place.getByLabel('1 unread').waitFor();
    await page.openChannel('incident-derivatives');
    expect(await place.getByLabel('1 unread').count()).toBe(0);
    slack.editMessage('U0BOB00001', INCIDENT, posted.ts, 'second words');
    await page.message('second words').getByText('(edited)').waitFor();
    slack.deleteMessage('U0BOB00001', INCIDENT, posted.ts);
    await page.message('second words').waitFor({ state: 'detached' });
  });

  it('lets people change and delete what is their own, and become someone else', async () => {
    await page.openChannel('random');
    await page.send('a typoo');
    const message = page.message('a typo');
    await message.hover();
    await message.getByRole('button', { name: 'Edit message' }).click();
    await page.page.getByLabel('Edit message').last().fill('a typo no more');
    await page.page.keyboard.press('Enter');
    await page.message('a typo no more').getByText('(edited)').waitFor();
    await page.become('Bob Tanaka');
    await page.page.locator('.me', { hasText: 'Derivatives technology' }).waitFor();
    await message.hover();
    expect(await message.getByRole('button', { name: 'Delete message' }).count()).toBe(0);
    await page.become('Alice Moreau');
    await page.page.locator('.me', { hasText: 'Site reliability' }).waitFor();
  });

  it('shows what is only for one, and invites the app', async () => {
    await page.openChannel('random');
    await page.send('/sentry ask anything');
    await page.message('I may not post here').getByText('Only visible to you').waitFor();
    await page.send('@sentry hello?');
    await page.page.getByRole('button', { name: 'Invite to channel' }).click();
    await page.message('not in this channel').waitFor({ state: 'detached' });
    await page.send('@sentry and now?');
    await page.openThread('and now?');
    await page.waitForAnswer(1);
    const { channels, bot } = running.slack.state;
    running.slack.state.leave(channels.get(RANDOM) ?? fail(), bot.id);
  });

  it('talks to the app alone: home, messages, and an answer that opens its thread', async () => {
    await page.openChannel('SENTRY');
    await page.page.getByRole('tab', { name: 'Home' }).click();
    await page.page.getByText('all quiet').waitFor();
    await page.page.getByRole('tab', { name: 'Messages' }).click();
    await page.send('hello');
    await page.waitForAnswer(1);
    expect(running.slack.state.messages.get(DM)).toHaveLength(2);
  });

  it('fits a phone, in the dark as well', async () => {
    const phone = await openPlayground(browser, running.slack.url, {
      as: ALICE,
      width: 390,
      height: 844,
      theme: 'dark',
    });
    expect(await phone.page.locator('html').getAttribute('data-theme')).toBe('dark');
    await phone.openChannel('incident-derivatives');
    const long = 'FGW_slsline_calculator_e15_V2_2026-02-13_DERIV-EMEA-SLICE-2_1771000676695'.repeat(2);
    const root = running.slack.state.messages.get(INCIDENT)?.[0];
    running.slack.postAs('U0BOB00001', INCIDENT, `${long} \`${long}\`\n&gt; ${long}`, {
      threadTs: root?.ts ?? '',
      raw: true,
    });
    await phone.openThread('SLS line calculator');
    await phone.thread.locator('.message', { hasText: long }).waitFor();
    expect(await phone.thread.locator('.message-scroll').evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    await phone.closeThread();
    await phone.openChannel('batch-support');
    await phone.page.getByRole('button', { name: 'Back to the list' }).click();
    await phone.page.getByRole('button', { name: 'Use the light theme' }).click();
    expect(await phone.page.locator('html').getAttribute('data-theme')).toBe('light');
    expect(phone.complaints).toEqual([]);
  });
});

function fail(): never {
  throw new Error('no such channel');
}
