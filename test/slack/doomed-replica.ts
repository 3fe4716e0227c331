import { createFakeAsk } from './fake-ask.ts';
import { startReplica } from './replica.ts';

/** A replica in a process of its own, whose agent gets as far as the verdict and no further: it is there to be killed. */
const [apiUrl = '', redisUrl = '', prefix = '', port = ''] = process.argv.slice(2);
const agent = createFakeAsk(async function* () {
  yield { type: 'step', id: 's1', title: 'Reading everything', status: 'in_progress' };
  yield { type: 'verdict', verdict: 'TB-Derivatives PRELIM for 2026-02-13 is RUNNING.' };
  await new Promise(() => {});
});
await startReplica({ agent, apiUrl, redisUrl, prefix, port: Number(port), leaseMs: 800 });
console.log('started');
