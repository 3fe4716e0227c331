import { beforeAll, describe, expect, it } from 'vitest';
import { type Examined, nameOf } from './evaluate.ts';
import { examine } from './examine.ts';
import { describeFailing, isFailed } from './failings.ts';
import { type NightJob, planNights, SAMPLE } from './plan.ts';
import { tallyOf } from './tally.ts';
import { incidentJobs, nightOf } from './worlds.ts';

const PATIENCE = 120_000;

async function examineAll(jobs: readonly NightJob[]): Promise<Examined[]> {
  const examined: Examined[] = [];
  for (const job of jobs) examined.push({ job, examination: await examine(await nightOf(job)) });
  return examined;
}

/** A handful of the nights that `npm run eval` looks at in earnest. */
describe('a small sample of simulated nights', () => {
  let examined: Examined[];
  beforeAll(async () => {
    examined = await examineAll(planNights('first', 'sample', SAMPLE));
  }, PATIENCE);
  const where = (is: (each: Examined) => boolean) => examined.filter(is).map(describeFailing);

  it('blames nothing where there is nothing to blame', () => {
    const blameless = (kind: string) => ['healthy', 'noisy', 'withheld'].includes(kind);
    expect(examined.filter(({ job }) => blameless(job.kind))).toHaveLength(11);
    expect(where(({ examination }) => blameless(examination.kind) && examination.score.blames)).toEqual([]);
  });

  it('cites nothing that the tables do not say', () => {
    expect(tallyOf(examined.map(({ examination }) => examination)).evidence.checked).toBeGreaterThan(100);
    expect(where(({ examination }) => examination.evidence.wrong.length > 0)).toEqual([]);
  });

  it('says the same of the same rows in another order', () => {
    expect(where(({ examination }) => !examination.agrees)).toEqual([]);
  });

  it('knows nothing of what comes after the clock', () => {
    expect(examined.filter(({ examination }) => examination.agreesLive !== null).length).toBeGreaterThan(10);
    expect(where(({ examination }) => examination.agreesLive === false)).toEqual([]);
  });

  it('names the cause of nine nights in ten at the first place', () => {
    const { singles } = tallyOf(examined.map(({ examination }) => examination));
    expect(singles.nights).toBe(22);
    expect(singles.top1 / singles.nights, where(isFailed).join('\n')).toBeGreaterThanOrEqual(0.9);
  });

  it('can be looked at again, night by night', () => {
    const [first] = examined;
    expect(nameOf(first?.job as NightJob)).toBe("--night 'sample-task_failure-0' --kind single --only task_failure");
  });
});

describe('incidents written by hand', () => {
  it('are named as they were, but for one in twenty', { timeout: PATIENCE }, async () => {
    const examined = await examineAll(await incidentJobs());
    const failed = examined.filter(isFailed);
    expect(examined.length).toBeGreaterThanOrEqual(40);
    expect(failed.length, failed.map(describeFailing).join('\n')).toBeLessThanOrEqual(examined.length / 20);
    expect(failed.filter(({ examination }) => examination.truth.length === 0 && examination.score.blames)).toEqual([]);
  });
});
