import { fileURLToPath } from 'node:url';

/** For processes that tests start: what Node compiled for one of them, the next need not compile again. */
export const COMPILE_CACHE = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/sentry-tests', import.meta.url)),
};
