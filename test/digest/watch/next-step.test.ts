import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../src/digest/watch/condition.ts';
import type { Incident } from '../../../src/digest/watch/incident.ts';
import { nextStep } from '../../../src/digest/watch/next-step.ts';

const trouble = fc
  .constantFrom('stopped:a:1', 'stopped:a:2', 'stuck:b:1', 'late:slow_run:c', 'deadline:expected')
  .map((key) => ({
    key,
    stopped: /^st/.test(key),
    text: `said ${key}`,
  }));
const condition: fc.Arbitrary<Condition> = fc
  .record({
    troubles: fc.uniqueArray(trouble, { selector: ({ key }) => key }),
    done: fc.boolean(),
    unmended: fc.boolean(),
  })
  .map(({ troubles, done, unmended }) => ({
    essential: 'SNU',
    businessDate: '2026-02-13',
    phase: 'PRELIM',
    status: done && troubles.length === 0 ? 'SUCCESS' : 'RUNNING',
    stuck: false,
    complete: done && troubles.length === 0,
    headline: 'as it is',
    late: false,
    troubles,
    retries: [],
    done: [],
    causes: [],
    stops: [],
    unmended,
  }));

/** Lives through a night minute by minute, and returns everything that the channel was told. */
function live(night: readonly Condition[]): { said: string[]; last: Incident | null } {
  let incident = null as Incident | null;
  const said: string[] = [];
  for (const now of night) {
    const step = nextStep(incident, now);
    if (step.do === 'open') {
      said.push(...now.troubles.map(({ text }) => text));
      const { essential, businessDate } = now;
      incident = {
        channel: 'C1',
        essential,
        businessDate,
        phase: 'PRELIM',
        rootTs: '1',
        stage: 'open',
        told: step.told,
        replies: 0,
        shown: '',
        mutedBy: null,
        openedAt: 0,
      };
    } else if (step.do === 'follow' && incident !== null) {
      said.push(...(step.lines ?? []));
      incident = { ...incident, stage: step.stage, told: step.told };
    }
  }
  return { said, last: incident };
}

describe('an incident', () => {
  it('tells each trouble once, however often it comes and goes', () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 40 }), (night) => {
        const { said } = live(night);
        const troubles = said.filter((line) => line.startsWith('said '));
        expect(new Set(troubles).size).toBe(troubles.length);
        const wanted = new Set(night.flatMap((each) => each.troubles.map(({ text }) => text)));
        expect(new Set(troubles)).toEqual(wanted);
      }),
    );
  });

  it('ends with one word of recovery when the phase is complete, and without any where nothing went wrong', () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 40 }), (night) => {
        const complete: Condition = {
          ...(night[0] as Condition),
          status: 'SUCCESS',
          complete: true,
          troubles: [],
          unmended: false,
        };
        const whole = night.length === 0 ? [] : [...night, complete, complete];
        const { said, last } = live(whole);
        const wrong = night.some(({ troubles }) => troubles.length > 0);
        expect(last?.stage ?? null).toBe(wrong ? 'over' : null);
        if (wrong) expect(said.at(-1)).toBe('Recovered: as it is.');
        expect(
          said.filter((line, index) => line.startsWith('Recovered') && said[index - 1]?.startsWith('Recovered')),
        ).toEqual([]);
      }),
    );
  });

  it('says how many more where many fail in one minute', () => {
    const [base] = fc.sample(condition, 1) as [Condition];
    const troubles = (n: number) =>
      Array.from({ length: n }, (_, index) => ({ key: `stopped:${index}:1`, stopped: true, text: `said ${index}` }));
    const { said } = live([
      { ...base, complete: false, troubles: troubles(1) },
      { ...base, complete: false, troubles: troubles(9) },
    ]);
    expect(said).toEqual(['said 0', 'said 1', 'said 2', 'said 3', 'said 4', 'said 5', 'And 3 more.']);
  });
});
