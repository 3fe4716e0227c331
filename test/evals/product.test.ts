import { expect, it, onTestFinished } from 'vitest';
import { diagnoseNight } from './diagnose-night.ts';
import { type NightJob, planNights, sizesOf } from './plan.ts';
import { openProduct } from './product.ts';
import { deskOf } from './sources.ts';
import { toldByAnswer, toldByDiagnosis } from './told.ts';
import { nightOf } from './worlds.ts';

/** Nights are examined without databases and words. That this is no shortcut is shown on some of each world. */
const JOBS: readonly NightJob[] = [
  ...planNights('first', 'product', sizesOf(1)).filter(
    ({ kind, families }) => kind !== 'single' || families?.[0] === 'bad_host',
  ),
  ...planNights('second', 'product', sizesOf(1)).filter(
    ({ families }) => families?.[0] === 'slow_run' || families?.[0] === 'stuck',
  ),
];

it.each(JOBS)(
  'says of a $kind night of the $world world what the whole product says',
  { timeout: 60_000 },
  async (job) => {
    const night = await nightOf(job);
    const diagnosis = await diagnoseNight(night, deskOf(night));
    const product = await openProduct(night);
    onTestFinished(product.stop);
    const answer = await product.ask(
      `why is ${night.essential} ${night.phase.toLowerCase()} late on ${night.businessDate}?`,
    );
    expect(answer.error).toBeNull();
    expect([answer.essential, answer.business_date, answer.phase]).toEqual([
      night.essential,
      night.businessDate,
      night.phase,
    ]);
    expect(answer.outcome).toBe(diagnosis.outcome);
    expect(toldByAnswer(answer)).toEqual(toldByDiagnosis(diagnosis));
  },
);
