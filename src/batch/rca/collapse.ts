import { MINUTE } from '../instant.ts';
import type { Candidate, Family } from './cause.ts';

/** Causes of which a task's failure or slowness is only a symptom. */
const COMMON: ReadonlySet<Family> = new Set(['shared_dependency', 'bad_host']);
/** The same trouble in slices of one dataset is one trouble while no more than this lies between two of them. */
const TOGETHER = 60 * MINUTE;

/** Many symptoms, one cause: what a common cause explains goes, and slices that show the same become one. */
export function collapse(candidates: readonly Candidate[]): Candidate[] {
  const common = candidates.filter(({ family }) => COMMON.has(family));
  const explained = new Set(common.flatMap(({ units }) => units));
  const own = candidates.filter(
    (candidate) => !COMMON.has(candidate.family) && !candidate.units.every((unit) => explained.has(unit)),
  );
  return [...common, ...joinSlices(own)];
}

function joinSlices(candidates: readonly Candidate[]): Candidate[] {
  const alike = Map.groupBy(candidates, ({ family, datasetId, taskId }) => `${family}\n${datasetId}\n${taskId}`);
  return [...alike.values()].flatMap((group) => {
    const joined: Candidate[] = [];
    for (const candidate of group.sort((a, b) => a.at - b.at || (a.units[0] ?? '').localeCompare(b.units[0] ?? ''))) {
      const last = joined.at(-1);
      if (last !== undefined && candidate.at - last.at <= TOGETHER) joined[joined.length - 1] = join(last, candidate);
      else joined.push(candidate);
    }
    return joined;
  });
}

/** The earlier one leads. */
function join(first: Candidate, next: Candidate): Candidate {
  return {
    ...first,
    slices: [...new Set([...first.slices, ...next.slices])],
    units: [...new Set([...first.units, ...next.units])],
    symptoms: first.symptoms + next.symptoms,
    evidence: [...first.evidence, ...next.evidence],
  };
}
