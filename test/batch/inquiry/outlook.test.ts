import { describe, expect, it } from 'vitest';
import { inquireEta } from '../../../src/batch/inquiry/eta.ts';
import { inquireNight } from '../../../src/batch/inquiry/night.ts';
import { inquireOutlook, type NightOutlook } from '../../../src/batch/inquiry/outlook.ts';
import { define, EVENING, earlierDates, rerun, run } from '../night-builder.ts';
import { deskOver } from './desk-builder.ts';

const MINUTE = 60_000;
const own = define([{ datasetId: 'x-first', slices: ['NA', 'EMEA'] }]);
const other = define([{ datasetId: 'x-elsewhere', slices: ['A'] }], 'OTHER');
const history = earlierDates(15).flatMap((date, index) =>
  ['NA', 'EMEA'].map((slice) => run({ dataset: 'x-first', slice, date, ended: 30 + (index % 3) })),
);
const tonight = [
  run({ dataset: 'x-first', slice: 'NA', ended: 30 }),
  run({ dataset: 'x-first', slice: 'EMEA', status: 'RUNNING', ended: 20 }),
  run({ dataset: 'x-elsewhere' }),
];
const rules = { deadlineOf: (essential: string) => (essential === 'E' ? EVENING + 25 * MINUTE : null) };
const deskAt = (now: number, rows = tonight) =>
  deskOver({ definitions: [own, other], rows: [...rows, ...history], now, rules });

const latest = { date: null, phase: null };
async function outlookAt(now: number, about = latest, rows = tonight): Promise<NightOutlook> {
  const outlook = await inquireOutlook(deskAt(now, rows).desk, about);
  if (outlook.kind !== 'outlook') throw new Error(outlook.kind);
  return outlook;
}

describe('the outlook of a night', () => {
  it('is the night itself, read as often', async () => {
    const [plain, further] = [deskAt(EVENING + 21 * MINUTE), deskAt(EVENING + 21 * MINUTE)];
    const night = await inquireNight(plain.desk, latest);
    const outlook = await inquireOutlook(further.desk, latest);
    // An estimate has a function, and no two of those are equal.
    expect(JSON.stringify(outlook)).toBe(JSON.stringify({ kind: 'outlook', night }));
    expect(further.reads).toEqual(plain.reads);
  });

  it('estimates what goes on as a question about it alone does, and measures it against the deadline', async () => {
    const now = EVENING + 21 * MINUTE;
    const outlook = await outlookAt(now);
    const entry = outlook.night.entries.find(({ essential }) => essential === 'E');
    const alone = await inquireEta(deskAt(now).desk, { essential: 'E', date: null, phase: null }, null);
    if (entry === undefined || alone.kind !== 'eta') throw new Error('no answer');
    const { estimate, deadline, chanceOfMissing } = outlook.prospectOf(entry);
    expect(estimate?.p50).toBe(alone.estimate?.p50);
    expect([deadline, chanceOfMissing]).toEqual([EVENING + 25 * MINUTE, alone.chanceOfMissing]);
    expect(chanceOfMissing).toBeGreaterThan(0.5);
  });

  it('expects nothing of what is plainly fine', async () => {
    const outlook = await outlookAt(EVENING + 21 * MINUTE);
    const fine = outlook.night.entries.find(({ essential }) => essential === 'OTHER');
    if (fine === undefined) throw new Error('not there');
    expect(outlook.prospectOf(fine)).toEqual({ estimate: null, lateness: null, deadline: null, chanceOfMissing: null });
  });

  it('follows the phases that have begun of the essentials meant, the finished one as well', async () => {
    const follow = { ...latest, follow: new Set(['E']) };
    const phases = async (rows: typeof tonight) =>
      (await outlookAt(EVENING + 400 * MINUTE, follow, rows)).night.entries.map(
        ({ essential, phase }) => `${essential} ${phase}`,
      );
    expect(await phases(tonight)).toEqual(['E PRELIM']);
    const again = [...tonight, rerun({ dataset: 'x-first', slice: 'NA', created: 300, ended: 340 })];
    expect((await phases(again)).sort()).toEqual(['E FINAL', 'E PRELIM']);
  });
});
