import { ensureProgram } from './install.ts';

/** The path of a Chromium for browser tests; `SENTRY_TEST_CHROMIUM` names one to use instead. */
export async function ensureChromium(): Promise<string> {
  return (
    process.env.SENTRY_TEST_CHROMIUM ||
    (await ensureProgram({
      programs: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
      debianPackage: 'chromium',
      variable: 'SENTRY_TEST_CHROMIUM',
    }))
  );
}
