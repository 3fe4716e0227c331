import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitsOf } from '../../../src/batch/state.ts';
import { type Condition, conditionOf } from '../../../src/digest/watch/condition.ts';
import { ALL_DONE, anyFates, type Fate, NOW, outlookOf, ZONE } from '../any-night.ts';

const MINUTE = 60_000;

async function entriesOf(fates: readonly Fate[], now = NOW) {
  const outlook = await outlookOf(fates, now);
  const reading = { zone: ZONE, adviceFor: () => ({ owner: null, runbook: null }), now };
  return outlook.night.entries.map((entry) => ({
    units: unitsOf(entry.state),
    condition: conditionOf(entry, outlook.prospectOf(entry), reading),
  }));
}

const keysOf = (all: readonly { key: string }[]) => all.map(({ key }) => key);
const stopsOf = ({ troubles }: Condition) => keysOf(troubles.filter(({ stopped }) => stopped)).sort();

describe('the condition of a watched batch, on whatever night', () => {
  it('has one trouble for each slice that stands still, one word for each that runs again or is done', () =>
    fc.assert(
      fc.asyncProperty(anyFates, async (fates) => {
        for (const { units, condition } of await entriesOf(fates)) {
          const { troubles, retries, done, complete, late, stops } = condition;
          const still = units.filter(({ status, stuck }) => stuck || status === 'FAILED' || status === 'CANCELLED');
          expect(stopsOf(condition)).toHaveLength(still.length);
          expect(retries).toHaveLength(
            units.filter(({ status, attemptCount }) => status === 'RUNNING' && attemptCount > 1).length,
          );
          expect(done).toHaveLength(units.filter(({ status }) => status === 'SUCCESS').length);
          const keys = keysOf([...troubles, ...retries, ...done]);
          expect(new Set(keys).size).toBe(keys.length);
          expect(late).toBe(troubles.some(({ stopped }) => !stopped));
          expect(stops.length > 0).toBe(still.length > 0);
          if (complete) expect([troubles, condition.unmended]).toEqual([[], false]);
        }
      }),
      { numRuns: 25 },
    ));

  it('keeps the keys and words of what stopped from minute to minute', () =>
    fc.assert(
      fc.asyncProperty(anyFates, async (fates) => {
        const [now, then] = [await entriesOf(fates), await entriesOf(fates, NOW + MINUTE)];
        const lasting = (all: typeof now) => all.map(({ condition }) => [stopsOf(condition), condition.stops]);
        expect(lasting(then)).toEqual(lasting(now));
      }),
      { numRuns: 10 },
    ));
});

describe('the condition of a watched batch', () => {
  const ofFirst = async (fate: Fate) => {
    const entries = await entriesOf([fate, ...ALL_DONE.slice(1)]);
    const found = entries.find(({ condition }) => condition.essential === 'A');
    if (found === undefined) throw new Error('A is not there');
    return found.condition;
  };

  it('has another key for a second failure of a slice', async () => {
    expect(stopsOf(await ofFirst('failed'))).toEqual(['stopped:x-a:NA:1']);
    expect(stopsOf(await ofFirst('failed twice'))).toEqual(['stopped:x-a:NA:2']);
    expect(stopsOf(await ofFirst('stuck'))).toEqual(['stuck:x-a:NA:1']);
  });

  it('knows a slice that runs again from one that is mended', async () => {
    const again = await ofFirst('again');
    expect(again).toMatchObject({ unmended: true, complete: false, status: 'RUNNING' });
    expect(again.retries).toEqual([
      {
        key: 'again:x-a:NA:2',
        unit: 'x-a:NA',
        text: '`NA` of `a` runs again since 21:20 UTC (16:20 New York), attempt 2.',
      },
    ]);
    const mended = await ofFirst('mended');
    expect(mended).toMatchObject({ unmended: false, complete: true, troubles: [], stops: [] });
    expect(mended.done.map(({ text }) => text)).toContain(
      '`NA` of `a` went through at 21:30 UTC (16:30 New York) on attempt 2.',
    );
  });
});
