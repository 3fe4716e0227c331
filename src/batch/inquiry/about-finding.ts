import type { StatusFinding } from '../finding.ts';
import type { OpenedEssential } from './open-essential.ts';

type AboutEssential = Omit<StatusFinding, 'kind'>;

/** What every finding about an essential says; `gaps` are further ones beside those of the reading. */
export function aboutOf(opened: OpenedEssential, gaps: readonly string[] = []): AboutEssential {
  const { essential, businessDate, phase, state, other, notes } = opened;
  return { essential, businessDate, phase, state, other, notes, gaps: [...new Set([...opened.gaps, ...gaps])] };
}
