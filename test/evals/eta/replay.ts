import type { BusinessDate } from '../../../src/batch/business-date.ts';
import type { Definition } from '../../../src/batch/definition.ts';
import { DAY, type Instant } from '../../../src/batch/instant.ts';
import { DEFAULT_THRESHOLDS, openScene, type Scene } from '../../../src/batch/rca/scene.ts';
import type { Phase, RunRow } from '../../../src/batch/run.ts';
import { unitsOf } from '../../../src/batch/state.ts';
import { toRunRows } from '../../../src/db/queries/run-rows.ts';
import { parseDefinition } from '../../../src/lenz/response.ts';
import type { GeneratedNight } from '../../../src/playground/world/nights/generated-night.ts';

/** `past`: a night of some world's history, with whatever happened on it; the others were made to be so. */
export type ReplayKind = 'past' | 'healthy' | 'noisy';

/** One phase of one night that came to its end, to be looked at again from clocks before it. */
export interface Replay {
  name: string;
  kind: ReplayKind;
  definition: Definition;
  others: readonly Definition[];
  businessDate: BusinessDate;
  phase: Phase;
  rows: readonly RunRow[];
  /** Earlier business dates only. */
  history: readonly RunRow[];
  startedAt: Instant;
  endedAt: Instant;
  /** The latest clock that the rows are good for: some nights are written down as they stood at their own clock. */
  knownUntil: Instant;
}

/** Days after which a night has ended, if it ever does. */
const LONG_AFTER = 20 * DAY;
/** With fewer earlier nights there is no estimate anyway. */
const LEAST_HISTORY = 5;

/** Neighbouring nights tell much the same: of a history, only one night in so many is replayed. */
const EVERY = 3;

/** The night that was generated and, from its history, some of the latest nights. */
export function replaysOf(night: GeneratedNight, pastNights: number): Replay[] {
  const { businessDate, phase, truth } = night;
  const definitions = Object.entries(night.definitions).map(([name, document]) => parseDefinition(document, name, 0));
  const definition = definitions.find(({ name }) => name === night.essential) as Definition;
  const datasetIds = new Set(definitions.flatMap(({ datasets }) => datasets.map(({ datasetId }) => datasetId)));
  const rows = toRunRows(night.tables.WORKFLOW_RUN_INSTANCE, { datasetIds, from: '0000-01-01', to: businessDate });
  const common = { definition, others: definitions.filter((other) => other !== definition), phase };
  const replayOf = (date: BusinessDate) => ({
    ...common,
    businessDate: date,
    rows: rows.filter((row) => row.businessDate === date),
    history: rows.filter((row) => row.businessDate < date),
    knownUntil: Number.POSITIVE_INFINITY,
  });

  const asked = replayOf(businessDate);
  const name = `${night.seed} ${night.kind}`;
  const replays: Replay[] = [];
  if (truth.startedAt !== null && truth.endedAt !== null) {
    const { startedAt, endedAt } = truth;
    const whole = completionOf(asked) !== null;
    const kind = night.kind === 'noisy' ? 'noisy' : 'healthy';
    replays.push({ ...asked, name, kind, startedAt, endedAt, knownUntil: whole ? asked.knownUntil : night.now });
  }
  const dates = sceneAt(asked, night.now).past.map((past) => past.businessDate);
  for (let at = 0; at < Math.min(EVERY * pastNights, dates.length - LEAST_HISTORY); at += EVERY) {
    const past = replayOf(dates[at] as BusinessDate);
    const span = completionOf(past);
    if (span !== null) replays.push({ ...past, ...span, name: `${name} ${past.businessDate}`, kind: 'past' });
  }
  return replays;
}

/** The scene as it was at a clock. Airflow's tables are left out: no estimate looks at them. */
export function sceneAt(
  night: Omit<Replay, 'name' | 'kind' | 'startedAt' | 'endedAt' | 'knownUntil'>,
  asOf: Instant,
): Scene {
  const { definition, others, businessDate, phase, rows, history } = night;
  return openScene({
    definition,
    others,
    businessDate,
    phase,
    asOf,
    rows,
    history,
    tasks: [],
    pastTasks: [],
    dagRuns: [],
    deadline: null,
    thresholds: DEFAULT_THRESHOLDS,
    unread: new Set(),
  });
}

/** From the first start to the last success of a phase; null if it never was complete. A duplicate cancelled later ends nothing. */
function completionOf(night: Parameters<typeof sceneAt>[0]): { startedAt: Instant; endedAt: Instant } | null {
  const { state } = sceneAt(night, Date.parse(night.businessDate) + LONG_AFTER);
  const ends = unitsOf(state).map(({ status, decisive }) =>
    status === 'SUCCESS' ? (decisive?.endedAt ?? null) : null,
  );
  if (state.startedAt === null || ends.length === 0 || ends.includes(null)) return null;
  return { startedAt: state.startedAt, endedAt: Math.max(...ends.filter((end) => end !== null)) };
}
