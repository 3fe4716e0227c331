import type { DurationsFinding } from '../finding.ts';
import { SECOND } from '../instant.ts';
import { lists } from '../night.ts';
import type { Scene } from '../rca/scene.ts';
import { comparableNights, usualOf } from '../timing/baseline.ts';
import type { Timeline } from '../timing/timeline.ts';

/** How long the phase took (or has taken so far), first start to last end, beside comparable nights that succeeded. */
export function phaseDuration(scene: Scene): DurationsFinding['phaseUsual'] {
  const { state, asOf } = scene;
  const { nights, calendar } = comparableNights(scene.past, scene.businessDate);
  const spans = nights.map((night) => spanOf(scene, night)).filter((span) => span !== null);
  return {
    actualS: state.startedAt === null ? null : Math.round(((state.endedAt ?? asOf) - state.startedAt) / SECOND),
    usual: usualOf(spans, calendar),
  };
}

/** Seconds; null for a night on which one of the essential's units did not succeed. */
function spanOf({ definition }: Scene, night: Timeline): number | null {
  const own = [...night.units.values()].filter(({ unit }) => lists(definition, unit));
  if (own.length === 0 || own.some((times) => times.decisive.status !== 'SUCCESS')) return null;
  const start = Math.min(...own.flatMap(({ attempts }) => attempts.map((attempt) => attempt.startedAt)));
  const end = Math.max(...own.flatMap(({ attempts }) => attempts.map((attempt) => attempt.endedAt ?? 0)));
  return Math.round((end - start) / SECOND);
}
