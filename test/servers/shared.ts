import { get } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { inject } from 'vitest';
import type { MysqlServer } from './mariadb.ts';

/** The MariaDB of this test run, started when the first file asks. Make databases of your own in it: `createDatabases`. */
export const sharedMariaDb = (): Promise<MysqlServer> => ask('/mariadb');

/** The Redis of this test run. Files share it: prefix your keys. */
export const sharedRedis = (): Promise<{ url: string }> => ask('/redis');

/** The path of the Chromium of this machine, installed when missing. */
export const sharedChromium = async (): Promise<string> => (await ask<{ path: string }>('/chromium')).path;

function ask<Address>(path: string): Promise<Address> {
  return new Promise((resolve, reject) => {
    // Not fetch: it gives up after five minutes, and an installation may take longer.
    get(`${inject('sentryServers')}${path}`, (response) => {
      if (response.statusCode === 200) json(response).then((value) => resolve(value as Address), reject);
      else text(response).then((why) => reject(new Error(why)), reject);
    }).on('error', reject);
  });
}
