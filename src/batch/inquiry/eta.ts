import type { Clarification, EtaFinding, Refusal } from '../finding.ts';
import type { Instant } from '../instant.ts';
import { diagnose } from '../rca/engine.ts';
import type { Scene } from '../rca/scene.ts';
import { unitsOf } from '../state.ts';
import { type Estimate, estimateEnd, whyNoEstimate } from '../timing/estimate.ts';
import { aboutOf } from './about-finding.ts';
import type { About, Desk } from './desk.ts';
import { investigate } from './investigate.ts';

/** "When will it finish?", "will it make 7am?". Without a `target` it is measured against the deadline of `sentry.yml`. */
export async function inquireEta(
  desk: Desk,
  about: About,
  target: { at: Instant } | null,
): Promise<EtaFinding | Refusal | Clarification> {
  const investigation = await investigate(desk, about);
  if (investigation.kind !== 'investigated') return investigation;
  const { opened, scene } = investigation;
  const complete = scene.state.status === 'SUCCESS';
  const estimate = complete ? null : estimateEnd(scene);
  const meant = targetOf(target, scene.deadline);
  const diagnosis = complete || estimate !== null ? null : diagnose(scene);
  return {
    kind: 'eta',
    ...aboutOf(opened, [...(diagnosis?.gaps ?? []), ...whyNot(scene, estimate)]),
    estimate,
    target: meant,
    chanceOfMissing: meant === null ? null : chanceOf(scene, estimate, meant.at),
    diagnosis,
  };
}

function targetOf(asked: { at: Instant } | null, deadline: Instant | null): EtaFinding['target'] {
  if (asked !== null) return { at: asked.at, source: 'asked' };
  return deadline === null ? null : { at: deadline, source: 'deadline' };
}

/** What has happened is certain either way; a time that has passed by is missed, however long it still takes. */
function chanceOf({ state, asOf }: Scene, estimate: Estimate | null, at: Instant): number | null {
  if (state.status === 'SUCCESS' && state.endedAt !== null) return state.endedAt > at ? 1 : 0;
  if (at <= asOf) return 1;
  return estimate?.chanceOfMissing(at) ?? null;
}

/** Why there is no estimate, in a sentence. */
function whyNot(scene: Scene, estimate: Estimate | null): string[] {
  const { state, phase } = scene;
  if (estimate !== null || state.status === 'SUCCESS') return [];
  const units = unitsOf(state);
  const stopped = units.filter((unit) => unit.stuck || unit.status === 'FAILED' || unit.status === 'CANCELLED');
  if (stopped.length > 0) {
    return [
      `It cannot complete by itself: ${stopped.length === 1 ? 'a slice has' : `${stopped.length} slices have`} stopped, and nobody knows when they will be rerun.`,
    ];
  }
  if (units.some((unit) => unit.status === 'UNKNOWN')) return ['A unit is in a state that is not known.'];
  const why = whyNoEstimate(scene);
  if (why === 'held_up') {
    return [
      'It waits for what another essential shares with it; that has stopped, and nobody knows when it will be rerun.',
    ];
  }
  if (why === 'overdue') {
    return [
      'What comes next has been due for longer than on any earlier business date: whether it will still start is not known.',
    ];
  }
  if (state.startedAt === null) return [`${phase} has not begun.`];
  return ['There are too few comparable business dates to estimate when it ends.'];
}
