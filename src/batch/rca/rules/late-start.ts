import type { Instant } from '../../instant.ts';
import { SECOND } from '../../instant.ts';
import type { Attempt, DatasetState } from '../../state.ts';
import { minutesAfter, type UsualStart, usualGap, usualHour } from '../../timing/usual-start.ts';
import { candidateOf } from '../candidate.ts';
import type { Candidate, Evidence } from '../cause.ts';
import { runEvidence } from '../evidence.ts';
import { matters } from '../matters.ts';
import { readyAt } from '../predecessors.ts';
import type { Rule } from '../rule.ts';
import type { Scene } from '../scene.ts';
import { keyOfUnit } from '../suspects.ts';

/** A dataset that nothing held up began far later than on comparable days, or should long have begun. */
export const lateStart: Rule = {
  family: 'late_start',
  judge: (scene) => {
    if (isUncalledFinal(scene)) return { candidates: [], ruledOut: null, gaps: [] };
    const started = scene.state.datasets.flatMap((dataset) => startOf(scene, dataset) ?? []);
    const judged = started.flatMap((start) => {
      const usual = usualStart(scene, start);
      return usual === null ? [] : [{ ...start, usual }];
    });
    const late = judged.filter(({ at, usual }) => at > usual.lateAfter).map((start) => candidate(scene, start));
    const latest = Math.max(0, ...judged.map(({ at, usual, begun }) => (begun ? minutesAfter(usual, at) : 0)));
    const unknown = started.length - judged.length;
    return {
      candidates: late.filter((candidate) => matters(scene, candidate)),
      ruledOut:
        late.length > 0 || judged.length === 0
          ? null
          : `No dataset began more than ${latest} min after its usual time.`,
      gaps:
        unknown === 0
          ? []
          : [
              `Whether ${unknown === 1 ? '1 dataset' : `${unknown} datasets`} began late cannot be told: too few comparable dates.`,
            ],
    };
  },
};

/** A second pass that nobody called for is no fault: whether one is called for stands in no table. */
function isUncalledFinal({ phase, state }: Scene): boolean {
  return phase === 'FINAL' && state.ran.units === 0;
}

interface Start {
  dataset: DatasetState;
  /** The attempt that began first; null for a dataset that has not begun. */
  begun: Attempt | null;
  /** When its first run began; the clock while it has none. */
  at: Instant;
  /** When what it waits for was done; null where it waits for nothing. */
  ready: Instant | null;
  hasLower: boolean;
}

/** The first run of a dataset, or its absence; null where it waits for something, or began without waiting. */
function startOf(scene: Scene, dataset: DatasetState): Start | null {
  const { units, sequenceOrder } = dataset;
  if (units.some(({ status }) => status === 'WAITING')) return null;
  const lower = scene.state.datasets.filter((other) => other.sequenceOrder < sequenceOrder);
  if (lower.some(({ status }) => status !== 'SUCCESS')) return null;
  const ends = units.map((unit) => readyAt(scene, { unit })).filter((end) => end !== null);
  const ready = ends.length === units.length ? Math.min(...ends) : null;
  const times = units.flatMap((unit) => scene.tonight.units.get(keyOfUnit(unit, scene.businessDate)) ?? []);
  const first = times.toSorted((a, b) => a.startedAt - b.startedAt)[0];
  const start = { dataset, ready, hasLower: lower.length > 0 };
  if (first === undefined) return { ...start, begun: null, at: scene.asOf };
  return { ...start, begun: first.attempts[0] ?? first.decisive, at: first.startedAt };
}

function usualStart(scene: Scene, { dataset, at, ready, hasLower }: Start): UsualStart | null {
  const { datasetId } = dataset;
  if (hasLower) return ready === null ? null : usualGap(scene, datasetId, ready);
  const usual = usualHour(scene, datasetId, at);
  if (usual === null || ready === null) return usual;
  // What another essential makes it wait for excuses it until then, and for as long after as may pass anyway.
  const excuse = ready + (usual.upperS - usual.medianS) * SECOND;
  return { ...usual, usualAt: Math.max(usual.usualAt, ready), lateAfter: Math.max(usual.lateAfter, excuse) };
}

function candidate(scene: Scene, { dataset, begun, at, usual }: Start & { usual: UsualStart }): Candidate {
  const { businessDate, phase } = scene;
  const { datasetId, units } = dataset;
  const first: Evidence =
    begun === null ? { kind: 'absence', datasetId, slice: null, whole: true, businessDate, phase } : runEvidence(begun);
  const after = (instant: Instant) => Math.round((instant - usual.referenceAt) / SECOND);
  return candidateOf({
    family: 'late_start',
    datasetId,
    dagId: begun?.dagId ?? null,
    dagRunId: begun?.dagRunId ?? null,
    at: usual.usualAt,
    minutes: minutesAfter(usual, at),
    units: units.map((unit) => keyOfUnit(unit, businessDate)),
    evidence: [
      {
        kind: 'usual',
        what: usual.what,
        datasetId,
        slice: null,
        taskId: null,
        actualS: after(at),
        medianS: after(usual.usualAt),
        upperS: after(usual.lateAfter),
        basis: usual.basis,
      },
      first,
    ],
  });
}
