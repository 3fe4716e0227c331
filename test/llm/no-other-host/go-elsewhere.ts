import { lookup } from 'node:dns/promises';
import { request } from 'node:https';
import { refused } from './guard.ts';

/** What the guard has to catch: a global fetch, an https request by address, a lookup. */
await fetch('https://elsewhere.example/').catch(() => {});
await new Promise((resolve) => {
  try {
    request('https://192.0.2.1/').on('error', resolve).end();
  } catch (error) {
    resolve(error);
  }
});
await Promise.resolve()
  .then(() => lookup('names.example'))
  .catch(() => {});
process.stdout.write(JSON.stringify({ refused }));
process.exit(0);
