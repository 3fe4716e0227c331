import type { NightFinding } from '../../src/batch/finding.ts';
import { createLogger } from '../../src/observability/logger.ts';
import type { InsightOptions } from '../../src/slack/views/insight.ts';
import type { NightLook } from '../../src/slack/views/nights.ts';
import { createMemoryStore } from '../../src/state/memory-store.ts';
import { createState, type State } from '../../src/state/state.ts';

export const NOW = Date.parse('2026-02-14T08:12:00Z');

export function memoryState(): State {
  return createState(createMemoryStore(), { logger: createLogger({ level: 'silent' }) });
}

export const QUIET_NIGHT: NightFinding = {
  kind: 'night',
  entries: [],
  missing: [],
  businessDate: '2026-02-13',
  notes: [],
  gaps: [],
};

/** What stands around answers, over a state in memory; `night` is scripted. */
export function insightFor(state: State, night: NightLook = async () => QUIET_NIGHT): InsightOptions {
  return {
    state,
    night,
    essentials: () => ['SNU', 'TB-Derivatives'],
    definitionAges: async (essentials) =>
      essentials.map((essential) => ({ essential, fetchedAt: Date.now() - 7_200_000, stale: false })),
    clock: () => NOW,
    zone: 'America/New_York',
    airflowBaseUrl: 'https://airflow.example',
  };
}
