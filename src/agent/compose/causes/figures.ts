import type { Candidate, Evidence, UsualEvidence } from '../../../batch/rca/cause.ts';
import { duration } from '../times.ts';

type Of<Kind extends Evidence['kind']> = Extract<Evidence, { kind: Kind }>;

/** The evidence of one kind, in the order in which the engine gave it. */
export function evidenceOf<Kind extends Evidence['kind']>(cause: Candidate, kind: Kind): Of<Kind>[] {
  return cause.evidence.filter((each): each is Of<Kind> => each.kind === kind);
}

/** The comparison that a timing cause rests on: of its own task or slice, where there is one. */
export function comparisonOf(cause: Candidate, ...what: UsualEvidence['what'][]): UsualEvidence | null {
  const fitting = evidenceOf(cause, 'usual').filter((each) => what.includes(each.what));
  return (
    fitting.find((each) => cause.taskId !== null && each.taskId === cause.taskId) ??
    fitting.find((each) => each.slice === cause.slice) ??
    fitting[0] ??
    null
  );
}

/** What it cost: the engine's minutes, else what was measured over the median. Null where neither is known. */
export function costOf(cause: Candidate): string | null {
  if (cause.minutes !== null) return duration(cause.minutes * 60);
  const usual = comparisonOf(cause, 'duration', 'start', 'gap', 'queue', 'end');
  return usual === null ? null : duration(usual.actualS - usual.medianS);
}
