import { parentPort } from 'node:worker_threads';
import { nightOf, renderNight } from './render-night.ts';
import { type Tally, tallyOf, thrownTally } from './tally.ts';

/** A night by its number. */
export interface NightTask {
  seed: number;
  index: number;
}

async function perform({ seed, index }: NightTask): Promise<Tally> {
  let name = `soak-${seed}-${index}`;
  try {
    const night = nightOf(seed, index);
    name = `${night.seed} (${night.kind})`;
    return tallyOf(night, await renderNight(night, index % 3 === 0));
  } catch (error) {
    return thrownTally(name, error);
  }
}

const port = parentPort;
port?.on('message', async (task: NightTask) => port.postMessage(await perform(task)));
