import { expect, it } from 'vitest';
import type { Finding } from '../../src/batch/finding.ts';
import { chartOf } from '../../src/charts/chart-of.ts';
import { historyOf, latenessOf, MINUTE, NOW, stateOf, ZONE } from './scenes.ts';

const state = stateOf([2, 2], { DESK_1_0: [{ status: 'RUNNING', ended: 389 }] });
const { essential, businessDate, phase, other, notes, gaps } = historyOf(4, state);
const about = { essential, businessDate, phase, state, other, notes, gaps };
const soon = NOW + 30 * MINUTE;
const estimate = { p50: soon, p90: soon, basis: 20, chanceOfMissing: () => 0.5 };
const diagnosis = { outcome: 'unfinished', causes: [], blocked: [], observations: [], ruledOut: [], gaps: [] } as never;

const pictures: [Finding, object | null][] = [
  [
    { kind: 'status', ...about },
    { kind: 'timeline', eta: null, deadline: null },
  ],
  [{ kind: 'progress', ...about }, { kind: 'timeline' }],
  [
    { kind: 'causes', ...about, focus: 'cause', meant: null, diagnosis, lateness: null, deadline: soon },
    { kind: 'timeline', deadline: soon },
  ],
  [
    { kind: 'eta', ...about, estimate, target: { at: soon, source: 'asked' }, chanceOfMissing: 0.5, diagnosis: null },
    { kind: 'timeline', eta: { p50: soon, p90: soon }, deadline: soon },
  ],
  [{ kind: 'lateness', ...about, lateness: latenessOf({ run: 3 }), deadline: null }, { kind: 'lateness' }],
  [{ kind: 'lateness', ...about, lateness: null, deadline: null }, null],
  [historyOf(4, state), { kind: 'history' }],
  [{ kind: 'help' }, null],
];

it.each(pictures)('a finding has the picture that says most about it: %#', (finding, picture) => {
  const chart = chartOf(finding, NOW, ZONE);
  if (picture === null) expect(chart).toBeNull();
  // What is sent to a worker is plain data.
  else expect(structuredClone(chart)).toMatchObject(picture);
});
