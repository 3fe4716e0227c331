import type { Instant } from '../instant.ts';
import type { Scene } from '../rca/scene.ts';
import { type Estimate, estimateEnd } from './estimate.ts';
import { type Lateness, latenessOf } from './lateness.ts';

/** What is to be expected of one phase. All null for a phase that is plainly fine. */
export interface Prospect {
  estimate: Estimate | null;
  lateness: Lateness | null;
  /** By `sentry.yml`. */
  deadline: Instant | null;
  /** In [0, 1]; null without a deadline, or where nobody can say. */
  chanceOfMissing: number | null;
}

/** `scene`: null for a phase that is plainly fine. */
export function prospectOf(scene: Scene | null): Prospect {
  if (scene === null) return { estimate: null, lateness: null, deadline: null, chanceOfMissing: null };
  const { deadline, asOf, state } = scene;
  const estimate = state.status === 'SUCCESS' ? null : estimateEnd(scene);
  return { estimate, lateness: latenessOf(scene), deadline, chanceOfMissing: chanceOf() };

  function chanceOf(): number | null {
    if (deadline === null) return null;
    if (state.status === 'SUCCESS') return state.endedAt !== null && state.endedAt > deadline ? 1 : 0;
    return deadline <= asOf ? 1 : (estimate?.chanceOfMissing(deadline) ?? null);
  }
}
