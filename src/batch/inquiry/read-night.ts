import { SentryError } from '../../errors.ts';
import { type BusinessDate, daysBefore } from '../business-date.ts';
import type { Definition } from '../definition.ts';
import { HISTORY_DAYS, lists } from '../night.ts';
import type { Phase, RunRow } from '../run.ts';
import type { UnitState } from '../state.ts';
import type { Desk } from './desk.ts';
import { datasetIdsOf } from './history-window.ts';
import type { Shortfall } from './read-airflow.ts';
import { readRuns } from './read-runs.ts';
import { unlessAway } from './unless-away.ts';
import type { ChosenDate } from './which-date.ts';

/** 60 business dates: what estimates and comparisons rest on. */
export const LOOK_BACK_DAYS = 90;
/** Back from today: the whole window of a date of the last two weeks lies within it. */
export const FIRST_LOOK_DAYS = LOOK_BACK_DAYS + 14;

export interface WholeNight {
  /** Runs of the night, of all essentials. */
  rows: readonly RunRow[];
  /** Own runs of earlier business dates. */
  history: readonly RunRow[];
}

/** Tonight's runs of all essentials and own history, side by side. Throws where the status itself could not be told. */
export async function readNight(
  desk: Desk,
  definition: Definition,
  others: readonly Definition[],
  { businessDate, known }: Pick<ChosenDate, 'businessDate' | 'known'>,
  shortfall: Shortfall,
): Promise<WholeNight> {
  const own = datasetIdsOf([definition]);
  const [rows, past] = await Promise.all([
    readTonight(desk, own, others, businessDate, shortfall),
    readPast(desk, own, businessDate, known).then(
      (found) => ({ rows: found, error: null }),
      (error: unknown) => ({ rows: [], error }),
    ),
  ]);
  if (past.error !== null) leaveOut(past.error, rows, shortfall);
  return { rows, history: past.rows };
}

async function readTonight(
  desk: Desk,
  own: readonly string[],
  others: readonly Definition[],
  businessDate: BusinessDate,
  { unread, gaps }: Shortfall,
): Promise<RunRow[]> {
  const { batchProgress } = desk.sources.runs;
  const all = [...new Set([...own, ...datasetIdsOf(others)])];
  return unlessAway(batchProgress({ datasetIds: all, businessDate }), async () => {
    const rows = await batchProgress({ datasetIds: own, businessDate });
    unread.add('elsewhere');
    gaps.push('The runs of other essentials could not be read: what they share with this one is not known.');
    return rows;
  });
}

async function readPast(
  desk: Desk,
  own: readonly string[],
  businessDate: BusinessDate,
  known: ChosenDate['known'],
): Promise<RunRow[]> {
  const from = daysBefore(businessDate, LOOK_BACK_DAYS);
  const earlier = (known?.rows ?? []).filter((row) => row.businessDate < businessDate && row.businessDate >= from);
  if (known !== null && known.from <= from) return earlier;
  const before = await readRuns(desk, own, from, daysBefore(known?.from ?? businessDate, 1));
  return earlier.length === 0 ? before : [...earlier, ...before];
}

/** Which units FINAL owes depends on history: without it only a night of nothing but PRELIM has a status. */
function leaveOut(error: unknown, rows: readonly RunRow[], { unread, gaps }: Shortfall): void {
  const stops = !(error instanceof SentryError) || error.code === 'CANCELLED';
  if (stops || rows.some((row) => row.triggerType !== 'ProcessTrigger')) throw error;
  unread.add('history');
  gaps.push('Earlier business dates could not be read: what is usual is not known.');
}

/**
 * History of other essentials' further datasets, where something hangs on it: in FINAL, whether they hold up a unit that both
 * list; in PRELIM, whether what holds up such a unit now is late. `idle`: own units that nothing of their own holds up.
 */
export async function readOthersHistory(
  desk: Desk,
  about: {
    definition: Definition;
    others: readonly Definition[];
    businessDate: BusinessDate;
    phase: Phase;
    idle: readonly UnitState[];
  },
): Promise<RunRow[]> {
  const { definition, others, businessDate, phase, idle } = about;
  const ids = datasetIdsOf([definition]);
  const sharing = others.filter((other) =>
    phase === 'FINAL'
      ? other.datasets.some(({ datasetId }) => ids.includes(datasetId))
      : idle.some((unit) => lists(other, unit)),
  );
  const theirs = datasetIdsOf(sharing).filter((datasetId) => !ids.includes(datasetId));
  const [from, to] = [daysBefore(businessDate, HISTORY_DAYS), daysBefore(businessDate, 1)];
  return theirs.length === 0 ? [] : readRuns(desk, theirs, from, to);
}
