import { expect, it } from 'vitest';
import { createRedisStore } from '../../src/state/redis-store.ts';
import { freePort } from '../servers/free-port.ts';

it('says that Redis is away, rather than that nothing was kept, and shows none of what was written', async () => {
  const store = createRedisStore({ url: `redis://127.0.0.1:${await freePort()}`, prefix: 'test' });
  const failures = await Promise.all(
    [store.list('watches'), store.read('watches', 'a'), store.replace('watches', 'a', 'PLANTED', null)].map((attempt) =>
      attempt.then(
        () => null,
        (error) => error,
      ),
    ),
  );
  for (const failure of failures) {
    expect(failure).toMatchObject({ code: 'STATE_UNREACHABLE', upstream: 'redis' });
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure)) + String(failure.cause)).not.toContain(
      'PLANTED',
    );
  }
  await store.close();
});
