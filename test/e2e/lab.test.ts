import { it } from 'vitest';
import { startBolt, ALICE, SUPPORT } from '../playground/slack/bolt.ts';
import { echoApp } from './echo-app.ts';
import { launchBrowser, openPlayground } from './page.ts';

it('lab', async () => {
  const running = await startBolt('socket', (app) => echoApp(app));
  const browser = await launchBrowser('/usr/bin/chromium');
  for (const theme of ['light', 'dark'] as const) {
    const page = await openPlayground(browser, running.slack.url, { as: ALICE, theme });
    if (theme === 'light') await page.screenshot('/tmp/lab/home.png');
    await page.openChannel('batch-support');
    await page.page.locator('.channel-pane textarea').fill('/sen');
    await page.screenshot(`/tmp/lab/${theme}-suggest.png`);
    await page.send('/sentry ask how is derivatives doing?');
    await page.openThread('how is derivatives doing');
    await page.waitForAnswer(2);
    await page.screenshot(`/tmp/lab/${theme}.png`);
    console.log(page.complaints);
  }
  const phone = await openPlayground(browser, running.slack.url, { as: ALICE, width: 390, height: 844 });
  await phone.screenshot('/tmp/lab/phone-list.png');
  await phone.openChannel('batch-support');
  await phone.screenshot('/tmp/lab/phone-channel.png');
  await phone.openThread('how is derivatives doing');
  await phone.screenshot('/tmp/lab/phone-thread.png');
  console.log(phone.complaints);
  await browser.close();
  await running.stop();
}, 60000);
