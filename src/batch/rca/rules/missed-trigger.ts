import { type Instant, MINUTE } from '../../instant.ts';
import { median } from '../../percentile.ts';
import type { Attempt } from '../../state.ts';
import { candidateOf, keysOf } from '../candidate.ts';
import { runEvidence } from '../evidence.ts';
import { readyAt } from '../predecessors.ts';
import type { Rule } from '../rule.ts';
import type { Scene } from '../scene.ts';
import { type Suspect, suspectsOf } from '../suspects.ts';

/** Earlier nights that say how a unit starts beside its siblings; the latest are the most alike. */
const NIGHTS = 20;
const ENOUGH_NIGHTS = 5;
/** How long beyond anything seen before a run may be overdue; with few nights seen, nobody knows what is usual. */
const GRACE = { known: 15 * MINUTE, unknown: 60 * MINUTE };
/** Siblings that are shown as evidence. */
const SHOWN = 3;

/** A unit without a run while its siblings have theirs and nothing holds it up: its trigger never came. */
export const missedTrigger: Rule = {
  family: 'missed_trigger',
  judge: (scene) => {
    const idle = suspectsOf(scene).filter(({ unit }) => unit.status === 'NOT_STARTED' && unit.listed);
    return {
      candidates: idle.flatMap((suspect) => {
        const siblings = siblingsOf(scene, suspect);
        const due = dueAt(scene, suspect, siblings);
        if (due === null || scene.asOf < due.latest) return [];
        return [
          candidateOf({
            ...keysOf(suspect),
            family: 'missed_trigger',
            at: due.usual,
            evidence: [
              {
                kind: 'absence',
                datasetId: suspect.unit.datasetId,
                slice: suspect.unit.slice,
                whole: false,
                businessDate: scene.businessDate,
                phase: scene.phase,
              },
              ...[...siblings.values()].slice(0, SHOWN).map(({ attempt }) => runEvidence(attempt)),
            ],
          }),
        ];
      }),
      ruledOut: idle.length === 0 ? 'Every unit that counts and is not held up has a run.' : null,
      gaps: [],
    };
  },
};

interface Sibling {
  startedAt: Instant;
  attempt: Attempt;
}

/** Units of the same dataset that ran tonight, whichever essential lists them, in order of start. */
function siblingsOf(scene: Scene, { unit }: Suspect): Map<string, Sibling> {
  const own = [...scene.tonight.units.values()]
    .filter((times) => times.unit.datasetId === unit.datasetId)
    .map((times): [string, Sibling] => [times.key, { startedAt: times.startedAt, attempt: times.decisive }]);
  const elsewhere = scene.elsewhere
    .filter((run) => run.row.datasetId === unit.datasetId && run.unit !== null)
    .map((run): [string, Sibling] => [
      `${unit.datasetId}\n${run.unit?.identity}`,
      { startedAt: run.attempt.startedAt, attempt: run.attempt },
    ]);
  return new Map([...own, ...elsewhere].sort(([a, x], [b, y]) => x.startedAt - y.startedAt || (a < b ? -1 : 1)));
}

/** When the unit should have begun, by the start of its siblings, and from when on it is overdue; null without siblings. */
function dueAt(
  scene: Scene,
  suspect: Suspect,
  siblings: ReadonlyMap<string, Sibling>,
): { usual: Instant; latest: Instant } | null {
  if (siblings.size === 0) return null;
  const starts = [...siblings.values()].map(({ startedAt }) => startedAt);
  const offsets = scene.past.slice(0, NIGHTS).flatMap(({ units }) => {
    const own = units.get(suspect.key)?.startedAt;
    const others = [...siblings.keys()].flatMap((key) => units.get(key)?.startedAt ?? []);
    return own === undefined || others.length === 0 ? [] : [own - (median(others) as number)];
  });
  const ready = readyAt(scene, suspect) ?? Number.NEGATIVE_INFINITY;
  if (offsets.length < ENOUGH_NIGHTS) {
    const usual = Math.max(...starts, ready);
    return { usual, latest: usual + GRACE.unknown };
  }
  const reference = median(starts) as number;
  return {
    usual: Math.max(reference + (median(offsets) as number), ready),
    latest: Math.max(reference + Math.max(...offsets), ready) + GRACE.known,
  };
}
