import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking'];
const ANSWER_MS = 15_000;

export interface ViewOptions {
  /** Who to be, by user id. */
  as?: string;
  theme?: 'light' | 'dark';
  width?: number;
  height?: number;
}

/** The playground's page in a real browser, in the words of those who use it. */
export class PlaygroundPage {
  readonly page: Page;
  /** What the page complained about; tests expect it to stay empty. */
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  /** Opens a channel by name, or the app's direct conversation by its name. */
  async openChannel(name: string): Promise<void> {
    const back = this.page.getByRole('button', { name: 'Back to the list' });
    if (await back.isVisible()) await back.click();
    await this.page.locator('.place', { hasText: name }).click();
    await this.page.locator('.channel-pane h1', { hasText: name }).waitFor();
  }

  /** Types into the channel's composer and sends with Enter. */
  async send(text: string): Promise<void> {
    await this.#type(this.page.locator('.channel-pane .composer textarea'), text);
  }

  /** Types into the open thread's composer and sends with Enter. */
  async reply(text: string): Promise<void> {
    await this.#type(this.page.locator('.thread-pane .composer textarea'), text);
  }

  /** Opens the thread of the last message of the channel that contains `text`. */
  async openThread(text: string): Promise<void> {
    const message = this.message(text).last();
    await message.locator('.thread-summary, .status-in-channel').first().click();
    await this.thread.waitFor();
  }

  async closeThread(): Promise<void> {
    await this.page.getByRole('button', { name: 'Close the thread' }).click();
    await this.thread.waitFor({ state: 'detached' });
  }

  /** Messages of the channel that contain `text`. */
  message(text: string | RegExp): Locator {
    return this.page.locator('.channel-pane .message', { hasText: text });
  }

  get thread(): Locator {
    return this.page.locator('.thread-pane');
  }

  /** The app's replies in the open thread, oldest first. */
  get answers(): Locator {
    return this.thread.locator('.message[data-user="sentry"]');
  }

  /**
   * Waits until the open thread holds `count` finished replies of the app and nothing is being worked on. Gives the text of
   * the last. The root counts where the app wrote it.
   */
  async waitForAnswer(count: number, timeout = ANSWER_MS): Promise<string> {
    const last = this.answers.nth(count - 1);
    await last.waitFor({ timeout });
    await this.thread
      .locator('.caret, .status-line, .task-in_progress')
      .first()
      .waitFor({ state: 'detached', timeout });
    await last.getByText('Working on it').waitFor({ state: 'detached', timeout });
    return asRead(last);
  }

  /** Presses a button of the last message that has one of that name. */
  async press(name: string): Promise<void> {
    await this.page.locator('.message .button', { hasText: name }).last().click();
  }

  /** Becomes another person of the workspace. */
  async become(realName: string): Promise<void> {
    await this.page.getByLabel('Who you are').selectOption({ label: realName });
  }

  /** Moves the workspace's clock on by one of the buttons behind it, and waits until the page shows another time. */
  async moveClock(button: string): Promise<void> {
    const clock = this.page.locator('.clock-toggle:visible');
    const before = await asRead(clock);
    if ((await clock.getAttribute('aria-expanded')) === 'false') await clock.click();
    await this.page.locator('.clock-panel').getByRole('button', { name: button, exact: true }).click();
    await clock.filter({ hasNotText: before.trim() }).waitFor();
    await this.page.keyboard.press('Escape');
    await this.page.locator('.clock-panel').waitFor({ state: 'detached' });
  }

  /** Saves what is on screen, with fonts loaded and the pointer out of the way. */
  async screenshot(path: string): Promise<void> {
    await this.page.mouse.move(0, 0);
    await this.page.evaluate(() => document.fonts.ready);
    await this.page.screenshot({ path, animations: 'disabled' });
  }

  async #type(field: Locator, text: string): Promise<void> {
    await field.click();
    await field.fill(text);
    await field.press('Enter');
    await this.page.waitForFunction(
      (one) => (one as HTMLTextAreaElement | null)?.value === '',
      await field.elementHandle(),
    );
  }
}

/** What a person reads, line breaks included. */
export function asRead(of: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: it knows no line breaks, and shows what is hidden
  return of.innerText();
}

/** Starts a browser without a window. `executable` is the path of a Chromium. */
export function launchBrowser(executable: string): Promise<Browser> {
  return chromium.launch({ executablePath: executable, args: FLAGS });
}

/** Opens the playground in a context of its own. */
export async function openPlayground(
  browser: Browser,
  url: string,
  options: ViewOptions = {},
): Promise<PlaygroundPage> {
  const { as, theme = 'light', width = 1360, height = 860 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    deviceScaleFactor: 1,
    timezoneId: 'America/New_York',
    hasTouch: width < 600,
  });
  const page = new PlaygroundPage(await context.newPage());
  await page.page.goto(as ? `${url}/?as=${as}` : url);
  await page.page.locator('.page').waitFor();
  return page;
}
