import { FAMILIES, type Family } from '../../src/playground/world/nights/generated-night.ts';
import type { Examination } from './examine.ts';

/** Counts over nights with one fault. */
export interface SingleTally {
  nights: number;
  top1: number;
  top3: number;
  /** The first cause has the right family, whatever its keys. */
  family: number;
  /** The fault and nothing beside it was named. */
  exact: number;
  /** The first task that failed, blamed, was right. */
  baseline: number;
}

export interface Tally {
  nights: number;
  families: Readonly<Record<Family, SingleTally>>;
  singles: SingleTally;
  /** Two faults. `top1`: the first cause is one of them. */
  pairs: SingleTally;
  /** Nights with nothing to blame. */
  healthy: { nights: number; blamed: number; baselineBlamed: number };
  noisy: { nights: number; blamed: number; baselineBlamed: number };
  withheld: { nights: number; abstained: number; saysGaps: number };
  evidence: { checked: number; wrong: number };
  agreement: { nights: number; agreed: number };
  /** Nights that went on, asked about on the tables as they stood then. */
  live: { nights: number; agreed: number };
  /** Milliseconds a diagnosis. */
  medianMs: number;
}

export function tallyOf(examinations: readonly Examination[]): Tally {
  const of = (kind: Examination['kind']) => examinations.filter((night) => night.kind === kind);
  const singles = of('single');
  const blameless = (kind: 'healthy' | 'noisy') => ({
    nights: of(kind).length,
    blamed: count(of(kind), (night) => night.score.blames),
    baselineBlamed: count(of(kind), (night) => night.baseline.blames),
  });
  const families = FAMILIES.map((family): [Family, SingleTally] => [
    family,
    singleTally(singles.filter(({ truth }) => truth[0]?.family === family)),
  ]);
  return {
    nights: examinations.length,
    families: Object.fromEntries(families) as Record<Family, SingleTally>,
    singles: singleTally(singles),
    pairs: singleTally(of('pair')),
    healthy: blameless('healthy'),
    noisy: blameless('noisy'),
    withheld: {
      nights: of('withheld').length,
      abstained: count(of('withheld'), (night) => !night.score.blames),
      saysGaps: count(of('withheld'), (night) => night.saysGaps),
    },
    evidence: {
      checked: examinations.reduce((sum, night) => sum + night.evidence.checked, 0),
      wrong: examinations.reduce((sum, night) => sum + night.evidence.wrong.length, 0),
    },
    agreement: { nights: examinations.length, agreed: count(examinations, (night) => night.agrees) },
    live: {
      nights: count(examinations, (night) => night.agreesLive !== null),
      agreed: count(examinations, (night) => night.agreesLive === true),
    },
    medianMs: examinations.map((night) => night.ms).sort((a, b) => a - b)[Math.floor(examinations.length / 2)] ?? 0,
  };
}

function singleTally(nights: readonly Examination[]): SingleTally {
  return {
    nights: nights.length,
    top1: count(nights, (night) => night.score.top1),
    top3: count(nights, (night) => night.score.top3),
    family: count(nights, (night) => night.score.family),
    exact: count(nights, (night) => night.score.exact),
    baseline: count(nights, (night) => night.baseline.top1),
  };
}

function count(nights: readonly Examination[], holds: (night: Examination) => boolean): number {
  return nights.filter(holds).length;
}
